"""The lock of a data folder, in the manner of SQLite's locks: Windows has it too."""

import sqlite3
from contextlib import suppress
from pathlib import Path

from mockportal.domain.storage_failures import StorageError, StorageFailure
from mockportal.storage.failures import failure_of

LONGEST_START = 600.0
"""Seconds that others wait for one that starts and is alone."""


class FolderLock:
    """A lock that many share or one has alone."""

    def __init__(self, path: Path) -> None:
        """Take the file that is locked, made where there is none."""
        self._path = path
        self._connection: sqlite3.Connection | None = None

    def share(self) -> None:
        """Hold it with others; waits for whoever has it alone."""
        connection = self._let_go(LONGEST_START)
        try:
            connection.execute("BEGIN")
            connection.execute("SELECT 1 FROM sqlite_master").fetchall()
        except sqlite3.Error as fault:
            self.close()
            raise StorageError(
                StorageFailure.BUSY, f"the lock {self._path} cannot be had: {fault}"
            ) from fault

    def alone(self) -> bool:
        """Hold it alone and tell whether that was possible; where it was not, it is let go."""
        connection = self._let_go(0)
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as fault:
            if failure_of(fault) is StorageFailure.BUSY:
                return False
            self.close()
            raise StorageError(
                failure_of(fault) or StorageFailure.AWAY,
                f"the lock {self._path} cannot be had: {fault}",
            ) from fault
        return True

    def close(self) -> None:
        """Let go of it."""
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def _let_go(self, patience: float) -> sqlite3.Connection:
        if self._connection is None:
            try:
                self._connection = sqlite3.connect(
                    self._path, isolation_level=None, check_same_thread=False
                )
            except sqlite3.Error as fault:
                raise StorageError(
                    failure_of(fault) or StorageFailure.READ_ONLY,
                    f"the lock {self._path} cannot be had: {fault}",
                ) from fault
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
        self._connection.execute(f"PRAGMA busy_timeout = {int(patience * 1_000)}")
        return self._connection
