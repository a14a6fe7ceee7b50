"""People of the registry looked up: whole batches by their keys, and who comes near a claim."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, text

from mockportal.domain.comparing import (
    FoundPeople,
    Level1Key,
    level1_key,
    normalised,
    parts_of,
)
from mockportal.domain.identifiers import HolderId, WorldId
from mockportal.domain.nir import nir_key
from mockportal.domain.people import DAYS, Born, Holder, HolderClaim, number_of
from mockportal.storage.batches import rows_of, tuples_of
from mockportal.storage.transactions import Writer

K = TypeVar("K")
_within: ContextVar[bool] = ContextVar("within", default=False)
"""Look-ups read in the transaction that has begun."""
FIELDS = (
    "id", "birth_name", "usage_name", "first_name", "second_name", "third_name", "birth_year",
    "birth_month", "birth_day", "sex", "commune", "commune_label", "country", "nir",
)  # fmt: skip
_PERSON = [f"h.{name}" for name in FIELDS]
SELECTED = ", ".join(_PERSON)
_BORN = f"h.id * {DAYS} + coalesce(h.birth_month, 0) * 100 + coalesce(h.birth_day, 0)"
"""As ``people.born`` has it."""
_NEAR_EACH = 60
_SAME_YEAR_AND_FIRST_NAME = "h.world_id = :world AND h.birth_year = :year AND h.first_key = :first"
_NEAR = (
    "h.key = :key AND h.key_rest = :rest",
    _SAME_YEAR_AND_FIRST_NAME,
    "h.world_id = :world AND h.birth_key = :first AND h.first_key = :name",
    f"{_SAME_YEAR_AND_FIRST_NAME} AND h.birth_key IN (:part_1, :part_2, :part_3)",
    "h.world_id = :world AND h.birth_key IN (:name, :usage)",
    "h.world_id = :world AND h.usage_key IN (:name, :usage)",
    "h.world_id = :world AND (h.birth_year, h.birth_month, h.birth_day) = (:year, :month, :day)",
    "h.world_id = :world AND (h.birth_year, h.birth_month, h.birth_day) = (:year, :day, :month)",
)
"""What near people share with a claim; each has its index."""


class RegistryLookUps:
    """Who is in the registry."""

    def __init__(self, engine: Engine) -> None:
        """Keep the engine."""
        self._engine = engine
        self._writer = Writer(engine)

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Let nobody else add people while the block runs, which looks up and then adds some.

        All that it adds is one transaction. People who are added as a stream, without this, are
        not seen by look-ups meanwhile: their indexes may not be built yet.
        """
        with self._writer.exclusive():
            token = _within.set(True)
            try:
                yield
            finally:
                _within.reset(token)

    def _reading(self) -> AbstractContextManager[Connection]:
        return self._writer.connect() if _within.get() else self._engine.connect()

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
        with self._reading() as connection:
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
        with self._reading() as connection:
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
        with self._reading() as connection:
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
                f"SELECT {SELECTED} FROM holders h WHERE h.id {{wanted}}",  # noqa: S608  # our own columns
                ids,
            )
        return {HolderId(row.id): holder_of_row(row) for row in rows}

    def near(self, world: WorldId, claim: HolderClaim, limit: int = 200) -> list[Holder]:
        """Return people who share a name or the date of birth with a claim; bounded, indexed.

        A birth name and a first name that stand in each other's place count as shared.
        """
        name = normalised(claim.birth_name)
        usage = normalised(claim.usage_name) if claim.usage_name else name
        key, rest = level1_key(
            world, claim.birth_name, claim.first_name, claim.sex, claim.birth_year
        )
        # Of a name in several words, as Martin-Durand is, somebody may have but one.
        words = (*parts_of(claim.birth_name)[:3], name, name, name)
        parts = {f"part_{number}": word for number, word in enumerate(words[:3], 1)}
        found: dict[int, Holder] = {}
        with self._engine.connect() as connection:
            for condition in _NEAR:
                rows = connection.execute(
                    text(f"SELECT {SELECTED} FROM holders h WHERE {condition} LIMIT {_NEAR_EACH}"),  # noqa: S608  # our own words
                    {
                        "key": key,
                        "rest": rest,
                        "world": world,
                        "name": name,
                        **parts,
                        "first": normalised(claim.first_name),
                        "usage": usage,
                        "year": claim.birth_year,
                        "month": claim.birth_month,
                        "day": claim.birth_day,
                    },
                )
                for row in rows:
                    found.setdefault(row.id, holder_of_row(row))
        return list(found.values())[:limit]


def _by_age(found: dict[K, list[Holder]]) -> dict[K, list[Holder]]:
    """Return people in the order of their arrival, under each key."""
    for people in found.values():
        if len(people) > 1:
            people.sort(key=lambda one: one.id)
    return found


def holder_of_row(row: Any) -> Holder:
    """Return the person that a row begins with; a key or a number may follow."""
    return Holder._make(row[: len(FIELDS)])
