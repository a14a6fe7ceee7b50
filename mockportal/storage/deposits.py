"""Deposits: recorded, taken or refused, and found again."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import (
    Connection,
    Engine,
    Insert,
    delete,
    insert,
    select,
    update,
)

from mockportal.domain.deposits import (
    EVERY_DEPOSIT,
    AcceptedPassage,
    Deposit,
    DepositFilter,
    DepositPage,
    FileError,
    Lease,
    Piece,
    Status,
    Taken,
    VanishedError,
)
from mockportal.domain.flux import AwardedCertification
from mockportal.domain.identifiers import DepositId
from mockportal.domain.organisations import Organisation
from mockportal.domain.pages import Turn
from mockportal.domain.worlds import Step
from mockportal.storage import deposit_statements as statements
from mockportal.storage.deposit_lists import Seer, accepted_of, page_of
from mockportal.storage.deposit_rows import deposit_of, microseconds, outline_values
from mockportal.storage.origins import origin_of
from mockportal.storage.portions import delete_portions
from mockportal.storage.staging import Staging
from mockportal.storage.suppressing import fewer_alive, suppress
from mockportal.storage.tables import (
    deposits,
    file_errors,
    passages,
    pieces,
    rejections,
)
from mockportal.storage.tallies import Shift, tally


class DepositStore(Staging):
    """Deposits, and through ``Staging`` the verdicts under them."""

    def __init__(self, engine: Engine, *, any_sender: bool = False) -> None:
        """Keep the engine, and whether the portal lets every émetteur through."""
        super().__init__(engine)
        self._any_sender = any_sender
        self._outliving = engine.execution_options(writes=True, outlives=True)

    def record(self, deposit: Deposit, lease: Lease | None = None) -> Deposit:
        """Record a new deposit and return it with the ``processing_id`` that its world gives.

        With a ``lease``, no worker takes it up while that holds. Raises VanishedError when the
        account is no longer there, or goes: its world is being reset or deleted. Once it is
        answered that a file was taken, it is: whatever becomes of the machine.
        """
        with self._outliving.begin() as connection:
            # The world's row is held first, as by whoever empties the world.
            world = connection.execute(statements.NEXT_NUMBER, {"world": deposit.world}).first()
            whose = {"account": deposit.account, "organisation": deposit.organisation}
            if world is None or connection.scalar(statements.ACCOUNT, whose) is None:
                raise VanishedError(f"deposit {deposit.id} belongs to no account")
            if origin_of(world.origin).step in (Step.RESETTING, Step.DELETING):
                raise VanishedError(f"the world of deposit {deposit.id} goes")
            row = connection.execute(
                statements.INSERT,
                {
                    "public_id": deposit.id,
                    "world_id": deposit.world,
                    "account_id": deposit.account,
                    "organisation_id": deposit.organisation,
                    "file_name": deposit.file_name,
                    "size": deposit.size,
                    "received_at": deposit.received_at.isoformat(),
                    "processing_id": world.number,
                    "schema": deposit.schema,
                    "status": deposit.status.value,
                    "lease_owner": lease.owner if lease else None,
                    "lease_until": lease.until if lease else None,
                    "attempts": 1 if lease else 0,
                    "lane": deposit.lane,
                },
            ).one()
            made = deposit_of(row)
            self._recorded(connection, made)
            return made

    def refuse(
        self, deposit: DepositId, errors: Sequence[FileError], treated_at: datetime
    ) -> Deposit:
        """Keep the errors of the first control and end the deposit as REFUSED."""
        with self._writer.begin() as connection:
            number, found = _standing(connection, deposit)
            if found.status is not Status.PROCESSING:
                return found  # another worker was faster
            connection.execute(
                insert(file_errors),
                [
                    {
                        "deposit_id": number,
                        "position": position,
                        "line": error.line,
                        "column": error.column,
                        "message": error.message,
                    }
                    for position, error in enumerate(errors)
                ],
            )
            values = {"status": Status.REFUSED.value, "treated_at": treated_at.isoformat()}
            ended = _changed(connection, number, {**values, "lease_until": None})
            tally(connection, {number: Shift(deposits=1)})
            return ended

    def take(
        self,
        deposit: DepositId,
        taken: Taken,
        cut: Iterable[Piece],
        certifications: Iterable[AwardedCertification],
    ) -> Deposit:
        """Keep what the first control read: outline, pieces, certifications by ordinal."""
        with self._writer.begin() as connection:
            number, found = _standing(connection, deposit)
            if found.outline is not None:
                return found  # another worker was faster
            earlier = {
                "organisation": found.organisation,
                "flux": taken.outline.flux_id,
                "before": number,
            }
            seen = connection.scalar(statements.SAME_FLUX, earlier) is not None
            values = {
                **outline_values(taken.outline),
                "flux_seen_before": seen,
                "regular_copy": taken.regular_copy,
                "attempts": 0,
                "interruptions": 0,
                "failure": None,
            }
            if taken.due is not None:
                at = taken.due.at
                values["due_at"] = None if at is None else microseconds(at)
                values |= {"looks_left": taken.due.looks, "lease_until": None}
                values["at_once"] = taken.due.at_once
            changed = _changed(connection, number, values)
            _insert_all(
                connection,
                statements.INSERT_PIECES,
                [
                    {
                        "deposit_id": number,
                        "number": piece.number,
                        "offset": piece.offset,
                        "length": piece.length,
                        "first_certification": piece.first_certification,
                        "passages": piece.passages,
                    }
                    for piece in cut
                ],
            )
            _insert_all(
                connection,
                statements.INSERT_CERTIFICATIONS,
                [
                    {
                        "deposit_id": number,
                        "ordinal": ordinal,
                        "type": one.type,
                        "code": one.code,
                        "depositor_nature": one.depositor_nature,
                    }
                    for ordinal, one in enumerate(certifications)
                ],
            )
            return changed

    def publish(self, deposit: DepositId, treated_at: datetime) -> Deposit:
        """Publish all that is staged and end the deposit, in one short transaction.

        Nobody holds it after that.
        """
        with self._writer.begin() as connection:
            number, found = _standing(connection, deposit)
            if found.status is not Status.PROCESSING:
                return found  # another worker was faster
            gone = suppress(connection, number, treated_at) if found.suppresses else {}
            fewer_alive(connection, gone)
            alive = 0 if found.suppresses else found.accepted
            status = Status.PARTLY_REJECTED if found.rejected else Status.ACCEPTED
            ended = _changed(
                connection,
                number,
                {
                    "status": status.value,
                    "treated_at": treated_at.isoformat(),
                    "alive": alive,
                    "failure": None,
                    "lease_until": None,
                },
            )
            self._published(connection, ended)
            shifts = {one: Shift(alive=-count) for one, count in gone.items()}
            shifts[number] = Shift(1, alive, found.accepted + found.rejected)
            tally(connection, shifts)
            return ended

    def fail(self, deposit: DepositId, reason: str, now: datetime) -> Deposit:
        """End a deposit as FAILED, for a reason that the operator reads; nothing staged is left.

        Where this is cut off, it is done again from its beginning.
        """
        with self._engine.connect() as connection:
            number, found = _standing(connection, deposit)
        if found.status is not Status.PROCESSING:
            return found
        for table in (passages, rejections):
            delete_portions(self._engine, table, table.c.deposit_id == number)
        with self._writer.begin() as connection:
            number, found = _standing(connection, deposit)
            if found.status is not Status.PROCESSING:
                return found  # another worker was faster
            for table in (passages, rejections):  # whoever had lost it may have staged meanwhile
                connection.execute(delete(table).where(table.c.deposit_id == number))
            connection.execute(
                update(pieces).where(pieces.c.deposit_id == number).values(judged=False)
            )
            ended = _changed(
                connection,
                number,
                {
                    "status": Status.FAILED.value,
                    "failure": reason,
                    "treated_at": now.isoformat(),
                    "lease_until": None,
                    "retry_at": None,
                    "accepted": 0,
                    "rejected": 0,
                    "late": 0,
                },
            )
            tally(connection, {number: Shift(deposits=1)})
            return ended

    def reopen(self, deposit: DepositId, now: datetime) -> Deposit | None:
        """Have a deposit treated after all that ended as FAILED; None where there is no such."""
        meant = deposits.c.public_id == deposit
        failed = (
            meant & (deposits.c.status == Status.FAILED.value) & deposits.c.removed_at.is_(None)
        )
        with self._writer.begin() as connection:
            row = connection.execute(
                select(deposits.c.id, deposits.c.flux_id).where(failed).with_for_update()
            ).first()
            if row is None:
                return None
            tally(connection, {row.id: Shift(deposits=-1)})
            checked = row.flux_id is not None
            values: dict[str, object] = {
                "status": Status.PROCESSING.value,
                "treated_at": None,
                "attempts": 0,
                "interruptions": 0,
                "failure": None,
                "due_at": microseconds(now) if checked else None,
                "at_once": checked,
                "looks_left": None,
            }
            return _changed(connection, row.id, values)

    def _recorded(self, connection: Connection, deposit: Deposit) -> None:
        """Go on in the transaction that has recorded a deposit."""

    def _published(self, connection: Connection, deposit: Deposit) -> None:
        """Go on in the transaction that has published a deposit."""

    def is_processing(self, deposit: DepositId) -> bool | None:
        """Tell whether a deposit is still processing; None where there is none."""
        with self._engine.connect() as connection:
            status = connection.scalar(statements.STATUS, {"deposit": deposit})
        return None if status is None else status == Status.PROCESSING.value

    def get(self, deposit: DepositId) -> Deposit | None:
        """Return a deposit, or None."""
        with self._engine.connect() as connection:
            row = connection.execute(statements.BY_ID, {"deposit": deposit}).first()
        return deposit_of(row) if row else None

    def of_organisation(
        self,
        organisation: Organisation,
        page: int,
        size: int,
        wanted: DepositFilter = EVERY_DEPOSIT,
        turn: Turn | None = None,
    ) -> DepositPage:
        """Return those wanted of the deposits that an organisation may see, newest first.

        A ``turn`` leads to a page without counting, an empty one where nothing lies beside its
        item; where there is no such item, ``page`` counts.
        """
        seer = Seer(organisation, self._any_sender)
        return page_of(self._engine, seer, page, size, wanted, turn)

    def accepted(self, deposit: DepositId, page: int, size: int) -> list[AcceptedPassage]:
        """Return a page of the accepted passages in the order of the file."""
        return accepted_of(self._engine, deposit, page, size)

    def unfinished(self) -> list[DepositId]:
        """Return the deposits that are still processing, oldest first."""
        wanted = select(deposits.c.public_id).where(deposits.c.status == Status.PROCESSING.value)
        with self._engine.connect() as connection:
            return [DepositId(one) for one in connection.scalars(wanted.order_by(deposits.c.id))]

    def errors(self, deposit: DepositId) -> list[FileError]:
        """Return the errors of a refused file."""
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(file_errors)
                .where(file_errors.c.deposit_id == _number(connection, deposit))
                .order_by(file_errors.c.position)
            ).all()
        return [FileError(row.line, row.column, row.message) for row in rows]


def _insert_all(connection: Connection, insertion: Insert, rows: list[dict[str, object]]) -> None:
    if rows:
        connection.execute(insertion, rows)


def _number(connection: Connection, deposit: DepositId) -> int:
    found: int | None = connection.scalar(
        select(deposits.c.id).where(deposits.c.public_id == deposit)
    )
    if found is None:
        raise VanishedError(f"there is no deposit {deposit}")
    return found


def _changed(connection: Connection, number: int, values: dict[str, object]) -> Deposit:
    """Change columns of a deposit, and return it as it is now."""
    return deposit_of(connection.execute(statements.UPDATE, {"changed": number, **values}).one())


def _standing(connection: Connection, deposit: DepositId) -> tuple[int, Deposit]:
    """Return a deposit that is there and was not withdrawn while it was processing; hold it."""
    row = connection.execute(statements.HELD, {"deposit": deposit}).first()
    if row is None:
        raise VanishedError(f"there is no deposit {deposit}")
    found = deposit_of(row)
    if found.status is Status.PROCESSING and found.removed_at:
        raise VanishedError(f"deposit {deposit} was withdrawn")
    return row.id, found
