"""What the two doors for programs share: problems, checked requests, OpenAPI, reference pages.

``/api/v1`` is for programs that deposit, ``/_mock`` for tests that set the portal up. To add an
endpoint: shapes in ``shapes.py`` of its room, a view under ``@api.endpoint(...)`` or
``@mock.endpoint(...)`` in a file for its concern, its blueprint named in the room's ``__init__``.
"""

API, MOCK = "/api/v1", "/_mock"
