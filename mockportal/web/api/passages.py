"""Passages: list, look up, modify, delete."""

from flask import Blueprint, jsonify
from werkzeug.wrappers import Response

from mockportal.journeys.delete import delete
from mockportal.journeys.modify import modify
from mockportal.journeys.passages import passage_seen_by
from mockportal.web.api.callers import caller
from mockportal.web.api.document import api
from mockportal.web.api.passage_outcomes import deleted, modified, one_passage, passage_json
from mockportal.web.api.passage_shapes import (
    ChangesGiven,
    PassageDetail,
    PassageList,
    PassageQuery,
    Seen,
)
from mockportal.web.api.searching import sought
from mockportal.web.programs.describing import Answer
from mockportal.web.programs.problems import there
from mockportal.web.served import desk

blueprint = Blueprint("passages", __name__, url_prefix="/passages")


@blueprint.get("")
@api.endpoint(Answer(200, PassageList), "passages", 422)
def index(query: PassageQuery) -> Response:
    """List the passages that the account may see, or those that are looked for."""
    page = sought(query)
    return jsonify(
        items=[passage_json(one) for one in page],
        total=page.total,
        page=query.page,
        size=query.size,
        more=page.more,
    )


@blueprint.get("/<int:passage_id>")
@api.endpoint(Answer(200, PassageDetail), "passages", 404)
def show(passage_id: int) -> Response:
    """Read all that a passage says, and what became of it; a deleted one too."""
    return one_passage(there(passage_seen_by(desk(), caller(), passage_id), "such passage"))


@blueprint.patch("/<int:passage_id>")
@api.endpoint(Answer(200, PassageDetail), "passages", 400, 403, 404, 409, 415)
def change(passage_id: int, json: ChangesGiven, query: Seen) -> Response:
    """Change fields of a passage, by the flux's own names.

    Both controls run again; when one of them fails, the passage stays as it was.
    """
    return modified(modify(desk(), caller(), passage_id, json.root, query.version))


@blueprint.delete("/<int:passage_id>")
@api.endpoint(Answer(204), "passages", 403, 404)
def remove(passage_id: int) -> Response:
    """Delete a passage; its identifier may be sent again."""
    return deleted(delete(desk(), caller(), passage_id))
