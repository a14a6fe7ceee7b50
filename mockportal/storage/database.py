"""Opening a database: what SQLite needs on each connection, and migrations at the door."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from mockportal.storage.migrations import NEWEST, refuse_newer, revision_of, upgrade

_BUSY_TIMEOUT_MS = 30_000
_CHECKPOINT_PAGES = 16_000
"""64 MB of the log: a treatment writes the same pages of the indexes again and again."""
_CACHE = 4_000
_ROOMY_CACHE = 32_000
"""Thousands of bytes of pages that a connection keeps, when it has the pages of indexes to fill."""

Database = Engine
"""An open database, which the stores are made on."""


def open_database(path: Path, *, durable: bool = True) -> Engine:
    """Open the database of a data folder, made or migrated to the newest revision first.

    One that is not ``durable`` goes with the process: nothing waits for the disk.
    An older one is copied beside itself before it is migrated. Raises ``NewerDatabaseError`` for
    one that a newer version of the program made, which is left as it is.
    """
    if path.exists():
        revision = _revision_at_rest(path)
        refuse_newer(revision)
        if revision not in (None, NEWEST):
            _copy(path, path.with_name(f"{path.name}.before-{NEWEST}"))
    engine = create_engine(URL.create("sqlite", database=str(path)))
    event.listen(engine, "connect", _set_up)
    if not durable:
        event.listen(engine, "connect", _hurry)
    event.listen(engine, "begin", _begin)
    upgrade(engine)
    return engine


def open_read_only(path: Path) -> Engine:
    """Open a database such that nothing is written beside it, not even a lock.

    While another process has it open, its write-ahead log is read too. Raises OSError when there
    is none, or one of another revision.
    """
    if not path.exists():
        raise FileNotFoundError(f"unable to open {path}: there is none")
    engine = _reader(path)
    if revision_of(engine) != NEWEST:
        engine.dispose()
        raise OSError(
            f"{path} was made by another version of mockportal: run 'mockportal serve' on its "
            "folder once, which migrates it"
        )
    return engine


@contextmanager
def roomy(connection: Connection) -> Iterator[None]:
    """Let a connection keep more pages in memory while the block runs, in SQLite."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.execute(f"PRAGMA cache_size = -{_ROOMY_CACHE}")
    try:
        yield
    finally:
        driver.execute(f"PRAGMA cache_size = -{_CACHE}")


def _copy(path: Path, copy: Path) -> None:
    """Copy a database with what its write-ahead log holds: a cut-off portal leaves one behind."""
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)


def _revision_at_rest(path: Path) -> str | None:
    engine = _reader(path)
    try:
        return revision_of(engine)
    finally:
        engine.dispose()


def _reader(path: Path) -> Engine:
    # A reader of a database that nobody has open would leave files beside it.
    busy = path.with_name(path.name + "-wal").exists()
    mode = "mode=ro" if busy else "immutable=1"
    uri = f"{path.resolve().as_uri()}?{mode}"
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(uri, uri=True, check_same_thread=False),
        poolclass=QueuePool,
    )
    event.listen(engine, "connect", _set_up_reader)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {_BUSY_TIMEOUT_MS}",
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
        f"cache_size = -{_CACHE}",
        f"wal_autocheckpoint = {_CHECKPOINT_PAGES}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _hurry(connection: sqlite3.Connection, _record: Any) -> None:
    connection.execute("PRAGMA synchronous = OFF")


def _set_up_reader(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA query_only = ON")


def _begin(connection: Any) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
