"""The clock of a world."""

from datetime import timedelta

from flask import Blueprint, jsonify
from werkzeug.wrappers import Response

from mockportal.domain.clocks import after
from mockportal.domain.identifiers import WorldId
from mockportal.journeys.clock import advance, advance_to_next, read_clock, turn
from mockportal.web.mock.document import mock
from mockportal.web.mock.outcomes import world_of
from mockportal.web.mock.shapes import InWorld
from mockportal.web.mock.time_outcomes import clock_json
from mockportal.web.mock.time_shapes import (
    LAST,
    Advance,
    Advanced,
    BySeconds,
    ClockGiven,
    ClockShape,
    ToMoment,
    ToNext,
)
from mockportal.web.programs.describing import Answer
from mockportal.web.programs.problem_types import ProblemType
from mockportal.web.programs.problems import refuse
from mockportal.web.served import desk

blueprint = Blueprint("clock", __name__, url_prefix="/clock")


@blueprint.get("")
@mock.endpoint(Answer(200, ClockShape), "time", "get_clock")
def show(query: InWorld) -> Response:
    """Read a world's clock."""
    return jsonify(clock_json(read_clock(desk(), world_of(query.world))))


@blueprint.put("")
@mock.endpoint(Answer(200, ClockShape), "time", "set_clock", ProblemType.MALFORMED_JSON)
def put(json: ClockGiven, query: InWorld) -> Response:
    """Set a world's clock, back too; what is due by it runs."""
    return jsonify(clock_json(turn(desk(), world_of(query.world), json.now, frozen=json.frozen)))


@blueprint.post("/advance")
@mock.endpoint(
    Answer(200, Advanced), "time", "advance_clock", ProblemType.MALFORMED_JSON, ProblemType.CLOCK
)
def move(json: Advance, query: InWorld) -> Response:
    """Move a world's clock on; all that falls due on the way runs, each at its own time.

    Answers when that has settled.
    """
    world = world_of(query.world)
    settled = _moved(world, json.root)
    return jsonify(**clock_json(read_clock(desk(), world)), settled=settled)


def _moved(world: WorldId, how: BySeconds | ToMoment | ToNext) -> bool:
    if isinstance(how, ToNext):
        return advance_to_next(desk(), world)
    now = desk().circumstances.now(world)
    to = after(now, timedelta(seconds=how.seconds)) if isinstance(how, BySeconds) else how.to
    if to < now:
        refuse(
            ProblemType.CLOCK,
            f"The clock shows {now.isoformat()}: it moves on only; PUT clock sets it.",
        )
    if to > LAST:
        refuse(ProblemType.CLOCK, f"The clock goes no farther than {LAST.isoformat()}.")
    return advance(desk(), world, to)
