"""Faults of the disk and of databases, told apart: what passes, what does not, what is a bug.

An engine that is watched raises ``StorageError`` in place of its driver's own error, and logs a
line when trouble begins and when it is over, instead of a traceback for each query.
"""

import errno
import logging
import math
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from mockportal.domain.storage_failures import StorageError, StorageFailure

log = logging.getLogger(__name__)

_OF_ERRNO = {
    errno.ENOSPC: StorageFailure.FULL,
    errno.EDQUOT: StorageFailure.FULL,
    errno.EFBIG: StorageFailure.FULL,
    errno.EIO: StorageFailure.FULL,
    errno.EMFILE: StorageFailure.BUSY,
    errno.ENFILE: StorageFailure.BUSY,
    errno.ENOMEM: StorageFailure.BUSY,
    errno.EROFS: StorageFailure.READ_ONLY,
    errno.EACCES: StorageFailure.READ_ONLY,
    errno.EPERM: StorageFailure.READ_ONLY,
    errno.ENOTDIR: StorageFailure.AWAY,
    errno.ESTALE: StorageFailure.AWAY,
}
_OF_SQLITE = (
    ("SQLITE_FULL", StorageFailure.FULL),
    ("SQLITE_IOERR", StorageFailure.FULL),
    ("SQLITE_READONLY", StorageFailure.READ_ONLY),
    ("SQLITE_PERM", StorageFailure.READ_ONLY),
    ("SQLITE_BUSY", StorageFailure.BUSY),
    ("SQLITE_LOCKED", StorageFailure.BUSY),
    ("SQLITE_PROTOCOL", StorageFailure.BUSY),
    ("SQLITE_NOMEM", StorageFailure.BUSY),
    ("SQLITE_CANTOPEN", StorageFailure.AWAY),
    ("SQLITE_CORRUPT", StorageFailure.DAMAGED),
    ("SQLITE_NOTADB", StorageFailure.DAMAGED),
    ("SQLITE_FORMAT", StorageFailure.DAMAGED),
)
"""By the beginning of the name of an error."""
_OF_SQLSTATE = (
    ("53100", StorageFailure.FULL),
    ("58030", StorageFailure.FULL),
    ("25006", StorageFailure.READ_ONLY),
    ("40", StorageFailure.BUSY),
    ("53", StorageFailure.BUSY),
    ("55P03", StorageFailure.BUSY),
    ("57P05", StorageFailure.AWAY),
    ("57P", StorageFailure.AWAY),
    ("08", StorageFailure.AWAY),
    ("28", StorageFailure.AWAY),
    ("3D", StorageFailure.AWAY),
    ("42P01", StorageFailure.DAMAGED),
    ("XX001", StorageFailure.DAMAGED),
    ("XX002", StorageFailure.DAMAGED),
)
"""Likewise, of PostgreSQL's classes of errors."""
_SAID_AGAIN = 30.0
"""Seconds after which the same trouble is worth another line."""
_QUIET = 5.0
"""Seconds without trouble after which it is over."""
_OF_WRITING = {StorageFailure.FULL, StorageFailure.READ_ONLY, StorageFailure.BUSY}


def failure_of(fault: BaseException) -> StorageFailure | None:
    """Return what kind of trouble a fault of the disk or of a driver is, None for any other."""
    if isinstance(fault, StorageError):
        return fault.failure
    if isinstance(fault, DBAPIError) and fault.orig is not None:
        return failure_of(fault.orig) or (
            StorageFailure.AWAY if fault.connection_invalidated else None
        )
    if isinstance(fault, PoolTimeout):
        return StorageFailure.BUSY
    if isinstance(fault, sqlite3.Error):
        return _of_sqlite(fault)
    if isinstance(fault, OSError):
        return _OF_ERRNO.get(fault.errno or 0)
    if type(fault).__module__.startswith("psycopg"):
        return _of_postgresql(fault)
    return None


def is_trouble(fault: BaseException) -> bool:
    """Tell whether a fault says something of the surroundings, and nothing of what was done."""
    return isinstance(fault, MemoryError) or failure_of(fault) not in {
        None,
        StorageFailure.MISSING,
    }


