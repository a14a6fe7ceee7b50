"""Opening a database: what SQLite needs on each connection, and migrations at the door."""

import shutil
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any

from sqlalchemy import Engine, create_engine, event

from mockportal.storage.migrations import NEWEST, revision_of, upgrade

_BUSY_TIMEOUT_MS = 30_000

Database = Engine
"""An open database, which the stores are made on."""


def open_database(path: Path) -> Engine:
    """Open the database of a data folder, made or migrated to the newest revision first.

    An older one is copied beside itself before it is migrated. Raises ``NewerDatabaseError`` for
    one that a newer version of the program made.
    """
    engine = create_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    if path.exists():
        revision = revision_of(engine)
        if revision not in (None, NEWEST):
            engine.dispose()
            shutil.copy2(path, path.with_name(f"{path.name}.before-{NEWEST}"))
    upgrade(engine)
    return engine


def open_read_only(path: Path) -> Engine:
    """Open a database such that nothing is written beside it, not even a lock.

    While another process has it open, its write-ahead log is read too.
    """
    busy = path.with_name(path.name + "-wal").exists()
    mode = "mode=ro" if busy else "immutable=1"
    engine = create_engine(f"sqlite:///file:{path.as_posix()}?{mode}&uri=true")
    event.listen(engine, "connect", _set_up_reader)
    event.listen(engine, "begin", _begin)
    if revision_of(engine) != NEWEST:
        engine.dispose()
        raise OSError(
            f"{path} was made by another version of mockportal: run 'mockportal serve' on its "
            "folder once, which migrates it"
        )
    return engine


def _set_up(connection: SqliteConnection, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {_BUSY_TIMEOUT_MS}",
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
        "cache_size = -16000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _set_up_reader(connection: SqliteConnection, _record: Any) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA query_only = ON")


def _begin(connection: Any) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
