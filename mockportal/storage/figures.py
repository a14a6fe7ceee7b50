"""Counting what a world holds."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    case,
    exists,
    func,
    or_,
    select,
)

from mockportal.domain.deposits import Status
from mockportal.domain.figures import Figures, Month, Volumes
from mockportal.domain.flux import SUPPRESSION
from mockportal.domain.identifiers import WorldId
from mockportal.domain.organisations import Kind, Organisation
from mockportal.storage.deposit_scopes import meant_for, seen_by
from mockportal.storage.kept_figures import KeptFigures
from mockportal.storage.tables import (
    accounts,
    deposits,
    organisations,
    passages,
    rejections,
)

_MONTH = len("2026-10")


class FigureStore(KeptFigures):
    """The figures of each world and of each organisation, and through ``KeptFigures`` a shelf."""

    def count(self, world: WorldId, organisation: Organisation | None, at: datetime) -> Figures:
        """Count the figures of a world, or what an organisation sees of them; ``at`` is kept."""
        seen = _seen(world, organisation, any_sender=self._any_sender)
        with self._engine.connect() as connection:
            return Figures(
                at,
                _volumes(connection, world, organisation, seen, any_sender=self._any_sender),
                _months(connection, seen),
                _reasons(connection, seen),
            )


def _seen(
    world: WorldId, organisation: Organisation | None, *, any_sender: bool
) -> ColumnElement[bool]:
    """Return which deposits count: for an organisation, those that it sees."""
    of_world = deposits.c.world_id == world
    if organisation is None:
        return of_world
    return and_(of_world, seen_by(organisation, any_sender=any_sender))


_TREATED = deposits.c.status.in_([Status.ACCEPTED.value, Status.PARTLY_REJECTED.value])
_PUBLISHES = and_(_TREATED, func.coalesce(deposits.c.action, "") != SUPPRESSION)


def _volumes(
    connection: Connection,
    world: WorldId,
    organisation: Organisation | None,
    seen: ColumnElement[bool],
    *,
    any_sender: bool,
) -> Volumes:
    row = connection.execute(
        select(
            func.count().label("files"),
            _sum(case((deposits.c.status == Status.REFUSED.value, 1))).label("refused"),
            *(
                _sum(case((_PUBLISHES, deposits.c[name]))).label(name)
                for name in ("accepted", "rejected", "late", "alive")
            ),
        ).where(seen)
    ).one()
    return Volumes(
        **row._mapping,  # noqa: SLF001  # the documented way to a row as a mapping
        passports=_people(connection, seen),
        **({} if organisation else _certifiers(connection, world, any_sender=any_sender)),
    )


def _people(connection: Connection, seen: ColumnElement[bool]) -> int:
    # Sorted in groups rather than counted as distinct: half the time of SQLite for a million.
    each = (
        select(passages.c.holder_id)
        .join(deposits, deposits.c.id == passages.c.deposit_id)
        .where(seen, _PUBLISHES, passages.c.alive)
        .group_by(passages.c.holder_id)
        .subquery()
    )
    return connection.scalar(select(func.count()).select_from(each)) or 0


def _certifiers(connection: Connection, world: WorldId, *, any_sender: bool) -> dict[str, int]:
    certifier = (organisations.c.world_id == world) & (organisations.c.kind == Kind.CERTIFIER.value)
    with_account = exists().where(accounts.c.organisation_id == organisations.c.id)
    # Two questions rather than one with an "or": each has its index.
    own = exists().where(deposits.c.organisation_id == organisations.c.id)
    for_it = exists().where(
        deposits.c.world_id == world,
        deposits.c.certifier == organisations.c.client_id,
        meant_for(organisations.c.id, any_sender=any_sender),
    )
    row = connection.execute(
        select(
            func.count(),
            _sum(case((with_account, 1))),
            _sum(case((or_(own, for_it), 1))),
        ).where(certifier)
    ).one()
    return {"known": row[0], "with_account": row[1], "with_file": row[2]}


def _months(connection: Connection, seen: ColumnElement[bool]) -> tuple[Month, ...]:
    name = func.substr(deposits.c.treated_at, 1, _MONTH)
    wanted = (
        select(
            name,
            _sum(deposits.c.accepted),
            _sum(deposits.c.rejected),
            _sum(deposits.c.late),
        )
        .where(seen, _PUBLISHES)
        .group_by(name)
        .order_by(name)
    )
    return tuple(
        Month(
            year=int(month[:4]),
            month=int(month[5:]),
            accepted=accepted,
            rejected=rejected,
            late=late,
        )
        for month, accepted, rejected, late in connection.execute(wanted)
    )


def _reasons(connection: Connection, seen: ColumnElement[bool]) -> tuple[tuple[str, int], ...]:
    count = func.count()
    wanted = (
        select(rejections.c.code, count)
        .select_from(rejections.join(deposits, deposits.c.id == rejections.c.deposit_id))
        .where(seen, _PUBLISHES)
        .group_by(rejections.c.code)
        .order_by(count.desc(), rejections.c.code)
    )
    return tuple((code, number) for code, number in connection.execute(wanted))


def _sum(of: ColumnElement[Any]) -> ColumnElement[int]:
    return func.coalesce(func.sum(of), 0)
