"""What a world holds before anything is deposited: accounts, people, certifications."""

from flask import Blueprint
from pydantic import BaseModel
from werkzeug.wrappers import Response

from mockportal.domain.furnishing import Unfit
from mockportal.journeys.furnish import add_accounts, add_people
from mockportal.web.mock.document import mock
from mockportal.web.mock.given import certification_of, person_given, several, wished
from mockportal.web.mock.outcomes import account_json, made, refuse_unfit, world_of
from mockportal.web.mock.shapes import (
    AccountsGiven,
    AccountsMade,
    CertificationsGiven,
    CertificationsMade,
    InWorld,
    PeopleGiven,
    PeopleMade,
)
from mockportal.web.programs.describing import Answer
from mockportal.web.programs.problem_types import ProblemType
from mockportal.web.served import desk
from mockportal.wire.answers import certification_json, person_json

blueprint = Blueprint("furnishing", __name__)


@blueprint.post("/accounts")
@mock.endpoint(
    Answer(201, AccountsMade),
    "contents",
    "add_accounts",
    ProblemType.MALFORMED_JSON,
    ProblemType.TAKEN,
)
def accounts(json: AccountsGiven, query: InWorld) -> Response:
    """Make accounts: all that are given, or none."""
    given, form = several(json.root)
    outcome = add_accounts(desk(), world_of(query.world), [wished(g) for g in given])
    if isinstance(outcome, Unfit):
        refuse_unfit(outcome, form)
    return made([account_json(a) for a in outcome], form)


@blueprint.post("/holders")
@mock.endpoint(
    Answer(201, PeopleMade),
    "contents",
    "add_holders",
    ProblemType.MALFORMED_JSON,
    ProblemType.TAKEN,
)
def holders(json: PeopleGiven, query: InWorld) -> Response:
    """Add people: all that are given, or none."""
    given: list[BaseModel]
    given, form = several(json.root)
    outcome = add_people(desk(), world_of(query.world), [person_given(g) for g in given])
    if isinstance(outcome, Unfit):
        refuse_unfit(outcome, form)
    return made([person_json(p) for p in outcome], form)


@blueprint.post("/certifications")
@mock.endpoint(
    Answer(201, CertificationsMade), "contents", "add_certifications", ProblemType.MALFORMED_JSON
)
def certifications(json: CertificationsGiven, query: InWorld) -> Response:
    """List certifications, or change those that are listed."""
    given, form = several(json.root)
    listed = [certification_of(g) for g in given]
    desk().stores.references.put(world_of(query.world), listed)
    return made([certification_json(c) for c in listed], form)
