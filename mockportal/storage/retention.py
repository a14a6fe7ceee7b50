"""Taking away deposits that are past keeping; their passages stay."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, Row, Select, delete, select, update

from mockportal.domain.deposits import Lease, Status
from mockportal.domain.identifiers import DepositId, WorldId
from mockportal.domain.keeping import Keeping
from mockportal.storage.deposit_rows import deposit_of
from mockportal.storage.portions import delete_ordinals, delete_portions
from mockportal.storage.tables import (
    deposit_certifications,
    deposits,
    file_errors,
    passages,
    pieces,
    rejections,
)
from mockportal.storage.tallies import Shift, tally

_ENDED = deposits.c.status != Status.PROCESSING.value
_LARGEST_OFFSET = timedelta(days=1)
"""Moments are kept with their offset: as texts, they compare to within less than this."""


class RetentionStore:
    """What is kept of deposits, and what is taken away."""

    def __init__(self, engine: Engine, lease: Callable[[], Lease], real: Callable[[], int]) -> None:
        """Keep how leases are made; ``real`` gives real time, in microseconds since 1970."""
        self._engine = engine
        self._writer = engine.execution_options(writes=True)
        self._lease = lease
        self._real = real

    def begin(self, world: WorldId, keeping: Keeping, now: datetime) -> DepositId | None:
        """Take away the next ended deposit that is past keeping, or return None."""
        with self._engine.connect() as connection:
            found = connection.execute(_cut_off(world, self._real())).first()
            ended_before = keeping.ended_before(now)
            if found is None and ended_before is not None:
                rows = connection.execute(_old(world, ended_before))
                found = next((row for row in rows if _ended(row) < ended_before), None)
            if found is None and keeping.deposits is not None:
                found = connection.execute(_beyond(world, keeping.deposits)).first()
        if found is None:
            return None
        lease = self._lease()
        with self._writer.begin() as connection:
            standing = select(deposits.c.removed_at).where(
                deposits.c.id == found.id, _free(self._real())
            )
            row = connection.execute(standing.with_for_update()).first()
            if row is None:
                return None
            connection.execute(
                update(deposits)
                .where(deposits.c.id == found.id)
                .values(
                    removed_at=row.removed_at or now.isoformat(),
                    lease_owner=lease.owner,
                    lease_until=lease.until,
                )
            )
            if row.removed_at is None:
                tally(connection, {found.id: Shift(deposits=-1)})
        return DepositId(found.public_id)

    def published(self, deposit: DepositId, piece: int) -> set[int]:
        """Return the positions in a piece of what was published, whether deleted since or not."""
        wanted = (
            select(passages.c.position)
            .join(deposits, deposits.c.id == passages.c.deposit_id)
            .where(
                deposits.c.public_id == deposit,
                passages.c.piece == piece,
                passages.c.suppresses.is_(False),
            )
        )
        with self._engine.connect() as connection:
            return set(connection.scalars(wanted))

    def forget(self, deposit: DepositId) -> None:
        """Remove what explained the deposit, in short transactions, and call it cleaned."""
        with self._engine.connect() as connection:
            row = connection.execute(
                select(deposits).where(deposits.c.public_id == deposit)
            ).first()
        if row is None:
            return
        delete_portions(self._engine, rejections, rejections.c.deposit_id == row.id)
        lines = (passages.c.deposit_id == row.id) & passages.c.suppresses.is_(True)
        delete_portions(self._engine, passages, lines)
        if not deposit_of(row).published:
            delete_ordinals(self._engine, deposit_certifications, "ordinal", row.id)
            delete_ordinals(self._engine, pieces, "number", row.id)
        with self._writer.begin() as connection:
            connection.execute(delete(file_errors).where(file_errors.c.deposit_id == row.id))
            connection.execute(update(deposits).where(deposits.c.id == row.id).values(packed=True))


def _free(real: int) -> Any:
    return deposits.c.lease_until.is_(None) | (deposits.c.lease_until < real)


def _some(world: WorldId) -> Select[Any]:
    columns = (deposits.c.id, deposits.c.public_id, deposits.c.removed_at, deposits.c.treated_at)
    return select(*columns).where(deposits.c.world_id == world, _ENDED)


def _cut_off(world: WorldId, real: int) -> Select[Any]:
    """Ask for a deposit that was taken away, and whose cleaning nobody is at."""
    begun = deposits.c.removed_at.is_not(None) & deposits.c.packed.is_(False)
    return _some(world).where(begun, _free(real)).order_by(deposits.c.id).limit(1)


def _old(world: WorldId, ended_before: datetime) -> Select[Any]:
    """Ask for the deposits that ended before a moment, and those that did a little after it."""
    latest = (ended_before + _LARGEST_OFFSET).isoformat()
    shown = deposits.c.removed_at.is_(None)
    return _some(world).where(shown, deposits.c.treated_at < latest).order_by(deposits.c.id)


def _beyond(world: WorldId, most: int) -> Select[Any]:
    """Ask for the newest deposit that ended, of those beyond the newest so many."""
    newest = (
        select(deposits.c.id)
        .where(deposits.c.world_id == world, deposits.c.removed_at.is_(None))
        .order_by(deposits.c.id.desc())
        .limit(1)
    )
    first = newest.offset(most).scalar_subquery()
    shown = deposits.c.removed_at.is_(None)
    return _some(world).where(shown, deposits.c.id <= first).order_by(deposits.c.id).limit(1)


def _ended(row: Row[Any]) -> datetime:
    return datetime.fromisoformat(row.treated_at)
