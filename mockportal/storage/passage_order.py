"""The passages of the newest deposit first, page by page: what is staged costs nothing."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, or_, select, tuple_

from mockportal.domain.pages import Turn
from mockportal.storage.stretches import stretch
from mockportal.storage.tables import deposits, passages

_FIRST, _LARGEST = 50, 5_000
"""Deposits asked for at once: few where a page begins, more the farther it is."""
_IN_FILE = (passages.c.piece, passages.c.position)


class _Slice(NamedTuple):
    """Some of the living passages of a deposit, in the order of the file."""

    deposit: int
    alive: int
    first: int
    many: int


def numbered_page(
    connection: Connection, seen: Sequence[ColumnElement[bool]], total: int, start: int, size: int
) -> list[int]:
    """Return the numbers on a page that is reached by counting, from the nearer end."""
    beyond, many, back = stretch(total, start, size)
    if not many:
        return []
    slices = list(_slices(connection, seen, beyond, many, back=back))
    if back:
        slices.reverse()
    return [one for part in slices for one in _ids(connection, part)]


def page_beside(
    connection: Connection, seen: Sequence[ColumnElement[bool]], turn: Turn, size: int
) -> list[int] | None:
    """Return the numbers on the page after a passage, or before it; None: no such passage."""
    wanted = select(passages.c.deposit_id, *_IN_FILE).where(passages.c.id == turn.beside)
    row = connection.execute(wanted).first()
    if row is None:
        return None
    ids: list[int] = []
    if connection.scalar(select(deposits.c.id).where(deposits.c.id == row.deposit_id, or_(*seen))):
        place, mark = tuple_(*_IN_FILE), tuple_(row.piece, row.position)
        beside = place < mark if turn.back else place > mark
        wanted_ids = _alive(row.deposit_id, back=turn.back).where(beside).limit(size)
        ids += connection.scalars(wanted_ids)
    left = size - len(ids)
    if left:
        parts = _slices(connection, seen, 0, left, back=turn.back, beside=row.deposit_id)
        for part in parts:
            found = _ids(connection, part)
            ids += reversed(found) if turn.back else found
    return ids[::-1] if turn.back else ids


def deposits_in_order(
    connection: Connection,
    seen: Sequence[ColumnElement[bool]],
    *,
    back: bool = False,
    beside: int | None = None,
) -> Iterator[tuple[int, int]]:
    """Yield the number of each deposit and how many of its passages are alive, newest first.

    ``back`` begins with the oldest; ``beside`` with the one that follows a deposit.
    """
    number = deposits.c.id
    at_once = _FIRST
    while True:
        rows: list[tuple[int, int]] = []
        for one in seen:
            wanted = select(number, deposits.c.alive).where(one)
            if beside is not None:
                wanted = wanted.where(number > beside if back else number < beside)
            wanted = wanted.order_by(number if back else number.desc()).limit(at_once)
            rows += [(row.id, row.alive) for row in connection.execute(wanted)]
        rows.sort(reverse=not back)
        yield from rows[:at_once]
        if len(rows) < at_once:
            return
        beside = rows[at_once - 1][0]
        at_once = min(2 * at_once, _LARGEST)


def _slices(
    connection: Connection,
    seen: Sequence[ColumnElement[bool]],
    start: int,
    size: int,
    *,
    back: bool,
    beside: int | None = None,
) -> Iterator[_Slice]:
    """Yield what of which deposits lies on a page; ``back`` counts from the last passage."""
    for number, alive in deposits_in_order(connection, seen, back=back, beside=beside):
        if start >= alive:
            start -= alive
            continue
        many = min(alive - start, size)
        yield _Slice(number, alive, alive - start - many if back else start, many)
        start, size = 0, size - many
        if not size:
            return


def _ids(connection: Connection, part: _Slice) -> list[int]:
    beyond, many, back = stretch(part.alive, part.first, part.many)
    wanted = _alive(part.deposit, back=back).offset(beyond).limit(many)
    found: list[int] = list(connection.scalars(wanted))
    return found[::-1] if back else found


def _alive(deposit: int, *, back: bool) -> Select[Any]:
    return (
        select(passages.c.id)
        .where(
            passages.c.deposit_id == deposit,
            passages.c.alive.is_(True),
            passages.c.suppresses.is_(False),
        )
        .order_by(*(one.desc() if back else one for one in _IN_FILE))
    )
