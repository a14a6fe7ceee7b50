"""What lies under a deposit: its pieces, and the verdicts, staged until it is published."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Row,
    ScalarSelect,
    func,
    select,
    text,
)

from mockportal.domain.comparing import sender_key
from mockportal.domain.deposits import Piece, Rejection, Staged, VanishedError
from mockportal.domain.flux import AwardedCertification
from mockportal.domain.identifiers import DepositId, TechnicalId
from mockportal.domain.messages import Code
from mockportal.domain.verdicts import Level
from mockportal.storage import staging_statements as statements
from mockportal.storage.batches import insert_rows
from mockportal.storage.database import roomy
from mockportal.storage.tables import (
    deposits,
    pieces,
    rejections,
)

Stage = Callable[[Sequence[tuple[Piece, Sequence[Staged]]]], None]
_STREAMED = 2_000
_PASSAGE_COLUMNS = (
    "technical_id", "piece", "position", "certification", "holder_id", "valid_from", "late",
    "levels", "suppresses", "alive", "certification_id", "name_key",
)  # fmt: skip
_REJECTION_COLUMNS = ("technical_id", "piece", "position", "code", "text", "levels")


class Staging:
    """The verdicts of each deposit, batch by batch."""

    def __init__(self, engine: Engine) -> None:
        """Keep the engine."""
        self._engine = engine
        self._writer = engine.execution_options(writes=True)

    def pending(self, deposit: DepositId) -> Iterator[Piece]:
        """Yield the pieces that are not judged yet, in order."""
        after = -1
        while True:
            with self._engine.connect() as connection:
                rows = connection.execute(
                    statements.PENDING, {"deposit": deposit, "after": after}
                ).all()
            yield from map(_piece, rows)
            if len(rows) < statements.PENDING_AT_ONCE:
                return
            after = rows[-1].number

    def piece(self, deposit: DepositId, number: int) -> Piece | None:
        """Return one piece."""
        wanted = select(pieces).where(
            pieces.c.deposit_id == _number(deposit), pieces.c.number == number
        )
        with self._engine.connect() as connection:
            row = connection.execute(wanted).first()
        return None if row is None else _piece(row)

    def certifications(
        self, deposit: DepositId, first: int, last: int
    ) -> list[AwardedCertification]:
        """Return the certifications of the file from ordinal ``first`` to ``last`` included."""
        meant = {"deposit": deposit, "first": first, "last": last}
        with self._engine.connect() as connection:
            return [
                AwardedCertification(*row)
                for row in connection.execute(statements.CERTIFICATIONS, meant)
            ]

    def stage(self, deposit: DepositId, judged: Sequence[tuple[Piece, Sequence[Staged]]]) -> None:
        """Keep the verdicts on some pieces and mark them as judged, in one transaction."""
        with self.staging(deposit) as stage:
            stage(judged)

    @contextmanager
    def staging(self, deposit: DepositId) -> Iterator[Stage]:
        """Give what stages batch after batch: on one connection, which still has the last pages."""
        with self._writer.connect() as connection, roomy(connection):

            def stage(judged: Sequence[tuple[Piece, Sequence[Staged]]]) -> None:
                with connection.begin():
                    _stage(connection, deposit, judged)

            yield stage

    def rejections(
        self, deposit: DepositId, code: str | None = None, limit: int | None = None
    ) -> Iterator[Rejection]:
        """Yield the KO passages in the order of the file, streaming."""
        wanted = statements.REJECTIONS
        if code is not None:
            wanted = wanted.where(rejections.c.code == code)
        if limit is not None:
            wanted = wanted.limit(limit)
        # Left before its end, the list must not leave a cursor open in the database.
        with (
            self._engine.connect().execution_options(yield_per=_STREAMED) as connection,
            connection.execute(wanted, {"deposit": deposit}) as rows,
        ):
            for row in rows:
                yield Rejection(
                    TechnicalId(row.technical_id),
                    Code(row.code),
                    row.text,
                    levels_of(row.levels),
                    row.piece,
                    row.position,
                )

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
            .where(rejections.c.deposit_id == _number(deposit))
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


def _piece(row: Row[Any]) -> Piece:
    return Piece(row.number, row.offset, row.length, row.first_certification, row.passages)


def _number(deposit: DepositId) -> ScalarSelect[int]:
    return select(deposits.c.id).where(deposits.c.public_id == deposit).scalar_subquery()


_HEAD = text(
    "SELECT d.id, d.world_id, d.sender, d.organisation_id, coalesce(o.id, 0) AS certifier_id "
    "FROM deposits d LEFT JOIN organisations o ON o.world_id = d.world_id "
    "AND o.client_id = d.certifier AND o.kind = 'certifier' WHERE d.public_id = :deposit "
    "AND d.removed_at IS NULL"
)


def _stage(
    connection: Connection, deposit: DepositId, judged: Sequence[tuple[Piece, Sequence[Staged]]]
) -> None:
    head = connection.execute(_HEAD, {"deposit": deposit}).first()
    if head is None:
        raise VanishedError(f"deposit {deposit} is not there to be judged")
    marked = connection.scalars(
        statements.JUDGE,
        {"number_of": head.id, "judged_now": [piece.number for piece, _ in judged]},
    ).all()
    mine = [one for one in judged if one[0].number in marked]  # others were faster
    _insert_accepted(connection, head, mine)
    ko = _insert_rejected(connection, head, mine)
    counted = {
        "ok": sum(len(one) for _, one in mine) - ko,
        "ko": ko,
        "too_late": sum(v.late for _, one in mine for v in one),
    }
    connection.execute(statements.COUNT, {"number_of": head.id, **counted})


def _insert_accepted(
    connection: Connection, head: Row[Any], judged: Sequence[tuple[Piece, Sequence[Staged]]]
) -> None:
    rows = [
        (
            one.technical_id,
            piece.number,
            one.position,
            one.certification,
            one.holder,
            one.valid_from.isoformat(),
            one.late,
            packed(one.levels),
            one.holder is None,
            one.holder is not None,
            one.certification_id,
            one.name_key,
        )
        for piece, verdicts in judged
        for one in verdicts
        if one.code is None
    ]
    same = {
        "deposit_id": head.id,
        "sender_key": sender_key(head.world_id, head.sender),
        "organisation_id": head.organisation_id,
        "certifier_id": head.certifier_id,
    }
    insert_rows(connection, "passages", same, _PASSAGE_COLUMNS, rows)


def _insert_rejected(
    connection: Connection, head: Row[Any], judged: Sequence[tuple[Piece, Sequence[Staged]]]
) -> int:
    rows = [
        (
            one.technical_id,
            piece.number,
            one.position,
            one.code.value,
            one.text,
            packed(one.levels),
        )
        for piece, verdicts in judged
        for one in verdicts
        if one.code
    ]
    insert_rows(connection, "rejections", {"deposit_id": head.id}, _REJECTION_COLUMNS, rows)
    return len(rows)


@lru_cache(maxsize=1024)
def packed(levels: tuple[Level, ...]) -> str:
    """Return the levels that were tried as their column holds them."""
    return " ".join(f"{one.level}:{one.matches}" for one in levels)


def levels_of(column: str) -> tuple[Level, ...]:
    """Return the levels that a column holds."""
    pairs = (one.split(":") for one in column.split())
    return tuple(Level(int(level), int(matches)) for level, matches in pairs)
