"""What became of the passages of a deposit, listed."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Engine, Row, ScalarSelect, Select, func, select, tuple_

from mockportal.domain.deposits import Rejection
from mockportal.domain.identifiers import DepositId, TechnicalId
from mockportal.domain.messages import Code
from mockportal.storage import staging_statements as statements
from mockportal.storage.levels import levels_of
from mockportal.storage.tables import deposits, rejections

_STREAMED = 2_000


class VerdictLists:
    """The passages of each deposit, KO and accepted, in the order of its file."""

    def __init__(self, engine: Engine) -> None:
        """Keep the engine."""
        self._engine = engine

    def rejections(
        self, deposit: DepositId, code: str | None = None, limit: int | None = None, first: int = 0
    ) -> Iterator[Rejection]:
        """Yield the KO passages in the order of the file, from number ``first`` on.

        All of them stream; a ``limit`` of them is fetched at once, so that no
        connection is held while the database is asked for more about each.
        """
        wanted = statements.REJECTIONS
        if code is not None:
            wanted = wanted.where(rejections.c.code == code)
        if first:
            place = tuple_(rejections.c.piece, rejections.c.position)
            wanted = wanted.where(place >= _place(wanted, first))
        if limit is not None:
            with self._engine.connect() as connection:
                some = connection.execute(wanted.limit(limit), {"deposit": deposit}).all()
            yield from map(_rejection, some)
            return
        # Left before its end, the list must not leave a cursor open in the database.
        with (
            self._engine.connect().execution_options(yield_per=_STREAMED) as connection,
            connection.execute(wanted, {"deposit": deposit}) as rows,
        ):
            yield from map(_rejection, rows)

    def rejected_ids(self, deposit: DepositId) -> Iterator[tuple[TechnicalId, str]]:
        """Yield (identifier, message) of the KO passages in the order of the file, streaming."""
        with (
            self._engine.connect().execution_options(yield_per=_STREAMED) as connection,
            connection.execute(statements.REJECTED_IDS, {"deposit": deposit}) as rows,
        ):
            for technical_id, message in rows:
                yield TechnicalId(technical_id), message

    def rejections_by_reason(self, deposit: DepositId) -> list[tuple[str, int]]:
        """Return (code, count), the most frequent first."""
        count = func.count()
        wanted = (
            select(rejections.c.code, count)
            .where(rejections.c.deposit_id == number_of_deposit(deposit))
            .group_by(rejections.c.code)
            .order_by(count.desc(), rejections.c.code)
        )
        with self._engine.connect() as connection:
            return [(code, number) for code, number in connection.execute(wanted)]

    def accepted_ids(self, deposit: DepositId) -> Iterator[TechnicalId]:
        """Yield the identifiers of the accepted passages in the order of the file, streaming."""
        with (
            self._engine.connect().execution_options(yield_per=_STREAMED) as connection,
            connection.scalars(statements.ACCEPTED_IDS, {"deposit": deposit}) as listed,
        ):
            for one in listed:
                yield TechnicalId(one)


def _rejection(row: Row[Any]) -> Rejection:
    return Rejection(
        TechnicalId(row.technical_id),
        Code(row.code),
        row.text,
        levels_of(row.levels),
        row.piece,
        row.position,
    )


def _place(listed: Select[Any], number: int) -> ScalarSelect[Any]:
    """Return what selects where an item of a list stands: the rows before it are not read.

    It is a deferred join: an index holds all that is counted on the way.
    """
    place = listed.with_only_columns(rejections.c.piece, rejections.c.position)
    return place.limit(1).offset(number).scalar_subquery()


def number_of_deposit(deposit: DepositId) -> ScalarSelect[int]:
    """Return what selects the number under which a deposit is stored."""
    return select(deposits.c.id).where(deposits.c.public_id == deposit).scalar_subquery()
