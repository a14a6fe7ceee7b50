"""A database of PostgreSQL, for a portal of several processes or machines."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, OperationalError

from mockportal.storage.migrations import NEWEST, refuse_newer, revision_of, upgrade

_DRIVER = "postgresql+psycopg"
_KEPT_OPEN, _AT_MOST = 5, 64
"""Connections of one process: those it keeps, and those it may have at once."""
_STARTING = 20260103
"""The number of the lock that whoever starts holds."""


def open_postgresql(url: str) -> Engine:
    """Open a database by its URL, made or migrated to the newest revision first.

    Raises ``NewerDatabaseError`` for one that a newer version of the program made, OSError where
    there is none, or no driver for it.
    """
    engine = _engine(_parsed(url))
    with _reached(engine), one_start_at_a_time(engine):
        refuse_newer(revision_of(engine))
        upgrade(engine)
    return engine


def open_postgresql_read_only(url: str) -> Engine:
    """Open a database in which the server itself lets nothing be written by us.

    Raises OSError when there is none, or one that is not of the newest revision.
    """
    engine = _engine(_parsed(url))
    event.listen(engine, "connect", _only_read)
    with _reached(engine):
        revision = revision_of(engine)
    if revision != NEWEST:
        engine.dispose()
        raise OSError(
            f"{without_password(url)} holds no portal of this version of mockportal: run "
            "'mockportal serve' on it once, which fills or migrates it"
        )
    return engine


def without_password(url: str) -> str:
    """Return a database's URL as it may be shown and logged."""
    return _parsed(url).set(drivername="postgresql").render_as_string(hide_password=True)


@contextmanager
def one_start_at_a_time(engine: Engine) -> Iterator[None]:
    """Let the others that start wait while the block migrates or fills the database."""
    if engine.dialect.name != "postgresql":
        yield
        return
    with engine.connect() as connection, connection.begin():
        connection.execute(text("SELECT pg_advisory_xact_lock(:door)"), {"door": _STARTING})
        yield


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise OSError("the database is given as postgresql://USER:PASSWORD@HOST/NAME") from None
    if parsed.get_backend_name() not in ("postgresql", "postgres"):
        raise OSError(f"{parsed.drivername} is no kind of database that mockportal knows")
    return parsed.set(drivername=_DRIVER)


def _engine(url: URL) -> Engine:
    try:
        return create_engine(
            url,
            pool_size=_KEPT_OPEN,
            max_overflow=_AT_MOST - _KEPT_OPEN,
            pool_pre_ping=True,
            # A plan that is prepared while a table is empty is a bad one when it has filled.
            connect_args={"prepare_threshold": None, "fallback_application_name": "mockportal"},
        )
    except ImportError:
        raise OSError("PostgreSQL needs its driver: pip install 'mockportal[postgresql]'") from None


@contextmanager
def _reached(engine: Engine) -> Iterator[None]:
    """Say in a sentence why a database is not reached."""
    try:
        yield
    except OperationalError as fault:
        engine.dispose()
        raise OSError(f"the database does not answer: {fault.orig}") from fault


def _only_read(connection: Any, _record: Any) -> None:
    connection.read_only = True
