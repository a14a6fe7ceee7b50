"""A flux as it is carried to ``/_mock``: in JSON, or by itself."""

from base64 import b64decode

from flask import request

from mockportal.web.mock.shapes import FluxGiven, FluxText
from mockportal.web.programs.describing import XML_TYPE, json_as
from mockportal.web.programs.problems import refuse_field


def flux_sent() -> bytes:
    """Return the bytes of the flux that the request carries."""
    if request.mimetype == XML_TYPE:
        return request.get_data()
    given = json_as(FluxGiven).root
    if isinstance(given, FluxText):
        return given.flux.encode()
    try:
        return b64decode(given.flux_base64, validate=True)
    except ValueError:
        refuse_field("body", "flux_base64", "this is not base64")
