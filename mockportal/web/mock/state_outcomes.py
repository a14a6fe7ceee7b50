"""The state of a world and its mails, as JSON."""

from typing import Any

from mockportal.domain.deposits import Deposit
from mockportal.domain.mails import Mail
from mockportal.journeys.survey import Survey
from mockportal.web.mock.outcomes import organisation_json
from mockportal.web.mock.time_outcomes import clock_json, processing_json


def state_json(name: str, found: Survey) -> dict[str, Any]:
    """Return what a world holds and how it is set."""
    return {
        "world": name,
        "clock": clock_json(found.clock),
        "processing": processing_json(found.processing),
        "accounts": [
            {"account_id": one.id, **organisation_json(one.organisation)} for one in found.accounts
        ],
        "people": found.people,
        "certifications": found.certifications,
        "deposits": {status.value: count for status, count in found.census.deposits.items()},
        "failed": [_failed_json(one) for one in found.failed],
        "passages": found.census.passages,
    }


def _failed_json(deposit: Deposit) -> dict[str, Any]:
    return {
        "id": deposit.id,
        "processing_id": deposit.processing_id,
        "file_name": deposit.file_name,
        "account_id": deposit.account,
        "reason": deposit.failure or "",
    }


def mail_json(mail: Mail) -> dict[str, Any]:
    """Return a mail."""
    return {
        "id": mail.id,
        "to": mail.to,
        "subject": mail.letter.subject,
        "text": mail.letter.text,
        "links": list(mail.letter.links),
        "made_at": mail.made_at.isoformat(),
    }
