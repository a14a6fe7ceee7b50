"""Deposits: send a file, list what was sent, look at one."""

from flask import Blueprint
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from mockportal.journeys.consult import deposits_of, look_at, turn_after
from mockportal.journeys.deposit import deposit_file
from mockportal.journeys.work import a_moment_later
from mockportal.web.api.callers import caller
from mockportal.web.api.document import api
from mockportal.web.api.outcomes import (
    deposit_made,
    one_deposit,
    too_large,
)
from mockportal.web.api.shapes import DepositList, DepositQuery, DepositShape, FileForm, Waiting
from mockportal.web.api.waiting import once_treated
from mockportal.web.programs.describing import Answer
from mockportal.web.programs.lists import list_answer
from mockportal.web.programs.problem_types import ProblemType
from mockportal.web.programs.problems import refuse_field, there
from mockportal.web.served import desk
from mockportal.web.submit import uploaded
from mockportal.wire.answers import deposit_json

blueprint = Blueprint("deposits", __name__, url_prefix="/deposits")
blueprint.register_error_handler(RequestEntityTooLarge, too_large)
UNKNOWN_DEPOSIT = "There is no deposit of that id, or it is not yours to see."
_MADE = Answer(201, DepositShape, headers={"Location": "Where the deposit is."})


@blueprint.post("")
@api.endpoint(
    _MADE,
    "deposits",
    "deposit_file",
    ProblemType.FOREIGN_ORIGIN,
    ProblemType.NO_FILE,
    ProblemType.WORLD_RESET,
    ProblemType.FILE_TOO_LARGE,
    ProblemType.UNSUPPORTED_MEDIA_TYPE,
    ProblemType.FILE_NAME,
    form=FileForm,
)
def create() -> Response:
    """Deposit a file.

    What the portal refuses at the upload (no file, a wrong name, too large) is no deposit. A file
    that fails the first control is one, refused, with its receipt.
    """
    upload = uploaded("file")
    with upload.content:
        outcome = deposit_file(desk(), caller(), upload)
    return deposit_made(a_moment_later(desk(), outcome))


@blueprint.get("")
@api.endpoint(Answer(200, DepositList), "deposits", "list_deposits")
def index(query: DepositQuery) -> Response:
    """List the deposits that the account may see, the newest first."""
    turn = turn_after(desk(), caller(), query.after) if query.after else None
    if query.after and turn is None:
        refuse_field("query", "after", UNKNOWN_DEPOSIT)
    page = deposits_of(desk(), caller(), query.page, query.size, turn=turn)
    return list_answer(map(deposit_json, page.items), page.total, query)


@blueprint.get("/<deposit_id>")
@api.endpoint(Answer(200, DepositShape), "deposits", "get_deposit", ProblemType.NOT_FOUND)
def show(deposit_id: str, query: Waiting) -> Response:
    """Look at a deposit, or wait for its receipt.

    Where the portal treats it after some looks, this is one; it then answers at once.
    """
    deposit = there(look_at(desk(), caller(), deposit_id), "deposit of that id")
    return one_deposit(once_treated(deposit, query.wait))
