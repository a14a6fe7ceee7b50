"""The faults of a world."""

from collections.abc import Sequence

from flask import Blueprint
from werkzeug.wrappers import Response

from mockportal.domain.faults import Fault, FaultId
from mockportal.domain.identifiers import WorldId
from mockportal.journeys.faults import add_faults, faults_in, remove_faults, replace_faults
from mockportal.web.converters import LARGEST_OF_SMALL_TABLES
from mockportal.web.mock.document import mock
from mockportal.web.mock.fault_shapes import (
    FaultGiven,
    FaultList,
    FaultsGiven,
    FaultsReplaced,
    FaultsSet,
    fault_json,
)
from mockportal.web.mock.given import Form, several
from mockportal.web.mock.outcomes import NO_CONTENT, accounts_in, made, world_of
from mockportal.web.mock.shapes import InWorld, LargePageInWorld
from mockportal.web.programs.describing import Answer
from mockportal.web.programs.lists import list_answer
from mockportal.web.programs.problem_types import ProblemType
from mockportal.web.programs.problems import named, refuse_field, there
from mockportal.web.served import desk

blueprint = Blueprint("faults", __name__, url_prefix="/faults")


@blueprint.get("")
@mock.endpoint(Answer(200, FaultList), "faults", "list_faults")
def show(query: LargePageInWorld) -> Response:
    """List the faults of a world, with how often each has struck and still strikes."""
    faults = faults_in(desk(), world_of(query.world))
    first = (query.page - 1) * query.size
    return list_answer(map(fault_json, faults[first : first + query.size]), len(faults), query)


@blueprint.put("")
@mock.endpoint(Answer(200, FaultsSet), "faults", "replace_faults", ProblemType.MALFORMED_JSON)
def put(json: FaultsReplaced, query: InWorld) -> Response:
    """Set these faults and no others; what those before had stuck goes on."""
    world = world_of(query.world)
    given, form = several(json.root)
    faults = replace_faults(desk(), world, _fit(world, given, form))
    return made([fault_json(fault) for fault in faults], form, status=200)


@blueprint.post("")
@mock.endpoint(Answer(201, FaultsSet), "faults", "add_faults", ProblemType.MALFORMED_JSON)
def add(json: FaultsGiven, query: InWorld) -> Response:
    """Set one fault more, or several."""
    given, form = several(json.root)
    world = world_of(query.world)
    faults = add_faults(desk(), world, _fit(world, given, form))
    return made([fault_json(fault) for fault in faults], form)


@blueprint.delete("")
@mock.endpoint(Answer(204), "faults", "remove_faults")
def remove_all(query: InWorld) -> Response:
    """Remove all faults of a world; what they had stuck goes on."""
    remove_faults(desk(), world_of(query.world))
    return Response(status=NO_CONTENT)


@blueprint.delete(f"/<int(max={LARGEST_OF_SMALL_TABLES}):fault_id>")
@mock.endpoint(Answer(204), "faults", "remove_fault", ProblemType.NOT_FOUND)
def remove(fault_id: int, query: InWorld) -> Response:
    """Remove a fault; what it had stuck goes on."""
    world = world_of(query.world)
    removed = remove_faults(desk(), world, FaultId(fault_id))
    there(removed or None, "fault of that id", [fault.id for fault in faults_in(desk(), world)])
    return Response(status=NO_CONTENT)


def _fit(world: WorldId, given: Sequence[FaultGiven], form: Form) -> list[Fault]:
    """Return the faults that are meant; an account that is not of the world becomes a problem."""
    for number, one in enumerate(given):
        name = one.fault().account
        if name is None:
            continue
        account = desk().stores.organisations.account(name)
        if account is None or account.organisation.world != world:
            refuse_field(
                "body",
                form.path(number, "account"),
                f"There is no such account in this world. There are: {named(accounts_in(world))}.",
                summary="Nothing was set: the account is not of this world.",
            )
    return [one.fault() for one in given]
