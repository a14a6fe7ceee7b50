"""Who throws: requests as they are written, at any door, with whatever in them."""

import http.client
import time
from base64 import b64encode
from contextlib import suppress
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from lxml import html

from tests.hostile.portal import Target

FORM = "application/x-www-form-urlencoded"
BOUNDARY = "----hostile"
PASSWORD = "mockportal"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status 0 is none at all."""

    status: int
    content: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    why: str = ""
    seconds: float = 0.0

    def tree(self) -> Any:
        """Return a page; one without anything where there is none."""
        try:
            return html.document_fromstring(self.content)
        except (ValueError, html.etree.ParserError):
            return html.document_fromstring("<p>nothing</p>")


class Visitor:
    """A browser, or a program, at a portal."""

    def __init__(self, target: Target, patience: float) -> None:
        self._target = target
        self._patience = patience
        self._cookies: dict[str, str] = {}

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """Send a request as it is written; no answer in time is an answer of status 0."""
        began = time.monotonic()
        connection = http.client.HTTPConnection(*self._target.address, timeout=self._patience)
        connection._validate_path = lambda _path: None  # type: ignore[attr-defined]  # odd ones too
        cookie = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        try:
            connection.putrequest(method, path, skip_accept_encoding=True)
            for name, value in {
                **(headers or {}),
                **({"Cookie": cookie} if cookie else {}),
            }.items():
                connection.putheader(name, value.encode("latin-1", errors="replace"))
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders()
            if body:
                with suppress(BrokenPipeError, ConnectionResetError):
                    connection.send(body)  # whoever has heard enough may have answered
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException) as fault:
            return Answer(0, why=repr(fault), seconds=time.monotonic() - began)
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie") or ():
            self._cookies.update({name: one.value for name, one in SimpleCookie(line).items()})
        told = {name.lower(): value for name, value in answer.headers.items()}
        return Answer(answer.status, content, told, seconds=time.monotonic() - began)

    def log_in(self, account: str, password: str = PASSWORD) -> None:
        """Log in by page, as whoever was logged in before or not."""
        self._cookies.clear()
        self.send("/connexion", {"identifiant": account, "mot_de_passe": password})

    def send(self, path: str, fields: dict[str, str]) -> Answer:
        """Send the form of a page."""
        body = urlencode({**fields, "csrf_token": self.token(path)}).encode()
        return self.ask("POST", path, body, {"Content-Type": FORM})

    def token(self, path: str) -> str:
        """Return the token of a page's form; empty where there is none."""
        found = self.ask("GET", path).tree().xpath('(//input[@name="csrf_token"]/@value)[1]')
        return str(found[0]) if found else ""


def basic(account: str, password: str = PASSWORD) -> dict[str, str]:
    """Return the header that a program signs in with."""
    return {"Authorization": "Basic " + b64encode(f"{account}:{password}".encode()).decode()}


def part(name: str, value: bytes, *, file: str | None = None, kind: str = "text/xml") -> bytes:
    """Return a part of a form; with ``file``, a file of that name."""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"'
    if file is not None:
        head += f'; filename="{file}"\r\nContent-Type: {kind}'
    return head.encode(errors="surrogatepass") + b"\r\n\r\n" + value + b"\r\n"


def multipart(*parts: bytes) -> tuple[bytes, dict[str, str]]:
    """Return the body of a form, and its header."""
    body = b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()
    return body, {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
