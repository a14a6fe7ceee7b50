"""A client of ``/api/v1``, on the standard library alone: what commands and tests deposit with."""

import json
import os
import re
import secrets
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote, unquote, urlencode, urlsplit

_BLOCK = 1 << 16
_TIMEOUT = 90.0
"""Seconds without a sign of life; the portal itself lets nobody wait for more than 60."""
_LONGEST_WAIT = 60.0
_API = "/api/v1"


class UnreachableError(OSError):
    """The portal does not answer, or not with HTTP."""


class RefusedError(Exception):
    """The portal answers that it does not do what it is asked."""

    def __init__(self, status: int, detail: str) -> None:
        """Keep the HTTP status and what the portal says."""
        super().__init__(f"the portal answers {status}: {detail}")
        self.status = status
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Download:
    """A file that the portal gives: its name and its bytes."""

    name: str
    content: bytes

    def opened(self) -> BinaryIO:
        """Return its bytes as a file."""
        return BytesIO(self.content)


def source_of(file: "str | os.PathLike[str] | bytes") -> BinaryIO:
    """Open a file that is given by its path or as its bytes."""
    return BytesIO(file) if isinstance(file, bytes) else Path(file).open("rb")


class ApiClient:
    """An account at the API of a portal.

    Each method raises UnreachableError when there is no answer, and RefusedError for one that is
    no success.
    """

    def __init__(self, url: str, account: str, password: str) -> None:
        """Keep where the portal is and who asks; raise ValueError for no ``http(s)`` address."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        if (
            parts.scheme not in ("http", "https")
            or not host
            or not host.isprintable()
            or " " in host
        ):
            raise ValueError(f"{url!r} is not an http address")
        self._secure = parts.scheme == "https"
        self._host, self._port = host, parts.port
        self._prefix = parts.path.rstrip("/") + _API
        told = b64encode(f"{account}:{password}".encode()).decode("ascii")
        self._headers = {"Authorization": f"Basic {told}", "Accept": "*/*"}

    def deposit(
        self, content: BinaryIO, name: str, sent: Callable[[int], None] = lambda _size: None
    ) -> dict[str, Any]:
        """Deposit a file, streaming; ``sent`` is told the size of each block that has left."""
        boundary = secrets.token_hex(16)
        safe = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
        head = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{safe}"\r\n'
            "Content-Type: application/xml\r\n\r\n"
        ).encode()
        tail = f"\r\n--{boundary}--\r\n".encode()
        size = content.seek(0, os.SEEK_END)
        content.seek(0)

        def body() -> Iterator[bytes]:
            yield head
            while block := content.read(_BLOCK):
                yield block
                sent(len(block))
            yield tail

        headers = {
            "Content-Type": f"multipart/form-data; boundary={boundary}",
            "Content-Length": str(len(head) + size + len(tail)),
        }
        return self._json("POST", "/deposits", body(), headers)

    def look(self, deposit: str, wait: float = 0) -> dict[str, Any]:
        """Look at a deposit; with ``wait``, once it is treated or after so many seconds."""
        asked = urlencode({"wait": min(wait, _LONGEST_WAIT)}) if wait else ""
        return self._json("GET", f"{_of(deposit)}?{asked}")

    def receipt(self, deposit: str) -> Download:
        """Download the accusé de traitement."""
        with self._answer("GET", f"{_of(deposit)}/receipt") as answer:
            told = answer.headers.get("Content-Disposition", "")
            return Download(_name_in(told), _content(answer))

    def explanation(self, deposit: str, page: int = 1) -> dict[str, Any]:
        """Read why passages are KO, 200 a page."""
        return self._json("GET", f"{_of(deposit)}/explanation?{urlencode({'page': page})}")

    def _json(self, *request: Any) -> dict[str, Any]:
        with self._answer(*request) as answer:
            content = _content(answer)
        try:
            found: dict[str, Any] = json.loads(content)
        except ValueError as fault:
            raise UnreachableError(f"the portal's answer is no JSON: {fault}") from fault
        return found

    def _answer(
        self,
        method: str,
        path: str,
        body: Iterator[bytes] | None = None,
        headers: dict[str, str] | None = None,
    ) -> HTTPResponse:
        kind = HTTPSConnection if self._secure else HTTPConnection
        connection = kind(self._host, self._port, timeout=_TIMEOUT)
        try:
            connection.request(
                method,
                self._prefix + path,
                body,
                {**self._headers, **(headers or {}), "Connection": "close"},
            )
            answer = connection.getresponse()
            if connection.sock is not None:  # kept open by who does not say « close »
                connection.sock.close()  # the answer still reads from it, and closes it at its end
            if answer.status >= 300:
                raise RefusedError(answer.status, _said(answer))
        except (OSError, HTTPException, UnicodeError) as fault:
            connection.close()
            why = str(fault) or type(fault).__name__
            raise UnreachableError(
                f"the portal at {self._host}:{self._port} does not answer: {why}"
            ) from fault
        except RefusedError:
            connection.close()
            raise
        return answer


def _content(answer: HTTPResponse) -> bytes:
    """Return an answer's body; raise UnreachableError where the connection is cut in its midst."""
    try:
        return answer.read()
    except (OSError, HTTPException) as fault:
        raise UnreachableError(f"the portal's answer is cut off: {fault!r}") from fault


def _of(deposit: str) -> str:
    return f"/deposits/{quote(deposit, safe='')}"


def _name_in(disposition: str) -> str:
    """Return the name of a download, with its accents where they are told."""
    whole = re.search(r"filename\*=UTF-8''([^;]+)", disposition)
    plain = re.search(r'filename="?([^";]+)', disposition)
    return unquote(whole[1]) if whole else plain[1] if plain else ""


def _said(answer: HTTPResponse) -> str:
    """Return what a problem says, or the first words of anything else."""
    content = answer.read(_BLOCK)
    try:
        problem = json.loads(content)
        return str(problem.get("portal_message") or problem["detail"])
    except (ValueError, LookupError, AttributeError):
        return content[:200].decode(errors="replace").strip() or str(answer.reason)
