"""Connections of waitress: many, none kept idle for long, and no large body kept of a stranger.

waitress takes a request in whole before the application hears of it. So the channel asks, as soon
as the headers are there, in a thread of those that answer, and reads no further meanwhile: the one
thread that reads all connections never waits for a database or the hash of a password. A large form
is taken apart as it comes, so that its file is written once, where it stays.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from heapq import nsmallest
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO

from waitress.channel import HTTPChannel
from waitress.task import WSGITask

from mockportal.web.limits import FORM, LEAST_LARGE, REFUSED

if TYPE_CHECKING:
    from mockportal.web.multipart import FormReceiver

CONNECTIONS = 2_000
"""More than 200 browsers open, six each."""
_FILES = 4_096
"""Descriptors for them, and for what is answered."""
_WITHOUT_LIMITS = 400
"""Where the system has no such limits, it is Windows, whose ``select`` takes 512."""
_KEPT_FREE = 512
_LEAST = 64
IDLE = 30
"""Seconds after which a connection that does nothing is closed."""
_CROWDED = 0.75
"""Of the connections: beyond it, those that have rested longest are ended."""
_RESTING = 1.0
"""Seconds for which a connection may do nothing even then."""

Admit = Callable[[dict[str, Any]], Any]
"""Tells by an environment whether a large body is kept: True, False, or why not."""
OpenFile = Callable[[], BinaryIO]
"""Opens a file for one that is sent, where it is to stay."""
_AT_ONCE = 1 << 16


def room_for_connections() -> int:
    """Return how many connections the system lets a process have, after asking it for more."""
    try:
        import resource  # noqa: PLC0415  # not on Windows
    except ImportError:
        return _WITHOUT_LIMITS
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    unlimited = resource.RLIM_INFINITY
    if soft != unlimited and soft < _FILES:
        wanted = _FILES if hard == unlimited else min(_FILES, hard)
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if soft == unlimited:
        return CONNECTIONS
    return max(_LEAST, min(CONNECTIONS, soft - _KEPT_FREE))


def watch(listener: Any, admit: Admit, open_file: OpenFile) -> None:
    """Have a listening server of waitress make channels of this kind, and end idle ones in time."""
    listener.channel_class = Channel
    listener.admit = admit
    listener.open_file = open_file
    accepts = listener.readable

    def readable() -> bool:
        make_room(listener, time.time())
        return bool(accepts())

    listener.readable = readable


def make_room(listener: Any, now: float) -> None:
    """End the connections that have rested longest, as soon as there are many."""
    beyond = len(listener._map) - int(_CROWDED * listener.adj.connection_limit)  # noqa: SLF001
    if beyond <= 0:
        return
    idle = [
        channel
        for channel in listener.active_channels.values()
        if not channel.requests and not channel.asking and channel.last_activity < now - _RESTING
    ]
    for channel in nsmallest(beyond, idle, key=lambda channel: channel.last_activity):
        channel.will_close = True


class _Discarded:
    """Where a body goes that is not kept: it is counted, so that the client is heard out."""

    def __init__(self) -> None:
        self._bytes = 0

    def append(self, block: bytes) -> None:
        """Count a block."""
        self._bytes += len(block)

    def __len__(self) -> int:
        """Return how much came, that the application knows."""
        return self._bytes

    def getfile(self) -> BytesIO:
        """Return what the application reads: nothing."""
        return BytesIO()

    def close(self) -> None:
        """Do nothing: nothing is open."""


class _Task(WSGITask):  # type: ignore[misc]  # waitress ships no types
    """A request, with what was found out about it before."""

    def get_environment(self) -> dict[str, Any]:
        """Return its environment."""
        environ: dict[str, Any] = super().get_environment()
        refusal = getattr(self.request, "refusal", None)
        if refusal is not None:
            environ[REFUSED] = refusal
        form = getattr(self.request, "form", None)
        if form is not None:
            environ[FORM] = form
        return environ


class Channel(HTTPChannel):  # type: ignore[misc]  # waitress ships no types
    """A connection that asks who is there before it takes a large body in."""

    task_class = _Task
    asking = False
    _asked: Any = None

    def readable(self) -> bool:
        """Tell whether to read on: not while it is asked whether to."""
        return not self.asking and bool(super().readable())

    def received(self, data: bytes) -> bool:
        """Take what came."""
        taken: bool = super().received(data)
        request = self.request
        if request is not None and request is not self._asked and _is_large(request):
            self._asked, self.asking = request, True
            self.server.add_task(_Question(self, request))
        return taken

    def handle_close(self) -> None:
        """Let go of the connection, and of what has come of a request."""
        super().handle_close()
        with self.requests_lock:
            if self.request is not None:
                self.request.close()


class _Question:
    """Asks in a thread of those that answer whether a body is kept."""

    def __init__(self, channel: Channel, request: Any) -> None:
        self._channel, self._request = channel, request

    def service(self) -> None:
        """Ask, and have the channel read on."""
        channel, request = self._channel, self._request
        answer = channel.server.admit(WSGITask(channel, request).get_environment())
        with channel.requests_lock:
            if answer is not True or not channel.connected:
                request.body_rcv.buf.close()
                request.body_rcv.buf = _Discarded()
                request.refusal = (answer is not True and answer) or None
            elif (form := _form_of(request, channel.server.open_file)) is not None:
                request.body_rcv.buf = request.form = form
            channel.last_activity = time.time()
            channel.asking = False
        channel.server.pull_trigger()

    def cancel(self) -> None:
        """End the connection: the portal ends."""
        self._channel.cancel()


def _form_of(request: Any, open_file: OpenFile) -> "FormReceiver | None":
    """Return what takes a form with files, and has what came of it; None for any other body."""
    from mockportal.web.multipart import FormReceiver, boundary_of  # noqa: PLC0415  # of Werkzeug

    boundary = boundary_of(request.headers.get("CONTENT_TYPE", ""))
    if boundary is None:
        return None
    form = FormReceiver(boundary, open_file)
    begun = request.body_rcv.buf.getfile()
    while block := begun.read(_AT_ONCE):
        form.append(block)
    request.body_rcv.buf.close()
    return form


def _is_large(request: Any) -> bool:
    if not request.headers_finished or request.completed or request.body_rcv is None:
        return False
    return bool(max(request.content_length, request.body_bytes_received) > LEAST_LARGE)
