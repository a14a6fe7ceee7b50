"""Deleting many rows in short transactions, so that the others write meanwhile."""

import time
from typing import Any

from sqlalchemy import Engine, Table, delete, func, select

AT_ONCE = 2_000
"""Rows that one transaction removes, about: some ten milliseconds of the one writer."""
_A_GAP = 0.01
"""Seconds; SQLite looks for a free writer every few hundredths of a second."""


def delete_portions(engine: Engine, table: Table, condition: Any) -> None:
    """Delete the rows of a table, whose key is ``id``, that a condition holds for."""
    some = select(table.c.id).where(condition).limit(AT_ONCE)
    _again_and_again(engine, delete(table).where(table.c.id.in_(some.scalar_subquery())))


def delete_ordinals(engine: Engine, table: Table, ordinal: str, deposit: int) -> None:
    """Delete the rows that a deposit has in a table whose key is the deposit and an ordinal."""
    of_it = table.c.deposit_id == deposit
    first = select(func.min(table.c[ordinal])).where(of_it).scalar_subquery()
    _again_and_again(engine, delete(table).where(of_it, table.c[ordinal] < first + AT_ONCE))


def give_way() -> None:
    """Let others write between two of many short transactions."""
    time.sleep(_A_GAP)


def _again_and_again(engine: Engine, statement: Any) -> None:
    while True:
        with engine.execution_options(writes=True).begin() as connection:
            if connection.execute(statement).rowcount < AT_ONCE:
                return
        give_way()
