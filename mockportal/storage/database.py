"""Opening a database: what SQLite needs on each connection, and migrations at the door."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from secrets import token_hex
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

from mockportal.domain.storage_failures import StorageError, StorageFailure
from mockportal.storage.connections import AT_MOST, KEPT_OPEN, ConnectionPool, make_closable
from mockportal.storage.failures import sentence_on, sentences, watch
from mockportal.storage.identity import DatabaseState, state_of
from mockportal.storage.migrations import NEWEST, refuse_newer, revision_of, upgrade

PATIENT = 30.0
"""Seconds that a connection waits for another process's lock, where nobody waits for an answer."""
_CHECKPOINT_PAGES = 64_000
"""256 MB of the log: a treatment writes the same pages of the indexes again and again."""
_CACHE = 4_000
_ROOMY_CACHE = 32_000
"""Thousands of bytes of pages that a connection keeps, when it has the pages of indexes to fill."""

Database = Engine
"""An open database, which the stores are made on."""


def open_database(
    path: Path,
    *,
    durable: bool = True,
    busy: float = PATIENT,
    accept: Callable[[DatabaseState], None] = lambda _state: None,
) -> Engine:
    """Open the database of a data folder, made or migrated to the newest revision first.

    One that is not ``durable`` goes with the process: nothing waits for the disk. ``busy`` is how
    many seconds a lock of another process is waited for. Before anything is written, ``accept``
    raises where it is not the one that is wanted.
    An older one is copied beside itself before it is migrated. Raises ``NewerDatabaseError`` for
    one that a newer version of the program made, which is left as it is.
    """
    revision = _accepted(path, accept)
    if revision not in (None, NEWEST):
        _copy(path, path.with_name(f"{path.name}.before-{NEWEST}"))
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        hide_parameters=True,  # hashes, addresses and names are no matter of a log
        poolclass=ConnectionPool,
        pool_size=KEPT_OPEN,
        max_overflow=AT_MOST - KEPT_OPEN,
    )
    make_closable(engine)
    watch(engine, str(path))
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "connect", lambda connection, _record: _wait(connection, busy))
    if not durable:
        event.listen(engine, "connect", _hurry)
    event.listen(engine, "begin", _begin if durable else _begin_in_a_hurry)
    upgrade(engine)
    return engine


def checkpoint(engine: Engine) -> bool:
    """Bring all of the write-ahead log into the database; tell whether nothing is left in it.

    Where that cannot be, on a full disk say, the log stays, and the next start goes on with it.
    """
    try:
        with engine.connect() as connection:
            connection.commit()  # SQLite does it outside of transactions only
            driver: Any = connection.connection.driver_connection
            with sentences(str(engine.url.database)):
                busy, left, _ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except StorageError:
        return False
    return not busy and left <= 0


def open_read_only(path: Path) -> Engine:
    """Open a database such that nothing is written beside it, not even a lock.

    While another process has it open, its write-ahead log is read too. Raises OSError when there
    is none, or one of another revision.
    """
    if not path.exists():
        raise FileNotFoundError(f"unable to open {path}: there is none")
    engine = _reader(path)
    try:
        revision = revision_of(engine)
    except BaseException:
        engine.dispose()
        raise
    if revision is None:
        engine.dispose()
        raise OSError(
            f"the database {path} is empty: no portal has written to it. Put it back from a "
            "backup, or leave this folder out"
        )
    if revision != NEWEST:
        engine.dispose()
        raise OSError(
            f"{path} was made by another version of mockportal: run 'mockportal serve' on its "
            "folder once, which migrates it"
        )
    return engine


def number(engine: Engine, opening: int) -> bool:
    """Write a number into the header of the database's file itself, and tell whether it got there.

    A copy from another time has another one, and the log beside it would not be its own.
    """
    with engine.connect() as connection:
        connection.commit()  # SQLite empties its log outside of transactions only
        driver: Any = connection.connection.driver_connection
        with sentences(str(engine.url.database)):
            driver.execute(f"PRAGMA user_version = {int(opening)}")
    return checkpoint(engine)


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
    unfinished = copy.with_name(f"{copy.name}.{token_hex(4)}.unfinished")
    try:
        with (
            sentences(str(unfinished)),
            closing(sqlite3.connect(path)) as source,
            closing(sqlite3.connect(unfinished)) as target,
        ):
            source.backup(target)
        unfinished.replace(copy)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def _accepted(path: Path, accept: Callable[[DatabaseState], None]) -> str | None:
    """Return the revision of a database that is at rest and accepted, None for one to be made."""
    engine = _reader(path if path.exists() else None)
    try:
        state = state_of(engine)
        refuse_newer(state.revision)
        accept(state)
        return state.revision
    except UnicodeDecodeError as fault:
        sentence = sentence_on(str(path), StorageFailure.DAMAGED, fault)
        raise StorageError(StorageFailure.DAMAGED, sentence) from fault
    finally:
        engine.dispose()


def _reader(path: Path | None) -> Engine:
    if path is None:
        uri = ":memory:"
    else:
        # A reader of a database that nobody has open would leave files beside it.
        busy = path.with_name(path.name + "-wal").exists()
        mode = "mode=ro" if busy else "immutable=1"
        uri = f"{path.resolve().as_uri()}?{mode}"
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(uri, uri=True, check_same_thread=False),
        poolclass=ConnectionPool,
        hide_parameters=True,
    )
    watch(engine, str(path or "in memory"), logs=False)
    event.listen(engine, "connect", _set_up_reader)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {int(PATIENT * 1_000)}",
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
        f"cache_size = -{_CACHE}",
        f"wal_autocheckpoint = {_CHECKPOINT_PAGES}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _wait(connection: sqlite3.Connection, seconds: float) -> None:
    connection.execute(f"PRAGMA busy_timeout = {int(seconds * 1_000)}")


def _hurry(connection: sqlite3.Connection, _record: Any) -> None:
    connection.execute("PRAGMA synchronous = OFF")


def _set_up_reader(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA query_only = ON")


def _begin(connection: Connection) -> None:
    """Begin a transaction; what must outlive the machine's own end is waited for on disk."""
    options = connection.get_execution_options()
    outlives = options.get("outlives", False)
    if connection.info.get("outlives", False) is not outlives and options.get("writes", False):
        connection.exec_driver_sql(f"PRAGMA synchronous = {'FULL' if outlives else 'NORMAL'}")
        connection.info["outlives"] = outlives
    _begin_in_a_hurry(connection)


def _begin_in_a_hurry(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
