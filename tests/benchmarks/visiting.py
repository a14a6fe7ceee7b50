"""Somebody who uses a portal over a bare socket: the processor that it takes, the portal lacks."""

import re
import socket
import time
from collections.abc import Callable
from urllib.parse import urlencode

from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire

_BOUNDARY = "----load"
_TOKEN = re.compile(rb'name="csrf_token"[^>]*value="([^"]+)"')
FORM = f"multipart/form-data; boundary={_BOUNDARY}"
PATIENCE = 60.0
KNOWN = a_titulaire(
    nomNaissance="KERVELLANT", prenom1="Jean-François", anneeNaissance="1974", sexe="M"
)
_FLUX = a_flux_xml(*(a_passage_xml(f"@name@/{n}", KNOWN) for n in range(3)), flux_id="@name@")


class FailedError(Exception):
    """The portal did not answer as it should."""


class _HungUpError(FailedError):
    """The connection ended before the answer began."""


class _Connection:
    """A connection, open from the first request until the server ends it."""

    def __init__(self, address: tuple[str, int]) -> None:
        self._socket = socket.create_connection(address, PATIENCE)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._stream = self._socket.makefile("rb")

    def ask(self, sent: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        """Return the status, the headers by small letters, and the content."""
        try:
            self._socket.sendall(sent)
            first = self._stream.readline()
        except (BrokenPipeError, ConnectionResetError):
            first = b""
        if not first:
            raise _HungUpError("the server hung up")
        headers = []
        while (line := self._stream.readline()) not in (b"\r\n", b""):
            name, _, value = line.decode("latin-1").strip().partition(": ")
            headers.append((name.lower(), value))
        length = dict(headers).get("content-length")
        if length is None:
            raise FailedError(f"an answer of unknown length: {headers}")
        return int(first.split(None, 2)[1]), headers, self._stream.read(int(length))

    def close(self) -> None:
        """Hang up."""
        self._stream.close()
        self._socket.close()


class Visitor:
    """A browser of one person: a connection, and cookies."""

    def __init__(
        self,
        address: tuple[str, int],
        tell: Callable[[str, float], None] = lambda _page, _seconds: None,
        pause: Callable[[], float] = lambda: 0.0,
    ) -> None:
        """``tell`` is told of each page and its seconds; ``pause`` says how long to think."""
        self._address = address
        self._tell = tell
        self._pause = pause
        self._connection: _Connection | None = None
        self._cookies: dict[str, str] = {}

    def ask(
        self, method: str, path: str, body: bytes = b"", kind: str = "", authorization: str = ""
    ) -> tuple[int, str, bytes]:
        """Return the status, where it leads, and what it says."""
        host, port = self._address
        head = [f"{method} {path} HTTP/1.1", f"Host: {host}:{port}"]
        if self._cookies:
            head.append("Cookie: " + "; ".join(f"{n}={v}" for n, v in self._cookies.items()))
        if kind:
            head += [f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
        if authorization:
            head.append(f"Authorization: {authorization}")
        time.sleep(self._pause())
        begun = time.perf_counter()
        status, headers, content = self._asked("\r\n".join([*head, "", ""]).encode() + body)
        page = re.sub(r"/depots/[^/]+", "/depots/…", path.partition("?")[0])
        self._tell(f"{method} {page}", time.perf_counter() - begun)
        location = ""
        for name, value in headers:
            if name == "set-cookie":
                cookie, _, said = value.partition(";")[0].partition("=")
                self._cookies[cookie] = said
            elif name == "location":
                location = value
        if ("connection", "close") in headers:
            self.close()
        return status, location, content

    def _asked(self, sent: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        if self._connection is not None:
            try:
                return self._connection.ask(sent)
            except _HungUpError:  # it was kept for too long
                self.close()
        self._connection = _Connection(self._address)
        return self._connection.ask(sent)

    def token(self, path: str) -> str:
        """Open a page that holds a form, and return the form's token."""
        status, _, content = self.ask("GET", path)
        found = _TOKEN.search(content)
        if status != 200 or found is None:
            raise FailedError(f"{path}: {status}")
        return found[1].decode()

    def read(self, path: str) -> None:
        """Open a page."""
        status, _, _ = self.ask("GET", path)
        if status != 200:
            raise FailedError(f"{path}: {status}")

    def log_in(self) -> None:
        """Log in by page."""
        fields = {
            "csrf_token": self.token("/connexion"),
            "identifiant": "CERT00001",
            "mot_de_passe": "mockportal",
        }
        form = "application/x-www-form-urlencoded"
        status, _, _ = self.ask("POST", "/connexion", urlencode(fields).encode(), form)
        if status not in (302, 303):
            raise FailedError(f"login: {status}")

    def deposit(self, flux: bytes) -> str:
        """Deposit by page, and return where the deposit is."""
        body = multipart("fichier", flux, self.token("/transmettre/fichier"))
        status, location, _ = self.ask("POST", "/transmettre/fichier", body, FORM)
        if status not in (302, 303):
            raise FailedError(f"deposit: {status}")
        return location

    def fetch_receipt(self, deposit: str) -> None:
        """Fetch the receipt of a deposit by page, as soon as it is there."""
        status, end = 0, time.monotonic() + PATIENCE
        while time.monotonic() < end:
            status, _, content = self.ask("GET", f"{deposit}/accuse-de-traitement")
            if status == 200 and b"PassagesOK" in content:
                return
            time.sleep(0.1)
        raise FailedError(f"no receipt: {status}")

    def close(self) -> None:
        """Leave."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None


def multipart(name: str, flux: bytes, token: str = "") -> bytes:
    """Return a form with a file."""
    parts = []
    if token:
        parts.append(
            f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
        )
    parts.append(
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="f.xml"\r\n'
        "Content-Type: text/xml\r\n\r\n"
    )
    return "".join(parts).encode() + flux + f"\r\n--{_BOUNDARY}--\r\n".encode()


def three_passages(name: str) -> bytes:
    """Return a flux of three passages that are accepted."""
    return _FLUX.replace(b"@name@", name.encode())
