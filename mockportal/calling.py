"""Calling workers on other processes and machines: huey carries the call, through Redis.

A call says only that there is something to do. What there is, and who does it, stands in the rows
of the deposits: a call that is lost, or that comes twice, or for nothing, does no harm, since each
worker looks by itself every second. So does a Redis that is down.
"""

import logging
from contextlib import suppress
from hashlib import sha256
from queue import Full, Queue
from threading import Thread

from mockportal.workers import Alarm

_ROOM = 100
"""Calls that wait, here and in Redis; there may be more deposits, but not more workers."""
_BETWEEN_LOOKS = 1
"""Seconds after which a worker that hears nothing looks by itself."""
_WITHOUT_REDIS = 0.25
_TO_CONNECT = 1.0
log = logging.getLogger(__name__)


class Exchange:
    """The Redis that calls go through. Raises OSError when the library or the URL is no good."""

    def __init__(self, url: str, secret: str) -> None:
        """Keep where it is; calls are signed with a ``secret`` of the portal's."""
        try:
            from huey import RedisHuey  # noqa: PLC0415  # an extra
            from huey.serializer import SignedSerializer  # noqa: PLC0415  # likewise
            from redis import ConnectionPool  # noqa: PLC0415  # likewise
            from redis.exceptions import RedisError  # noqa: PLC0415  # likewise
        except ImportError:
            raise OSError("--queue needs its libraries: pip install 'mockportal[redis]'") from None
        try:
            pool = ConnectionPool.from_url(
                url, socket_connect_timeout=_TO_CONNECT, socket_timeout=_BETWEEN_LOOKS + _TO_CONNECT
            )
        except ValueError as fault:
            raise OSError(f"the queue is given as redis://HOST: {fault}") from None
        self._faults: tuple[type[Exception], ...] = (RedisError, OSError)
        self._huey = RedisHuey(
            f"mockportal{sha256(secret.encode()).hexdigest()[:12]}",  # others may use it, too
            results=False,
            connection_pool=pool,
            read_timeout=_BETWEEN_LOOKS,
            serializer=SignedSerializer(secret),
        )
        self._call = self._huey.task(name="call")(_nothing)
        self._reached = True
        self._to_send: Queue[None] = Queue(_ROOM)
        self._sender: Thread | None = None

    def call(self) -> None:
        """Call a worker, wherever one listens; returns at once, whatever has become of Redis."""
        if self._sender is None:
            self._sender = Thread(target=self._send, name="calling", daemon=True)
            self._sender.start()
        with suppress(Full):
            self._to_send.put_nowait(None)

    def listen(self) -> bool:
        """Wait for a call for a second; tell whether Redis could be listened to."""
        try:
            self._huey.dequeue()
        except self._faults as fault:
            self._lost(fault)
            return False
        except Exception:  # somebody else writes to this Redis
            log.warning("a call came through Redis that this portal did not sign", exc_info=True)
        self._found()
        return True

    def _send(self) -> None:
        while True:
            self._to_send.get()
            try:
                if self._huey.pending_count() < _ROOM:
                    self._call()
            except self._faults as fault:
                self._lost(fault)
            else:
                self._found()

    def _lost(self, fault: Exception) -> None:
        if self._reached:
            log.warning("Redis does not answer, workers look by themselves meanwhile: %s", fault)
        self._reached = False

    def _found(self) -> None:
        if not self._reached:
            log.warning("Redis answers again")
        self._reached = True


def _nothing() -> None:
    """Do nothing: that it was called is all."""


class CalledAlarm(Alarm):
    """Wakes a worker up when a call comes through the exchange."""

    def __init__(self, exchange: Exchange) -> None:
        """Keep where calls come from."""
        super().__init__()
        self._exchange = exchange

    def sleep(self, seconds: float) -> None:
        """Wait for a call, or for a second; without Redis, as long as is asked."""
        if not self._exchange.listen():
            super().sleep(min(seconds, _WITHOUT_REDIS))
