"""Serving a portal over HTTP: its server, what it takes, and how it ends.

The server listens before its application is loaded: who asks meanwhile is answered once it is, but
who asks whether it lives at once.
"""

import gc
import logging
import select
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer, create_server
from waitress.task import ThreadedTaskDispatcher
from waitress.trigger import trigger

from mockportal.assembly import Portal
from mockportal.memory import give_back
from mockportal.web import liveness
from mockportal.web.connections import IDLE, room_for_connections, watch

if TYPE_CHECKING:
    from flask import Flask

THREADS = 32
"""Most of them wait: for a receipt, or for the clock of a world to have moved on."""
MOST_WAITING = 400
"""More than a class that waits for its receipts; each takes a thread of its own."""
ROOM = 10
"""Times the limit that still come in, so that a file over it gets its French sentence."""
_KEPT_IN_MEMORY = 1 << 18
"""Bytes of a body that wait in memory, the others on disk."""
_READ_AT_ONCE = 1 << 17
"""Bytes that are taken of a connection at once: 8 192, as waitress has it, cost time."""
_CLEANED_EVERY = 5
"""Seconds between looks for connections that rest."""
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  # nosec B104  # only compared
TO_END = 2.0
"""Seconds in which what is being answered may end, once the portal is told to."""


class _Dispatcher(ThreadedTaskDispatcher):  # type: ignore[misc]  # waitress ships no types
    """The threads that answer; at the end they have less time than waitress gives them.

    For each that waits for a receipt there is one more, so that waiting takes none from the others.
    """

    def __init__(self) -> None:
        """Have no threads yet."""
        super().__init__()
        self._waiting = 0
        self._counting = Lock()

    @contextmanager
    def one_more(self) -> Iterator[None]:
        """Have one more thread while the block waits in one."""
        self._count(1)
        try:
            yield
        finally:
            self._count(-1)

    def _count(self, more: int) -> None:
        with self._counting:
            self._waiting += more
            self.set_thread_count(THREADS + self._waiting)

    def shutdown(self, cancel_pending: bool = True, timeout: float = TO_END) -> bool:
        """Stop the threads."""
        stopped: bool = super().shutdown(cancel_pending, timeout)
        return stopped


class _Application:
    """The application of a portal, made when somebody first asks it for something.

    What it rests on is loaded before, while the portal waits; what the doors for programs take
    more, a tenth of all memory, is not.
    """

    def __init__(self, portal: Portal, tasks: _Dispatcher) -> None:
        """Take the portal, and the threads that answer."""
        self._portal, self._tasks = portal, tasks
        self._app: Flask | None = None
        self._making = Lock()
        self.fault: BaseException | None = None
        """What kept it from being loaded."""

    def load(self) -> None:
        """Load what it rests on; never raises."""
        try:
            from mockportal.web import application  # noqa: F401, PLC0415  # see the class

            gc.collect()
            gc.freeze()  # what was imported stays, and need not be looked at again
            give_back()
        except BaseException as fault:  # noqa: BLE001  # the server ends with it
            self.fault = fault

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer a request; whether the portal lives, also before there is an application."""
        if self._app is None and liveness.is_asked_for(
            environ["REQUEST_METHOD"], environ["PATH_INFO"]
        ):
            start_response("200 OK", list(liveness.HEADERS.items()))
            return [liveness.WORD.encode()] if environ["REQUEST_METHOD"] == "GET" else []
        return self._made()(environ, start_response)

    def admits(self, environ: dict[str, Any]) -> Any:
        """Tell whether a large body is kept, as ``connections`` asks in a thread that answers."""
        from mockportal.web.bodies import may_send  # noqa: PLC0415  # see the class
        from mockportal.web.callers import is_known  # noqa: PLC0415  # likewise

        return may_send(self._made(), is_known, environ)

    def _made(self) -> "Flask":
        with self._making:
            if self._app is None:
                from mockportal.web.api.waiting import let_wait_with  # noqa: PLC0415  # likewise
                from mockportal.web.application import create_app  # noqa: PLC0415  # likewise

                app = create_app(self._portal)
                let_wait_with(app, self._tasks.one_more, MOST_WAITING)
                self._app = app
            return self._app


class HttpServer:
    """A portal that listens from the moment it is made, and answers while it runs."""

    def __init__(self, portal: Portal, host: str, port: int) -> None:
        """Listen on an address; port 0 is a free one. Raises OSError when it is taken."""
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a queue is no trouble
        self._patience = portal.patience
        self._sockets: dict[int, Any] = {}
        self._tasks = _Dispatcher()
        self._tasks.set_thread_count(THREADS)
        self._app = _Application(portal, self._tasks)
        try:
            self._server = create_server(
                self._app,
                map=self._sockets,
                _dispatcher=self._tasks,
                host=host,
                port=port,
                max_request_body_size=ROOM * portal.settings.max_upload + ROOM * 1_000_000,
                inbuf_overflow=_KEPT_IN_MEMORY,
                recv_bytes=_READ_AT_ONCE,
                connection_limit=room_for_connections(),
                channel_timeout=IDLE,
                cleanup_interval=_CLEANED_EVERY,
                asyncore_use_poll=hasattr(select, "poll"),  # select takes none beyond 1 024
                # Nothing trusts what a proxy adds; the guard of the back stage knows it by that.
                clear_untrusted_proxy_headers=False,
            )
        except OSError:
            self._tasks.shutdown()
            self._close()
            raise
        for listener in self._sockets.values():
            if isinstance(listener, BaseWSGIServer):
                files = portal.desk.stores.files
                open_file = partial(files.incoming, portal.settings.max_upload)
                watch(listener, self._app.admits, open_file)
        # A name may stand for several addresses of this machine.
        port = getattr(self._server, "effective_port", 0) or self._server.effective_listen[0][1]
        self.url = shown_url(host, port)

    def run(self) -> None:
        """Answer until the process is told to end, or until ``stop`` is called.

        Raises what keeps the application from being made.
        """
        Thread(target=self._load, name="loading", daemon=True).start()
        try:
            self._server.run()
        finally:
            self._close()
        if self._app.fault is not None:
            raise self._app.fault

    def _load(self) -> None:
        self._app.load()
        if self._app.fault is not None:
            self._close_soon()

    def stop(self) -> None:
        """End ``run`` from another thread: requests at hand are answered, connections closed."""
        self._patience.end()  # whoever waits for something is let go first
        self._tasks.shutdown()
        self._close_soon()

    def _close_soon(self) -> None:
        wake = next(one for one in self._sockets.values() if isinstance(one, trigger))
        wake.pull_trigger(self._close)  # sockets belong to the thread that runs

    def _close(self) -> None:
        for one in list(self._sockets.values()):
            one.handle_close() if isinstance(one, HTTPChannel) else one.close()


def shown_url(host: str, port: int) -> str:
    """Return where a portal is found that listens on an address of this machine."""
    shown = _EVERYWHERE.get(host, host)  # waitress takes "::" for IPv6 alone
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{port}"
