"""What says that the portal lives, by the application or before there is one; loads nothing."""

from mockportal.web.security_headers import NOT_KEPT, SECURITY_HEADERS

PATH = "/livez"
WORD = "live\n"
TYPE = "text/plain"
HEADERS = {
    "Content-Type": f"{TYPE}; charset=utf-8",
    "Content-Length": str(len(WORD)),
    **SECURITY_HEADERS,
    **NOT_KEPT,
    "Vary": "Cookie",
}
"""Those of the answer where no application adds them."""


def is_asked_for(method: str, path: str) -> bool:
    """Tell whether a request asks whether the portal lives."""
    return path == PATH and method in ("GET", "HEAD")
