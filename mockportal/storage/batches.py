"""A whole batch at once: asked for by one query, stored by one command."""

import json
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, TextClause, text
from sqlalchemy.exc import DBAPIError

_ONE_PARAMETER = {
    "sqlite": "IN (SELECT value FROM json_each(:wanted))",
    "postgresql": "= ANY(:wanted)",
}


def rows_of(
    connection: Connection, query: str, wanted: Collection[int] | Collection[str], **more: object
) -> list[Row[tuple[object, ...]]]:
    """Run ``query``, where ``{wanted}`` follows the column that must be among ``wanted``."""
    if not wanted:
        return []
    dialect = connection.dialect.name
    given = list(wanted) if dialect == "postgresql" else json.dumps(list(wanted))
    return list(connection.execute(_asking(query, dialect), {"wanted": given, **more}).all())


def tuples_of(
    connection: Connection, query: str, wanted: Collection[int]
) -> Sequence[tuple[Any, ...]]:
    """Run ``query`` likewise; the driver's own tuples, which cost less where they are many."""
    if not wanted:
        return []
    dialect = connection.dialect.name
    keys = sorted(wanted)  # neighbours in the index lie on one page
    given = keys if dialect == "postgresql" else json.dumps(keys)
    with connection.execute(_asking(query, dialect), {"wanted": given}) as result:
        return result.cursor.fetchall()


@lru_cache(maxsize=64)
def _asking(query: str, dialect: str) -> TextClause:
    """Return a statement put together once: SQLAlchemy takes longer over it than the database."""
    return text(query.replace("{wanted}", _ONE_PARAMETER[dialect]))


def insert_rows(
    connection: Connection,
    table: str,
    same: Mapping[str, object],
    columns: Sequence[str],
    rows: Sequence[Sequence[object]],
) -> None:
    """Insert rows that have ``same`` in common: dictionaries of every column cost seconds.

    In SQLite it is one statement, which runs beside Python: step by step, each row would wait for
    Python's lock.
    """
    if not rows:
        return
    named = ", ".join([*same, *columns])
    if connection.dialect.name == "sqlite":
        given = [f":{name}" for name in same]
        each = [f"json_extract(value, '$[{place}]')" for place in range(len(columns))]
        connection.execute(
            text(
                f"INSERT INTO {table} ({named}) SELECT {', '.join([*given, *each])} "  # noqa: S608  # our own columns
                "FROM json_each(:rows)"
            ),
            {**same, "rows": json.dumps(rows, ensure_ascii=False)},
        )
        return
    common = tuple(same.values())
    insert_tuples(connection, table, [*same, *columns], [(*common, *row) for row in rows])


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
