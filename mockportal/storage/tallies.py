"""Kept counters: how many deposits that ended there are, and how many passages of theirs live.

One row for each organisation that deposits, certificateur named, and status. Whatever changes a
deposit that ended changes its row in the same transaction, when it holds the rows of all deposits
that it will touch, and several rows in their order: so no two transactions wait for each other.
What is processing is not in it: that is little, and counted.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import NamedTuple

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    select,
    text,
)

from mockportal.domain.deposits import Status
from mockportal.storage.tables import deposits, metadata

tallies = Table(
    "deposit_tallies",
    metadata,
    Column("organisation_id", Integer, primary_key=True, autoincrement=False),
    Column("certifier", String(8), primary_key=True),
    Column("status", String(20), primary_key=True),
    Column("fruitful", Boolean, primary_key=True),
    Column("world_id", Integer, ForeignKey("worlds.id", ondelete="CASCADE"), nullable=False),
    Column("deposits", BigInteger, nullable=False),
    Column("alive", BigInteger, nullable=False),
    Column("judged", BigInteger, nullable=False),
    Index("ix_deposit_tallies_for_certifier", "world_id", "certifier"),
)
"""``certifier`` is empty where the file named none that could be read; ``fruitful``: something was
accepted; ``deposits`` leaves out those that were cleaned away, whose passages stay."""


class Shift(NamedTuple):
    """What a deposit has more of, or less."""

    deposits: int = 0
    alive: int = 0
    judged: int = 0


_ADD = text("""
    INSERT INTO deposit_tallies AS t
        (organisation_id, certifier, status, fruitful, world_id, deposits, alive, judged)
    VALUES
        (:organisation_id, :certifier, :status, :fruitful, :world_id, :deposits, :alive, :judged)
    ON CONFLICT (organisation_id, certifier, status, fruitful) DO UPDATE SET
        deposits = t.deposits + excluded.deposits,
        alive = t.alive + excluded.alive,
        judged = t.judged + excluded.judged
""")
_KEY = ("organisation_id", "certifier", "status", "fruitful", "world_id")
PROCESSING = deposits.c.status == Status.PROCESSING.value
"""What is in no tally."""


def tally(connection: Connection, shifts: Mapping[int, Shift]) -> None:
    """Count these deposits anew, by their numbers, in a transaction that has done all else."""
    if not shifts:
        return
    wanted = select(
        deposits.c.id,
        deposits.c.organisation_id,
        deposits.c.certifier,
        deposits.c.status,
        deposits.c.accepted,
        deposits.c.world_id,
    ).where(deposits.c.id.in_(shifts))
    sums: dict[tuple[int, str, str, bool, int], Counter[str]] = {}
    for row in connection.execute(wanted):
        key = (row.organisation_id, row.certifier or "", row.status, row.accepted > 0, row.world_id)
        sums.setdefault(key, Counter()).update(shifts[row.id]._asdict())
    connection.execute(
        _ADD, [{**dict(zip(_KEY, key, strict=True)), **sums[key]} for key in sorted(sums)]
    )


def forget(connection: Connection, numbers: Collection[int]) -> None:
    """Count deposits no longer, nor their passages, just before they go; hold them all."""
    wanted = (
        select(
            deposits.c.id,
            deposits.c.status,
            deposits.c.removed_at,
            deposits.c.alive,
            deposits.c.accepted,
            deposits.c.rejected,
        )
        .where(deposits.c.id.in_(numbers))
        .order_by(deposits.c.id)
        .with_for_update()
    )
    tally(
        connection,
        {
            row.id: Shift(0 if row.removed_at else -1, -row.alive, -(row.accepted + row.rejected))
            for row in connection.execute(wanted)
            if row.status != Status.PROCESSING.value
        },
    )
