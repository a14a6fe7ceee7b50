"""Finding passages through the indexes: never a walk without bound through all that is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, or_, select

from mockportal.domain.passages import PassageSearch, Sort
from mockportal.storage.lanes import EACH, Lane, in_all
from mockportal.storage.passage_rows import PUBLISHED
from mockportal.storage.tables import deposits, passages

_SOUGHT = ("id", "technical_id", "name_key", "valid_from", "certification_id")
_MERGED = 100
"""Lanes of one query; SQLite merges no more than some hundreds."""
_BEYOND = "\U0010ffff"
_ORDERS = {
    Sort.NEWEST: (("id",), True),
    Sort.IDENTIFIER: (("technical_id", "id"), False),
    Sort.NAME: (("name_key", "id"), False),
    Sort.AWARDED: (("valid_from", "id"), True),
}
"""The columns of each order, and whether they fall."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """A part of a search that an index serves, and the order in which the index finds."""

    meets: ColumnElement[bool]
    order: Sort


@dataclass(frozen=True, slots=True)
class Ranked:
    """The numbers of the passages found, the first of them; ``partial``: not all were tried."""

    ids: list[int]
    partial: bool = False


def criteria_of(search: PassageSearch, of: Any = passages.c) -> list[Criterion]:
    """Return the parts of a search as conditions on these columns.

    The one that usually leaves the fewest passages comes first.
    """
    parts = []
    for prefix, column, order in (
        (search.identifier, of.technical_id, Sort.IDENTIFIER),
        (search.name, of.name_key, Sort.NAME),
    ):
        if prefix:
            begins = (column >= prefix) & (column < prefix + _BEYOND)
            parts.append(Criterion(begins, order))
    between = []
    if search.awarded_from:
        between.append(of.valid_from >= search.awarded_from)
    if search.awarded_until:
        between.append(of.valid_from <= search.awarded_until)
    if between:
        parts.append(Criterion(and_(*between), Sort.AWARDED))
    if search.certifications is not None:
        numbers = search.certifications
        among = of.certification_id.in_(numbers)
        if len(numbers) == 1:  # so that the index also gives the order
            among = of.certification_id == numbers[0]
        parts.append(Criterion(among, Sort.NEWEST))
    return parts


def everything_that(search: PassageSearch) -> ColumnElement[bool]:
    """Return the one condition of a search, its deposit included."""
    parts = [one.meets for one in criteria_of(search)]
    if search.deposit:
        number = select(deposits.c.id).where(deposits.c.public_id == search.deposit)
        parts.append(passages.c.deposit_id == number.scalar_subquery())
    return and_(*parts) if parts else passages.c.id.is_not(None)


def walked(
    connection: Connection, seen: Sequence[ColumnElement[bool]], search: PassageSearch, most: int
) -> Ranked:
    """Return what is found by walking through the deposits: for few passages, or one deposit."""
    order = _ordered(passages.c, search.sort or Sort.NEWEST)
    if search.sort in (None, Sort.NEWEST):
        order = [deposits.c.id.desc(), passages.c.piece, passages.c.position]
    wanted = (
        select(passages.c.id)
        .join(deposits, deposits.c.id == passages.c.deposit_id)
        .where(or_(*seen), PUBLISHED, passages.c.alive.is_(True), everything_that(search))
    )
    return Ranked(list(connection.scalars(wanted.order_by(*order).limit(most))))


def ranked(
    connection: Connection, lanes: Sequence[Lane], search: PassageSearch, most: int, few: int
) -> Ranked:
    """Return what is found by the index that leads to the fewest; of more than ``few``, so many."""
    if not lanes:
        return Ranked([])
    driver, partial = None, False
    criteria = criteria_of(search)
    if criteria:
        driver = criteria[0]
        if len(criteria) > 1 or search.sort not in (None, driver.order):
            counts = [_count(connection, lanes, one, few) for one in criteria]
            driver = criteria[counts.index(min(counts))]
            partial = min(counts) > few
    chosen = search.sort or (driver.order if driver else Sort.NEWEST)
    if driver is None or (chosen is driver.order and len(criteria) == 1):
        wanted = _straight(driver, chosen)
    else:
        share = max(1, few // len(lanes)) if partial else few
        wanted = _sifted(search, driver, chosen, share)
    return Ranked(_first(connection, wanted, lanes, chosen, most), partial)


def _first(
    connection: Connection, wanted: Select[Any], lanes: Sequence[Lane], chosen: Sort, most: int
) -> list[int]:
    """Return the first numbers of what a query finds in all lanes.

    The database merges what it finds in the order of an index, and goes no farther than needed.
    """
    columns, falling = _ORDERS[chosen]
    order = ", ".join(f"{one} DESC" if falling else one for one in columns)
    rows: list[Any] = []
    for start in range(0, len(lanes), _MERGED):
        some = in_all(connection, wanted, lanes[start : start + _MERGED])
        merged = some.statement(f"{{}} ORDER BY {order} LIMIT {most:d}")
        rows += connection.execute(merged).all()
    if len(lanes) > _MERGED:
        rows.sort(key=tuple, reverse=falling)
    return [row.id for row in rows[:most]]


def _straight(driver: Criterion | None, chosen: Sort) -> Select[Any]:
    meets = [driver.meets] if driver else []
    return select(*(passages.c[one] for one in _ORDERS[chosen][0])).where(EACH.holds(), *meets)


def _sifted(search: PassageSearch, driver: Criterion, chosen: Sort, few: int) -> Select[Any]:
    # The bound also keeps the database to the index that was chosen.
    inner = (
        select(*(passages.c[one] for one in _SOUGHT))
        .where(EACH.holds(), driver.meets)
        .order_by(*_ordered(passages.c, driver.order))
        .limit(few)
        .subquery()
    )
    others = [one.meets for one in criteria_of(search, inner.c) if one.order is not driver.order]
    return select(*(inner.c[one] for one in _ORDERS[chosen][0])).where(*others)


def _ordered(of: Any, order: Sort) -> list[Any]:
    columns, falling = _ORDERS[order]
    return [of[one].desc() if falling else of[one] for one in columns]


def _count(connection: Connection, lanes: Sequence[Lane], criterion: Criterion, few: int) -> int:
    """Return how many entries of its index agree with a criterion, at most one more than a few."""
    wanted = select(passages.c.certifier_id).where(EACH.entries(), criterion.meets)
    found = 0
    for start in range(0, len(lanes), _MERGED):
        some = in_all(connection, wanted, lanes[start : start + _MERGED])
        most = few + 1 - found
        counted = some.statement(f"SELECT count(*) FROM ({{}} LIMIT {most:d}) AS found")  # noqa: S608  # a number
        found += connection.scalar(counted) or 0
        if found > few:
            break
    return found
