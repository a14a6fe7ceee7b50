"""A deposit as a row of its table, and back."""

from datetime import UTC, datetime, timedelta
from typing import Any

from mockportal.domain.deposits import Deposit, Status
from mockportal.domain.flux import Outline
from mockportal.domain.identifiers import (
    AccountId,
    ClientId,
    ContractId,
    DepositId,
    FluxId,
    ProcessingId,
    WorldId,
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def outline_values(outline: Outline) -> dict[str, object]:
    """Return the columns that hold an outline."""
    return {
        "flux_id": outline.flux_id,
        "timestamp": outline.timestamp,
        "sender": outline.sender,
        "certifier": outline.certifier,
        "contract": outline.contract,
        "action": outline.action,
        "passages": outline.passages,
        "certifications": outline.certifications,
    }


def deposit_of(row: Any) -> Deposit:
    """Return the deposit that a row holds."""
    outline = None
    if row.flux_id is not None:
        outline = Outline(
            flux_id=FluxId(row.flux_id),
            timestamp=row.timestamp,
            sender=ClientId(row.sender),
            certifier=ClientId(row.certifier),
            contract=ContractId(row.contract),
            action=row.action,
            passages=row.passages,
            certifications=row.certifications,
        )
    return Deposit(
        id=DepositId(row.public_id),
        world=WorldId(row.world_id),
        account=AccountId(row.account_id),
        organisation=row.organisation_id,
        file_name=row.file_name,
        size=row.size,
        received_at=datetime.fromisoformat(row.received_at),
        processing_id=ProcessingId(row.processing_id),
        schema=row.schema,
        status=Status(row.status),
        outline=outline,
        treated_at=datetime.fromisoformat(row.treated_at) if row.treated_at else None,
        accepted=row.accepted,
        rejected=row.rejected,
        late=row.late,
        flux_seen_before=row.flux_seen_before,
        regular_copy=row.regular_copy,
        due_at=moment_of(row.due_at),
        looks_left=row.looks_left,
        alive=row.alive,
        removed_at=datetime.fromisoformat(row.removed_at) if row.removed_at else None,
        attempts=row.attempts,
        failure=row.failure,
        at_once=row.at_once,
        lane=None if row.lane is None else ClientId(row.lane),
    )


def microseconds(moment: datetime) -> int:
    """Return a moment as a number that compares as moments do, whatever their offsets."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def moment_of(number: int | None) -> datetime | None:
    """Return the moment that a number stands for, in UTC."""
    return None if number is None else _EPOCH + timedelta(microseconds=number)
