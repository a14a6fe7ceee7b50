"""The one place where ``/api/v1`` turns outcomes into HTTP."""

from typing import TypeVar

from flask import jsonify, url_for
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from mockportal.domain.deposits import Deposit, Status
from mockportal.domain.messages import message_of
from mockportal.domain.uploads import UploadRefusal
from mockportal.domain.verdicts import Rejected
from mockportal.journeys.side_car import SideCar
from mockportal.web.programs.problem_types import ProblemType
from mockportal.web.programs.problems import problem, refuse
from mockportal.web.programs.shapes import Paging
from mockportal.web.served import desk
from mockportal.wire.answers import deposit_json, error_json, explanation_json, warning_json

T = TypeVar("T")
_REFUSALS = {
    UploadRefusal.NO_FILE: (ProblemType.NO_FILE, "The field 'file' holds no file with a name."),
    UploadRefusal.NOT_XML_NAME: (ProblemType.FILE_NAME, "The file's name does not end in .xml."),
    UploadRefusal.SLASH_IN_NAME: (
        ProblemType.FILE_NAME,
        "The file's name holds a slash or a backslash.",
    ),
    UploadRefusal.UNWRITABLE_NAME: (
        ProblemType.FILE_NAME,
        "The file's name holds a character that XML cannot.",
    ),
    UploadRefusal.LONG_NAME: (
        ProblemType.FILE_NAME,
        "The file's name is longer than 255 characters.",
    ),
    UploadRefusal.PORTAL_RESET: (
        ProblemType.WORLD_RESET,
        "The world was reset meanwhile; send the file again.",
    ),
    UploadRefusal.TOO_LARGE: (
        ProblemType.FILE_TOO_LARGE,
        "The file is larger than the portal takes.",
    ),
}


def deposit_made(outcome: Deposit | UploadRefusal) -> Response:
    """Answer with the deposit that was made, or say why there is none."""
    if isinstance(outcome, UploadRefusal):
        return _refused(outcome)
    answer = one_deposit(outcome)
    answer.status_code = 201
    answer.headers["Location"] = url_for("api.deposits.show", deposit_id=outcome.id)
    return answer


def too_large(_error: RequestEntityTooLarge) -> Response:
    """Say that a file is too large when its request was not even read."""
    return _refused(UploadRefusal.TOO_LARGE)


def _refused(refusal: UploadRefusal) -> Response:
    """Say why an upload is no deposit, with the sentence that the pages show."""
    kind, detail = _REFUSALS[refusal]
    return problem(kind, detail, portal_message=refusal.worded(desk().policy.most_bytes))


def one_deposit(deposit: Deposit) -> Response:
    """Answer with a deposit."""
    return jsonify(deposit_json(deposit))


def available(thing: T | None, deposit: Deposit) -> T:
    """Return what is there once a deposit is treated; before that, the program reads a problem."""
    if thing is None:
        if deposit.status is Status.FAILED:
            refuse(
                ProblemType.TREATMENT_FAILED,
                "The portal failed at this deposit again and again: it is not treated, and has "
                "neither receipt nor explanation. That says nothing of the file.",
                portal_message=deposit.status.label,
            )
        refuse(
            ProblemType.NOT_TREATED_YET,
            "The deposit is still being treated: its receipt is not available yet.",
        )
    return thing


def explanation(car: SideCar, paging: Paging) -> Response:
    """Answer with the explanations of KO passages, or the errors of a refused file."""
    return jsonify(
        passages=[
            explanation_json(one, message_of(one.verdict.code))
            for one in car.passages
            if isinstance(one.verdict, Rejected)
        ],
        errors=[error_json(one.error, one.advice) for one in car.errors],
        total=car.total,
        page=paging.page,
        size=paging.size,
        truncated=car.truncated,
        value_warnings=[warning_json(warning) for warning in car.warnings],
    )
