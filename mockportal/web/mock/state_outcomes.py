"""The state of a world and its mails, as JSON."""

from typing import Any

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
        "passages": found.census.passages,
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
