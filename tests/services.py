"""PostgreSQL and Redis where they answer on this machine: what is tested on them needs them.

Each test takes a schema, or a database, of its own there.
"""

import os
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from urllib.parse import urlsplit
from uuid import uuid4

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import SQLAlchemyError

_USUAL = "postgresql+psycopg://postgres@127.0.0.1:5432/{database}"
_DATABASES = ("test", "postgres")
_SECONDS = 2


def _answers(url: str) -> bool:
    engine = create_engine(url, connect_args={"connect_timeout": _SECONDS})
    try:
        with engine.connect():
            return True
    except SQLAlchemyError:
        return False
    finally:
        engine.dispose()


def _postgresql() -> str | None:
    given = os.environ.get("MOCKPORTAL_TEST_POSTGRESQL")
    if given:
        return given
    try:
        with closing(socket.create_connection(("127.0.0.1", 5432), _SECONDS)):
            pass
    except OSError:
        return None
    return next(filter(_answers, (_USUAL.format(database=one) for one in _DATABASES)), None)


def _redis() -> str | None:
    url = os.environ.get("MOCKPORTAL_TEST_REDIS", "redis://127.0.0.1:6379/0")
    parts = urlsplit(url)
    try:
        with closing(
            socket.create_connection((parts.hostname or "", parts.port or 6379), _SECONDS)
        ) as asked:
            asked.sendall(b"PING\r\n")
            return url if asked.recv(5) == b"+PONG" else None
    except OSError:
        return None


POSTGRESQL = _postgresql()
"""The URL of a database in which the tests may make schemas; MOCKPORTAL_TEST_POSTGRESQL wins."""
REDIS = _redis()
"""The URL of a Redis, in which each portal has names of its own; MOCKPORTAL_TEST_REDIS wins."""


def told() -> str:
    """Return the line of a test run that says which of them it uses."""
    found = {"PostgreSQL": POSTGRESQL, "Redis": REDIS}
    return "tested on: SQLite, " + ", ".join(
        name if url else f"not {name} (it does not answer)" for name, url in found.items()
    )


@contextmanager
def a_schema(database: str | None = None) -> Iterator[str]:
    """Make a schema, yield the URL of a database that consists of it alone, and drop it."""
    whole = make_url(database or POSTGRESQL or "").set(drivername="postgresql+psycopg")
    name = f"mockportal_{uuid4().hex}"
    owner = create_engine(whole, isolation_level="AUTOCOMMIT")
    with owner.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
    try:
        own = whole.update_query_dict({"options": f"-csearch_path={name}"})
        yield own.set(drivername="postgresql").render_as_string(hide_password=False)
    finally:
        with owner.connect() as connection:
            # Whoever was killed may not have been missed yet, and would hold its tables.
            connection.execute(
                text(
                    "SELECT pg_terminate_backend(l.pid) FROM pg_locks l "
                    "JOIN pg_class c ON c.oid = l.relation "
                    "JOIN pg_namespace n ON n.oid = c.relnamespace "
                    "WHERE n.nspname = :name AND l.pid <> pg_backend_pid()"
                ),
                {"name": name},
            )
            connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
        owner.dispose()
