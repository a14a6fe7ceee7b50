"""The one place where ``/api/v1`` turns outcomes into HTTP."""

from dataclasses import dataclass
from typing import TypeVar

from flask import jsonify, url_for
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from mockportal.domain.deposits import Deposit
from mockportal.domain.messages import message_of
from mockportal.domain.uploads import UploadRefusal
from mockportal.domain.verdicts import Rejected
from mockportal.journeys.side_car import SideCar
from mockportal.web.programs.problems import problem, refuse
from mockportal.web.programs.shapes import Paging
from mockportal.web.served import desk
from mockportal.wire.answers import deposit_json, error_json, explanation_json

T = TypeVar("T")
_REFUSALS = {
    UploadRefusal.NO_FILE: (400, "The field 'file' holds no file with a name."),
    UploadRefusal.NOT_XML_NAME: (422, "The file's name does not end in .xml."),
    UploadRefusal.SLASH_IN_NAME: (422, "The file's name holds a slash or a backslash."),
    UploadRefusal.UNWRITABLE_NAME: (422, "The file's name holds a character that XML cannot."),
    UploadRefusal.LONG_NAME: (422, "The file's name is longer than 255 characters."),
    UploadRefusal.PORTAL_RESET: (409, "The world was reset meanwhile; send the file again."),
    UploadRefusal.TOO_LARGE: (413, "The file is larger than the portal takes."),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of deposits, and which one it is."""

    items: list[Deposit]
    total: int
    page: int
    size: int


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
    status, detail = _REFUSALS[refusal]
    return problem(status, detail, portal_message=refusal.worded(desk().policy.most_bytes))


def one_deposit(deposit: Deposit) -> Response:
    """Answer with a deposit."""
    return jsonify(deposit_json(deposit))


def deposit_list(listed: Listed) -> Response:
    """Answer with a page of deposits."""
    return jsonify(
        items=[deposit_json(one) for one in listed.items],
        total=listed.total,
        page=listed.page,
        size=listed.size,
    )


def available(thing: T | None) -> T:
    """Return what is there once a deposit is treated; before that, the program reads a problem."""
    if thing is None:
        refuse(409, "The deposit is still being treated: its receipt is not available yet.")
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
    )
