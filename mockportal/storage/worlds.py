"""Worlds."""

from sqlalchemy import Engine, insert, select

from mockportal.domain.identifiers import WorldId
from mockportal.storage.tables import worlds


class WorldStore:
    """The worlds of the portal."""

    def __init__(self, engine: Engine) -> None:
        """Keep the engine."""
        self._engine = engine

    def named(self, name: str) -> WorldId | None:
        """Return the world of that name, or None."""
        with self._engine.connect() as connection:
            found = connection.scalar(select(worlds.c.id).where(worlds.c.name == name))
        return None if found is None else WorldId(found)

    def create(self, name: str, number: WorldId | None = None) -> WorldId:
        """Make an empty world, its counters at 1; with a ``number`` where it must have that one."""
        values = {"name": name} if number is None else {"name": name, "id": number}
        with self._engine.execution_options(writes=True).begin() as connection:
            made = connection.scalar(insert(worlds).values(**values).returning(worlds.c.id))
        if made is None:
            raise LookupError(f"world {name!r} vanished")
        return WorldId(made)
