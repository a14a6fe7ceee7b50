"""How far the treatment of a deposit has come, for the script of its page."""

from datetime import datetime
from typing import Any

from mockportal.domain.deposits import Deposit, Status


def progress_json(deposit: Deposit, now: datetime) -> dict[str, Any]:
    """Return the counts so far; ``total`` is None while the first control has not counted."""
    return {
        "over": deposit.status is not Status.PROCESSING,
        "waiting": deposit.waits(now),
        "total": deposit.outline.passages if deposit.outline else None,
        "done": deposit.accepted + deposit.rejected,
        "accepted": deposit.accepted,
        "rejected": deposit.rejected,
    }
