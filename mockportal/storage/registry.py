"""The people of each world, filed under the key of level 1."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Index, func, insert, select, text
from sqlalchemy.exc import IntegrityError

from mockportal.domain.comparing import level1_key, normalised
from mockportal.domain.identifiers import HolderId, WorldId
from mockportal.domain.nir import STEM
from mockportal.domain.people import Holder
from mockportal.domain.reference import NewHolder
from mockportal.storage.batches import insert_tuples, rows_of
from mockportal.storage.registry_look_ups import (
    FIELDS,
    SELECTED,
    RegistryLookUps,
    holder_of_row,
)
from mockportal.storage.tables import holders, training_files

K = TypeVar("K")
_BATCH = 5_000
_MANY = 100_000
"""People that come at once; when they are most of all, the indexes are built after them."""
_HIGHEST = (
    "SELECT s.value, (SELECT max(h.nir) FROM holders h WHERE h.world_id = :world "
    "AND h.nir BETWEEN s.value || '00000' AND s.value || '99999') FROM {stems}"
)
_STEMS = {
    "sqlite": "json_each(:stems) AS s",
    "postgresql": "unnest(CAST(:stems AS text[])) AS s(value)",
}
_COLUMNS = (
    "id", "world_id", "key", "key_rest", *FIELDS[1:], "invented", "birth_key", "first_key",
    "usage_key",
)  # fmt: skip


class RegistryStore(RegistryLookUps):
    """The people of each world, and through ``RegistryLookUps`` who is among them."""

    def __init__(self, engine: Engine, many: int = _MANY) -> None:
        """Keep the engine, and from how many people on they are filed after all have come."""
        super().__init__(engine)
        self._many = many

    def add(self, world: WorldId, people: Iterable[NewHolder]) -> int:
        """Add people as a stream, in one transaction, and return how many.

        Raises ValueError, and adds nobody, when two of them, or of those there are, share a NIR.
        """
        try:
            return self._add(world, people)
        except IntegrityError as fault:
            raise ValueError("somebody has the NIR of another person") from fault

    def _add(self, world: WorldId, people: Iterable[NewHolder]) -> int:
        source, count, unfiled = iter(people), 0, False
        with self._writer.exclusive() as connection:
            number = connection.scalar(select(func.coalesce(func.max(holders.c.id), 0))) or 0
            while batch := list(islice(source, _BATCH)):
                rows = [_row(number + n, world, one) for n, one in enumerate(batch, 1)]
                insert_tuples(connection, "holders", _COLUMNS, rows)
                files = [
                    {"world_id": world, "number": one.training_file, "holder_id": number + n}
                    for n, one in enumerate(batch, 1)
                    if one.training_file
                ]
                if files:
                    connection.execute(insert(training_files), files)
                number += len(batch)
                count += len(batch)
                if not unfiled and self._is_large(connection, count, number):
                    _each_index(connection, Index.drop)
                    unfiled = True
            if unfiled:
                _each_index(connection, Index.create)
            if count >= self._many and connection.dialect.name == "postgresql":
                connection.execute(text("ANALYZE holders"))  # else it guesses for a minute or two
        return count

    def _is_large(self, connection: Connection, count: int, number: int) -> bool:
        """Tell whether it pays to build the indexes anew: SQLite does that by sorting."""
        return connection.dialect.name == "sqlite" and count >= max(self._many, number - count)

    def add_training_file(self, holder: HolderId, number: str) -> None:
        """Give a training file to a person; raises ValueError when it is theirs already."""
        with self._writer.begin() as connection:
            world = connection.scalar(select(holders.c.world_id).where(holders.c.id == holder))
            try:
                connection.execute(
                    insert(training_files).values(world_id=world, number=number, holder_id=holder)
                )
            except IntegrityError as fault:
                raise ValueError(f"the training file {number} is theirs already") from fault

    def everyone(self, world: WorldId) -> Iterator[tuple[Holder, str | None]]:
        """Yield each person with its first training file, streaming, in the order of arrival."""
        query = text(
            f"SELECT {SELECTED}, (SELECT min(t.number) FROM training_files t "  # noqa: S608  # our own columns
            "WHERE t.holder_id = h.id) AS number FROM holders h "
            "WHERE h.world_id = :world AND h.id > :after ORDER BY h.id LIMIT :most"
        )
        after = 0
        while True:
            with self._engine.connect() as connection:
                rows = connection.execute(
                    query, {"world": world, "after": after, "most": _BATCH}
                ).all()
            yield from ((holder_of_row(row), row.number) for row in rows)
            if not rows:
                return
            after = rows[-1].id

    def nirs_taken(self, world: WorldId, nirs: Collection[str]) -> set[str]:
        """Return those of these 15-character NIR that the registry holds."""
        with self._reading() as connection:
            rows = rows_of(
                connection,
                "SELECT nir FROM holders WHERE world_id = :world AND nir {each}",
                nirs,
                world=world,
            )
        return {row.nir for row in rows}

    def highest_orders(self, world: WorldId, stems: Collection[str]) -> Mapping[str, int]:
        """Return the highest order that the registry holds of each stem of a NIR, 0 for none.

        A stem is a NIR up to its place; the index on NIR answers, one step for each.
        """
        if not stems:
            return {}
        with self._reading() as connection:
            sqlite = connection.dialect.name == "sqlite"
            asking = text(_HIGHEST.format(stems=_STEMS[connection.dialect.name]))
            asked = {"world": world, "stems": json.dumps([*stems]) if sqlite else [*stems]}
            with connection.execute(asking, asked) as result:
                held = result.cursor.fetchall()  # SQLAlchemy's rows take longer than the look-ups
        return {stem: int(nir[STEM:13]) if nir else 0 for stem, nir in held}

    def orders(self, world: WorldId, stem: str) -> set[int]:
        """Return all orders of a stem that the registry holds."""
        held = select(holders.c.nir).where(
            holders.c.world_id == world, holders.c.nir.between(f"{stem}00000", f"{stem}99999")
        )
        with self._reading() as connection:
            return {int(nir[STEM:13]) for nir in connection.scalars(held)}

    def count(self, world: WorldId) -> int:
        """Return the number of people."""
        query = select(func.count()).select_from(holders).where(holders.c.world_id == world)
        with self._engine.connect() as connection:
            return connection.scalar(query) or 0


def _each_index(connection: Connection, change: Callable[[Index, Connection], object]) -> None:
    for index in sorted(holders.indexes, key=lambda one: str(one.name)):
        change(index, connection)


def _row(number: int, world: WorldId, one: NewHolder) -> tuple[Any, ...]:
    return (
        number,
        world,
        *level1_key(world, one.birth_name, one.first_name, one.sex, one.birth_year),
        one.birth_name,
        one.usage_name,
        one.first_name,
        one.second_name,
        one.third_name,
        one.birth_year,
        one.birth_month,
        one.birth_day,
        one.sex,
        one.commune,
        one.commune_label,
        one.country,
        one.nir,
        " ".join(sorted(one.invented)),
        normalised(one.birth_name),
        normalised(one.first_name),
        normalised(one.usage_name) if one.usage_name else None,
    )
