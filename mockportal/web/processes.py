"""Serving a portal by several processes: gunicorn, where the system can fork."""

import os
import signal
import sys
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from threading import Thread
from typing import Any

from gunicorn.app.base import BaseApplication

from mockportal.assembly import assemble
from mockportal.calling import Exchange
from mockportal.settings import Settings
from mockportal.web import create_app
from mockportal.web.serving import ROOM, THREADS, TO_END, shown_url

_BLOCK = 1 << 20
_LONGEST_LINE = 8190
_STUCK = 60
"""Seconds after which gunicorn replaces a process that gives no sign of life."""


class Processes(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """A portal that several processes answer for; each opens the database by itself."""

    def __init__(
        self,
        settings: Settings,
        port: int,
        processes: int,
        ring: Callable[[], None] | None,
        ready: Callable[[str], None],
    ) -> None:
        """Keep what a process is given.

        ``ring`` wakes the worker beside, where there is one. ``ready`` is called once with the
        URL, as soon as all processes can answer.
        """
        self._settings = settings
        self._port = port
        self._processes = processes
        self._ring = ring
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
            "worker_class": "gthread",
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
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Return the application of one process, which was just forked."""
        portal = self._open.enter_context(assemble(self._settings))
        if self._ring:
            portal.bell.hang(self._ring)
        if self._settings.queue:
            portal.bell.hang(Exchange(self._settings.queue, portal.secret_key).call)
        self._let_go = portal.patience.end
        return _taking_all(create_app(portal), ROOM * self._settings.max_upload + ROOM * 1_000_000)

    def _listening(self, arbiter: Any) -> None:
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


def _taking_all(app: Callable[..., Iterable[bytes]], most: int) -> Callable[..., Iterable[bytes]]:
    """Let a request come in whole, so that a file over the limit still gets its French sentence."""

    def taking(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        answer = app(environ, start_response)
        left = most
        while left > 0 and (block := environ["wsgi.input"].read(min(_BLOCK, left))):
            left -= len(block)
        return answer

    return taking