def _of_sqlite(fault: sqlite3.Error) -> StorageFailure | None:
    name = getattr(fault, "sqlite_errorname", None) or ""
    if str(fault).startswith(("no such table", "Could not decode")):
        return StorageFailure.DAMAGED
    return next((kind for start, kind in _OF_SQLITE if name.startswith(start)), None)


def _of_postgresql(fault: BaseException) -> StorageFailure | None:
    state = getattr(fault, "sqlstate", None)
    if state is None:
        # Without a state it does not come from the server: the connection is, or was, no good.
        return StorageFailure.AWAY if type(fault).__name__ == "OperationalError" else None
    return next((kind for start, kind in _OF_SQLSTATE if state.startswith(start)), None)


def watch(engine: Engine, name: str, *, logs: bool = True) -> None:
    """Have an engine raise ``StorageError``, and log when trouble begins and ends.

    ``name`` is how its database is called in the log and in answers. One that does not log leaves
    that to whoever gets the error: a command that ends with it.
    """
    history = FailureLog(f"the database {name}")

    def handle(context: ExceptionContext) -> StorageError | None:
        failure = failure_of(context.original_exception)
        # SQLAlchemy hangs up, too, where a signal ends this process in the midst of a query.
        ends = not isinstance(context.original_exception, Exception)
        if failure is None and context.is_disconnect and not ends:
            failure = StorageFailure.AWAY
        if failure is None:
            return None
        sentence = sentence_on(name, failure, context.original_exception)
        if logs:
            history.begins(failure, sentence)
        return StorageError(failure, sentence)

    def begin(connection: Connection) -> None:
        history.goes_well(writes=connection.get_execution_options().get("writes", False))

    event.listen(engine, "handle_error", handle)
    event.listen(engine, "begin", begin)


def sentence_on(name: str, failure: StorageFailure, fault: BaseException) -> str:
    """Return what to say of trouble with a database: in one line, with the driver's own reason."""
    what = {
        StorageFailure.FULL: "cannot be written: its disk is full, or fails",
        StorageFailure.READ_ONLY: "cannot be written: it is read-only",
        StorageFailure.BUSY: "is held by another process",
        StorageFailure.AWAY: "does not answer",
        StorageFailure.DAMAGED: "is damaged, or is no database of mockportal",
        StorageFailure.MISSING: "is not there",
    }[failure]
    reason = " ".join(str(fault).split())
    return f"the database {name} {what} ({reason})"


@contextmanager
def sentences(name: str) -> Iterator[None]:
    """Raise ``StorageError`` for what a driver, without an engine, raises of trouble."""
    try:
        yield
    except Exception as fault:
        failure = failure_of(fault)
        if failure is None:
            raise
        raise StorageError(failure, sentence_on(name, failure, fault)) from fault


class FailureLog:
    """What the log is told of trouble with a database or a folder: once, not at each query."""

    def __init__(self, name: str) -> None:
        """Keep how people call it."""
        self._name = name
        self._lock = Lock()
        self._failure: StorageFailure | None = None
        self._logged, self._last = 0.0, math.inf
        """When it was last told of, and when it last failed: in the far future, when it is well."""

    def begins(self, failure: StorageFailure, sentence: str) -> None:
        """Log trouble that is new, or that lasts."""
        now = time.monotonic()
        with self._lock:
            new = (
                self._last == math.inf
                or failure is not self._failure
                or now - self._logged >= _SAID_AGAIN
            )
            self._failure, self._last = failure, now
            if new:
                self._logged = now
        if new:
            log.warning("%s", sentence)

    def goes_well(self, *, writes: bool) -> None:
        """Log that trouble is over; to be read is no sign of that where only writing failed."""
        if self._last == math.inf or (not writes and self._failure in _OF_WRITING):
            return
        with self._lock:
            if time.monotonic() - self._last < _QUIET:
                return
            self._last = math.inf
        log.warning("%s is of use again", self._name)
