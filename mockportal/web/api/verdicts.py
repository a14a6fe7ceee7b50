"""What the portal says of a deposit: its two acknowledgements, and what explains them."""

from flask import Blueprint
from werkzeug.wrappers import Response

from mockportal.domain.deposits import Deposit
from mockportal.journeys.consult import deposit_seen_by
from mockportal.journeys.receipt import acknowledgement, receipt_file_name
from mockportal.journeys.side_car import side_car
from mockportal.web.api.callers import caller
from mockportal.web.api.document import api
from mockportal.web.api.outcomes import available, explanation
from mockportal.web.api.shapes import ExplanationPaging, ExplanationShape
from mockportal.web.outcomes import xml_download
from mockportal.web.programs.describing import XML_TYPE, Answer
from mockportal.web.programs.problem_types import ProblemType
from mockportal.web.programs.problems import there
from mockportal.web.served import desk

blueprint = Blueprint("verdicts", __name__, url_prefix="/deposits/<deposit_id>")
_FILE = Answer(200, file=XML_TYPE, headers={"Content-Disposition": "The file's name."})


@blueprint.get("/acknowledgement")
@api.endpoint(_FILE, "deposits", "get_acknowledgement", ProblemType.NOT_FOUND)
def acknowledge(deposit_id: str) -> Response:
    """Download the accusé de réception; it is there at once."""
    name, content = acknowledgement(_visible(deposit_id))
    return xml_download(content, name)


@blueprint.get("/receipt")
@api.endpoint(
    _FILE,
    "deposits",
    "get_receipt",
    ProblemType.NOT_FOUND,
    ProblemType.NOT_TREATED_YET,
    ProblemType.TREATMENT_FAILED,
    ProblemType.FILE_MISSING,
)
def receipt(deposit_id: str) -> Response:
    """Download the accusé de traitement, to the byte and by its name."""
    deposit = _visible(deposit_id)
    name = available(receipt_file_name(deposit), deposit)
    return xml_download(desk().stores.files.receipt(deposit.id), name)


@blueprint.get("/explanation")
@api.endpoint(
    Answer(200, ExplanationShape),
    "deposits",
    "get_explanation",
    ProblemType.NOT_FOUND,
    ProblemType.NOT_TREATED_YET,
    ProblemType.TREATMENT_FAILED,
    ProblemType.FILE_MISSING,
)
def explain(deposit_id: str, query: ExplanationPaging) -> Response:
    """Read why passages are KO: the criteria tried, who comes near, what differs."""
    deposit = _visible(deposit_id)
    car = available(side_car(desk(), deposit, query.page, query.size), deposit)
    return explanation(car, query)


def _visible(deposit_id: str) -> Deposit:
    return there(deposit_seen_by(desk(), caller(), deposit_id), "deposit of that id")
