"""A whole batch at once: asked for by one query, stored by a few commands."""

import json
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Row, TextClause, text
from sqlalchemy.exc import DBAPIError

_ONE_PARAMETER = {
    "sqlite": "IN (SELECT value FROM json_each(:wanted))",
    "postgresql": "= ANY(:wanted)",
}
_MOST_VALUES = 32_766
"""So many SQLite takes in one statement."""


def rows_of(
    connection: Connection, query: str, wanted: Collection[int] | Collection[str], **more: object
) -> list[Row[tuple[object, ...]]]:
    """Run ``query``, where ``{wanted}`` follows the column that must be among ``wanted``.

    ``{each}`` in its place makes PostgreSQL look each up on its own: where other columns of the
    index come first, it may walk through all that they share.
    """
    if not wanted:
        return []
    dialect = connection.dialect.name
    _by_index(connection)
    keys = list({*wanted})
    given = keys if dialect == "postgresql" else json.dumps(keys)
    asking = _asking(query, dialect, isinstance(next(iter(wanted)), int))
    return list(connection.execute(asking, {"wanted": given, **more}).all())


def tuples_of(
    connection: Connection,
    columns: Sequence[str],
    source: str,
    wanted: Collection[int] | Collection[str],
    **more: object,
) -> list[Sequence[Any]]:
    """Return the columns of the rows of ``source``, what follows ``FROM``, where ``{wanted}`` is.

    They come in no order. In SQLite each column is gathered beside Python: row by row, each would
    wait for Python's lock. ``{each}`` is as in ``rows_of``.
    """
    if not wanted:
        return []
    dialect = connection.dialect.name
    _by_index(connection)
    keys: list[Any] = sorted({*wanted})  # neighbours in the index lie on one page
    given = keys if dialect == "postgresql" else json.dumps(keys)
    if dialect == "sqlite":
        columns = [f"json_group_array({one})" for one in columns]
    listed = ", ".join(columns)
    asking = _asking(f"SELECT {listed} FROM {source}", dialect, isinstance(keys[0], int))  # noqa: S608  # our own columns
    with connection.execute(asking, {"wanted": given, **more}) as result:
        found = result.cursor.fetchall()
    return list(zip(*map(json.loads, found[0]), strict=True) if dialect == "sqlite" else found)


def _by_index(connection: Connection) -> None:
    """Let PostgreSQL take the index until the transaction ends.

    Where a table has grown since it was last counted, a thousand keys seem to be worth a walk
    through all of it.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")


@lru_cache(maxsize=64)
def _asking(query: str, dialect: str, numbers: bool) -> TextClause:
    """Return a statement put together once: SQLAlchemy takes longer over it than the database."""
    if dialect == "postgresql" and "{each}" in query:
        # With an OFFSET it cannot be made one with what surrounds it.
        array = "bigint[]" if numbers else "text[]"
        each = query.replace("{each}", "= these.one")
        return text(
            f"SELECT found.* FROM unnest(CAST(:wanted AS {array})) AS these(one) "  # noqa: S608  # our own words
            f"CROSS JOIN LATERAL ({each} OFFSET 0) AS found"
        )
    among = _ONE_PARAMETER[dialect]
    return text(query.replace("{wanted}", among).replace("{each}", among))


def insert_rows(
    connection: Connection,
    table: str,
    same: Mapping[str, object],
    columns: Sequence[str],
    rows: Sequence[Sequence[object]],
) -> None:
    """Insert rows that have ``same`` in common: dictionaries of every column cost seconds.

    In SQLite a statement takes as many as it can, which then goes on beside Python: row by row,
    each would wait for Python's lock.
    """
    common = tuple(same.values())
    if connection.dialect.name == "postgresql":
        if rows:
            insert_tuples(connection, table, [*same, *columns], [(*common, *row) for row in rows])
        return
    named = (*same, *columns)
    most = _MOST_VALUES // len(named)
    at = 0
    while at < len(rows):
        # Of few different sizes: the driver keeps the statements, each of which may be long.
        size = 1 << (min(most, len(rows) - at).bit_length() - 1)
        some = chain.from_iterable((*common, *row) for row in rows[at : at + size])
        connection.exec_driver_sql(_insertion(table, named, size), tuple(some))
        at += size


@lru_cache(maxsize=64)
def _insertion(table: str, columns: tuple[str, ...], rows: int) -> str:
    row = f"({', '.join('?' * len(columns))})"
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([row] * rows)}"  # noqa: S608  # our own columns


def insert_tuples(
    connection: Connection, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Insert tuples through the driver: dictionaries cost seconds where they are many."""
    named = f"{table} ({', '.join(columns)})"
    if connection.dialect.name == "postgresql":
        _copy(connection, named, rows)
        return
    marks = ", ".join("?" * len(columns))
    connection.exec_driver_sql(f"INSERT INTO {named} VALUES ({marks})", list(rows))  # noqa: S608  # our own columns


def _copy(connection: Connection, named: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert tuples as PostgreSQL takes most at once; faults are SQLAlchemy's, as elsewhere."""
    driver: Any = connection.connection.driver_connection
    faults: Any = connection.dialect.dbapi
    command = f"COPY {named} FROM STDIN"
    try:
        with driver.cursor() as cursor, cursor.copy(command) as copy:
            for row in rows:
                copy.write_row(row)
    except faults.Error as fault:
        raise DBAPIError.instance(
            command, None, fault, faults.Error, dialect=connection.dialect
        ) from fault
