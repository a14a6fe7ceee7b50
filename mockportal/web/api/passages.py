"""Passages: list, look up, modify, delete."""

from flask import Blueprint
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
from mockportal.web.programs.lists import list_answer
from mockportal.web.programs.problem_types import ProblemType
from mockportal.web.programs.problems import refuse_field, there
from mockportal.web.served import desk

blueprint = Blueprint("passages", __name__, url_prefix="/passages")


@blueprint.get("")
@api.endpoint(Answer(200, PassageList), "passages", "list_passages")
def index(query: PassageQuery) -> Response:
    """List the passages that the account may see, or those that are looked for."""
    if query.after is not None and passage_seen_by(desk(), caller(), query.after) is None:
        refuse_field("query", "after", "There is no passage of that id, or it is not yours to see.")
    page = sought(query)
    return list_answer(map(passage_json, page), page.total, query, more=page.more)


@blueprint.get("/<int:passage_id>")
@api.endpoint(
    Answer(200, PassageDetail),
    "passages",
    "get_passage",
    ProblemType.NOT_FOUND,
    ProblemType.FILE_MISSING,
)
def show(passage_id: int) -> Response:
    """Read all that a passage says, and what became of it; a deleted one too."""
    return one_passage(there(passage_seen_by(desk(), caller(), passage_id), "such passage"))


@blueprint.patch("/<int:passage_id>")
@api.endpoint(
    Answer(200, PassageDetail),
    "passages",
    "change_passage",
    ProblemType.MALFORMED_JSON,
    ProblemType.FOREIGN_ORIGIN,
    ProblemType.MANDATE_ENDED,
    ProblemType.NOT_FOUND,
    ProblemType.PASSAGE_CHANGED,
    ProblemType.FILE_MISSING,
    ProblemType.TOO_LARGE,
    ProblemType.UNSUPPORTED_MEDIA_TYPE,
    ProblemType.FIRST_CONTROL,
    ProblemType.SECOND_CONTROL,
)
def change(passage_id: int, json: ChangesGiven, query: Seen) -> Response:
    """Change fields of a passage, by the flux's own names.

    Both controls run again; when one of them fails, the passage stays as it was.
    """
    return modified(modify(desk(), caller(), passage_id, json.root, query.version))


@blueprint.delete("/<int:passage_id>")
@api.endpoint(
    Answer(204),
    "passages",
    "delete_passage",
    ProblemType.FOREIGN_ORIGIN,
    ProblemType.MANDATE_ENDED,
    ProblemType.NOT_FOUND,
)
def remove(passage_id: int) -> Response:
    """Delete a passage; its identifier may be sent again."""
    return deleted(delete(desk(), caller(), passage_id))
