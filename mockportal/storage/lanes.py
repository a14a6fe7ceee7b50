"""Lanes: where in the indexes of the passages those lie that an organisation sees."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Dialect,
    Select,
    TextClause,
    bindparam,
    literal_column,
    select,
    text,
)
from sqlalchemy.dialects.sqlite.base import SQLiteDialect

from mockportal.domain.deposits import Status
from mockportal.storage.tables import deposits, passages

_CERTIFIER, _ORGANISATION = "{certifier}", "{organisation}"


class Lane(NamedTuple):
    """The passages that one organisation has deposited for one certificateur."""

    certifier: int
    organisation: int


class _EachLane:
    """A lane whose numbers are filled in later."""

    def entries(self) -> ColumnElement[bool]:
        """Return the condition that its entries of an index meet."""
        certifier: ColumnElement[int] = literal_column(_CERTIFIER)
        organisation: ColumnElement[int] = literal_column(_ORGANISATION)
        return (passages.c.certifier_id == certifier) & (passages.c.organisation_id == organisation)

    def holds(self) -> ColumnElement[bool]:
        """Return the condition that its published passages meet."""
        return self.entries() & _PUBLISHED


_PUBLISHED = passages.c.alive.is_(True) & passages.c.deposit_id.not_in(
    select(deposits.c.id).where(deposits.c.status == Status.PROCESSING.value)
)
EACH = _EachLane()


class Repeated(NamedTuple):
    """The words of a query for each of some lanes, and what its parameters are."""

    words: str
    given: Mapping[str, Any]

    def statement(self, around: str) -> TextClause:
        """Return the statement in which these words stand where ``around`` has ``{}``."""
        return text(around.format(self.words)).bindparams(
            *(
                bindparam(name, value, type_=Date() if isinstance(value, date) else None)
                for name, value in self.given.items()
            )
        )


def in_all(connection: Connection, of_each: Select[Any], lanes: Sequence[Lane]) -> Repeated:
    """Return a query of ``EACH`` lane for all of these, one after the other.

    It is put into words once: a hundred queries cost more than the database takes for them.
    """
    compiled = of_each.compile(
        dialect=_named(connection.dialect.name), compile_kwargs={"render_postcompile": True}
    )
    words = str(compiled)
    parts = (
        words.replace(_CERTIFIER, f"{one.certifier:d}").replace(
            _ORGANISATION, f"{one.organisation:d}"
        )
        for one in lanes
    )
    return Repeated(" UNION ALL ".join(parts), compiled.params)


@cache
def _named(dialect: str) -> Dialect:
    """Return what puts queries into words that ``text`` reads, parameters by their names.

    Nobody pays for the dialect of the other database.
    """
    if dialect == "postgresql":
        from sqlalchemy.dialects.postgresql.base import PGDialect  # noqa: PLC0415

        return PGDialect(paramstyle="named")  # type: ignore[no-untyped-call]
    return SQLiteDialect(paramstyle="named")


def of_lane(lane: Lane) -> ColumnElement[bool]:
    """Return the condition that the published passages of one lane meet."""
    return (
        (passages.c.certifier_id == lane.certifier)
        & (passages.c.organisation_id == lane.organisation)
        & _PUBLISHED
    )
