"""Emptying a world in short transactions, so that the others write meanwhile."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, func, select

from mockportal.domain.identifiers import DepositId, WorldId
from mockportal.storage.portions import AT_ONCE, delete_ordinals, delete_portions, give_way
from mockportal.storage.tables import (
    deposit_certifications,
    deposits,
    holders,
    metadata,
    passages,
    rejections,
    training_files,
    worlds,
)
from mockportal.storage.tallies import forget

_GO_IN_PORTIONS = (deposits, holders, training_files)
_UNDER_A_DEPOSIT = (passages, rejections)


def empty(engine: Engine, world: WorldId) -> Iterator[DepositId]:
    """Remove all that a world holds but its own row; yield the deposits as they go.

    What hangs on the rows removed goes with them, by the keys between the tables.
    """
    portion = _next_deposits(engine, world)
    while portion:
        if len(portion) == 1:
            _thin_out(engine, portion[0].id)
        numbers = [row.id for row in portion]
        with _writing(engine) as connection:
            forget(connection, numbers)
            connection.execute(delete(deposits).where(deposits.c.id.in_(numbers)))
        yield from (DepositId(row.public_id) for row in portion)
        portion = _next_deposits(engine, world)
        if portion:
            give_way()
    delete_portions(engine, holders, holders.c.world_id == world)
    with _writing(engine) as connection:
        yield from _last_deposits(connection, world)
        for table in reversed(metadata.sorted_tables):
            if "world_id" in table.c and table not in _GO_IN_PORTIONS:
                connection.execute(delete(table).where(table.c.world_id == world))


def remove(engine: Engine, world: WorldId) -> list[DepositId]:
    """Remove a world's row and what is left under it; return the deposits that went with it."""
    with _writing(engine) as connection:
        left = _last_deposits(connection, world)
        connection.execute(delete(worlds).where(worlds.c.id == world))
    return left


def _last_deposits(connection: Connection, world: WorldId) -> list[DepositId]:
    """Remove what was recorded meanwhile, and let nobody record any more before the end of this."""
    connection.execute(select(worlds.c.id).where(worlds.c.id == world).with_for_update())
    left = connection.execute(
        select(deposits.c.id, deposits.c.public_id).where(deposits.c.world_id == world)
    ).all()
    numbers = [row.id for row in left]
    forget(connection, numbers)
    connection.execute(delete(deposits).where(deposits.c.id.in_(numbers)))
    return [DepositId(row.public_id) for row in left]


def _next_deposits(engine: Engine, world: WorldId) -> Sequence[Row[Any, Any, Any]]:
    """Return the next deposits that go in one transaction: many small ones, or one large one."""
    size = func.coalesce(deposits.c.passages, 0) + func.coalesce(deposits.c.certifications, 0)
    wanted = (
        select(deposits.c.id, deposits.c.public_id, size.label("size"))
        .where(deposits.c.world_id == world)
        .order_by(deposits.c.id)
        .limit(AT_ONCE // 10)
    )
    with engine.connect() as connection:
        rows = connection.execute(wanted).all()
    total = 0
    for number, row in enumerate(rows):
        total += row.size
        if total > AT_ONCE:
            return rows[: max(1, number)]
    return rows


def _thin_out(engine: Engine, deposit: int) -> None:
    """Remove what a deposit has thousands of."""
    for table in _UNDER_A_DEPOSIT:
        delete_portions(engine, table, table.c.deposit_id == deposit)
    delete_ordinals(engine, deposit_certifications, "ordinal", deposit)


def _writing(engine: Engine) -> Any:
    return engine.execution_options(writes=True).begin()
