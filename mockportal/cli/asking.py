"""Asking a portal that is served somewhere, for the commands that do."""

import json
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any
from urllib.parse import urlencode, urlsplit

import click

_SECONDS = 600.0
_KEY_HEADER = "X-Mockportal-Key"
_OK = 200


def ask(url: str, path: str, key: str | None = None, **query: str | None) -> bytes:
    """Return what a portal answers; raises ClickException when that is not what was asked for."""
    parts = urlsplit(url)
    if parts.scheme != "http" or not parts.hostname:
        raise click.BadParameter(f"{url!r} is not an http address", param_hint="--url")
    connection = HTTPConnection(parts.hostname, parts.port or 80, timeout=_SECONDS)
    given = {name: value for name, value in query.items() if value is not None}
    try:
        connection.request("GET", f"{path}?{urlencode(given)}", headers=_key(key))
        answer = connection.getresponse()
        content = answer.read()
    except (OSError, HTTPException) as fault:
        raise click.ClickException(f"{url} does not answer: {fault}") from fault
    finally:
        connection.close()
    if answer.status != _OK:
        raise click.ClickException(f"{url} answers {answer.status}: {_detail(answer, content)}")
    return content


def _key(key: str | None) -> dict[str, str]:
    return {_KEY_HEADER: key} if key else {}


def _detail(answer: HTTPResponse, content: bytes) -> str:
    if "json" not in answer.headers.get_content_type():
        return answer.reason
    said: dict[str, Any] = json.loads(content)
    return str(said.get("detail", answer.reason))
