"""The end of a deposit: its receipt is written, then all is published at once."""

from io import BytesIO

from mockportal.domain.deposits import Deposit, Refused, Status
from mockportal.journeys.desk import Desk
from mockportal.wire.receipts import (
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
        write_refused(out, ReceiptHead(deposit.file_name, deposit.processing_id), refused.errors)
    now = desk.circumstances.now(deposit.world)
    return desk.stores.deposits.refuse(deposit.id, refused.errors, now)


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
        )
    return deposits.publish(deposit.id, desk.circumstances.now(deposit.world))


def head_of(deposit: Deposit) -> ReceiptHead:
    """Return what receipts say of a deposit's file."""
    flux_id = deposit.outline.flux_id if deposit.outline else None
    return ReceiptHead(deposit.file_name, deposit.processing_id, flux_id)


def receipt_file_name(deposit: Deposit) -> str | None:
    """Return the name under which the receipt is downloaded; None while there is none."""
    return receipt_name(deposit.file_name, deposit.treated_at) if deposit.treated_at else None


def acknowledgement(deposit: Deposit) -> tuple[str, bytes]:
    """Return the name and the bytes of the accusé de réception."""
    out = BytesIO()
    write_acknowledgement(
        out,
        head_of(deposit),
        deposit.received_at,
        accepted=deposit.status is not Status.REFUSED,
    )
    return acknowledgement_name(deposit.file_name, deposit.received_at), out.getvalue()
