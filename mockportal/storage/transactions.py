"""Transactions that write, into which what belongs to them joins."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sqlalchemy import Connection, Engine, text

_current: ContextVar[Connection | None] = ContextVar("transaction", default=None)
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(20260102)")


class Writer:
    """Begins transactions that write; one that begins within another is a part of that.

    So a store can note what it changes where the change itself takes place: either both are kept,
    or neither. Only those that were begun by a Writer, on the same database and in the same
    thread, are joined.
    """

    def __init__(self, engine: Engine) -> None:
        """Keep the engine."""
        self._engine = engine
        self._writing = engine.execution_options(writes=True)

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """Begin a transaction, or join the one that has begun."""
        current = self._joined()
        if current is not None:
            yield current
            return
        with self._writing.begin() as connection:
            token = _current.set(connection)
            try:
                yield connection
            finally:
                _current.reset(token)

    @contextmanager
    def exclusive(self) -> Iterator[Connection]:
        """Begin a transaction that nobody else has begun so: what it reads stays true in it."""
        with self.begin() as connection:
            if connection.dialect.name == "postgresql":  # SQLite has one writer anyway
                connection.execute(_ONE_AT_A_TIME)
            yield connection

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        """Read, and what the transaction has written that has begun, if any, as well."""
        current = self._joined()
        if current is not None:
            yield current
            return
        with self._engine.connect() as connection:
            yield connection

    def _joined(self) -> Connection | None:
        current = _current.get()
        return current if current is not None and current.engine.pool is self._engine.pool else None
