"""Who holds which living passages: people by name, and what was published for them."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, and_, func, select

from mockportal.domain.comparing import normalised
from mockportal.domain.deposits import Status
from mockportal.domain.identifiers import HolderId, WorldId
from mockportal.domain.passages import StoredPassage
from mockportal.domain.people import Holder
from mockportal.storage.batches import rows_of
from mockportal.storage.passage_rows import PUBLISHED, passage_of, selected
from mockportal.storage.registry import RegistryStore
from mockportal.storage.tables import deposits, holders, passages

_LAST_SIGN = "\U0010ffff"
"""Comes after every other: what begins with a text lies before the text with this sign."""
_DEPOSITS = 50
"""How many deposits back the people fed lately are looked for."""
_COUNTED = """
    SELECT p.holder_id AS holder, count(*) AS number
    FROM passages p JOIN deposits d ON d.id = p.deposit_id
    WHERE p.holder_id {wanted} AND p.alive AND NOT p.suppresses AND d.status <> 'processing'
    GROUP BY p.holder_id
"""


class PassportStore:
    """The living passages of each world, by the people who hold them."""

    def __init__(self, engine: Engine) -> None:
        """Keep the engine."""
        self._engine = engine
        self._registry = RegistryStore(engine)

    def person(self, world: WorldId, holder: HolderId) -> Holder | None:
        """Return a person of a world."""
        there = select(holders.c.id).where(holders.c.id == holder, holders.c.world_id == world)
        with self._engine.connect() as connection:
            if connection.scalar(there) is None:
                return None
        return self._registry.holders([holder]).get(holder)

    def named(self, world: WorldId, name: str, limit: int) -> list[Holder]:
        """Return people whose names begin so: birth or usage name, and first name after it."""
        found: dict[int, None] = {}
        with self._engine.connect() as connection:
            for condition in beginnings(normalised(name)):
                wanted = (
                    select(holders.c.id)
                    .where(holders.c.world_id == world, condition)
                    .order_by(holders.c.birth_key, holders.c.first_key, holders.c.id)
                    .limit(limit)
                )
                found.update(dict.fromkeys(connection.scalars(wanted)))
        return self._people(list(found)[:limit])

    def fed_lately(self, world: WorldId, limit: int) -> list[Holder]:
        """Return people with living passages, those of the newest deposits first."""
        newest = (
            select(deposits.c.id)
            .where(
                deposits.c.world_id == world,
                deposits.c.alive > 0,
                deposits.c.status != Status.PROCESSING.value,
            )
            .order_by(deposits.c.processing_id.desc())
            .limit(_DEPOSITS)
        )
        found: dict[int, None] = {}
        with self._engine.connect() as connection:
            for deposit in connection.scalars(newest).all():
                found.update(dict.fromkeys(_holders_in(connection, deposit, limit)))
                if len(found) >= limit:
                    break
        return self._people(list(found)[:limit])

    def counts(self, holders: Collection[HolderId]) -> Mapping[HolderId, int]:
        """Return how many living passages these people have; nobody stands for none."""
        with self._engine.connect() as connection:
            rows: list[Any] = rows_of(connection, _COUNTED, list(holders))
        return {HolderId(row.holder): row.number for row in rows}

    def passages(self, holder: HolderId, limit: int) -> list[StoredPassage]:
        """Return the living passages of a person, newest award first."""
        wanted = (
            selected()
            .where(passages.c.holder_id == holder, passages.c.alive)
            .order_by(passages.c.valid_from.desc(), passages.c.id.desc())
            .limit(limit)
        )
        with self._engine.connect() as connection:
            return [passage_of(row) for row in connection.execute(wanted)]

    def _people(self, ids: list[int]) -> list[Holder]:
        known = self._registry.holders([HolderId(one) for one in ids])
        return [known[HolderId(one)] for one in ids if HolderId(one) in known]


def beginnings(typed: str) -> Iterator[ColumnElement[bool]]:
    """Yield the ways in which a text may begin someone's names, each with its index."""
    yield _begins(holders.c.birth_key, typed)
    yield _begins(holders.c.usage_key, typed)
    words = typed.split()
    for cut in range(1, len(words)):
        one, other = " ".join(words[:cut]), " ".join(words[cut:])
        yield and_(holders.c.birth_key == one, _begins(holders.c.first_key, other))
        yield and_(holders.c.birth_key == other, _begins(holders.c.first_key, one))


def _begins(column: Any, text: str) -> ColumnElement[bool]:
    # The range is what an index finds; the beginning is what was asked for, in any collation.
    return and_(
        column >= text,
        column < text + _LAST_SIGN,
        func.substr(column, 1, len(text)) == text,
    )


def _holders_in(connection: Connection, deposit: int, limit: int) -> list[int]:
    wanted: Select[Any] = (
        select(passages.c.holder_id)
        .join(deposits, deposits.c.id == passages.c.deposit_id)
        .where(passages.c.deposit_id == deposit, passages.c.alive, PUBLISHED)
        .order_by(passages.c.piece, passages.c.position)
        .limit(limit)
    )
    return [one for one in connection.scalars(wanted) if one is not None]
