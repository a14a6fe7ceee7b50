"""The reference list of certifications; communes and countries come from the seeds."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Engine, select, text, update

from mockportal.domain.identifiers import WorldId
from mockportal.domain.places import Gazetteer
from mockportal.domain.reference import Certification
from mockportal.storage.batches import rows_of
from mockportal.storage.tables import certifications
from mockportal.storage.transactions import Writer


class ReferenceStore:
    """The reference lists of each world."""

    def __init__(self, engine: Engine, gazetteer: Gazetteer) -> None:
        """Keep the engine and the places."""
        self._engine = engine
        self._writer = Writer(engine)
        self._gazetteer = gazetteer

    def active(
        self, world: WorldId, wanted: Collection[tuple[str, str]]
    ) -> Mapping[tuple[str, str], int]:
        """Return those (type, code) pairs that are in the list and active, with their numbers."""
        with self._engine.connect() as connection:
            rows = rows_of(
                connection,
                "SELECT id, type, code FROM certifications "
                "WHERE world_id = :world AND active AND code {wanted}",
                {code for _, code in wanted},
                world=world,
            )
        pairs = set(wanted)
        return {(r.type, r.code): r.id for r in rows if (r.type, r.code) in pairs}

    def certifications(self, world: WorldId) -> list[Certification]:
        """Return the whole list, by type and code."""
        wanted = select(certifications).where(certifications.c.world_id == world)
        with self._engine.connect() as connection:
            rows = connection.execute(
                wanted.order_by(certifications.c.type, certifications.c.code)
            ).all()
        return [_certification(row) for row in rows]

    def numbered(self, numbers: Collection[int]) -> Mapping[int, Certification]:
        """Return certifications by their numbers in the list."""
        wanted = select(certifications).where(certifications.c.id.in_(numbers))
        with self._engine.connect() as connection:
            return {row.id: _certification(row) for row in connection.execute(wanted)}

    def numbers_of(self, world: WorldId, code: str) -> list[int]:
        """Return the numbers of the certifications of a code, active or not."""
        wanted = select(certifications.c.id).where(
            certifications.c.world_id == world, certifications.c.code == code
        )
        with self._engine.connect() as connection:
            return list(connection.scalars(wanted.order_by(certifications.c.id)))

    def add(self, world: WorldId, certifications: Iterable[Certification]) -> int:
        """Add certifications; those that are listed already are left alone."""
        wanted = list(certifications)
        known = self.listed(world, {one.code for one in wanted})
        new = {
            (one.type, one.code): {
                "world_id": world,
                "type": one.type,
                "code": one.code,
                "label": one.label,
                "level": one.level,
                "domain": one.domain,
                "active": one.active,
            }
            for one in wanted
            if (one.type, one.code) not in known
        }
        if new:
            with self._writer.begin() as connection:
                connection.execute(_ADD, list(new.values()))
        return len(new)

    def listed(self, world: WorldId, codes: Collection[str]) -> set[tuple[str, str]]:
        """Return what is listed under some codes, active or not."""
        with self._engine.connect() as connection:
            rows = rows_of(
                connection,
                "SELECT type, code FROM certifications WHERE world_id = :world AND code {wanted}",
                codes,
                world=world,
            )
        return {(row.type, row.code) for row in rows}

    def put(self, world: WorldId, certifications: Iterable[Certification]) -> None:
        """Add certifications; those that are listed already become what is given."""
        given = list(certifications)
        self.add(world, given)
        with self._writer.begin() as connection:
            for one in given:
                listed = (
                    (_TABLE.c.world_id == world)
                    & (_TABLE.c.type == one.type)
                    & (_TABLE.c.code == one.code)
                )
                said = {"label": one.label, "active": one.active}
                connection.execute(update(_TABLE).where(listed).values(**said))

    def gazetteer(self) -> Gazetteer:
        """Return the communes and countries."""
        return self._gazetteer


def _certification(row: Any) -> Certification:
    return Certification(
        type=row.type,
        code=row.code,
        label=row.label,
        level=row.level,
        domain=row.domain,
        active=row.active,
    )


_TABLE = certifications
_ADD = text(
    "INSERT INTO certifications (world_id, type, code, label, level, domain, active) "
    "VALUES (:world_id, :type, :code, :label, :level, :domain, :active) "
    "ON CONFLICT (world_id, type, code) DO NOTHING"  # two workers may meet it at once
)
