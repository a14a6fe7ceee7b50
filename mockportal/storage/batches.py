"""Asking for a whole batch at once: one query, whatever the number of keys."""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, text

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
    statement = text(query.replace("{wanted}", _ONE_PARAMETER[dialect]))
    return list(connection.execute(statement, {"wanted": given, **more}).all())


def tuples_of(
    connection: Connection, query: str, wanted: Collection[int]
) -> Sequence[tuple[Any, ...]]:
    """Run ``query`` likewise; the driver's own tuples, which cost less where they are many."""
    if not wanted:
        return []
    dialect = connection.dialect.name
    keys = sorted(wanted)  # neighbours in the index lie on one page
    given = keys if dialect == "postgresql" else json.dumps(keys)
    statement = text(query.replace("{wanted}", _ONE_PARAMETER[dialect]))
    with connection.execute(statement, {"wanted": given}) as result:
        return result.cursor.fetchall()


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
    mark = "%s" if connection.dialect.paramstyle in ("format", "pyformat") else "?"
    marks = ", ".join([mark] * (len(same) + len(columns)))
    common = tuple(same.values())
    connection.exec_driver_sql(
        f"INSERT INTO {table} ({named}) VALUES ({marks})",  # noqa: S608  # our own columns
        [(*common, *row) for row in rows],
    )
