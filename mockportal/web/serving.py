"""Serving a portal over HTTP: its server, what it takes, and how it ends."""

from typing import Any

from waitress.channel import HTTPChannel
from waitress.server import create_server
from waitress.task import ThreadedTaskDispatcher
from waitress.trigger import trigger

from mockportal.assembly import Portal
from mockportal.web import create_app

THREADS = 32
"""Most of them wait: for a receipt, or for the clock of a world to have moved on."""
ROOM = 10
"""Times the limit that still come in, so that a file over it gets its French sentence."""
_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  # only compared
TO_END = 2.0
"""Seconds in which what is being answered may end, once the portal is told to."""


class _Dispatcher(ThreadedTaskDispatcher):  # type: ignore[misc]  # waitress ships no types
    """The threads that answer; at the end they have less time than waitress gives them."""

    def shutdown(self, cancel_pending: bool = True, timeout: float = TO_END) -> bool:
        """Stop the threads."""
        stopped: bool = super().shutdown(cancel_pending, timeout)
        return stopped


class HttpServer:
    """A portal that listens from the moment it is made, and answers while it runs."""

    def __init__(self, portal: Portal, host: str, port: int) -> None:
        """Listen on an address; port 0 is a free one. Raises OSError when it is taken."""
        app = create_app(portal)
        self._patience = portal.patience
        self._sockets: dict[int, Any] = {}
        self._tasks = _Dispatcher()
        self._tasks.set_thread_count(THREADS)
        try:
            self._server = create_server(
                app,
                map=self._sockets,
                _dispatcher=self._tasks,
                host=host,
                port=port,
                max_request_body_size=ROOM * portal.settings.max_upload + ROOM * 1_000_000,
                inbuf_overflow=1 << 20,
                # Nothing trusts what a proxy adds; the guard of the back stage knows it by that.
                clear_untrusted_proxy_headers=False,
            )
        except OSError:
            self._tasks.shutdown()
            self._close()
            raise
        # A name may stand for several addresses of this machine.
        port = getattr(self._server, "effective_port", 0) or self._server.effective_listen[0][1]
        self.url = shown_url(host, port)

    def run(self) -> None:
        """Answer until the process is told to end, or until ``stop`` is called."""
        try:
            self._server.run()
        finally:
            self._close()

    def stop(self) -> None:
        """End ``run`` from another thread: requests at hand are answered, connections closed."""
        self._patience.end()  # whoever waits for something is let go first
        self._tasks.shutdown()
        wake = next(one for one in self._sockets.values() if isinstance(one, trigger))
        wake.pull_trigger(self._close)  # sockets belong to the thread that runs

    def _close(self) -> None:
        for one in list(self._sockets.values()):
            one.handle_close() if isinstance(one, HTTPChannel) else one.close()


def shown_url(host: str, port: int) -> str:
    """Return where a portal is found that listens on an address of this machine."""
    shown = "127.0.0.1" if host in _EVERYWHERE else host
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{port}"
