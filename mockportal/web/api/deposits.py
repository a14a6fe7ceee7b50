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
    Listed,
    deposit_list,
    deposit_made,
    one_deposit,
    too_large,
)
from mockportal.web.api.shapes import DepositList, DepositQuery, DepositShape, FileForm, Waiting
from mockportal.web.api.waiting import once_treated
from mockportal.web.programs.describing import Answer
from mockportal.web.programs.problems import there
from mockportal.web.served import desk
from mockportal.web.submit import uploaded

blueprint = Blueprint("deposits", __name__, url_prefix="/deposits")
blueprint.register_error_handler(RequestEntityTooLarge, too_large)
_MADE = Answer(201, DepositShape, headers={"Location": "Where the deposit is."})


@blueprint.post("")
@api.endpoint(_MADE, "deposits", 400, 409, 413, 415, 422, form=FileForm)
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
@api.endpoint(Answer(200, DepositList), "deposits", 422)
def index(query: DepositQuery) -> Response:
    """List the deposits that the account may see, the newest first."""
    turn = turn_after(desk(), caller(), query.after) if query.after else None
    page = deposits_of(desk(), caller(), query.page, query.size, turn=turn)
    return deposit_list(Listed(page.items, page.total, query.page, query.size))


@blueprint.get("/<deposit_id>")
@api.endpoint(Answer(200, DepositShape), "deposits", 404, 422)
def show(deposit_id: str, query: Waiting) -> Response:
    """Look at a deposit, or wait for its receipt.

    Where the portal treats it after some looks, this is one; it then answers at once.
    """
    deposit = there(look_at(desk(), caller(), deposit_id), "deposit of that id")
    return one_deposit(once_treated(deposit, query.wait))
