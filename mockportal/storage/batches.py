"""Asking for a whole batch at once: one query, whatever the number of keys."""

import json
from collections.abc import Collection

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
