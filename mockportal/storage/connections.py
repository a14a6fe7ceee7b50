"""The pool of connections to a database: how many a process has, and what it raises when full."""

from threading import Event
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, PoolProxiedConnection, event
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import QueuePool

from mockportal.domain.storage_failures import StorageError, StorageFailure

KEPT_OPEN = 5
"""Connections that a process keeps, each with its own cache of pages; those beyond are closed."""
AT_MOST = 64
"""Connections that it may have at once: two for each thread that answers."""


class ConnectionPool(QueuePool):
    """A pool whose fullness is trouble with storage, which passes, and no bug."""

    def connect(self) -> PoolProxiedConnection:
        """Return a connection; raises StorageError when none becomes free."""
        try:
            return super().connect()
        except PoolTimeout as fault:
            reason = " ".join(str(fault).split())
            raise StorageError(
                StorageFailure.BUSY, f"no connection to the database becomes free ({reason})"
            ) from fault


_CLOSED: WeakKeyDictionary[Engine, Event] = WeakKeyDictionary()
"""Of each database that may be closed: whether no transaction may begin any more."""


def make_closable(engine: Engine) -> None:
    """Have an engine heed ``let_no_more_begin``; to be called before any other listener is added.

    And before any thread uses it: none can be added while one goes through them.
    """
    closed = _CLOSED[engine] = Event()
    name = str(engine.url.database)

    def refuse_if_closed(_connection: Connection) -> None:
        if closed.is_set():
            raise StorageError(StorageFailure.AWAY, f"the database {name} is closed")

    event.listen(engine, "begin", refuse_if_closed)


def let_no_more_begin(engine: Engine) -> None:
    """Refuse each transaction from now on: threads may outlive what they work for.

    What one of them wrote after the last checkpoint would be in a log that belongs to nothing.
    """
    _CLOSED[engine].set()
