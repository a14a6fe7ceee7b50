"""What falls due when, who works on it, and how often: the deposit's row holds the truth.

Deposits of one émetteur are judged one at a time, in the order of their numbers, which is that in
which they were recorded. So one that is due waits for each earlier one of its émetteur that is due
as well, or in hand, or to be tried again; not for one that waits for a clock, a look or a word. It
also waits for each earlier one whose first control is not over, if that may be of the same
émetteur. The row says for whose it counts (``lane``): that of its account where no other is let
through (a file that names another is rejected whole), else that which the beginning of the file
names. Of one that names it too late, any émetteur of the same organisation may be meant until its
first control is over. Nobody else ever waits.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Engine, and_, bindparam, case, func, or_, select, text, update

from mockportal.domain.deposits import Census, Deposit, Lease, Status, VanishedError
from mockportal.domain.identifiers import DepositId, WorldId
from mockportal.storage.deposit_rows import deposit_of, microseconds, moment_of
from mockportal.storage.tables import deposits

_WORLD_NOW = "coalesce(w.clock_frozen, :real + w.clock_offset)"
_HELD_NOW = "coalesce({0}.lease_until, 0) BETWEEN :real AND :latest"
_CLAIMABLE = f"""
SELECT d.id FROM deposits d JOIN worlds w ON w.id = d.world_id
WHERE d.status = 'processing' AND d.removed_at IS NULL
    AND NOT {_HELD_NOW.format("d")}
    AND NOT coalesce(d.retry_at, 0) BETWEEN :real + 1 AND :latest
    AND (
        d.flux_id IS NULL AND d.held_by IS NULL
        OR (d.at_once OR d.due_at <= {_WORLD_NOW}) AND NOT EXISTS (
            SELECT 1 FROM deposits other
            WHERE other.status = 'processing' AND other.world_id = d.world_id
                AND other.removed_at IS NULL AND other.id <> d.id
                AND (
                    other.flux_id IS NULL AND other.held_by IS NULL AND other.id < d.id AND (
                        other.lane = coalesce(d.lane, d.sender)
                        OR other.lane IS NULL AND other.organisation_id = d.organisation_id
                    )
                    OR other.flux_id IS NOT NULL
                    AND coalesce(other.lane, other.sender) = coalesce(d.lane, d.sender) AND (
                        {_HELD_NOW.format("other")}
                        OR other.id < d.id AND (other.at_once OR other.due_at <= {_WORLD_NOW})
                    )
                )
        )
    )
