"""What falls due when, and who works on it: the deposit's row holds the truth."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Engine, bindparam, case, func, select, text, update

from mockportal.domain.deposits import Census, Deposit, Lease, Status, VanishedError
from mockportal.domain.identifiers import DepositId, WorldId
from mockportal.storage.deposit_rows import deposit_of, microseconds, moment_of
from mockportal.storage.tables import deposits

_WORLD_NOW = "coalesce(w.clock_frozen, :real + w.clock_offset)"
_CLAIMABLE = f"""
SELECT d.id FROM deposits d JOIN worlds w ON w.id = d.world_id
WHERE d.status = 'processing' AND d.removed_at IS NULL
    AND (d.flux_id IS NULL AND d.held_by IS NULL OR d.due_at <= {_WORLD_NOW})
    AND coalesce(d.lease_until, 0) < :real
    AND NOT EXISTS (
        SELECT 1 FROM deposits other
        WHERE other.status = 'processing' AND other.world_id = d.world_id
            AND other.sender = d.sender AND other.id <> d.id
            AND (
                coalesce(other.lease_until, 0) >= :real
                OR other.due_at < d.due_at
                OR other.due_at = d.due_at AND other.id < d.id
            )
    )
ORDER BY d.due_at, d.id LIMIT 1
"""  # noqa: S608  # our own words
"""One whose first control was cut off, or that is due; one at a time for an émetteur, in order."""
# Put together once: SQLAlchemy takes longer over a statement than the database.
_ANY_CLAIMABLE = text(_CLAIMABLE)
_CLAIM = text(f"""
UPDATE deposits SET lease_owner = :owner, lease_until = :until
WHERE id = ({_CLAIMABLE}) RETURNING public_id
""")  # noqa: S608  # our own words
_MINE = (deposits.c.public_id == bindparam("deposit")) & (
    deposits.c.lease_owner == bindparam("owner")
)
_HELD = select(deposits.c.id).where(_MINE, deposits.c.lease_until.is_not(None))
_LEASE = update(deposits).where(_MINE).values(lease_until=bindparam("until"))
_PROCESSING = (deposits.c.status == Status.PROCESSING.value, deposits.c.removed_at.is_(None))


class AgendaStore:
    """Due times and leases; ``real`` gives real time, in microseconds since 1970."""

    def __init__(self, engine: Engine, owner: str, real: Callable[[], int], lease: int) -> None:
        """Keep who asks, and for how many microseconds a lease holds."""
        self._engine = engine
        self._writer = engine.execution_options(writes=True)
        self._owner = owner
        self._real = real
        self._lease = lease

    def lease(self) -> Lease:
        """Return a lease that begins now."""
        return Lease(self._owner, self._real() + self._lease)

    def claim(self) -> DepositId | None:
        """Take the next deposit to work on, or None when nothing is to be done."""
        with self._engine.connect() as connection:
            if connection.execute(_ANY_CLAIMABLE, {"real": self._real()}).first() is None:
                return None  # asked without the writer's lock, which is seldom needed
        with self._writer.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(20260101)"))
            lease = self.lease()
            held = {"real": self._real(), "owner": lease.owner, "until": lease.until}
            found = connection.scalar(_CLAIM, held)
        return None if found is None else DepositId(found)

    def renew(self, deposit: DepositId) -> None:
        """Hold a deposit for longer."""
        self._lease_until(deposit, self._real() + self._lease)

    def free(self, deposit: DepositId) -> None:
        """Let go of a deposit, unless the step that it ended with did so already."""
        with self._engine.connect() as connection:
            held = connection.execute(_HELD, {"deposit": deposit, "owner": self._owner})
            if held.first() is None:
                return  # each write that is left out leaves the one writer to others
        self._lease_until(deposit, None)

    def _lease_until(self, deposit: DepositId, until: int | None) -> None:
        values = {"deposit": deposit, "owner": self._owner, "until": until}
        with self._writer.begin() as connection:
            connection.execute(_LEASE, values)

    def free_all(self, process: str = "") -> None:
        """Let go of all deposits, or of those that a process held which is no more."""
        held = deposits.c.status == Status.PROCESSING.value
        if process:
            held &= deposits.c.lease_owner.startswith(f"{process}/", autoescape=True)
        with self._writer.begin() as connection:
            connection.execute(update(deposits).where(held).values(lease_until=None))

    def schedule(self, deposit: DepositId, due_at: datetime | None, looks: int | None) -> Deposit:
        """Say when the second control falls due, or after how many looks; nobody holds it now."""
        due = None if due_at is None else microseconds(due_at)
        with self._writer.begin() as connection:
            row = connection.execute(
                update(deposits)
                .where(deposits.c.public_id == deposit, deposits.c.removed_at.is_(None))
                .values(due_at=due, looks_left=looks, lease_until=None)
                .returning(*deposits.c)
            ).first()
        if row is None:
            raise VanishedError(f"deposit {deposit} is not there to be scheduled")
        return deposit_of(row)

    def look(self, deposit: DepositId, now: datetime) -> bool:
        """Count a look at a deposit that waits for looks; tell whether it fell due by it."""
        waiting = (deposits.c.public_id == deposit) & deposits.c.due_at.is_(None)
        with self._writer.begin() as connection:
            left = connection.scalar(
                update(deposits)
                .where(waiting, deposits.c.looks_left > 0)
                .values(looks_left=deposits.c.looks_left - 1)
                .returning(deposits.c.looks_left)
            )
            if left != 0:
                return False
            connection.execute(update(deposits).where(waiting).values(due_at=microseconds(now)))
            return True

    def release(self, world: WorldId, now: datetime) -> int:
        """Make all that waits to be told fall due, looks or not; return how many deposits."""
        with self._writer.begin() as connection:
            return connection.execute(
                update(deposits)
                .where(
                    deposits.c.world_id == world,
                    *_PROCESSING,
                    deposits.c.flux_id.is_not(None),
                    deposits.c.due_at.is_(None),
                    deposits.c.held_by.is_(None),
                )
                .values(due_at=microseconds(now), looks_left=None)
            ).rowcount

    def next_due(self, world: WorldId) -> datetime | None:
        """Return when the next deposit that is still processing falls due, or fell due."""
        wanted = select(func.min(deposits.c.due_at)).where(
            *_PROCESSING, deposits.c.world_id == world
        )
        with self._engine.connect() as connection:
            return moment_of(connection.scalar(wanted))

    def busy(self, world: WorldId) -> bool:
        """Tell whether somebody holds a deposit of a world."""
        held = select(deposits.c.id).where(
            deposits.c.world_id == world, deposits.c.lease_until >= self._real()
        )
        with self._engine.connect() as connection:
            return connection.execute(held.limit(1)).first() is not None

    def census(self, world: WorldId) -> Census:
        """Return how many deposits a world holds by status, and how many passages."""
        kept = func.sum(case((deposits.c.removed_at.is_(None), 1), else_=0))
        wanted = (
            select(deposits.c.status, kept, func.sum(deposits.c.alive))
            .where(deposits.c.world_id == world)
            .group_by(deposits.c.status)
        )
        with self._engine.connect() as connection:
            rows = connection.execute(wanted).all()
        held = {Status(status): count for status, count, _ in rows}
        return Census({one: held.get(one, 0) for one in Status}, sum(alive for _, _, alive in rows))
