"""The names under which the portal answers, and the pages that may send it something.

A page of another site can have its own name point at this machine (DNS rebinding): its browser then
takes the portal for that site, and lets it read and send all. Only the header ``Host`` tells. A
portal for this machine alone answers to this machine's names; one that others reach answers to any,
unless ``--allow-host`` names them.
"""

import re
from ipaddress import ip_address

from flask import Flask, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from mockportal.settings import Settings, is_loopback
from mockportal.web.programs.origins import sent_by_another_site
from mockportal.web.programs.problem_types import ProblemType
from mockportal.web.programs.problems import asked_by_a_program, problem

_HOST = re.compile(r"(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9._-]{1,253})(?::[0-9]{1,5})?")
_READING = ("GET", "HEAD", "OPTIONS", "TRACE")
_ANY_NAME = {"health"}
"""What says nothing but that the portal lives, to load balancers that use an address."""
_NOBODYS = (".local", ".localhost", ".internal", ".test", ".lan", ".home.arpa")
"""Ends of names that no stranger can have point anywhere."""
_MISDIRECTED = 421


def guard_hosts(app: Flask, settings: Settings) -> None:
    """Answer only to the names of this portal, and take nothing from a page of another site."""

    @app.before_request
    def refuse_other_names() -> ResponseReturnValue | None:
        if request.blueprint in _ANY_NAME or is_allowed_host(settings, _header()):
            return None
        return _misdirected()

    @app.before_request
    def refuse_other_sites() -> ResponseReturnValue | None:
        if request.method in _READING or not sent_by_another_site():
            return None
        if asked_by_a_program():
            return problem(
                ProblemType.FOREIGN_ORIGIN, "A page of another site may not change anything."
            )
        return abort(403)

    @app.after_request
    def lead_to_a_path(response: Response) -> Response:
        """Never repeat the name that was asked for: routing redirects to a whole address."""
        location = response.headers.get("Location", "")
        if location.startswith(request.host_url):
            path = location.removeprefix(request.host_url).lstrip("/\\")
            response.headers["Location"] = f"/{path}"
        return response


def is_allowed_host(settings: Settings, host: str) -> bool:
    """Tell whether the portal answers to a ``Host`` header."""
    name = host_name(host)
    if not is_loopback(settings.host) and not settings.allow_hosts:
        return True
    return name is not None and _is_ours(settings, name)


def cannot_be_rebound(settings: Settings, host: str) -> bool:
    """Tell whether no stranger can have the name in a ``Host`` header point at this portal."""
    name = host_name(host)
    if name is None:
        return False
    if _is_ours(settings, name) or "." not in name or name.endswith(_NOBODYS):
        return True
    return _is_address(name)


def host_name(host: str) -> str | None:
    """Return the name in a ``Host`` header in small letters, None where it is none."""
    parts = _HOST.fullmatch(host)
    return parts[1].strip("[]").removesuffix(".").lower() if parts else None


def _is_ours(settings: Settings, name: str) -> bool:
    ours = (settings.host.strip("[]"), *settings.allow_hosts)
    return is_loopback(name) or name in {own.lower().removesuffix(".") for own in ours}


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _header() -> str:
    return request.headers.get("Host", "")


def _misdirected() -> ResponseReturnValue:
    """Say how to have the portal answer to a name; the name itself is not repeated in a page."""
    if asked_by_a_program():
        return problem(
            ProblemType.UNKNOWN_HOST,
            "This portal answers to the names of its own machine alone (the header Host): "
            "127.0.0.1, localhost, [::1]. Start it with --allow-host NAME, or with "
            "MOCKPORTAL_ALLOW_HOST, to have it answer to another name.",
        )
    return render_template("errors/host.html"), _MISDIRECTED