ORDER BY d.id LIMIT 1
"""  # noqa: S608  # our own words
"""One whose first control was cut off, or that is due; one at a time for an émetteur, in order."""
_FARTHEST = 900_000_000
"""Microseconds beyond which no lease and no pause lasts: a clock that was set back made it."""
_MOST_INTERRUPTIONS = 20
"""Ends of the whole portal that are not held against the deposit that was in hand."""
# Put together once: SQLAlchemy takes longer over a statement than the database.
_ANY_CLAIMABLE = text(_CLAIMABLE)
_CLAIM = text(f"""
UPDATE deposits SET lease_owner = :owner, lease_until = :until, attempts = attempts + 1
WHERE id = ({_CLAIMABLE}) RETURNING public_id
""")  # noqa: S608  # our own words
_MINE = (deposits.c.public_id == bindparam("deposit")) & (
    deposits.c.lease_owner == bindparam("owner")
)
_HELD = select(deposits.c.id).where(_MINE, deposits.c.lease_until.is_not(None))
_LEASE = update(deposits).where(_MINE).values(lease_until=bindparam("until"))
_NEXT_DUE = text(f"""
SELECT min(CASE WHEN d.at_once AND d.due_at > {_WORLD_NOW} THEN {_WORLD_NOW} ELSE d.due_at END)
FROM deposits d JOIN worlds w ON w.id = d.world_id
WHERE d.status = 'processing' AND d.removed_at IS NULL AND d.world_id = :world
""")  # noqa: S608  # our own words
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
        """Take the next deposit to work on, or None when nothing is to be done.

        That is an attempt, and counted: whatever then becomes of whoever has taken it.
        """
        with self._engine.connect() as connection:
            if connection.execute(_ANY_CLAIMABLE, self._times()).first() is None:
                return None  # asked without the writer's lock, which is seldom needed
        with self._writer.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(20260101)"))
            lease = self.lease()
            held = {**self._times(), "owner": lease.owner, "until": lease.until}
            found = connection.scalar(_CLAIM, held)
        return None if found is None else DepositId(found)

    def renew(self, deposit: DepositId) -> None:
        """Hold a deposit for longer."""
        self._lease_until(deposit, self._real() + self._lease)

    def _times(self) -> dict[str, int]:
        real = self._real()
        return {"real": real, "latest": real + max(_FARTHEST, 2 * self._lease)}

    def put_back(self, deposit: DepositId, pause: float = 0) -> None:
        """Let go of a deposit that was taken up for nothing: the attempt does not count."""
        self._put_off(
            deposit,
            pause,
            attempts=case((deposits.c.attempts > 0, deposits.c.attempts - 1), else_=0),
        )

    def postpone(self, deposit: DepositId, pause: float, failure: str) -> None:
        """Let go of a deposit whose attempt failed, for so many seconds at least; say why."""
        self._put_off(deposit, pause, failure=failure)

    def _put_off(self, deposit: DepositId, pause: float, **values: object) -> None:
        retry_at = self._real() + int(pause * 1_000_000) if pause else None
        with self._writer.begin() as connection:
            connection.execute(
                update(deposits).where(_MINE).values(lease_until=None, retry_at=retry_at, **values),
                {"deposit": deposit, "owner": self._owner},
            )

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
        """Let go of all deposits, or of those that a process held which is no more.

        Where the whole portal was ended, the attempts that were under way do not count, so often
        at most: a file may be what ended it, each time anew.
        """
        held = deposits.c.status == Status.PROCESSING.value
        cut_off = {
            "attempts": deposits.c.attempts - 1,
            "interruptions": deposits.c.interruptions + 1,
        }
        if process:
            held &= deposits.c.lease_owner.startswith(f"{process}/", autoescape=True)
        with self._writer.begin() as connection:
            if not process:
                excused = (
                    held,
                    deposits.c.lease_until.is_not(None),
                    deposits.c.attempts > 0,
                    deposits.c.interruptions < _MOST_INTERRUPTIONS,
                )
                connection.execute(update(deposits).where(*excused).values(cut_off))
            connection.execute(update(deposits).where(held).values(lease_until=None))

    def schedule(self, deposit: DepositId, due_at: datetime | None, looks: int | None) -> Deposit:
        """Say when the second control falls due, or after how many looks; nobody holds it now."""
        due = None if due_at is None else microseconds(due_at)
        waits = {"due_at": due, "looks_left": looks, "at_once": False}
        with self._writer.begin() as connection:
            row = connection.execute(
                update(deposits)
                .where(deposits.c.public_id == deposit, deposits.c.removed_at.is_(None))
                .values(lease_until=None, **waits)
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
            due = {"due_at": microseconds(now), "at_once": True}
            connection.execute(update(deposits).where(waiting).values(**due))
            return True

    def release(self, world: WorldId, now: datetime) -> int:
        """Make all that waits fall due, to be told, for looks or for its time; return how many."""
        moment = microseconds(now)
        later = and_(deposits.c.due_at > moment, deposits.c.at_once.is_(False))
        with self._writer.begin() as connection:
            return connection.execute(
                update(deposits)
                .where(
                    deposits.c.world_id == world,
                    *_PROCESSING,
                    deposits.c.flux_id.is_not(None),
                    or_(deposits.c.due_at.is_(None), later),
                    deposits.c.held_by.is_(None),
                )
                .values(due_at=moment, looks_left=None, at_once=True)
            ).rowcount

    def next_due(self, world: WorldId) -> datetime | None:
        """Return when the next deposit that is still processing falls due, or fell due."""
        times = {"real": self._real(), "world": world}
        with self._engine.connect() as connection:
            return moment_of(connection.scalar(_NEXT_DUE, times))

    def failed(self, world: WorldId, most: int) -> list[Deposit]:
        """Return the newest deposits of a world that ended without having been treated."""
        wanted = (
            select(deposits)
            .where(
                deposits.c.status == Status.FAILED.value,
                deposits.c.world_id == world,
                deposits.c.removed_at.is_(None),
            )
            .order_by(deposits.c.id.desc())
            .limit(most)
        )
        with self._engine.connect() as connection:
            return [deposit_of(row) for row in connection.execute(wanted)]

    def busy(self, world: WorldId) -> bool:
        """Tell whether somebody holds a deposit of a world."""
        times = self._times()
        held = select(deposits.c.id).where(
            deposits.c.world_id == world,
            deposits.c.lease_until.between(times["real"], times["latest"]),
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
