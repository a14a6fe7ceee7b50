"""Worlds: make, list, reset, delete."""

from flask import Blueprint
from werkzeug.wrappers import Response

from mockportal.journeys.worlds import create_world, delete_world, reset_world
from mockportal.journeys.worlds import worlds as worlds_there_are
from mockportal.web.mock.document import mock
from mockportal.web.mock.outcomes import gone, world_made, world_of
from mockportal.web.mock.shapes import InWorld, LargePage, WorldGiven, WorldMade, WorldNames
from mockportal.web.programs.describing import Answer
from mockportal.web.programs.lists import list_answer
from mockportal.web.programs.problem_types import ProblemType
from mockportal.web.served import desk, served_portal

blueprint = Blueprint("worlds", __name__)


@blueprint.get("/worlds")
@mock.endpoint(Answer(200, WorldNames), "worlds", "list_worlds")
def index(query: LargePage) -> Response:
    """List the worlds."""
    names = worlds_there_are(desk())
    first = (query.page - 1) * query.size
    return list_answer(names[first : first + query.size], len(names), query)


@blueprint.post("/worlds")
@mock.endpoint(
    Answer(201, WorldMade),
    "worlds",
    "create_world",
    ProblemType.MALFORMED_JSON,
    ProblemType.WORLD_EXISTS,
)
def create(json: WorldGiven, query: InWorld) -> Response:
    """Make a world: a copy of the seeds, or empty.

    Its accounts are those of the seeds under identifiers of their own. A name that is not given is
    drawn in the world that the call is about.
    """
    asking = world_of(query.world)
    name = desk().circumstances.new_world_name(asking) if json.name is None else json.name
    return world_made(create_world(desk(), name, seeds=json.seeds))


@blueprint.delete("/worlds/<name>")
@mock.endpoint(
    Answer(204), "worlds", "delete_world", ProblemType.WORLD_STAYS, ProblemType.WORLD_BUSY
)
def delete(name: str) -> Response:
    """Delete a world with all that it holds."""
    served_portal().requests.flush()  # what is noted later might fall to a world of the same number
    return gone(delete_world(desk(), name))


@blueprint.post("/reset")
@mock.endpoint(Answer(200, WorldMade), "worlds", "reset_world", ProblemType.WORLD_BUSY)
def reset(query: InWorld) -> Response:
    """Set a world back to what it was when it was made."""
    return world_made(reset_world(desk(), query.world), status=200)
