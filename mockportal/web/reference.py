"""The two OpenAPI documents, each with a page to read it and to try what it says; and the problems.

All can be read by anyone who reaches the portal: they tell how to ask, and nothing of what is
kept.
"""

from flask import Blueprint, jsonify, render_template
from werkzeug.wrappers import Response

from mockportal.web.api.document import api
from mockportal.web.mock.document import mock
from mockportal.web.outcomes import found
from mockportal.web.programs import API, MOCK
from mockportal.web.programs.describing import Described
from mockportal.web.programs.pages import operations_by_tag, shapes_of
from mockportal.web.programs.problem_types import PROBLEMS_PAGE, ProblemType
from mockportal.web.served import served_portal

blueprint = Blueprint("reference", __name__)


@blueprint.get(f"{API}/openapi.json", defaults={"door": API})
@blueprint.get(f"{MOCK}/openapi.json", defaults={"door": MOCK})
def document(door: str) -> Response:
    """Return what a door offers, as OpenAPI 3.1."""
    return jsonify(_described(door).spec)


@blueprint.get(f"{API}/docs", defaults={"door": API})
@blueprint.get(f"{MOCK}/docs", defaults={"door": MOCK})
def page(door: str) -> str:
    """Show what a door offers, and try it."""
    said = _described(door).spec
    return render_template(
        "reference/reference.html",
        info=said["info"],
        door=door,
        by_key=door == MOCK,
        operations=operations_by_tag(said),
        shapes=shapes_of(said),
    )


@blueprint.get(PROBLEMS_PAGE)
def problems() -> str:
    """Show what the problems are that programs read, each under its slug."""
    return render_template("reference/problems.html", kinds=ProblemType)


def _described(door: str) -> Described:
    open_doors = {API: api, MOCK: mock if served_portal().settings.control else None}
    return found(open_doors[door])
