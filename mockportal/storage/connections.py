"""The pool of connections to a database: how many a process has, and what it raises when full."""

from sqlalchemy import PoolProxiedConnection
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
