"""Serving a portal by several processes: gunicorn, where the system can fork."""

import os
import signal
import socket
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from threading import Thread, Timer
from typing import Any

from gunicorn.app.base import BaseApplication

from mockportal.assembly import assemble
from mockportal.calling import Exchange
from mockportal.settings import Settings
from mockportal.shutdown import end_at_a_signal
from mockportal.web import create_app
from mockportal.web.bodies import was_let_in
from mockportal.web.connections import room_for_connections
from mockportal.web.gunicorn_worker import Worker
from mockportal.web.serving import ROOM, THREADS, TO_END, shown_url
from mockportal.workers import WorkerProcess

_BLOCK = 1 << 20
_LONGEST_LINE = 8190
_HEARD_OUT = 10.0
"""Seconds in which the body of a stranger comes, whether it is looked at or not."""
_STUCK = 60
"""Seconds after which gunicorn replaces a process that gives no sign of life."""


class Processes(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """A portal that several processes answer for; each opens the database by itself."""

    def __init__(
        self,
        settings: Settings,
        port: int,
        processes: int,
        keeper: WorkerProcess | None,
        ready: Callable[[str], None],
    ) -> None:
        """Keep what a process is given.

        ``keeper`` is that of the worker beside, where there is one. ``ready`` is called once with
        the URL, as soon as all processes can answer.
        """
        self._settings = settings
        self._port = port
        self._processes = processes
        self._keeper = keeper
        self._ready = ready
        self._open = ExitStack()
        self._hears, self._says = os.pipe()
        super().__init__()

    def load_config(self) -> None:
        """Tell gunicorn how to serve: nothing that its own files or variables say counts."""
        host = self._settings.host
        values = {
            "bind": f"[{host}]:{self._port}" if ":" in host else f"{host}:{self._port}",
            "workers": self._processes,
            "worker_class": Worker,
            "worker_connections": room_for_connections(),
            "threads": THREADS,
            "timeout": _STUCK,
            "graceful_timeout": int(TO_END),
            "loglevel": "warning",
            "limit_request_line": _LONGEST_LINE,
            "forwarded_allow_ips": "",  # nothing trusts what a proxy adds
            "control_socket_disable": True,
            "when_ready": self._listening,
            "post_worker_init": self._begun,
            "worker_exit": self._ended,
        }
        for name, value in values.items():
            if name in self.cfg.settings:  # before gunicorn 25 there was no control socket
                self.cfg.set(name, value)

    def load(self) -> Any:
        """Return the application of one process, which was just forked."""
        portal = self._open.enter_context(assemble(self._settings))
        if self._keeper:
            portal.bell.hang(self._keeper.ring)
            portal.health.add(self._keeper.trouble)
        if self._settings.queue:
            portal.bell.hang(Exchange(self._settings.queue, portal.secret_key).call)
        self._let_go = portal.patience.end
        return _taking_all(create_app(portal), ROOM * self._settings.max_upload + ROOM * 1_000_000)

    def _listening(self, arbiter: Any) -> None:
        # A terminal that goes ends the portal; gunicorn would only read its settings anew.
        end_at_a_signal(lambda: arbiter.signal(signal.SIGTERM, None))
        port = arbiter.LISTENERS[0].sock.getsockname()[1]
        url = shown_url(self._settings.host, port)

        def tell() -> None:
            for _ in range(self._processes):
                os.read(self._hears, 1)
            self._ready(url)

        Thread(target=tell, name="ready", daemon=True).start()

    def _begun(self, _worker: Any) -> None:
        """Let go, at the end, whoever waits for something; and say that this process answers."""
        gently = signal.getsignal(signal.SIGTERM)

        def end(number: int, frame: Any) -> None:
            self._let_go()
            if callable(gently):
                gently(number, frame)

        signal.signal(signal.SIGTERM, end)
        os.write(self._says, b"\n")

    def _ended(self, arbiter: Any, worker: Any) -> None:
        """End a process here: what it inherited, a scratch folder say, is not its own to remove."""
        self._open.close()
        sys.stderr.flush()
        os._exit(0 if worker.booted else arbiter.WORKER_BOOT_ERROR)


def _taking_all(
    app: Callable[..., Iterable[bytes]], most: int, moment: float = _HEARD_OUT
) -> Callable[..., Iterable[bytes]]:
    """Let a request come in whole, so that a file over the limit still gets its French sentence.

    What the application does not read is kept nowhere; strangers are heard out for a moment only.
    """

    def taking(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        body = environ["wsgi.input"] = _Body(environ, moment)
        try:
            answer = app(environ, start_response)
            left = most
            with suppress(OSError):  # who sends nothing more is not waited for
                while left > 0 and not body.over:
                    block = body.read(min(_BLOCK, left))
                    left = left - len(block) if block else 0
        finally:
            body.end()
        return answer

    return taking


class _Body:
    """A body that comes to its end, a moment after it is first asked for, unless it was let in.

    Reading waits until as much has come as it asks for, however slowly. What ends it from outside
    is that the socket hears no more; what is answered can still be sent.
    """

    def __init__(self, environ: dict[str, Any], moment: float) -> None:
        self._environ, self._body, self._moment = environ, environ["wsgi.input"], moment
        self._timer: Timer | None = None
        self.over = False

    def read(self, *size: int) -> bytes:
        """Read so many bytes, or all."""
        self._begin()
        block: bytes = self._body.read(*size)
        return block

    def readline(self, *size: int) -> bytes:
        """Read a line."""
        self._begin()
        line: bytes = self._body.readline(*size)
        return line

    def readlines(self, *hint: int) -> list[bytes]:
        """Read the lines."""
        self._begin()
        lines: list[bytes] = self._body.readlines(*hint)
        return lines

    def __iter__(self) -> Iterator[bytes]:
        """Return what yields the lines."""
        return iter(self.readline, b"")

    def end(self) -> None:
        """Let the connection go on to another request."""
        if self._timer:
            self._timer.cancel()

    def _begin(self) -> None:
        if self._timer or was_let_in(self._environ) or not _has_body(self._environ):
            return
        self._timer = Timer(self._moment, self._cut)
        self._timer.daemon = True
        self._timer.start()

    def _cut(self) -> None:
        if not was_let_in(self._environ):
            self.over = True
            with suppress(OSError):  # the client is gone
                self._environ["gunicorn.socket"].shutdown(socket.SHUT_RD)


def _has_body(environ: dict[str, Any]) -> bool:
    return bool(environ.get("CONTENT_LENGTH") or environ.get("HTTP_TRANSFER_ENCODING"))
