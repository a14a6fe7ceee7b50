"""Whose passages are whose, as conditions that an index serves."""

from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, func, select, text

from mockportal.domain.deposits import Status
from mockportal.domain.organisations import Kind, Organisation
from mockportal.storage.tables import deposits, passages


class Lane(NamedTuple):
    """The passages deposited for a certificateur, by anyone or by one organisation."""

    certifier: int
    organisation: int | None

    def holds(self) -> ColumnElement[bool]:
        """Return the condition that its published passages meet."""
        processing = select(deposits.c.id).where(deposits.c.status == Status.PROCESSING.value)
        seen = (
            (passages.c.certifier_id == self.certifier)
            & passages.c.alive.is_(True)
            & passages.c.deposit_id.not_in(processing)
        )
        if self.organisation is None:
            return seen
        return seen & (passages.c.organisation_id == self.organisation)


_DEPOSITED_FOR = text("""
    WITH RECURSIVE met(certifier) AS (
        SELECT min(d.certifier) FROM deposits d WHERE d.organisation_id = :organisation
        UNION ALL
        SELECT (
            SELECT min(d.certifier) FROM deposits d
            WHERE d.organisation_id = :organisation AND d.certifier > met.certifier
        ) FROM met WHERE met.certifier IS NOT NULL
    )
    SELECT o.id, o.client_id FROM met JOIN organisations o
        ON o.world_id = :world AND o.client_id = met.certifier AND o.kind = 'certifier'
""")
"""One step of the index for each certificateur, however many the deposits."""


def lanes_of(connection: Connection, seer: Organisation, *, changeable: bool) -> list[Lane]:
    """Return where the passages lie that an organisation sees, or that it may change."""
    met = connection.execute(_DEPOSITED_FOR, {"organisation": seer.id, "world": seer.world}).all()
    if seer.kind is Kind.CERTIFIER:
        others = [Lane(row.id, seer.id) for row in met if row.id != seer.id]
        return [Lane(seer.id, None), *others]
    return [
        Lane(row.id, seer.id) for row in met if not changeable or row.client_id in seer.mandated_by
    ]


def deposits_seen(seer: Organisation, *, changeable: bool) -> list[ColumnElement[bool]]:
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
        return [for_it, own & (deposits.c.certifier != seer.client_id)]
    if changeable:
        return [own & deposits.c.certifier.in_(sorted(seer.mandated_by))]
    return [own]


def alive_in_all(connection: Connection, seen: list[ColumnElement[bool]]) -> int:
    """Return how many passages there are, by the deposits' kept counters."""
    return sum(
        connection.scalar(select(func.coalesce(func.sum(deposits.c.alive), 0)).where(one)) or 0
        for one in seen
    )
