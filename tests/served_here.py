"""A portal served over real HTTP from this very process, on a free port, and its clients."""

import http.client
import json
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from mockportal.assembly import Portal, assemble
from mockportal.settings import Settings
from mockportal.web.serving import HttpServer
from tests.working import at_work

_SECONDS = 30.0


@dataclass(frozen=True)
class Reply:
    status: int
    headers: http.client.HTTPMessage
    content: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.content)


@dataclass(frozen=True)
class Served:
    """A portal and where it listens."""

    portal: Portal
    port: int
    server: HttpServer

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        account: tuple[str, str] | None = None,
        **headers: str,
    ) -> Reply:
        """Ask once, in a connection of its own; raises what a client meets."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if account:
            sent["Authorization"] = "Basic " + b64encode(":".join(account).encode()).decode()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_SECONDS)
        try:
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            return Reply(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def mock(self, method: str, path: str, said: object = None) -> Reply:
        """Ask /_mock."""
        body = None if said is None else json.dumps(said).encode()
        if body is None:
            return self.ask(method, f"/_mock{path}")
        return self.ask(method, f"/_mock{path}", body, Content_Type="application/json")


@contextmanager
def served_here(**settings: Any) -> Iterator[Served]:
    """Serve a portal that keeps nothing while the block runs."""
    with assemble(Settings(**settings)) as portal, at_work(portal):
        server = HttpServer(portal, "127.0.0.1", 0)
        thread = Thread(target=server.run, daemon=True)
        thread.start()
        try:
            yield Served(portal, int(urlsplit(server.url).port or 0), server)
        finally:
            server.stop()
            thread.join(_SECONDS)
