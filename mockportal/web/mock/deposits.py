"""Deposits at which the portal failed, tried again."""

from flask import Blueprint, jsonify
from werkzeug.wrappers import Response

from mockportal.domain.identifiers import DepositId
from mockportal.journeys.clock import MOST_SECONDS
from mockportal.journeys.failure import try_again
from mockportal.journeys.survey import survey
from mockportal.journeys.work import wait_for
from mockportal.web.mock.document import mock
from mockportal.web.mock.outcomes import world_of
from mockportal.web.mock.shapes import InWorld
from mockportal.web.mock.time_shapes import Retried
from mockportal.web.programs.describing import Answer
from mockportal.web.programs.problem_types import ProblemType
from mockportal.web.programs.problems import there
from mockportal.web.served import desk

blueprint = Blueprint("deposits", __name__, url_prefix="/deposits")


@blueprint.post("/<deposit_id>/retry")
@mock.endpoint(Answer(200, Retried), "time", "retry_deposit", ProblemType.NOT_FOUND)
def retry(deposit_id: str, query: InWorld) -> Response:
    """Treat a deposit once more that ended as failed; answers when it has ended again."""
    world = world_of(query.world)
    reopened = try_again(desk(), world, DepositId(deposit_id))
    failed = [deposit.id for deposit in survey(desk(), world).failed] if reopened is None else []
    deposit = there(reopened, "failed deposit of that id in this world", failed)
    ended = wait_for(desk(), deposit, MOST_SECONDS)
    return jsonify(status=ended.status.value, reason=ended.failure)
