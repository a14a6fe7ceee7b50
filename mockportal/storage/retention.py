"""Taking away deposits that are past keeping; their passages stay."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, Row, Select, delete, select, text, update

from mockportal.domain.deposits import AROUND, Lease, Status, VanishedError
from mockportal.domain.identifiers import DepositId, WorldId
from mockportal.domain.keeping import Keeping
from mockportal.domain.worlds import Step
from mockportal.storage.deposit_rows import deposit_of
from mockportal.storage.origins import origin_of
from mockportal.storage.portions import delete_ordinals, delete_portions
from mockportal.storage.tables import (
    deposit_certifications,
    deposits,
    file_errors,
    passages,
    pieces,
    rejections,
    worlds,
)
from mockportal.storage.tallies import Shift, tally

_ENDED = deposits.c.status != Status.PROCESSING.value
_PACKED_AT_ONCE = 1_000_000
_PACKED = text("SELECT content FROM packed_pieces WHERE deposit_id = :deposit AND number = :number")
_PACK = text("""
    INSERT INTO packed_pieces (deposit_id, number, content) VALUES (:deposit, :number, :content)
    ON CONFLICT (deposit_id, number) DO UPDATE SET content = excluded.content
""")
_LARGEST_OFFSET = timedelta(days=1)
"""Moments are kept with their offset: as texts, they compare to within less than this."""


class RetentionStore:
    """What is kept of deposits, and what is taken away."""

    def __init__(self, engine: Engine, lease: Callable[[], Lease], real: Callable[[], int]) -> None:
        """Keep how leases are made; ``real`` gives real time, in microseconds since 1970."""
        self._engine = engine
        self._writer = engine.execution_options(writes=True)
        self._outliving = engine.execution_options(writes=True, outlives=True)
        self._lease = lease
        self._real = real
        self._latest: WorldId | None = None

    def begin_next(self, keeping: Keeping, now: Callable[[WorldId], datetime]) -> DepositId | None:
        """Take away the next one of any world, whose time ``now`` tells, or return None.

        It is looked for where the last one was, first: there may be more.
        """
        with self._engine.connect() as connection:
            rows = connection.execute(select(worlds.c.id, worlds.c.origin).order_by(worlds.c.id))
            there = [
                WorldId(row.id) for row in rows if origin_of(row.origin).step is not Step.DELETING
            ]
        for world in sorted(there, key=lambda one: one != self._latest):
            with suppress(VanishedError):  # it has just gone
                begun = self.begin(world, keeping, now(world))
                if begun is not None:
                    self._latest = world
                    return begun
        return None

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

    def pack(self, deposit: DepositId, packed: Iterable[tuple[int, bytes]]) -> None:
        """Keep what is left of a deposit's file, on disk before this ends; done again, the same."""
        number = self._number(deposit)
        rows: list[dict[str, object]] = []
        size = 0
        for piece, content in packed:
            rows.append({"deposit": number, "number": piece, "content": content})
            size += len(content)
            if size > _PACKED_AT_ONCE:
                self._keep(rows)
                rows, size = [], 0
        self._keep(rows)

    def packed(self, deposit: DepositId) -> Callable[[int], bytes | None] | None:
        """Return what reads what is left of a deposit, by its number; None where it is not whole.

        Of what surrounds the passages, and comes last, the number is ``AROUND``.
        """
        number = self._number(deposit)

        def read(piece: int) -> bytes | None:
            wanted = {"deposit": number, "number": piece}
            with self._engine.connect() as connection:
                content = connection.scalar(_PACKED, wanted)
            return None if content is None else bytes(content)

        return None if read(AROUND) is None else read

    def _keep(self, rows: list[dict[str, object]]) -> None:
        if rows:
            with self._outliving.begin() as connection:
                connection.execute(_PACK, rows)

    def _number(self, deposit: DepositId) -> int:
        wanted = select(deposits.c.id).where(deposits.c.public_id == deposit)
        with self._engine.connect() as connection:
            number: int | None = connection.scalar(wanted)
        if number is None:
            raise VanishedError(f"there is no deposit {deposit}")
        return number

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
