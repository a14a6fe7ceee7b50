"""The OpenAPI document of ``/_mock``; it is made when somebody asks for it."""

from spectree.models import InType, SecureType, SecurityScheme, SecuritySchemeData

from mockportal.web.control_guard import KEY_HEADER
from mockportal.web.programs.describing import Described

mock = Described(
    "mockportal, for tests",
    "Sets up what the portal holds, and moves its clock. Every call is about one world. No login "
    f"on this machine; from another one, the header {KEY_HEADER} holds the control key.",
    SecurityScheme(
        "key", SecuritySchemeData(SecureType.API_KEY, name=KEY_HEADER, field_in=InType.HEADER)
    ),
    problems=(403, 404, 429),
    open_here=True,
)
