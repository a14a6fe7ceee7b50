"""Passages as ``/api/v1`` answers them, and why some are not changed."""

from typing import Any

from flask import jsonify
from werkzeug.wrappers import Response

from mockportal.domain.passages import Happening, StoredPassage
from mockportal.journeys.modify import ChangeRefusal, Faulty, Modified, Outcome
from mockportal.journeys.passages import Listed, history_of, listed, said_by
from mockportal.web.programs.problem_types import ProblemType
from mockportal.web.programs.problems import problem
from mockportal.web.served import desk
from mockportal.wire.answers import explanation_json, holder_json
from mockportal.wire.passage_fields import FLUX_NAMES

NO_CONTENT = 204
_REFUSALS = {
    ChangeRefusal.NOT_FOUND: (ProblemType.NOT_FOUND, "There is no such passage, or it is deleted."),
    ChangeRefusal.NOT_ALLOWED: (
        ProblemType.MANDATE_ENDED,
        "The mandate for this passage has ended.",
    ),
    ChangeRefusal.CHANGED_MEANWHILE: (
        ProblemType.PASSAGE_CHANGED,
        "The passage is no longer as you saw it.",
    ),
}


def passage_json(one: Listed) -> dict[str, Any]:
    """Return a passage as a list has it."""
    passage, awarded = one.passage, one.certification
    return {
        "id": passage.id,
        "technical_id": passage.technical_id,
        "sender": passage.sender,
        "certifier": passage.certifier_client,
        "deposit_id": passage.deposit,
        "certification": awarded
        and {"type": awarded.type, "code": awarded.code, "label": awarded.label},
        "holder": one.holder and holder_json(one.holder),
        "valid_from": passage.valid_from.isoformat(),
        "late": passage.late,
        "deleted": not passage.alive,
        "modified_at": passage.modified_at and passage.modified_at.isoformat(),
        "version": passage.version,
    }


def one_passage(passage: StoredPassage) -> Response:
    """Answer with all that a passage says, and its history."""
    (one,) = listed(desk(), [passage])
    return jsonify(
        **passage_json(one),
        said=said_by(desk(), passage),
        history=[_happening_json(what) for what in history_of(desk(), passage)],
    )


def _happening_json(happening: Happening) -> dict[str, Any]:
    return {
        "at": happening.at.isoformat(),
        "what": happening.what.value,
        "account_id": happening.account,
        "deposit_id": happening.deposit,
        "changes": [
            {"field": FLUX_NAMES[one.field], "before": one.before, "after": one.after}
            for one in happening.changes
        ],
    }


def modified(outcome: Outcome) -> Response:
    """Answer with the passage as it is now, or say why it is as it was."""
    if isinstance(outcome, Modified):
        return one_passage(outcome.passage)
    if isinstance(outcome, ChangeRefusal):
        return refused(outcome)
    if isinstance(outcome, Faulty):
        return problem(
            ProblemType.FIRST_CONTROL,
            "Nothing was changed: the first control refuses what the passage would say.",
            errors=[
                {
                    "part": "body",
                    "field": one.field,
                    "detail": one.english,
                    "portal_message": one.message,
                }
                for one in outcome.faults
            ],
        )
    return problem(
        ProblemType.SECOND_CONTROL,
        "Nothing was changed: the second control refuses what the passage would say.",
        portal_message=outcome.text,
        explanation=explanation_json(outcome.explanation, outcome.message),
    )


def deleted(outcome: StoredPassage | ChangeRefusal) -> Response:
    """Answer that a passage is gone, or say why it stays."""
    if isinstance(outcome, ChangeRefusal):
        return refused(outcome)
    return Response(status=NO_CONTENT)


def refused(refusal: ChangeRefusal) -> Response:
    """Say why a passage is neither modified nor deleted, with the sentence of the pages."""
    kind, detail = _REFUSALS[refusal]
    return problem(kind, detail, portal_message=refusal.value)
