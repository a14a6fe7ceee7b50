"""A database of PostgreSQL, for a portal of several processes or machines."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError

from mockportal.storage.connections import AT_MOST, KEPT_OPEN, ConnectionPool, make_closable
from mockportal.storage.failures import watch
from mockportal.storage.identity import DatabaseState, state_of
from mockportal.storage.migrations import NEWEST, refuse_newer, revision_of, upgrade

_DRIVER = "postgresql+psycopg"
_SECONDS_TO_CONNECT = 5
_STARTING = 20260103
"""The number of the lock that whoever starts holds."""


def open_postgresql(
    url: str,
    accept: Callable[[DatabaseState], None] = lambda _state: None,
    *,
    busy: float | None = None,
) -> Engine:
    """Open a database by its URL, made or migrated to the newest revision first.

    Before anything is written, ``accept`` raises where it is not the one that is wanted.
    ``busy`` is how many seconds a lock of others is waited for; by default without end.
    Raises ``NewerDatabaseError`` for one that a newer version of the program made, OSError where
    there is none, or no driver for it.
    """
    engine = _engine(_parsed(url))
    if busy is not None:
        event.listen(engine, "connect", partial(_wait, busy))
    with _disposing(engine), one_start_at_a_time(engine):
        state = state_of(engine)
        refuse_newer(state.revision)
        accept(state)
        upgrade(engine)
    return engine


def open_postgresql_read_only(url: str) -> Engine:
    """Open a database in which the server itself lets nothing be written by us.

    Raises OSError when there is none, or one that is not of the newest revision.
    """
    engine = _engine(_parsed(url))
    event.listen(engine, "connect", _only_read)
    with _disposing(engine):
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
        connection.execute(text("SET LOCAL lock_timeout = 0"))  # a migration may take its time
        connection.execute(text("SELECT pg_advisory_xact_lock(:door)"), {"door": _STARTING})
        yield


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # the second of a port that is no number
        raise OSError("the database is given as postgresql://USER:PASSWORD@HOST/NAME") from None
    if parsed.get_backend_name() not in ("postgresql", "postgres"):
        raise OSError(f"{parsed.drivername} is no kind of database that mockportal knows")
    return parsed.set(drivername=_DRIVER)


def _engine(url: URL) -> Engine:
    try:
        engine = create_engine(
            url,
            hide_parameters=True,  # hashes, addresses and names are no matter of a log
            poolclass=ConnectionPool,
            pool_size=KEPT_OPEN,
            max_overflow=AT_MOST - KEPT_OPEN,
            pool_pre_ping=True,
            connect_args={
                # A plan that is prepared while a table is empty is a bad one when it has filled.
                "prepare_threshold": None,
                "fallback_application_name": "mockportal",
                # A server that is gone without a word is noticed, as one that refuses is.
                "connect_timeout": int(url.query.get("connect_timeout", _SECONDS_TO_CONNECT)),  # type: ignore[arg-type]
                "keepalives_idle": 20,
                "keepalives_interval": 5,
                "keepalives_count": 3,
                "tcp_user_timeout": 20_000,
            },
        )
    except ImportError:
        raise OSError("PostgreSQL needs its driver: pip install 'mockportal[postgresql]'") from None
    make_closable(engine)
    watch(engine, without_password(url.render_as_string(hide_password=False)))
    return engine


@contextmanager
def _disposing(engine: Engine) -> Iterator[None]:
    """Keep no connection open of a database that is not used after all."""
    try:
        yield
    except BaseException:
        engine.dispose()
        raise


def _wait(seconds: float, connection: Any, _record: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = {int(seconds * 1_000)}")
    connection.commit()


def _only_read(connection: Any, _record: Any) -> None:
    connection.read_only = True
