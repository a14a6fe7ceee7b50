"""Whose passages are whose, as conditions that an index serves."""

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from mockportal.domain.deposits import Status
from mockportal.domain.organisations import Kind, Organisation
from mockportal.storage.lanes import Lane
from mockportal.storage.tables import deposits, organisations
from mockportal.storage.tallies import tallies


def lanes_of(connection: Connection, seer: Organisation, *, changeable: bool) -> list[Lane]:
    """Return where the passages lie that an organisation sees, or that it may change."""
    met = (
        select(organisations.c.id, organisations.c.client_id, tallies.c.organisation_id)
        .join(tallies, tallies.c.certifier == organisations.c.client_id)
        .where(
            organisations.c.world_id == seer.world,
            organisations.c.kind == Kind.CERTIFIER.value,
            tallies.c.fruitful.is_(True),
        )
        .distinct()
    )
    rows = set(connection.execute(met.where(tallies.c.organisation_id == seer.id)))
    if seer.kind is Kind.CERTIFIER:
        for_it = met.where(
            organisations.c.id == seer.id,
            tallies.c.world_id == seer.world,
            tallies.c.certifier == seer.client_id,
        )
        rows.update(connection.execute(for_it))
    elif changeable:
        rows = {row for row in rows if row.client_id in seer.mandated_by}
    return sorted(Lane(row.id, row.organisation_id) for row in rows)


def deposits_seen(
    connection: Connection, seer: Organisation, *, changeable: bool
) -> list[ColumnElement[bool]]:
    """Return conditions, no two of them true of one deposit, that those seen with passages meet."""
    own = (
        (deposits.c.organisation_id == seer.id)
        & (deposits.c.status != Status.PROCESSING.value)
        & (deposits.c.alive > 0)
    )
    if seer.kind is Kind.CERTIFIER:
        for_it = (
            (deposits.c.world_id == seer.world)
            & (deposits.c.certifier == seer.client_id)
            & (deposits.c.status != Status.PROCESSING.value)
            & (deposits.c.alive > 0)
        )
        others = _others_deposited_for(connection, seer)
        return [for_it, own & deposits.c.certifier.in_(others)] if others else [for_it]
    if changeable:
        return [own & deposits.c.certifier.in_(sorted(seer.mandated_by))]
    return [own]


def _others_deposited_for(connection: Connection, seer: Organisation) -> list[str]:
    """Return for which other certificateurs one has deposited: mostly none, and nothing to walk."""
    wanted = select(tallies.c.certifier).where(
        tallies.c.organisation_id == seer.id,
        tallies.c.certifier != seer.client_id,
        tallies.c.alive > 0,
    )
    return sorted(set(connection.scalars(wanted)))


def alive_seen_by(connection: Connection, seer: Organisation) -> int:
    """Return how many passages an organisation sees, by kept counters."""
    seen: ColumnElement[bool] = tallies.c.organisation_id == seer.id
    if seer.kind is Kind.CERTIFIER:
        for_it = and_(tallies.c.world_id == seer.world, tallies.c.certifier == seer.client_id)
        seen = or_(seen, for_it)
    wanted = select(func.coalesce(func.sum(tallies.c.alive), 0)).where(seen)
    return int(connection.scalar(wanted) or 0)  # PostgreSQL's sums are decimals
