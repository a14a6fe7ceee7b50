"""Deposits: recorded, taken or refused, and found again."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import (
    Connection,
    Engine,
    Insert,
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
from mockportal.storage.deposit_lists import Seer, accepted_of, page_of
from mockportal.storage.deposit_rows import deposit_of, outline_values
from mockportal.storage.staging import Staging
from mockportal.storage.suppressing import fewer_alive, suppress
from mockportal.storage.tables import (
    accounts,
    deposit_certifications,
    deposits,
    file_errors,
    pieces,
    worlds,
)
from mockportal.storage.tallies import Shift, tally


class DepositStore(Staging):
    """Deposits, and through ``Staging`` the verdicts under them."""

    def __init__(self, engine: Engine, *, any_sender: bool = False) -> None:
        """Keep the engine, and whether the portal lets every émetteur through."""
        super().__init__(engine)
        self._any_sender = any_sender

    def record(self, deposit: Deposit, lease: Lease | None = None) -> Deposit:
        """Record a new deposit and return it with the ``processing_id`` that its world gives.

        With a ``lease``, no worker takes it up while that holds. Raises VanishedError when the
        account is no longer there.
        """
        with self._writer.begin() as connection:
            of_it = select(accounts.c.number).where(
                accounts.c.id == deposit.account,
                accounts.c.organisation_id == deposit.organisation,
            )
            if connection.scalar(of_it) is None:
                raise VanishedError(f"deposit {deposit.id} belongs to no account")
            number = connection.scalar(
                update(worlds)
                .where(worlds.c.id == deposit.world)
                .values(next_processing_id=worlds.c.next_processing_id + 1)
                .returning(worlds.c.next_processing_id - 1)
            )
            connection.execute(
                insert(deposits).values(
                    public_id=deposit.id,
                    world_id=deposit.world,
                    account_id=deposit.account,
                    organisation_id=deposit.organisation,
                    file_name=deposit.file_name,
                    size=deposit.size,
                    received_at=deposit.received_at.isoformat(),
                    processing_id=number,
                    schema=deposit.schema,
                    status=deposit.status.value,
                    lease_owner=lease.owner if lease else None,
                    lease_until=lease.until if lease else None,
                )
            )
            return _deposit(connection, deposit.id)

    def refuse(
        self, deposit: DepositId, errors: Sequence[FileError], treated_at: datetime
    ) -> Deposit:
        """Keep the errors of the first control and end the deposit as REFUSED."""
        with self._writer.begin() as connection:
            ended = _standing(connection, deposit)
            if ended.status is not Status.PROCESSING:
                return ended  # another worker was faster
            number = _number(connection, deposit)
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
            connection.execute(
                update(deposits)
                .where(deposits.c.id == number)
                .values(
                    status=Status.REFUSED.value,
                    treated_at=treated_at.isoformat(),
                    lease_until=None,
                )
            )
            tally(connection, {number: Shift(deposits=1)})
            return _deposit(connection, deposit)

    def take(
        self,
        deposit: DepositId,
        taken: Taken,
        cut: Iterable[Piece],
        certifications: Iterable[AwardedCertification],
    ) -> Deposit:
        """Keep what the first control read: outline, pieces, certifications by ordinal."""
        outline = taken.outline
        with self._writer.begin() as connection:
            before_it = _standing(connection, deposit)
            if before_it.outline is not None:
                return before_it  # another worker was faster
            number = _number(connection, deposit)
            organisation = select(deposits.c.organisation_id).where(deposits.c.id == number)
            before = connection.scalar(
                select(deposits.c.id)
                .where(
                    deposits.c.organisation_id == organisation.scalar_subquery(),
                    deposits.c.flux_id == outline.flux_id,
                    deposits.c.id < number,
                )
                .limit(1)
            )
            connection.execute(
                update(deposits)
                .where(deposits.c.id == number)
                .values(
                    **outline_values(outline),
                    flux_seen_before=before is not None,
                    regular_copy=taken.regular_copy,
                )
            )
            _insert_all(
                connection,
                insert(pieces),
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
                insert(deposit_certifications),
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
            return _deposit(connection, deposit)

    def publish(self, deposit: DepositId, treated_at: datetime) -> Deposit:
        """Publish all that is staged and end the deposit, in one short transaction.

        Nobody holds it after that.
        """
        with self._writer.begin() as connection:
            ended = _standing(connection, deposit)
            if ended.status is not Status.PROCESSING:
                return ended  # another worker was faster
            number = _number(connection, deposit)
            gone = suppress(connection, number, treated_at) if ended.suppresses else {}
            fewer_alive(connection, gone)
            alive = 0 if ended.suppresses else ended.accepted
            status = Status.PARTLY_REJECTED if ended.rejected else Status.ACCEPTED
            connection.execute(
                update(deposits)
                .where(deposits.c.id == number)
                .values(
                    status=status.value,
                    treated_at=treated_at.isoformat(),
                    alive=alive,
                    lease_until=None,
                )
            )
            shifts = {one: Shift(alive=-count) for one, count in gone.items()}
            shifts[number] = Shift(1, alive, ended.accepted + ended.rejected)
            tally(connection, shifts)
            return _deposit(connection, deposit)

    def get(self, deposit: DepositId) -> Deposit | None:
        """Return a deposit, or None."""
        with self._engine.connect() as connection:
            row = connection.execute(
                select(deposits).where(deposits.c.public_id == deposit)
            ).first()
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

        A ``turn`` leads to a page without counting, if there is one.
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


def _deposit(connection: Connection, deposit: DepositId) -> Deposit:
    row = connection.execute(select(deposits).where(deposits.c.public_id == deposit)).first()
    if row is None:
        raise VanishedError(f"there is no deposit {deposit}")
    return deposit_of(row)


def _standing(connection: Connection, deposit: DepositId) -> Deposit:
    """Return a deposit that is there and was not withdrawn while it was processing; hold it."""
    held = select(deposits.c.id).where(deposits.c.public_id == deposit)
    connection.execute(held.with_for_update())
    found = _deposit(connection, deposit)
    if found.status is Status.PROCESSING and found.removed_at:
        raise VanishedError(f"deposit {deposit} was withdrawn")
    return found
