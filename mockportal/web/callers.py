"""Who sends a request, from its headers alone: for what must be known before the body comes."""

from flask import request

from mockportal.domain.organisations import Account
from mockportal.journeys.login import LoginRefusal
from mockportal.web.api.callers import who_calls
from mockportal.web.control_guard import refusal_of_control
from mockportal.web.hosts import is_allowed_host
from mockportal.web.served import served_portal
from mockportal.web.session import someone_is_logged_in


def is_known() -> bool | LoginRefusal:
    """Tell whether whoever asks may use the address that they ask for, or why not.

    Pages that are open to all take nothing large.
    """
    if request.endpoint is None:
        return False
    if not is_allowed_host(served_portal().settings, request.headers.get("Host", "")):
        return False
    if "api" in request.blueprints:
        caller = who_calls()
        return True if isinstance(caller, Account) else caller
    if "mock" in request.blueprints:
        return refusal_of_control() or True
    return someone_is_logged_in()
