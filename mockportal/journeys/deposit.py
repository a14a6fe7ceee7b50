"""The journey of a deposit, from the upload to the receipt."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from mockportal.domain.deposits import (
    Deposit,
    Due,
    PortalEndsError,
    Refused,
    Status,
    VanishedError,
)
from mockportal.domain.faults import Stage
from mockportal.domain.identifiers import ClientId, DepositId, ProcessingId
from mockportal.domain.organisations import Account
from mockportal.domain.processing import Mode, Processing
from mockportal.domain.uploads import UploadRefusal, refusal_of_name
from mockportal.journeys.control import control_file
from mockportal.journeys.desk import Desk
from mockportal.journeys.failure import FailedAttemptError, after_fault, longest_step
from mockportal.journeys.faults import is_stuck
from mockportal.journeys.newcomers import make_certifier_known
from mockportal.journeys.receipt import end_refused, publish
from mockportal.journeys.treatment import treat
from mockportal.wire.first_sender import first_sender


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it comes in: its name as the sender wrote it, and its bytes."""

    name: str
    content: BinaryIO


def deposit_file(desk: Desk, account: Account, upload: Upload) -> Deposit | UploadRefusal:
    """Return the deposit that an upload becomes, or why it becomes none.

    The file is kept and recorded before anything else, whatever it is. The first control runs at
    once; the second when the world's processing says, in a worker (``carry_on``).
    """
    try:
        deposit = record(desk, account, upload)
        if isinstance(deposit, UploadRefusal):
            return deposit
        with working_on(desk, deposit.id, longest_step(desk, deposit)):
            if is_stuck(desk, deposit, Stage.FIRST_CONTROL):
                return deposit
            checked = control_file(desk, deposit, partial(due, desk, deposit, account))
            if isinstance(checked, Refused):
                checked = end_refused(desk, deposit, checked)
    except VanishedError:
        return UploadRefusal.PORTAL_RESET
    except FailedAttemptError as failed:
        raise failed.__cause__ or failed from None
    desk.circumstances.wake()  # later ones of the same émetteur may have waited for it, too
    return checked


def carry_on(desk: Desk, deposit: Deposit) -> Deposit:
    """Return a deposit brought on as far as it goes now: from wherever a worker was cut off.

    One whose first control was not over starts again from its kept file; one that was being
    treated goes on from its first batch that is not staged.
    """
    account = desk.stores.organisations.account(deposit.account)
    if account is None:
        raise VanishedError(f"deposit {deposit.id} belongs to no account")
    desk.circumstances.progress(longest_step(desk, deposit))
    if deposit.outline is None:
        checked = control_file(desk, deposit, partial(due, desk, deposit, account))
        return end_refused(desk, deposit, checked) if isinstance(checked, Refused) else checked
    if desk.policy.any_sender:
        make_certifier_known(desk, deposit)
    treat(desk, deposit, account.organisation)
    desk.circumstances.progress(longest_step(desk, deposit))
    return publish(desk, deposit)


def due(desk: Desk, deposit: Deposit, account: Account) -> Due:
    """Return when the second control of an account's deposit falls due; a fault may hold it."""
    if is_stuck(desk, deposit, Stage.SECOND_CONTROL):
        return Due()
    processing = processing_of(desk, account)
    received = desk.circumstances.in_paris(deposit.received_at)
    return Due(
        processing.due(received, desk.circumstances.works),
        processing.looks,
        at_once=processing.mode is Mode.IMMEDIATE,
    )


def processing_of(desk: Desk, account: Account) -> Processing:
    """Return the processing of an account's deposits.

    Its own, else its world's, else the portal's.
    """
    world = account.organisation.world
    return account.processing or desk.stores.worlds.processing(world) or desk.policy.processing


@contextmanager
def working_on(desk: Desk, deposit: DepositId, longest: float | None = None) -> Iterator[None]:
    """Hold a deposit while the block runs; after a fault a worker takes it up.

    It is held for ``longest`` seconds at most, or as long as that takes. Raises VanishedError,
    whatever the fault, when it came of the deposit's being withdrawn or gone meanwhile (its world
    is emptied); what the block may have left on disk is removed. Raises FailedAttemptError for
    another fault of the deposit's own; those of the surroundings come as they are.
    """
    agenda = desk.stores.agenda
    try:
        with desk.circumstances.beating(lambda: agenda.renew(deposit), longest):
            yield
    except PortalEndsError:
        agenda.put_back(deposit)
        raise
    except Exception as fault:
        found = desk.stores.deposits.get(deposit)
        if found and not found.removed_at:
            if found.status is not Status.PROCESSING:
                raise
            after_fault(desk, found, fault)
            raise FailedAttemptError from fault
        agenda.free(deposit)
        if found is None:
            desk.stores.files.discard(deposit)
        raise VanishedError(f"deposit {deposit} went while it was worked on") from fault
    agenda.free(deposit)


def record(desk: Desk, account: Account, upload: Upload) -> Deposit | UploadRefusal:
    """Keep the file and record its deposit, or return why it is not taken."""
    refusal = refusal_of_name(upload.name)
    if refusal:
        return refusal
    world = account.organisation.world
    deposit_id = desk.circumstances.new_deposit_id(world)
    size = desk.stores.files.keep(deposit_id, upload.content, desk.policy.most_bytes)
    if size is None:
        return UploadRefusal.TOO_LARGE
    try:
        lane: ClientId | None = account.organisation.client_id
        if desk.policy.any_sender:  # else no other émetteur gets anything taken in
            lane = first_sender(desk.stores.files.original(deposit_id))
        return desk.stores.deposits.record(
            Deposit(
                id=deposit_id,
                world=world,
                account=account.id,
                organisation=account.organisation.id,
                file_name=upload.name,
                size=size,
                received_at=desk.circumstances.now(world),
                processing_id=ProcessingId(0),
                schema=account.schema or desk.policy.schema,
                status=Status.PROCESSING,
                lane=lane,
            ),
            desk.stores.agenda.lease(),
        )
    except Exception:
        _discard_unrecorded(desk, deposit_id)
        raise


def _discard_unrecorded(desk: Desk, deposit: DepositId) -> None:
    """Remove the file of a deposit that could not be recorded; where nobody knows, it stays."""
    with suppress(OSError):  # the connection may have gone just after the row was written
        if desk.stores.deposits.is_processing(deposit) is None:
            desk.stores.files.discard(deposit)
