"""Serving a portal over HTTP: its server, what it takes, and how it ends."""

from waitress.server import create_server

from mockportal.assembly import Portal
from mockportal.web import create_app

_THREADS = 8
_ROOM = 10
"""Times the limit that still come in, so that a file over it gets its French sentence."""
_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  # only compared
_TO_END = 3.0
"""Seconds that the requests at hand have to end."""


class HttpServer:
    """A portal that listens from the moment it is made, and answers while it runs."""

    def __init__(self, portal: Portal, host: str, port: int) -> None:
        """Listen on an address; port 0 is a free one. Raises OSError when it is taken."""
        self._server = create_server(
            create_app(portal),
            host=host,
            port=port,
            threads=_THREADS,
            max_request_body_size=_ROOM * portal.settings.max_upload + _ROOM * 1_000_000,
            inbuf_overflow=1 << 20,
        )
        shown = "127.0.0.1" if host in _EVERYWHERE else host
        self.url = f"http://{f'[{shown}]' if ':' in shown else shown}:{self._server.effective_port}"

    def run(self) -> None:
        """Answer until the process is told to end, or until ``stop`` is called."""
        try:
            self._server.run()
        finally:
            self._server.close()

    def stop(self) -> None:
        """End ``run`` from another thread: requests at hand are answered, connections closed."""
        self._server.task_dispatcher.shutdown(timeout=_TO_END)
        self._server.trigger.pull_trigger(self._close)  # sockets belong to the thread that runs

    def _close(self) -> None:
        for channel in list(self._server.active_channels.values()):
            channel.handle_close()
        self._server.close()
