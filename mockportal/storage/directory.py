"""The people of each world as a list to leaf through: by name, in pages."""

from typing import Any

from sqlalchemy import ColumnElement, Engine, and_, func, or_, select

from mockportal.domain.comparing import normalised
from mockportal.domain.identifiers import HolderId, WorldId
from mockportal.domain.people import Holder
from mockportal.storage.passports import beginnings
from mockportal.storage.registry import RegistryStore
from mockportal.storage.tables import holders, training_files


class DirectoryStore:
    """The people of each world, by name."""

    def __init__(self, engine: Engine) -> None:
        """Keep the engine."""
        self._engine = engine
        self._registry = RegistryStore(engine)

    def count(self, world: WorldId, name: str) -> int:
        """Return how many people have a name that begins so; all of them for an empty one."""
        wanted = select(func.count()).select_from(holders).where(_named(world, name))
        with self._engine.connect() as connection:
            return connection.scalar(wanted) or 0

    def page(
        self, world: WorldId, name: str, limit: int, skip: int
    ) -> list[tuple[Holder, str | None]]:
        """Return those people in the order of their names, each with its first training file."""
        number = (
            select(func.min(training_files.c.number))
            .where(training_files.c.holder_id == holders.c.id)
            .scalar_subquery()
        )
        wanted = (
            select(holders.c.id, number.label("number"))
            .where(_named(world, name))
            .order_by(holders.c.birth_key, holders.c.first_key, holders.c.id)
            .limit(limit)
            .offset(skip)
        )
        with self._engine.connect() as connection:
            rows: list[Any] = list(connection.execute(wanted))
        known = self._registry.holders([HolderId(row.id) for row in rows])
        return [(known[row.id], row.number) for row in rows if row.id in known]


def _named(world: WorldId, name: str) -> ColumnElement[bool]:
    typed = normalised(name)
    here = holders.c.world_id == world
    return and_(here, or_(*beginnings(typed))) if typed else here
