"""Whether a page of another site has sent a request, by what its browser says of it.

A browser adds by itself what it remembers for a portal (credentials of HTTP Basic too), and lets
any page send a form there. It says where that page is from, and no page can have it say otherwise.
"""

from urllib.parse import urlsplit

from flask import request

_OTHER_SITES = ("cross-site", "same-site")


def sent_by_another_site() -> bool:
    """Tell whether the request comes from a page of another origin than its own address."""
    origin = request.headers.get("Origin")
    if origin is not None and _place(origin) != _without_usual_port(request.host.lower()):
        return True
    return request.headers.get("Sec-Fetch-Site") in _OTHER_SITES


def _place(origin: str) -> str:
    """Return host and port of an origin; the word ``null`` has none."""
    try:
        return _without_usual_port(urlsplit(origin).netloc.lower())
    except ValueError:
        return ""


def _without_usual_port(place: str) -> str:
    """Return a host as browsers write it: they leave the port of HTTP out, programs may not."""
    return place.removesuffix(":80").removesuffix(":443")
