"""Learning a flux: what its deposit needs becomes known."""

from flask import Blueprint
from werkzeug.wrappers import Response

from mockportal.journeys.learn import learn_bytes
from mockportal.web.mock.carried import flux_sent
from mockportal.web.mock.document import mock
from mockportal.web.mock.outcomes import learned, world_of
from mockportal.web.mock.shapes import FluxGiven, InWorld, LearnedShape
from mockportal.web.programs.describing import Answer
from mockportal.web.programs.problem_types import ProblemType
from mockportal.web.served import desk

blueprint = Blueprint("learning", __name__)


@blueprint.post("/learn")
@mock.endpoint(
    Answer(201, LearnedShape),
    "contents",
    "learn_flux",
    ProblemType.MALFORMED_JSON,
    ProblemType.FLUX_REFUSED,
    carried=FluxGiven,
)
def learn(query: InWorld) -> Response:
    """Make known the account, the certifications and the people that a flux needs.

    The flux comes in JSON, or by itself as application/xml. It adds what is missing, and only that.
    """
    return learned(learn_bytes(desk(), world_of(query.world), flux_sent()))
