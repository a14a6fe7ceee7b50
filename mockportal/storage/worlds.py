"""Worlds, the clock of each and its processing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Engine, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from mockportal.domain.clocks import WorldClock
from mockportal.domain.deposits import Status, VanishedError
from mockportal.domain.identifiers import DepositId, WorldId
from mockportal.domain.processing import Processing, processing_of
from mockportal.domain.worlds import Origin, Step, is_world_name
from mockportal.storage.clearing import empty, remove
from mockportal.storage.deposit_rows import microseconds, moment_of
from mockportal.storage.origins import origin_of, written
from mockportal.storage.tables import deposits, worlds
from mockportal.storage.transactions import Writer

# Put together once: SQLAlchemy takes longer over a statement than the database.
_THIS = worlds.c.id == bindparam("world")
_CLOCK = select(worlds.c.clock_offset, worlds.c.clock_frozen).where(_THIS)
_PROCESSING = select(worlds.c.processing).where(_THIS)


class WorldStore:
    """The worlds of the portal."""

    def __init__(self, engine: Engine) -> None:
        """Keep the engine."""
        self._engine = engine
        self._writer = Writer(engine)

    def named(self, name: str) -> WorldId | None:
        """Return the world of that name, or None."""
        if not is_world_name(name):
            return None
        with self._engine.connect() as connection:
            found = connection.scalar(select(worlds.c.id).where(worlds.c.name == name))
        return None if found is None else WorldId(found)

    def names(self) -> list[str]:
        """Return the names of all worlds that are not being deleted, by name."""
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(worlds.c.name, worlds.c.origin).order_by(worlds.c.name)
            ).all()
        return [row.name for row in rows if origin_of(row.origin).step is not Step.DELETING]

    def create(
        self,
        name: str,
        number: WorldId | None = None,
        step: Step | None = None,
        until: datetime | None = None,
    ) -> WorldId:
        """Make an empty world, its counters at 1; with a ``number`` where it must have that one.

        With a ``step``, it is not at rest yet. Raises ValueError when the name is taken.
        """
        # Numbers come back when a world is gone; this tells one from the other.
        first = Origin(step=step, until=until, emptied=microseconds(until) if until else 0)
        values: dict[str, object] = {"name": name, "origin": written(first)}
        if number is not None:
            values["id"] = number
        try:
            with self._writer.begin() as connection:
                made = connection.scalar(insert(worlds).values(**values).returning(worlds.c.id))
        except IntegrityError as fault:
            raise ValueError(f"there is a world {name!r} already") from fault
        if made is None:
            raise LookupError(f"world {name!r} vanished")
        return WorldId(made)

    def origin(self, world: WorldId) -> Origin:
        """Return what a world was made from."""
        with self._engine.connect() as connection:
            return origin_of(connection.scalar(select(worlds.c.origin).where(worlds.c.id == world)))

    def set_origin(self, world: WorldId, origin: Origin) -> None:
        """Keep what a world was made from, and what is being done to it."""
        self._change(world, origin=written(origin))

    def begin(
        self,
        world: WorldId,
        step: Step,
        now: datetime | None = None,
        until: datetime | None = None,
        *,
        given_up: Origin | None = None,
    ) -> bool:
        """Say what is being done to a world, and ``until`` when at least.

        Tells whether it was at rest, or whoever was at it was so until before ``now``, or it is
        still as ``given_up`` says, which the caller knows that nobody goes on with; else nothing
        is said.
        """
        with self._writer.begin() as connection:
            before = connection.scalar(select(worlds.c.origin).where(worlds.c.id == world))
            origin = origin_of(before)
            over = now is not None and origin.until is not None and origin.until < now
            if origin.step and not over and origin != given_up:
                return False
            same = worlds.c.origin.is_not_distinct_from(before)
            emptied = origin.emptied + (step is not Step.MAKING)
            begun = connection.execute(
                update(worlds)
                .where(worlds.c.id == world, same)
                .values(origin=written(replace(origin, step=step, until=until, emptied=emptied)))
            )
        return begun.rowcount > 0

    def hold(self, world: WorldId, until: datetime) -> None:
        """Say that somebody is still at what is being done to a world."""
        kept = select(worlds.c.origin).where(worlds.c.id == world).with_for_update()
        with self._writer.begin() as connection:
            origin = origin_of(connection.scalar(kept))
            if origin.step:
                connection.execute(
                    update(worlds)
                    .where(worlds.c.id == world)
                    .values(origin=written(replace(origin, until=until)))
                )

    def unsettled(self) -> list[str]:
        """Return the names of the worlds to which something is being done, or was when cut off."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(worlds.c.name, worlds.c.origin)).all()
        return [row.name for row in rows if origin_of(row.origin).step]

    def close(self, world: WorldId) -> None:
        """Withdraw the deposits that are still processing: no worker takes or goes on with them."""
        processing = deposits.c.status == Status.PROCESSING.value
        with self._writer.begin() as connection:
            connection.execute(
                update(deposits)
                .where(deposits.c.world_id == world, processing, deposits.c.removed_at.is_(None))
                .values(removed_at=deposits.c.received_at)
            )

    def empty(self, world: WorldId) -> Iterator[DepositId]:
        """Remove all that a world holds, in short transactions; yield the deposits that went."""
        return empty(self._engine, world)

    def rewind(self, world: WorldId, drawn: int) -> None:
        """Set the counters to their start, the clock to real time, the processing to default."""
        self._change(
            world,
            next_processing_id=1,
            clock_offset=0,
            clock_frozen=None,
            processing=None,
            drawn=drawn,
        )

    def delete(self, world: WorldId) -> list[DepositId]:
        """Remove a world with all it still holds; return the deposits that went with it."""
        return remove(self._engine, world)

    def drawn(self, world: WorldId) -> tuple[str, int]:
        """Return a world's name, and how many identifiers it has drawn, this one included."""
        with self._writer.begin() as connection:
            row = connection.execute(
                update(worlds)
                .where(worlds.c.id == world)
                .values(drawn=worlds.c.drawn + 1)
                .returning(worlds.c.name, worlds.c.drawn)
            ).first()
        if row is None:
            raise VanishedError(f"there is no world {world}")
        return row.name, row.drawn

    def draws(self, world: WorldId) -> int:
        """Return how many identifiers a world has drawn."""
        with self._engine.connect() as connection:
            return connection.scalar(select(worlds.c.drawn).where(worlds.c.id == world)) or 0

    def clock(self, world: WorldId) -> WorldClock:
        """Return the clock of a world."""
        with self._writer.connect() as connection:
            row = connection.execute(_CLOCK, {"world": world}).first()
        if row is None:
            raise VanishedError(f"there is no world {world}")
        return WorldClock(timedelta(microseconds=row.clock_offset), moment_of(row.clock_frozen))

    def set_clock(self, world: WorldId, clock: WorldClock) -> None:
        """Set the clock of a world."""
        self._change(
            world,
            clock_offset=clock.offset // timedelta(microseconds=1),
            clock_frozen=None if clock.frozen is None else microseconds(clock.frozen),
        )

    def processing(self, world: WorldId) -> Processing | None:
        """Return what a world has been told of its processing; None: the portal's setting."""
        with self._engine.connect() as connection:
            words = connection.scalar(_PROCESSING, {"world": world})
        return processing_of(words) if words else None

    def set_processing(self, world: WorldId, processing: Processing | None) -> None:
        """Tell a world of its processing."""
        self._change(world, processing=None if processing is None else str(processing))

    def _change(self, world: WorldId, **values: object) -> None:
        with self._writer.begin() as connection:
            connection.execute(update(worlds).where(worlds.c.id == world).values(**values))
