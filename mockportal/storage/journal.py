"""The journal of each world."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Select, delete, func, insert, select

from mockportal.domain.deposits import Deposit
from mockportal.domain.identifiers import AccountId, DepositId, HolderId, WorldId
from mockportal.domain.journal import (
    MOST_REQUESTS,
    Change,
    Entry,
    EntrySearch,
    Happened,
    Request,
    Source,
)
from mockportal.domain.passages import Author
from mockportal.storage.batches import rows_of
from mockportal.storage.deposit_rows import microseconds, moment_of
from mockportal.storage.program_tables import journal
from mockportal.storage.tables import worlds
from mockportal.storage.transactions import Writer

_AT_ONCE = 500
_SLACK = 20
"""The part of what is kept that there may be beyond it before the oldest go."""
_LONGEST_PATH = 1_000
_INSERT = insert(journal)


class JournalStore:
    """The journals of all worlds; ``real`` gives real time, in microseconds since 1970."""

    def __init__(self, engine: Engine, real: Callable[[], int], most: int = MOST_REQUESTS) -> None:
        """Keep the engine and the clock, and ``most`` requests of each world."""
        self._most = most
        self._engine = engine
        self._writer = Writer(engine)
        self._real = real

    def keep(self, requests: Sequence[Request]) -> None:
        """Keep requests, those of worlds that are no more left out."""
        with self._writer.begin() as connection:
            there = set(connection.scalars(select(worlds.c.id)))
            rows = [_request_row(one) for one in requests if one.world in there]
            if rows:
                connection.execute(_INSERT, rows)

    def note(
        self,
        world: WorldId,
        what: Change,
        at: datetime,
        *,
        account: AccountId | None = None,
        deposit: DepositId | None = None,
        content: Mapping[str, Any] | None = None,
    ) -> None:
        """Note what has changed in a world, ``at`` by its clock."""
        with self._writer.begin() as connection:
            if connection.scalar(select(worlds.c.id).where(worlds.c.id == world)) is None:
                return
            row = {**self._row(what, at, content), "world_id": world}
            connection.execute(_INSERT, {**row, "account_id": account, "deposit_id": deposit})

    def note_within(
        self, connection: Connection, deposit: Deposit, what: Change, at: datetime,
        content: Mapping[str, Any],
    ) -> None:  # fmt: skip
        """Note what has become of a deposit, in the transaction in which it does."""
        whose = {
            "world_id": deposit.world,
            "account_id": deposit.account,
            "deposit_id": deposit.id,
        }
        connection.execute(_INSERT, {**self._row(what, at, content), **whose})

    def note_by(
        self, connection: Connection, world: WorldId, what: Change, author: Author,
        content: Mapping[str, Any],
    ) -> None:  # fmt: skip
        """Note what somebody has changed, in the transaction in which it is changed."""
        whose = {"world_id": world, "account_id": author.account, "deposit_id": None}
        connection.execute(_INSERT, {**self._row(what, author.at, content), **whose})

    def _row(
        self, what: Change, at: datetime, content: Mapping[str, Any] | None
    ) -> dict[str, object]:
        return {
            "at": self._real(),
            "source": Source.WORLD.value,
            "method": what.value,
            "shown_at": at.isoformat(),
            "content": json.dumps(content or {}, ensure_ascii=False),
        }

    def page(
        self, world: WorldId, search: EntrySearch, page: int, size: int
    ) -> tuple[list[Entry], int]:
        """Return a page of what is found in a journal, newest first, and how much there is."""
        wanted = _found(world, search)
        listed = wanted.order_by(journal.c.id.desc()).limit(size).offset((page - 1) * size)
        with self._engine.connect() as connection:
            total = connection.scalar(select(func.count()).select_from(wanted.subquery())) or 0
            return [_entry(row) for row in connection.execute(listed)], total

    def happened(self, world: WorldId) -> Iterator[Happened]:
        """Yield what has changed in a world, in order, streaming."""
        after = 0
        of_world = (journal.c.world_id == world) & (journal.c.source == Source.WORLD.value)
        while True:
            wanted = select(journal).where(of_world, journal.c.id > after).order_by(journal.c.id)
            with self._engine.connect() as connection:
                rows = connection.execute(wanted.limit(_AT_ONCE)).all()
            if not rows:
                return
            for row in rows:
                yield Happened(
                    number=row.id,
                    what=Change(row.method),
                    at=datetime.fromisoformat(row.shown_at),
                    account=None if row.account_id is None else AccountId(row.account_id),
                    deposit=None if row.deposit_id is None else DepositId(row.deposit_id),
                    content=json.loads(row.content),
                )
            after = rows[-1].id

    def training_files_of(self, people: Collection[HolderId]) -> Mapping[int, list[str]]:
        """Return the numbers of the training files of some people."""
        query = "SELECT holder_id, number FROM training_files WHERE holder_id {wanted}"
        found: dict[int, list[str]] = {}
        with self._engine.connect() as connection:
            for row in rows_of(connection, query, people):
                found.setdefault(row.holder_id, []).append(row.number)
        return {holder: sorted(numbers) for holder, numbers in found.items()}

    def sweep(self, before: datetime) -> bool:
        """Remove some requests of before, or beyond those that are kept; tell whether there were.

        What has changed in a world stays.
        """
        with self._engine.connect() as connection:  # looks without the writer's lock
            old = select(journal.c.id).where(
                journal.c.source != Source.WORLD.value, journal.c.at < microseconds(before)
            )
            some = connection.scalars(old.limit(_AT_ONCE)).all()
            for world in connection.scalars(select(worlds.c.id)).all():
                some = some or _beyond(connection, world, self._most)
        if some:
            with self._writer.begin() as connection:
                connection.execute(delete(journal).where(journal.c.id.in_(some)))
        return bool(some)


def _beyond(connection: Connection, world: int, most: int) -> Sequence[int]:
    """Return some of the oldest requests of a world that has too many."""
    requests = (journal.c.world_id == world) & (journal.c.source != Source.WORLD.value)
    newest = select(journal.c.id).where(requests).order_by(journal.c.id.desc())
    if connection.scalar(newest.offset(most + most // _SLACK).limit(1)) is None:
        return []
    oldest = connection.scalar(newest.offset(most - 1).limit(1))
    return connection.scalars(
        select(journal.c.id).where(requests, journal.c.id < oldest).limit(_AT_ONCE)
    ).all()


def _found(world: WorldId, search: EntrySearch) -> Select[Any]:
    wanted = select(journal).where(journal.c.world_id == world)
    if search.text:
        wanted = wanted.where(journal.c.path.contains(search.text, autoescape=True))
    if search.account is not None:
        wanted = wanted.where(journal.c.account_id == search.account)
    if search.status is not None:
        wanted = wanted.where(journal.c.status == search.status)
    if search.since is not None:
        wanted = wanted.where(journal.c.at >= microseconds(search.since))
    return wanted


def _request_row(one: Request) -> dict[str, object]:
    return {
        "world_id": one.world,
        "at": microseconds(one.at),
        "source": one.source.value,
        "method": one.method[:20],
        "path": one.path[:_LONGEST_PATH],
        "account_id": one.account and one.account[:9],
        "status": one.status,
        "milliseconds": one.milliseconds,
        "request_size": one.request_size,
        "request_type": one.request_type[:100],
        "response_size": one.response_size,
        "response_type": one.response_type[:100],
        "fault": one.fault[:200],
        "deposit_id": one.deposit,
    }


def _entry(row: Any) -> Entry:
    at = moment_of(row.at)
    if at is None:
        raise LookupError(f"entry {row.id} of the journal has no time")
    return Entry(
        number=row.id,
        at=at,
        source=Source(row.source),
        method=row.method,
        path=row.path,
        account=None if row.account_id is None else AccountId(row.account_id),
        status=row.status,
        milliseconds=row.milliseconds,
        request_size=row.request_size,
        request_type=row.request_type,
        response_size=row.response_size,
        response_type=row.response_type,
        fault=row.fault,
        deposit=None if row.deposit_id is None else DepositId(row.deposit_id),
        content=json.loads(row.content) if row.content else {},
    )
