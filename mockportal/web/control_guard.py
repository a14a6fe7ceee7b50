"""Who may look and act behind the scenes: whoever asks from this machine, or has the control key.

The address alone does not tell: a page of another site can have its own name point at this machine
(DNS rebinding), and a proxy beside the portal speaks for everyone. So the name that was asked for
must be this machine's too, and nothing may say that the request was passed on.
"""

from collections.abc import Mapping
from hashlib import sha256
from hmac import compare_digest
from typing import Protocol, cast
from urllib.parse import urlsplit

from flask import request

from mockportal.journeys.login import LoginRefusal, knock_with_key
from mockportal.settings import Settings, is_loopback
from mockportal.web.bodies import earlier_refusal
from mockportal.web.served import served_portal

KEY_HEADER = "X-Mockportal-Key"
_PASSED_ON = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP")


class Headers(Protocol):
    """The headers of a request: a dictionary, or Werkzeug's own."""

    def __contains__(self, name: str, /) -> bool:
        """Tell whether there is one of that name."""

    def get(self, name: str, default: str, /) -> str:
        """Return one by its name, or else the default."""


def may_control(settings: Settings, peer: str | None, headers: Headers) -> bool:
    """Tell whether a request may drive the portal from behind the scenes.

    ``peer`` is the address of the connection. Where ``settings.control`` is off, nobody may.
    """
    if not settings.control:
        return False
    if asked_from_here(settings, peer, headers):
        return True
    return is_control_key(settings, headers.get(KEY_HEADER, ""))


def asked_from_here(settings: Settings, peer: str | None, headers: Headers) -> bool:
    """Tell whether a request comes from this machine, by this machine's name, and directly."""
    if peer is None or not is_loopback(peer) or any(one in headers for one in _PASSED_ON):
        return False
    return host_is_ours(settings, headers.get("Host", ""))


def host_is_ours(settings: Settings, host: str) -> bool:
    """Tell whether a ``Host`` header names this machine: localhost, a loopback address, --host."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    return is_loopback(name) or name == settings.host.strip("[]").lower()


def refusal_of_control() -> LoginRefusal | None:
    """Return why the visitor may not drive the portal, None where they may.

    Wrong keys are counted as wrong passwords are, so that nobody finds the right one by trying.
    """
    if refusal := earlier_refusal():
        return refusal
    portal, peer = served_portal(), request.remote_addr
    headers = cast("Mapping[str, str]", request.headers)  # one in all that is asked of it here
    allowed = may_control(portal.settings, peer, headers)
    if KEY_HEADER not in headers or asked_from_here(portal.settings, peer, headers):
        return None if allowed else LoginRefusal.WRONG
    return knock_with_key(portal.desk, allowed, peer or "")


def mark_of_key(settings: Settings) -> str:
    """Return what a session remembers of the control key: it is over when the key changes."""
    return sha256(f"control key: {settings.control_key}".encode()).hexdigest()


def is_control_key(settings: Settings, given: str) -> bool:
    """Tell whether a text is the control key, in the same time whatever it is."""
    if not settings.control_key:
        return False
    return compare_digest(given.encode(errors="replace"), settings.control_key.encode())
