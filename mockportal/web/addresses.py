"""What is kept and printed of the address that was asked for: never the secret of a link."""

import re

from flask import current_app, request
from werkzeug.routing import Rule

_SECRET_PLACES = {"recovery", "registration", "login"}
"""Whose addresses and queries may hold the secret of a link, or lead to a page that does."""
_SLASHES = re.compile("/+")


def shown_address() -> str:
    """Return what was asked for; of an address that may hold a secret, its form alone.

    An address that leads nowhere is judged by its beginning: a link that was pasted with one
    slash more, or asked for with another method, still opens its page.
    """
    if rule := _secret_rule():
        return rule.rule
    query = request.query_string.decode(errors="replace")
    return f"{request.path}?{query}" if query else request.path


def _secret_rule() -> Rule | None:
    """Return the rule of a place with secrets that the address fits, or begins like."""
    if request.url_rule is not None:
        return request.url_rule if _SECRET_PLACES.intersection(request.blueprints) else None
    asked = _SLASHES.sub("/", f"{request.path}/").casefold()
    alike = [
        rule
        for rule in current_app.url_map.iter_rules()
        if rule.endpoint.partition(".")[0] in _SECRET_PLACES and asked.startswith(_beginning(rule))
    ]
    return max(alike, key=lambda rule: len(_beginning(rule)), default=None)


def _beginning(rule: Rule) -> str:
    """Return what stands before the first variable part of a rule, with a slash at its end."""
    return rule.rule.partition("<")[0].rstrip("/") + "/"
