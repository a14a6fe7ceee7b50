"""The published passages: found, listed, read."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import cast

from sqlalchemy import ColumnElement, Connection, Engine, func, select

from mockportal.domain.causes import EarlierDeposit
from mockportal.domain.comparing import sender_key
from mockportal.domain.identifiers import (
    ClientId,
    DepositId,
    PassageId,
    ProcessingId,
    TechnicalId,
    WorldId,
)
from mockportal.domain.organisations import Organisation
from mockportal.domain.pages import Turn
from mockportal.domain.passages import (
    EXACT,
    FARTHEST,
    FEW,
    Happening,
    PassagePage,
    PassageSearch,
    Sent,
    Sort,
    StoredPassage,
)
from mockportal.storage.batches import rows_of, tuples_of
from mockportal.storage.lanes import of_lane
from mockportal.storage.passage_changes import PassageChanges
from mockportal.storage.passage_order import deposits_in_order, numbered_page, page_beside
from mockportal.storage.passage_rows import (
    happening_of,
    passage_of,
    passages_by_number,
    selected,
)
from mockportal.storage.passage_scopes import alive_seen_by, deposits_seen, lanes_of
from mockportal.storage.passage_search import everything_that, ranked, walked
from mockportal.storage.tables import deposits, passage_contents, passage_events, passages

_STREAMED = 2_000


class PassageStore(PassageChanges):
    """The published passages of each world, and through ``PassageChanges`` their changes."""

    def __init__(self, engine: Engine, few: int = FEW) -> None:
        """Keep the engine, and how many passages are walked through whole."""
        super().__init__(engine)
        self._few = few

    def sent(
        self, world: WorldId, sender: ClientId, deposit: DepositId, ids: Collection[TechnicalId]
    ) -> Sent:
        """Return which of these identifiers a sender has sent before.

        What other deposits have staged was not sent.
        """
        with self._engine.connect() as connection:
            rows = tuples_of(
                connection,
                ["p.technical_id", "d.public_id"],
                # Joined crosswise, SQLite takes the tables in this order. A hash may collide, and
                # no verdict may rest on one.
                "passages p CROSS JOIN deposits d "
                "WHERE p.sender_key = :key AND p.technical_id {each} AND d.id = p.deposit_id "
                "AND (d.public_id = :deposit OR p.alive AND d.status <> 'processing' "
                "AND d.world_id = :world AND d.sender = :sender)",
                ids,
                key=sender_key(world, sender),
                deposit=deposit,
                world=world,
                sender=sender,
            )
        return Sent(
            {TechnicalId(one) for one, of in rows if of != deposit},
            {TechnicalId(one) for one, of in rows if of == deposit},
        )

    def accepted_in(
        self, world: WorldId, sender: ClientId, deposit: DepositId, ids: Collection[TechnicalId]
    ) -> Mapping[TechnicalId, EarlierDeposit]:
        """Return in which deposit each of these was accepted; another than ``deposit`` first."""
        with self._engine.connect() as connection:
            rows = tuples_of(
                connection,
                [
                    "p.technical_id",
                    "d.public_id",
                    "d.processing_id",
                    "d.file_name",
                    "d.received_at",
                ],
                "passages p CROSS JOIN deposits d "
                "WHERE p.sender_key = :key AND p.technical_id {each} AND d.id = p.deposit_id "
                "AND p.alive AND d.status <> 'processing' AND d.world_id = :world "
                "AND d.sender = :sender",
                ids,
                key=sender_key(world, sender),
                world=world,
                sender=sender,
            )
        rows.sort(key=lambda row: (row[1] != deposit, row[2]))
        return {
            TechnicalId(row[0]): EarlierDeposit(
                DepositId(row[1]), ProcessingId(row[2]), row[3], datetime.fromisoformat(row[4])
            )
            for row in rows
        }

    def get(self, passage: PassageId) -> StoredPassage | None:
        """Return a passage, deleted ones included, or None."""
        with self._engine.connect() as connection:
            row = connection.execute(selected().where(passages.c.id == passage)).first()
        return passage_of(row) if row else None

    def count(self, seer: Organisation) -> int:
        """Return how many passages an organisation sees, by kept counters."""
        with self._engine.connect() as connection:
            return alive_seen_by(connection, seer)

    def page(
        self,
        seer: Organisation,
        search: PassageSearch,
        number: int,
        size: int,
        turn: Turn | None = None,
    ) -> PassagePage[StoredPassage]:
        """Return a page of the passages that an organisation sees.

        Without a search, pages reach to the end; with one, or in another order than newest
        deposit first, to the first ``FARTHEST`` passages. Where they reach to the end, a ``turn``
        leads to a page without counting, an empty one where nothing lies beside its item; where
        there is no such item, ``number`` counts.
        """
        start = (number - 1) * size
        with self._engine.connect() as connection:
            total = _alive(connection, seer, search)
            if not search.sifts and search.sort in (None, Sort.NEWEST):
                seen = _seen(connection, seer, search, changeable=False)
                ids = page_beside(connection, seen, turn, size) if turn else None
                if ids is None:
                    ids = numbered_page(connection, seen, total, start, size)
                return PassagePage(passages_by_number(connection, ids), total, reach=total)
            most = min(max(EXACT, start + size), FARTHEST) + 1
            if total <= self._few or search.deposit:
                seen = _seen(connection, seer, search, changeable=False)
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
        with self._engine.connect() as connection:
            lanes = lanes_of(connection, seer, changeable=changeable)
            if not lanes:
                return []
            pairs = ", ".join(f"({one.certifier:d}, {one.organisation:d})" for one in lanes)
            rows = rows_of(
                connection,
                # Joined so, SQLite goes through the lanes and not through the passages.
                f"WITH lanes(certifier, organisation) AS (VALUES {pairs}) "  # noqa: S608  # numbers
                "SELECT p.id FROM lanes CROSS JOIN passages p "
                "WHERE p.certifier_id = certifier AND p.organisation_id = organisation "
                "AND p.technical_id {each} AND p.alive = :alive AND NOT p.suppresses",
                list(ids),
                alive=not deleted,
            )
            found = sorted((cast("int", row.id) for row in rows), reverse=True)
            return passages_by_number(connection, found)

    def matching(
        self, seer: Organisation, search: PassageSearch, *, changeable: bool = False
    ) -> Iterator[StoredPassage]:
        """Yield all that is found, streaming; without a search, newest deposit first.

        ``changeable`` leaves out what the organisation sees and may not change.
        """
        with self._engine.connect() as connection:
            if search.sifts and not search.deposit:
                lanes = lanes_of(connection, seer, changeable=changeable)
                parts = [of_lane(one) for one in lanes]
            else:
                seen = _seen(connection, seer, search, changeable=changeable)
                parts = list(_runs(deposits_in_order(connection, seen)))
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


def _alive(connection: Connection, seer: Organisation, search: PassageSearch) -> int:
    """Return how many passages an organisation sees, of all deposits or of one."""
    if not search.deposit:
        return alive_seen_by(connection, seer)
    return sum(
        int(connection.scalar(select(func.sum(deposits.c.alive)).where(one)) or 0)
        for one in _seen(connection, seer, search, changeable=False)
    )


def _seen(
    connection: Connection, seer: Organisation, search: PassageSearch, *, changeable: bool
) -> list[ColumnElement[bool]]:
    seen = deposits_seen(connection, seer, changeable=changeable)
    if search.deposit:
        return [one & (deposits.c.public_id == search.deposit) for one in seen]
    return seen


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
