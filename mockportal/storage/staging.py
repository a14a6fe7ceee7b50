"""What lies under a deposit: its pieces, and the verdicts, staged until it is published."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Row,
    select,
    text,
)

from mockportal.domain.comparing import sender_key
from mockportal.domain.deposits import Piece, Staged, VanishedError
from mockportal.domain.flux import AwardedCertification
from mockportal.domain.identifiers import DepositId
from mockportal.storage import staging_statements as statements
from mockportal.storage.batches import insert_rows
from mockportal.storage.database import roomy
from mockportal.storage.levels import packed
from mockportal.storage.tables import pieces
from mockportal.storage.verdict_lists import VerdictLists, number_of_deposit

Stage = Callable[[Sequence[tuple[Piece, Sequence[Staged]]]], None]
_PASSAGE_COLUMNS = (
    "technical_id", "piece", "position", "certification", "holder_id", "valid_from", "late",
    "levels", "suppresses", "alive", "certification_id", "name_key",
)  # fmt: skip
_REJECTION_COLUMNS = ("technical_id", "piece", "position", "code", "text", "levels")


class Staging(VerdictLists):
    """The verdicts of each deposit, batch by batch, and through ``VerdictLists`` what they are."""

    def __init__(self, engine: Engine) -> None:
        """Keep the engine."""
        super().__init__(engine)
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
            pieces.c.deposit_id == number_of_deposit(deposit), pieces.c.number == number
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

    @contextmanager
    def staging(self, deposit: DepositId) -> Iterator[Stage]:
        """Give what stages batch after batch: on one connection, which still has the last pages."""
        with self._writer.connect() as connection, roomy(connection):

            def stage(judged: Sequence[tuple[Piece, Sequence[Staged]]]) -> None:
                with connection.begin():
                    _stage(connection, deposit, judged)

            yield stage


def _piece(row: Row[Any]) -> Piece:
    return Piece(row.number, row.offset, row.length, row.first_certification, row.passages)


_HEAD_WORDS = (
    "SELECT d.id, d.world_id, d.sender, d.organisation_id, coalesce(o.id, 0) AS certifier_id "
    "FROM deposits d LEFT JOIN organisations o ON o.world_id = d.world_id "
    "AND o.client_id = d.certifier AND o.kind = 'certifier' WHERE d.public_id = :deposit "
    "AND d.removed_at IS NULL AND d.status = 'processing'"
)
_HEADS = {
    "sqlite": text(_HEAD_WORDS),
    # Held, so that a deposit does not end, or go, between this and what is staged under it.
    "postgresql": text(f"{_HEAD_WORDS} FOR NO KEY UPDATE OF d"),
}


def _stage(
    connection: Connection, deposit: DepositId, judged: Sequence[tuple[Piece, Sequence[Staged]]]
) -> None:
    head = connection.execute(_HEADS[connection.dialect.name], {"deposit": deposit}).first()
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
