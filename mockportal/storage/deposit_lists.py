"""What pages list: deposits narrowed by a filter, and the accepted passages of one."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Engine, Select, func, select, union_all

from mockportal.domain.deposits import AcceptedPassage, DepositFilter, DepositPage, Status
from mockportal.domain.identifiers import DepositId, HolderId, TechnicalId, WorldId
from mockportal.domain.organisations import Organisation
from mockportal.domain.pages import Turn
from mockportal.storage.deposit_rows import deposit_of
from mockportal.storage.deposit_scopes import seen_apart, tallies_seen_by
from mockportal.storage.levels import levels_of
from mockportal.storage.stretches import stretch
from mockportal.storage.tables import deposits, passages
from mockportal.storage.tallies import tallies


class Seer(NamedTuple):
    """Who looks at a list, and whether their portal lets every émetteur through."""

    organisation: Organisation
    any_sender: bool


def accepted_of(engine: Engine, deposit: DepositId, page: int, size: int) -> list[AcceptedPassage]:
    """Return a page of the accepted passages of a deposit in the order of the file."""
    head = select(deposits.c.id, deposits.c.accepted).where(deposits.c.public_id == deposit)
    place = (passages.c.piece, passages.c.position)
    with engine.connect() as connection:
        row = connection.execute(head).first()
        if row is None:
            return []
        beyond, many, back = stretch(row.accepted, (page - 1) * size, size)
        ids = (
            select(passages.c.id)
            .where(passages.c.deposit_id == row.id)
            .order_by(*(one.desc() if back else one for one in place))
            .limit(many)
            .offset(beyond)
        )
        wanted = select(passages).where(passages.c.id.in_(list(connection.scalars(ids))))
        return [
            AcceptedPassage(
                technical_id=TechnicalId(row.technical_id),
                levels=levels_of(row.levels),
                holder=None if row.holder_id is None else HolderId(row.holder_id),
                piece=row.piece,
                position=row.position,
                alive=row.alive,
            )
            for row in connection.execute(wanted.order_by(*place))
        ]


def page_of(
    engine: Engine,
    seer: Seer,
    page: int,
    size: int,
    wanted: DepositFilter,
    turn: Turn | None = None,
) -> DepositPage:
    """Return those wanted of the deposits that an organisation may see, newest first.

    A ``turn`` leads to a page without counting, an empty one where nothing lies beside its item;
    where there is no such item, ``page`` counts.
    """
    seen = seen_apart(seer.organisation, any_sender=seer.any_sender)
    narrowed = [one & _asked(wanted) for one in seen]
    with engine.connect() as connection:
        if wanted.since or wanted.until:
            total = _counted(connection, narrowed)
        else:
            total = _tallied(connection, seer, wanted.status)
            if wanted.status in (None, Status.PROCESSING):
                total += _counted(connection, [one & _PROCESSING & _SHOWN for one in seen])
        ids = _beside(connection, seer.organisation.world, narrowed, turn, size) if turn else None
        if ids is None:
            ids = _numbered(connection, narrowed, total, (page - 1) * size, size)
        rows = connection.execute(
            select(deposits).where(deposits.c.id.in_(ids)).order_by(deposits.c.id.desc())
        )
        return DepositPage([deposit_of(row) for row in rows], total)


_SHOWN = deposits.c.removed_at.is_(None)
_PROCESSING = deposits.c.id.in_(
    select(deposits.c.id).where(deposits.c.status == Status.PROCESSING.value)
)
"""Asked for so, those that are processing lead to their organisations, not the other way round."""


def _counted(connection: Connection, seen: Sequence[ColumnElement[bool]]) -> int:
    return sum(
        connection.scalar(select(func.count()).select_from(deposits).where(one)) or 0
        for one in seen
    )


def _tallied(connection: Connection, seer: Seer, status: Status | None) -> int:
    """Return how many deposits that ended an organisation sees, by kept counters."""
    seen = tallies_seen_by(seer.organisation, any_sender=seer.any_sender)
    wanted = select(func.coalesce(func.sum(tallies.c.deposits), 0)).where(seen)
    if status:
        wanted = wanted.where(tallies.c.status == status.value)
    return int(connection.scalar(wanted) or 0)  # PostgreSQL's sums are decimals


def _numbered(
    connection: Connection, seen: Sequence[ColumnElement[bool]], total: int, start: int, size: int
) -> list[int]:
    beyond, many, back = stretch(total, start, size)
    if not many:
        return []
    return list(connection.scalars(_merged(seen, back=back).limit(many).offset(beyond)))


def _beside(
    connection: Connection,
    world: WorldId,
    seen: Sequence[ColumnElement[bool]],
    turn: Turn,
    size: int,
) -> list[int] | None:
    """Return the numbers after a deposit, or before it; None: no such deposit."""
    mark = connection.scalar(
        select(deposits.c.id).where(
            deposits.c.world_id == world, deposits.c.processing_id == turn.beside
        )
    )
    if mark is None:
        return None
    beside = deposits.c.id > mark if turn.back else deposits.c.id < mark
    merged = _merged([one & beside for one in seen], back=turn.back)
    return list(connection.scalars(merged.limit(size)))


def _merged(seen: Sequence[ColumnElement[bool]], *, back: bool) -> Select[Any]:
    """Return the numbers of what meets one of these conditions, each in its index's order."""
    merged = union_all(*(select(deposits.c.id).where(one) for one in seen)).subquery()
    return select(merged.c.id).order_by(merged.c.id if back else merged.c.id.desc())


def _asked(wanted: DepositFilter) -> ColumnElement[bool]:
    """Return what a filter asks; moments are kept as text that begins with the day in Paris."""
    asked: ColumnElement[bool] = _SHOWN
    if wanted.status:
        asked &= deposits.c.status == wanted.status.value
    if wanted.since:
        asked &= deposits.c.received_at >= wanted.since.isoformat()
    if wanted.until:
        asked &= func.substr(deposits.c.received_at, 1, 10) <= wanted.until.isoformat()
    return asked
