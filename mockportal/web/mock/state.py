"""What a world holds, and the mails that the portal would have sent."""

from flask import Blueprint, jsonify
from werkzeug.wrappers import Response

from mockportal.journeys.survey import survey
from mockportal.web.mock.document import mock
from mockportal.web.mock.outcomes import world_of
from mockportal.web.mock.shapes import InWorld, PageInWorld
from mockportal.web.mock.state_outcomes import mail_json, state_json
from mockportal.web.mock.time_shapes import Outbox, StateShape
from mockportal.web.programs.describing import Answer
from mockportal.web.programs.lists import list_answer
from mockportal.web.served import desk

blueprint = Blueprint("state", __name__)


@blueprint.get("/state")
@mock.endpoint(Answer(200, StateShape), "worlds", "get_state")
def show(query: InWorld) -> Response:
    """See what a world holds and how it is set."""
    return jsonify(state_json(query.world, survey(desk(), world_of(query.world))))


@blueprint.get("/outbox")
@mock.endpoint(Answer(200, Outbox), "contents", "list_mails")
def outbox(query: PageInWorld) -> Response:
    """Read the mails that the portal would have sent, the newest first."""
    world, kept = world_of(query.world), desk().stores.outbox
    mails = kept.of_world(world, query.size, (query.page - 1) * query.size)
    return list_answer(map(mail_json, mails), kept.count(world), query)
