"""The end of a deposit: its receipt is written, then all is published at once."""

from dataclasses import replace
from io import BytesIO

from mockportal.domain.deposits import Deposit, Refused, Status
from mockportal.domain.ellipsis import abridged
from mockportal.domain.file_errors import LONGEST_MESSAGE
from mockportal.journeys.desk import Desk
from mockportal.wire.receipts import (
    FileVerdict,
    ReceiptHead,
    acknowledgement_name,
    receipt_name,
    write_acknowledgement,
    write_processed,
    write_refused,
)


def end_refused(desk: Desk, deposit: Deposit, refused: Refused) -> Deposit:
    """Write the receipt of a file that failed the first control, and end its deposit."""
    with desk.stores.files.writing(desk.stores.files.receipt(deposit.id)) as out:
        head = ReceiptHead(deposit.file_name, deposit.processing_id)
        write_refused(out, head, refused.errors, desk.policy.receipts)
    now = desk.circumstances.now(deposit.world)
    shown = [replace(e, message=abridged(e.message, LONGEST_MESSAGE)) for e in refused.errors]
    return desk.stores.deposits.refuse(deposit.id, shown, now)


def publish(desk: Desk, deposit: Deposit) -> Deposit:
    """Write the receipt of a treated deposit, then publish its passages in one transaction."""
    deposits = desk.stores.deposits
    with desk.stores.files.writing(desk.stores.files.receipt(deposit.id)) as out:
        write_processed(
            out,
            head_of(deposit),
            deposits.rejected_ids(deposit.id),
            deposits.accepted_ids(deposit.id),
            desk.policy.empty_lists,
            desk.policy.receipts,
        )
    return deposits.publish(deposit.id, desk.circumstances.now(deposit.world))


def head_of(deposit: Deposit) -> ReceiptHead:
    """Return what receipts say of a deposit's file."""
    flux_id = deposit.outline.flux_id if deposit.outline else None
    return ReceiptHead(deposit.file_name, deposit.processing_id, flux_id)


def receipt_file_name(deposit: Deposit) -> str | None:
    """Return the name under which the receipt is downloaded; None while there is none."""
    if deposit.treated_at is None or not deposit.has_receipt:
        return None
    return receipt_name(deposit.file_name, deposit.treated_at)


def acknowledgement(deposit: Deposit) -> tuple[str, bytes]:
    """Return the name and the bytes of the accusé de réception."""
    out = BytesIO()
    write_acknowledgement(
        out,
        head_of(deposit),
        deposit.received_at,
        _file_verdict(deposit),
    )
    return acknowledgement_name(deposit.file_name, deposit.received_at), out.getvalue()


def _file_verdict(deposit: Deposit) -> FileVerdict:
    if deposit.status is Status.REFUSED:
        return FileVerdict.REFUSED
    if deposit.outline is not None:
        return FileVerdict.ACCEPTED
    return FileVerdict.FAILED if deposit.status is Status.FAILED else FileVerdict.PENDING
