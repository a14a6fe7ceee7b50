"""Deposits and explanations as JSON, with the flux's own names for the fields of people."""

from typing import Any
from zoneinfo import ZoneInfo

from mockportal.domain.advice import Advice
from mockportal.domain.deposits import Deposit, FileError
from mockportal.domain.differences import Difference
from mockportal.domain.explaining import Explanation, Nearest
from mockportal.domain.file_errors import Place
from mockportal.domain.messages import Message
from mockportal.domain.people import Holder
from mockportal.domain.reference import Certification, NewHolder
from mockportal.domain.value_warnings import ValueWarning
from mockportal.domain.verdicts import Accepted
from mockportal.wire.names import HOLDER_FIELDS
from mockportal.wire.person_keys import ENGLISH, PERSON_KEYS
from mockportal.wire.side_cars import context_json

_PARIS = ZoneInfo("Europe/Paris")


def deposit_json(deposit: Deposit) -> dict[str, Any]:
    """Return a deposit as the API gives it; times carry an offset."""
    return {
        "id": deposit.id,
        "processing_id": deposit.processing_id,
        "file_name": deposit.file_name,
        "flux_id": deposit.outline.flux_id if deposit.outline else None,
        "status": deposit.status.value,
        "status_label": deposit.status.label,
        "accepted": deposit.accepted,
        "rejected": deposit.rejected,
        "received_at": deposit.received_at.isoformat(),
        "receipt_due_at": deposit.due_at.astimezone(_PARIS).isoformat() if deposit.due_at else None,
        "late": deposit.late,
        "warnings": ["flux_id_seen_before"] if deposit.flux_seen_before else [],
    }


def explanation_json(explanation: Explanation, message: Message) -> dict[str, Any]:
    """Return the explanation of one passage."""
    return {
        "technical_id": explanation.technical_id,
        "verdict": "accepted" if isinstance(explanation.verdict, Accepted) else "rejected",
        "code": message.code.value,
        "message": explanation.text,
        "levels": [
            {
                "level": level.level,
                "criteria": [HOLDER_FIELDS.get(c, c) for c in level.criteria],
                "matches": level.matches,
                "searched": {HOLDER_FIELDS.get(c, c): value for c, value in level.searched},
            }
            for level in explanation.levels
        ],
        "nearest": [nearest_json(one) for one in explanation.nearest],
        "causes": list(explanation.causes),
        "advice": {"happened": message.happened, "check": message.check, "mend": message.mend},
    }


def warning_json(warning: ValueWarning) -> dict[str, Any]:
    """Return what is doubtful in passages: their number, the first of them, what to do."""
    return {
        "kind": warning.kind.value,
        "field": warning.field,
        "count": warning.count,
        "message": warning.kind.advice.happened,
        "advice": warning.kind.advice.mend,
        "passages": [
            {
                "technical_id": one.technical_id,
                "value": one.value or None,
                "suggestion": one.suggestion or None,
                "reason": one.reason or None,
            }
            for one in warning.passages
        ],
        "truncated": warning.count > len(warning.passages),
    }


def nearest_json(nearest: Nearest) -> dict[str, Any]:
    """Return a near person, without NIR, and what differs from the claim."""
    return {
        "holder": holder_json(nearest.holder),
        "differences": [difference_json(one) for one in nearest.differences],
    }


def holder_json(holder: Holder) -> dict[str, Any]:
    """Return a person with the flux's names, without NIR."""
    return {
        french: getattr(holder, english)
        for english, french in HOLDER_FIELDS.items()
        if english not in ("nir", "training_file", "postal_code")
    }


def person_json(person: NewHolder) -> dict[str, Any]:
    """Return a person who was added, with the flux's names."""
    return {one.name: getattr(person, ENGLISH[one.name]) for one in PERSON_KEYS}


def certification_json(certification: Certification) -> dict[str, Any]:
    """Return a certification of the reference list."""
    return {
        "type": certification.type,
        "code": certification.code,
        "label": certification.label,
        "active": certification.active,
    }


def difference_json(difference: Difference) -> dict[str, Any]:
    """Return one differing field."""
    return {
        "field": HOLDER_FIELDS.get(difference.field, difference.field),
        "given": difference.given,
        "found": difference.found,
        "kind": difference.kind.name.lower(),
        "matters": difference.matters,
    }


def error_json(error: FileError, advice: Advice) -> dict[str, Any]:
    """Return one error of the first control, with its place (when that is known) and its cure."""
    place = error.place or Place()
    return {
        "line": error.line,
        "column": error.column,
        "message": error.message,
        "path": place.path or None,
        "technical_id": place.technical_id,
        "meaning": advice.happened,
        "advice": advice.mend,
        "write": (advice.change.shown or None) if advice.change else None,
        "write_is_example": bool(advice.change and advice.change.to_complete),
        "context": context_json(place.context),
    }
