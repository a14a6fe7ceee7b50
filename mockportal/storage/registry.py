"""The people of each world, filed under the key of level 1."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Index, func, insert, select, text

from mockportal.domain.comparing import FoundPeople, Level1Key, level1_key, normalised
from mockportal.domain.identifiers import HolderId, WorldId
from mockportal.domain.nir import nir_key
from mockportal.domain.people import Born, Holder, HolderClaim, number_of
from mockportal.domain.reference import NewHolder
from mockportal.storage.batches import insert_tuples, rows_of, tuples_of
from mockportal.storage.tables import holders, training_files

K = TypeVar("K")
_BATCH = 5_000
_MANY = 100_000
"""People that come at once; when they are most of all, the indexes are built after them."""
_FIELDS = (
    "id", "birth_name", "usage_name", "first_name", "second_name", "third_name", "birth_year",
    "birth_month", "birth_day", "sex", "commune", "commune_label", "country", "nir",
)  # fmt: skip
_PERSON = [f"h.{name}" for name in _FIELDS]
_SELECTED = ", ".join(_PERSON)
_COLUMNS = (
    "id", "world_id", "key", "key_rest", *_FIELDS[1:], "invented", "birth_key", "first_key",
    "usage_key",
)  # fmt: skip
_BORN = "h.id * 10000 + coalesce(h.birth_month, 0) * 100 + coalesce(h.birth_day, 0)"
"""As ``people.born`` has it."""
_NEAR_EACH = 60
_NEAR = (
    "h.key = :key AND h.key_rest = :rest",
    "h.world_id = :world AND h.birth_year = :year AND h.first_key = :first",
    "h.world_id = :world AND h.birth_key = :first AND h.first_key = :name",
    "h.world_id = :world AND h.birth_key IN (:name, :usage)",
    "h.world_id = :world AND h.usage_key IN (:name, :usage)",
    "h.world_id = :world AND (h.birth_year, h.birth_month, h.birth_day) = (:year, :month, :day)",
    "h.world_id = :world AND (h.birth_year, h.birth_month, h.birth_day) = (:year, :day, :month)",
)
"""What near people share with a claim; each has its index."""


class RegistryStore:
    """The people of each world."""

    def __init__(self, engine: Engine, many: int = _MANY) -> None:
        """Keep the engine, and from how many people on they are filed after all have come."""
        self._engine = engine
        self._many = many

    def filed(self, keys: Collection[Level1Key]) -> FoundPeople:
        """Return who is under these level-1 keys. In SQLite the index alone answers.

        A key is of one world.
        """
        first_of: dict[Level1Key, Born] = {}
        shared: dict[Level1Key, list[Born]] = {}
        asked = frozenset(keys)
        for first, rest, one in self._under(asked, [_BORN]):
            key = Level1Key((first, rest))
            if key in shared:
                shared[key].append(one)
            elif key in first_of:
                shared[key] = [first_of.pop(key), one]
            elif key in asked:
                first_of[key] = one
        return FoundPeople({key: number_of(one) for key, one in first_of.items()}, shared)

    def alike(self, keys: Collection[Level1Key]) -> Mapping[Level1Key, list[Holder]]:
        """Return the people under these level-1 keys, in the order of their arrival."""
        found: dict[Level1Key, list[Holder]] = {key: [] for key in keys}
        for first, rest, *person in self._under(keys, _PERSON):
            people = found.get(Level1Key((first, rest)))
            if people is not None:
                people.append(Holder._make(person))
        return {key: people for key, people in _by_age(found).items() if people}

    def _under(self, keys: Collection[Level1Key], columns: Sequence[str]) -> list[Sequence[Any]]:
        """Return rows that begin with a key; some may be of one that shares its first half."""
        with self._engine.connect() as connection:
            return tuples_of(
                connection,
                ["h.key", "h.key_rest", *columns],
                "holders h WHERE h.key {wanted}",
                [first for first, _ in keys],
            )

    def with_training_files(
        self, world: WorldId, numbers: Collection[str]
    ) -> Mapping[str, list[Holder]]:
        """Return the holders of these training files, by number."""
        found: dict[str, list[Holder]] = {}
        with self._engine.connect() as connection:
            rows = tuples_of(
                connection,
                [*_PERSON, "t.number"],
                "training_files t JOIN holders h ON h.id = t.holder_id "
                "WHERE t.world_id = :world AND t.number {each}",
                numbers,
                world=world,
            )
        for *person, number in rows:
            found.setdefault(number, []).append(Holder._make(person))
        return _by_age(found)

    def with_nirs(self, world: WorldId, nirs: Collection[str]) -> Mapping[str, Holder]:
        """Return people by the first 13 characters of their NIR."""
        with self._engine.connect() as connection:
            rows = tuples_of(
                connection,
                _PERSON,
                "holders h WHERE h.world_id = :world AND h.nir {each}",
                [nir + nir_key(nir) for nir in nirs],
                world=world,
            )
        return {one.nir[:13]: one for one in map(Holder._make, rows)}

    def holders(self, ids: Collection[HolderId]) -> Mapping[HolderId, Holder]:
        """Return people by number."""
        with self._engine.connect() as connection:
            rows = rows_of(
                connection,
                f"SELECT {_SELECTED} FROM holders h WHERE h.id {{wanted}}",  # noqa: S608  # our own columns
                ids,
            )
        return {HolderId(row.id): _holder(row) for row in rows}

    def near(self, world: WorldId, claim: HolderClaim, limit: int = 200) -> list[Holder]:
        """Return people who share a name or the date of birth with a claim; bounded, indexed.

        A birth name and a first name that stand in each other's place count as shared.
        """
        name = normalised(claim.birth_name)
        usage = normalised(claim.usage_name) if claim.usage_name else name
        key, rest = level1_key(
            world, claim.birth_name, claim.first_name, claim.sex, claim.birth_year
        )
        found: dict[int, Holder] = {}
        with self._engine.connect() as connection:
            for condition in _NEAR:
                rows = connection.execute(
                    text(f"SELECT {_SELECTED} FROM holders h WHERE {condition} LIMIT {_NEAR_EACH}"),  # noqa: S608  # our own words
                    {
                        "key": key,
                        "rest": rest,
                        "world": world,
                        "name": name,
                        "first": normalised(claim.first_name),
                        "usage": usage,
                        "year": claim.birth_year,
                        "month": claim.birth_month,
                        "day": claim.birth_day,
                    },
                )
                for row in rows:
                    found.setdefault(row.id, _holder(row))
        return list(found.values())[:limit]

    def add(self, world: WorldId, people: Iterable[NewHolder]) -> int:
        """Add people as a stream, in one transaction, and return how many."""
        source, count, unfiled = iter(people), 0, False
        with self._engine.execution_options(writes=True).begin() as connection:
            if connection.dialect.name == "postgresql":  # SQLite has one writer anyway
                connection.execute(text("SELECT pg_advisory_xact_lock(20260102)"))
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
        """Give a training file to a person."""
        with self._engine.execution_options(writes=True).begin() as connection:
            world = connection.scalar(select(holders.c.world_id).where(holders.c.id == holder))
            connection.execute(
                insert(training_files).values(world_id=world, number=number, holder_id=holder)
            )

    def everyone(self, world: WorldId) -> Iterator[tuple[Holder, str | None]]:
        """Yield each person with its first training file, streaming, in the order of arrival."""
        query = text(
            f"SELECT {_SELECTED}, (SELECT min(t.number) FROM training_files t "  # noqa: S608  # our own columns
            "WHERE t.holder_id = h.id) AS number FROM holders h "
            "WHERE h.world_id = :world AND h.id > :after ORDER BY h.id LIMIT :most"
        )
        after = 0
        while True:
            with self._engine.connect() as connection:
                rows = connection.execute(
                    query, {"world": world, "after": after, "most": _BATCH}
                ).all()
            yield from ((_holder(row), row.number) for row in rows)
            if not rows:
                return
            after = rows[-1].id

    def nirs_taken(self, world: WorldId, nirs: Collection[str]) -> set[str]:
        """Return those of these 15-character NIR that the registry holds."""
        with self._engine.connect() as connection:
            rows = rows_of(
                connection,
                "SELECT nir FROM holders WHERE world_id = :world AND nir {each}",
                nirs,
                world=world,
            )
        return {row.nir for row in rows}

    def count(self, world: WorldId) -> int:
        """Return the number of people."""
        query = select(func.count()).select_from(holders).where(holders.c.world_id == world)
        with self._engine.connect() as connection:
            return connection.scalar(query) or 0


def _each_index(connection: Connection, change: Callable[[Index, Connection], object]) -> None:
    for index in sorted(holders.indexes, key=lambda one: str(one.name)):
        change(index, connection)


def _by_age(found: dict[K, list[Holder]]) -> dict[K, list[Holder]]:
    """Return people in the order of their arrival, under each key."""
    for people in found.values():
        if len(people) > 1:
            people.sort(key=lambda one: one.id)
    return found


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


def _holder(row: Any) -> Holder:
    """Return the person that a row begins with; a key or a number may follow."""
    return Holder._make(row[: len(_FIELDS)])
