"""The journey of a deposit, from the upload to the receipt."""

from dataclasses import dataclass
from typing import BinaryIO

from mockportal.domain.deposits import Deposit, Refused, Status
from mockportal.domain.identifiers import ProcessingId
from mockportal.domain.organisations import Account
from mockportal.domain.uploads import UploadRefusal, refusal_of_name
from mockportal.journeys.control import control_file
from mockportal.journeys.desk import Desk
from mockportal.journeys.newcomers import make_certifier_known
from mockportal.journeys.receipt import end_refused, publish
from mockportal.journeys.treatment import treat


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it comes in: its name as the sender wrote it, and its bytes."""

    name: str
    content: BinaryIO


def deposit_file(desk: Desk, account: Account, upload: Upload) -> Deposit | UploadRefusal:
    """Return the deposit that an upload becomes, or why it becomes none.

    Both controls are results: whatever the file, the deposit is kept and gets its receipt.
    """
    deposit = record(desk, account, upload)
    if isinstance(deposit, UploadRefusal):
        return deposit
    checked = control_file(desk, deposit)
    if isinstance(checked, Refused):
        return end_refused(desk, deposit, checked)
    return finish(desk, checked) if desk.policy.immediate else checked


def finish(desk: Desk, deposit: Deposit) -> Deposit:
    """Return a deposit that passed the first control, treated and published."""
    account = desk.stores.organisations.account(deposit.account)
    if account is None or deposit.outline is None:
        raise LookupError(f"deposit {deposit.id} belongs to no account, or was not controlled")
    with desk.turns.of(deposit.world, deposit.outline.sender):
        if desk.policy.any_sender:
            make_certifier_known(desk, deposit)
        treat(desk, deposit, account.organisation)
        return publish(desk, deposit)


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
        )
    )


def resume(desk: Desk) -> int:
    """Bring to its end whatever an earlier process left in the middle; return how many.

    A deposit whose first control was not over starts again from its kept file; one that was
    being treated goes on from its first batch that is not staged.
    """
    unfinished = desk.stores.deposits.unfinished()
    for deposit_id in unfinished:
        deposit = desk.stores.deposits.get(deposit_id)
        if deposit is None or deposit.status is not Status.PROCESSING:
            continue
        checked = deposit if deposit.outline else control_file(desk, deposit)
        if isinstance(checked, Refused):
            end_refused(desk, deposit, checked)
        elif desk.policy.immediate:
            finish(desk, checked)
    return len(unfinished)
