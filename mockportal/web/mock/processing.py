"""When the second control of deposits runs."""

from flask import Blueprint, jsonify
from werkzeug.wrappers import Response

from mockportal.domain.identifiers import AccountId, WorldId
from mockportal.domain.organisations import Account
from mockportal.journeys.process import process_now, processing_in, set_processing
from mockportal.web.mock.document import mock
from mockportal.web.mock.outcomes import accounts_in, world_of
from mockportal.web.mock.shapes import InWorld
from mockportal.web.mock.time_outcomes import processing_given, processing_json
from mockportal.web.mock.time_shapes import Processed, ProcessingGiven, ProcessingShape, Whose
from mockportal.web.programs.describing import Answer
from mockportal.web.programs.problem_types import ProblemType
from mockportal.web.programs.problems import there
from mockportal.web.served import desk

blueprint = Blueprint("processing", __name__)


@blueprint.get("/processing")
@mock.endpoint(Answer(200, ProcessingShape), "time", "get_processing", ProblemType.NOT_FOUND)
def show(query: Whose) -> Response:
    """Read when the second control runs, in a world or for one of its accounts."""
    world = world_of(query.world)
    return jsonify(processing_json(processing_in(desk(), world, _account(world, query))))


@blueprint.put("/processing")
@mock.endpoint(
    Answer(200, ProcessingShape),
    "time",
    "set_processing",
    ProblemType.MALFORMED_JSON,
    ProblemType.NOT_FOUND,
)
def put(json: ProcessingGiven, query: Whose) -> Response:
    """Say when the second control runs of what is deposited from now on."""
    world = world_of(query.world)
    set_processing(desk(), world, _account(world, query), processing_given(json))
    return jsonify(processing_json(processing_in(desk(), world, _account(world, query))))


@blueprint.post("/process")
@mock.endpoint(Answer(200, Processed), "time", "process_deposits")
def process(query: InWorld) -> Response:
    """Treat what waits to be told, for looks or for its time; answers when that has settled."""
    released, settled = process_now(desk(), world_of(query.world))
    return jsonify(released=released, settled=settled)


def _account(world: WorldId, query: Whose) -> Account | None:
    """Return the account that is meant; None where the world is."""
    if query.account is None:
        return None
    found = desk().stores.organisations.account(AccountId(query.account))
    ours = found if found and found.organisation.world == world else None
    return there(ours, "such account in this world", accounts_in(world))
