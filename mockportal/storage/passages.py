"""The published passages: found, listed, read."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, select

from mockportal.domain.comparing import sender_key
from mockportal.domain.identifiers import ClientId, PassageId, TechnicalId, WorldId
from mockportal.domain.organisations import Organisation
from mockportal.domain.passages import (
    EXACT,
    FARTHEST,
    FEW,
    Happening,
    PassagePage,
    PassageSearch,
    Sort,
    StoredPassage,
)
from mockportal.storage.batches import rows_of, tuples_of
from mockportal.storage.passage_changes import PassageChanges
from mockportal.storage.passage_rows import (
    happening_of,
    passage_of,
    passages_by_number,
    selected,
)
from mockportal.storage.passage_scopes import alive_in_all, deposits_seen, lanes_of
from mockportal.storage.passage_search import everything_that, ranked, walked
from mockportal.storage.tables import deposits, passage_contents, passage_events, passages

_STREAMED = 2_000


class PassageStore(PassageChanges):
    """The published passages of each world, and through ``PassageChanges`` their changes."""

    def __init__(self, engine: Engine, few: int = FEW) -> None:
        """Keep the engine, and how many passages are walked through whole."""
        super().__init__(engine)
        self._few = few

    def stored(
        self, world: WorldId, sender: ClientId, ids: Collection[TechnicalId]
    ) -> set[TechnicalId]:
        """Return those identifiers that this sender has in store; staged ones are not."""
        with self._engine.connect() as connection:
            rows = tuples_of(
                connection,
                ["p.technical_id"],
                # Joined crosswise, SQLite takes the tables in this order. A hash may collide, and
                # no verdict may rest on one.
                "passages p CROSS JOIN deposits d "
                "WHERE p.sender_key = :key AND p.technical_id {wanted} AND p.alive "
                "AND d.id = p.deposit_id AND d.status <> 'processing' "
                "AND d.world_id = :world AND d.sender = :sender",
                ids,
                key=sender_key(world, sender),
                world=world,
                sender=sender,
            )
        return {TechnicalId(one) for (one,) in rows}

    def get(self, passage: PassageId) -> StoredPassage | None:
        """Return a passage, deleted ones included, or None."""
        with self._engine.connect() as connection:
            row = connection.execute(selected().where(passages.c.id == passage)).first()
        return passage_of(row) if row else None

    def count(self, seer: Organisation) -> int:
        """Return how many passages an organisation sees, by kept counters."""
        with self._engine.connect() as connection:
            return alive_in_all(connection, deposits_seen(seer, changeable=False))

    def page(
        self, seer: Organisation, search: PassageSearch, number: int, size: int
    ) -> PassagePage[StoredPassage]:
        """Return a page of the passages that an organisation sees.

        Without a search, pages reach to the end; with one, or in another order than newest
        deposit first, to the first ``FARTHEST`` passages.
        """
        start = (number - 1) * size
        seen = _seen(seer, search, changeable=False)
        with self._engine.connect() as connection:
            total = alive_in_all(connection, seen)
            if not search.sifts and search.sort in (None, Sort.NEWEST):
                ids = _newest(connection, seen, start, size)
                return PassagePage(passages_by_number(connection, ids), total, reach=total)
            most = min(max(EXACT, start + size), FARTHEST) + 1
            if total <= self._few or search.deposit:
                found = walked(connection, seen, search, most)
            else:
                lanes = lanes_of(connection, seer, changeable=False)
                found = ranked(connection, lanes, search, most, self._few)
            items = passages_by_number(connection, found.ids[start : start + size])
        if not search.sifts:
            return PassagePage(items, total, reach=min(total, FARTHEST))
        count = len(found.ids)
        if count == most:
            return PassagePage(items, EXACT, more=True, partial=found.partial)
        return PassagePage(items, count, partial=found.partial, reach=count)

    def named(
        self,
        seer: Organisation,
        ids: Collection[TechnicalId],
        *,
        changeable: bool = False,
        deleted: bool = False,
    ) -> list[StoredPassage]:
        """Return the passages of these identifiers that an organisation sees, or may change.

        An émetteur has one of each at most, but several may have sent the same. ``deleted``
        returns those that were deleted, in their place.
        """
        found: list[int] = []
        with self._engine.connect() as connection:
            for lane in lanes_of(connection, seer, changeable=changeable):
                rows = rows_of(
                    connection,
                    "SELECT id, organisation_id FROM passages WHERE certifier_id = :certifier "
                    "AND technical_id {wanted} AND alive = :alive AND NOT suppresses",
                    list(ids),
                    certifier=lane.certifier,
                    alive=not deleted,
                )
                mine = lane.organisation
                found += [r.id for r in rows if mine is None or r.organisation_id == mine]
            return passages_by_number(connection, sorted(set(found), reverse=True))

    def matching(
        self, seer: Organisation, search: PassageSearch, *, changeable: bool = False
    ) -> Iterator[StoredPassage]:
        """Yield all that is found, streaming; without a search, newest deposit first.

        ``changeable`` leaves out what the organisation sees and may not change.
        """
        with self._engine.connect() as connection:
            if search.sifts and not search.deposit:
                lanes = lanes_of(connection, seer, changeable=changeable)
                parts = [one.holds() for one in lanes]
            else:
                seen = _seen(seer, search, changeable=changeable)
                parts = list(_runs(_deposits(connection, seen)))
        in_file = (deposits.c.id.desc(), passages.c.piece, passages.c.position)
        for part in parts:
            wanted = selected().where(part, passages.c.alive.is_(True), everything_that(search))
            if not search.sifts or search.deposit:
                wanted = wanted.order_by(*in_file)
            # Left before its end, the list must not leave a cursor open in the database.
            with (
                self._engine.connect().execution_options(yield_per=_STREAMED) as connection,
                connection.execute(wanted) as rows,
            ):
                yield from map(passage_of, rows)

    def content(self, passage: PassageId) -> str | None:
        """Return what a modified passage says now; None for one that says what its file does."""
        wanted = select(passage_contents.c.content).where(passage_contents.c.passage_id == passage)
        with self._engine.connect() as connection:
            return connection.scalar(wanted)

    def history(self, passage: PassageId) -> list[Happening]:
        """Return what became of a passage since its deposit, oldest first.

        A deposit that deleted it and was cleaned away is not named any more.
        """
        wanted = (
            select(passage_events, deposits.c.public_id)
            .outerjoin(
                deposits,
                (deposits.c.id == passage_events.c.deposit_id) & deposits.c.removed_at.is_(None),
            )
            .where(passage_events.c.passage_id == passage)
            .order_by(passage_events.c.id)
        )
        with self._engine.connect() as connection:
            return [happening_of(row, row.public_id) for row in connection.execute(wanted)]


def _seen(
    seer: Organisation, search: PassageSearch, *, changeable: bool
) -> list[ColumnElement[bool]]:
    seen = deposits_seen(seer, changeable=changeable)
    if search.deposit:
        return [one & (deposits.c.public_id == search.deposit) for one in seen]
    return seen


def _newest(
    connection: Connection, seen: Sequence[ColumnElement[bool]], start: int, size: int
) -> list[int]:
    """Return a page's numbers, found by the deposits' counters: what is staged costs nothing."""
    ids: list[int] = []
    for number, alive in _deposits(connection, seen):
        if start >= alive:
            start -= alive
            continue
        wanted = (
            select(passages.c.id)
            .where(
                passages.c.deposit_id == number,
                passages.c.alive.is_(True),
                passages.c.suppresses.is_(False),
            )
            .order_by(passages.c.piece, passages.c.position)
        )
        ids += connection.scalars(wanted.offset(start).limit(size - len(ids)))
        start = 0
        if len(ids) == size:
            break
    return ids


def _deposits(
    connection: Connection, seen: Sequence[ColumnElement[bool]]
) -> Iterator[tuple[int, int]]:
    """Yield the number of each deposit and how many of its passages are alive, newest first."""
    before: Any = None
    while True:
        rows: list[Any] = []
        for one in seen:
            wanted = select(deposits.c.id, deposits.c.alive).where(one)
            if before is not None:
                wanted = wanted.where(deposits.c.id < before)
            wanted = wanted.order_by(deposits.c.id.desc()).limit(_STREAMED // 10)
            rows += connection.execute(wanted)
        rows.sort(reverse=True)
        if not rows:
            return
        for number, alive in rows[: _STREAMED // 10]:
            before = number
            yield number, alive


def _runs(found: Iterable[tuple[int, int]]) -> Iterator[ColumnElement[bool]]:
    """Yield conditions that each hold for some deposits: one large one, or many small ones."""
    run: list[int] = []
    held = 0
    for number, alive in found:
        run.append(number)
        held += alive
        if held >= _STREAMED:
            yield passages.c.deposit_id.in_(run)
            run, held = [], 0
    if run:
        yield passages.c.deposit_id.in_(run)
