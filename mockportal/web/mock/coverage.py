"""What the deposits of a world have exercised."""

from flask import Blueprint, jsonify
from pydantic import Field
from werkzeug.wrappers import Response

from mockportal.domain.coverage import Part
from mockportal.journeys.coverage import coverage_of
from mockportal.web.mock.document import mock
from mockportal.web.mock.outcomes import world_of
from mockportal.web.mock.shapes import InWorld
from mockportal.web.programs.describing import Answer
from mockportal.web.programs.problems import named, refuse_field
from mockportal.web.programs.shapes import Shape
from mockportal.web.served import desk
from mockportal.wire.coverage_answers import coverage_json

blueprint = Blueprint("coverage", __name__)


class OnSchema(InWorld):
    """Which world, measured on which schema."""

    schema_: str | None = Field(
        default=None, alias="schema", description="A version; null: the portal's own."
    )


class PartShape(Shape):
    """What was exercised of one kind of thing, and what was not."""

    part: Part
    total: int
    covered: int
    percent: float
    exercised: list[str]
    missing: list[str]


class CoverageShape(Shape):
    """What the treated deposits of a world have exercised."""

    world: str
    schema_: str = Field(alias="schema")
    deposits: int
    percent: float = Field(description="Of all parts together, rounded down.")
    parts: list[PartShape]


@blueprint.get("/coverage")
@mock.endpoint(Answer(200, CoverageShape), "contents", "get_coverage")
def show(query: OnSchema) -> Response:
    """See which elements, branches, values, messages and levels the deposits have exercised.

    Each deposit is read once, when somebody asks.
    """
    world, version = world_of(query.world), query.schema_
    if version is not None and version not in desk().schemas:
        refuse_field(
            "query", "schema", f"there is no such version; there are {named(list(desk().schemas))}"
        )
    return jsonify(coverage_json(query.world, coverage_of(desk(), world, version)))
