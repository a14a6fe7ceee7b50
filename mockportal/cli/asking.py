"""Asking a portal that is served somewhere, for the commands that do."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any, BinaryIO
from urllib.parse import urlencode, urlsplit

import click

_SECONDS = 600.0
_KEY_HEADER = "X-Mockportal-Key"


class ProblemError(click.ClickException):
    """A portal does not do what it is asked; ``problem`` is what it says, as RFC 9457 has it."""

    def __init__(self, url: str, status: int, reason: str, problem: Mapping[str, Any]) -> None:
        """Keep the answer; its sentence is the message."""
        super().__init__(f"{url} answers {status}: {problem.get('detail', reason)}")
        self.problem = problem


@dataclass(frozen=True, slots=True)
class ControlClient:
    """A portal that is served, to be asked at ``/_mock``; ``key`` opens it from elsewhere."""

    url: str
    key: str | None = None

    def get(self, path: str, **query: str | None) -> bytes:
        """Return what the portal answers; raises ClickException when that is no success."""
        return self._ask("GET", path, query)

    def send(
        self,
        method: str,
        path: str,
        body: BinaryIO | bytes = b"{}",
        media_type: str = "application/json",
        **query: str | None,
    ) -> Any:
        """Send something, and return the JSON that is answered, None where there is none."""
        content = self._ask(method, path, query, body, media_type)
        try:
            return json.loads(content) if content else None
        except ValueError as fault:
            raise click.ClickException(f"{self.url} answers, but not with JSON: {fault}") from fault

    def _ask(
        self,
        method: str,
        path: str,
        query: Mapping[str, str | None],
        body: BinaryIO | bytes | None = None,
        media_type: str | None = None,
    ) -> bytes:
        connection, prefix = connection_to(self.url)
        headers = _headers(self.key, media_type)
        given = urlencode({name: value for name, value in query.items() if value is not None})
        try:
            connection.request(
                method, f"{prefix}{path}" + (f"?{given}" if given else ""), body, headers
            )
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, HTTPException, UnicodeError) as fault:
            raise click.ClickException(f"{self.url} does not answer: {fault}") from fault
        finally:
            connection.close()
        if not 200 <= answer.status < 300:
            raise ProblemError(self.url, answer.status, answer.reason, _problem(answer, content))
        return content


def connection_to(url: str, seconds: float = _SECONDS) -> tuple[HTTPConnection, str]:
    """Return a connection that is not open yet, and what every path begins with.

    Raises BadParameter when that is no http address.
    """
    try:
        parts = urlsplit(url)
        host, port, prefix = parts.hostname, parts.port, parts.path.rstrip("/")
        scheme = parts.scheme
    except ValueError:  # no port is that large, or a bracket is missing
        scheme, host, port, prefix = "", None, None, ""
    if not host or scheme not in ("http", "https") or not host.isprintable() or " " in host:
        raise click.BadParameter(f"{url!r} is not an http address", param_hint="--url")
    kind = HTTPSConnection if scheme == "https" else HTTPConnection
    return kind(host, port, timeout=seconds), prefix


def _headers(key: str | None, media_type: str | None) -> dict[str, str]:
    if key is not None and not (key.isascii() and key.isprintable()):
        raise click.BadParameter("holds a sign that no header can", param_hint="--control-key")
    given = {_KEY_HEADER: key, "Content-Type": media_type}
    return {name: value for name, value in given.items() if value}


def _problem(answer: HTTPResponse, content: bytes) -> dict[str, Any]:
    """Return what an answer says that is no success; nothing of what is no problem document."""
    if "json" not in answer.headers.get_content_type():
        return {}
    try:
        problem = json.loads(content)
    except ValueError:
        return {}
    return problem if isinstance(problem, dict) else {}
