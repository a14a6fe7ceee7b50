"""Worlds, the clock of each and its processing."""

from datetime import timedelta

from sqlalchemy import Engine, insert, select, update

from mockportal.domain.clocks import WorldClock
from mockportal.domain.identifiers import WorldId
from mockportal.domain.processing import Processing, processing_of
from mockportal.storage.deposit_rows import microseconds, moment_of
from mockportal.storage.tables import worlds


class WorldStore:
    """The worlds of the portal."""

    def __init__(self, engine: Engine) -> None:
        """Keep the engine."""
        self._engine = engine
        self._writer = engine.execution_options(writes=True)

    def named(self, name: str) -> WorldId | None:
        """Return the world of that name, or None."""
        with self._engine.connect() as connection:
            found = connection.scalar(select(worlds.c.id).where(worlds.c.name == name))
        return None if found is None else WorldId(found)

    def create(self, name: str, number: WorldId | None = None) -> WorldId:
        """Make an empty world, its counters at 1; with a ``number`` where it must have that one."""
        values = {"name": name} if number is None else {"name": name, "id": number}
        with self._writer.begin() as connection:
            made = connection.scalar(insert(worlds).values(**values).returning(worlds.c.id))
        if made is None:
            raise LookupError(f"world {name!r} vanished")
        return WorldId(made)

    def drawn(self, world: WorldId) -> tuple[str, int]:
        """Return a world's name, and how many identifiers it has drawn, this one included."""
        with self._writer.begin() as connection:
            row = connection.execute(
                update(worlds)
                .where(worlds.c.id == world)
                .values(drawn=worlds.c.drawn + 1)
                .returning(worlds.c.name, worlds.c.drawn)
            ).one()
        return row.name, row.drawn

    def clock(self, world: WorldId) -> WorldClock:
        """Return the clock of a world."""
        wanted = select(worlds.c.clock_offset, worlds.c.clock_frozen).where(worlds.c.id == world)
        with self._engine.connect() as connection:
            row = connection.execute(wanted).one()
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
        wanted = select(worlds.c.processing).where(worlds.c.id == world)
        with self._engine.connect() as connection:
            words = connection.scalar(wanted)
        return processing_of(words) if words else None

    def set_processing(self, world: WorldId, processing: Processing | None) -> None:
        """Tell a world of its processing."""
        self._change(world, processing=None if processing is None else str(processing))

    def _change(self, world: WorldId, **values: object) -> None:
        with self._writer.begin() as connection:
            connection.execute(update(worlds).where(worlds.c.id == world).values(**values))
