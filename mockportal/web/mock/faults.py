"""The faults of a world."""

from collections.abc import Sequence

from flask import Blueprint, jsonify
from werkzeug.wrappers import Response

from mockportal.domain.faults import Fault, FaultId
from mockportal.domain.identifiers import WorldId
from mockportal.journeys.faults import add_faults, faults_in, remove_faults, replace_faults
from mockportal.web.mock.document import mock
from mockportal.web.mock.fault_shapes import (
    FaultGiven,
    FaultList,
    FaultsGiven,
    FaultsSet,
    FaultsShown,
    fault_json,
)
from mockportal.web.mock.given import several
from mockportal.web.mock.outcomes import NO_CONTENT, made, world_of
from mockportal.web.mock.shapes import InWorld
from mockportal.web.programs.describing import Answer
from mockportal.web.programs.problems import refuse, there
from mockportal.web.served import desk

blueprint = Blueprint("faults", __name__, url_prefix="/faults")


@blueprint.get("")
@mock.endpoint(Answer(200, FaultsShown), "faults")
def show(query: InWorld) -> Response:
    """List the faults of a world, with how often each has struck and still strikes."""
    return jsonify([fault_json(one) for one in faults_in(desk(), world_of(query.world))])


@blueprint.put("")
@mock.endpoint(Answer(200, FaultsShown), "faults", 400, 415)
def put(json: FaultList, query: InWorld) -> Response:
    """Set these faults and no others; what those before had stuck goes on."""
    world = world_of(query.world)
    faults = _fit(world, json.root)
    return jsonify([fault_json(one) for one in replace_faults(desk(), world, faults)])


@blueprint.post("")
@mock.endpoint(Answer(201, FaultsSet), "faults", 400, 415)
def add(json: FaultsGiven, query: InWorld) -> Response:
    """Set one fault more, or several."""
    given, one = several(json.root)
    world = world_of(query.world)
    return made([fault_json(f) for f in add_faults(desk(), world, _fit(world, given))], one=one)


@blueprint.delete("")
@mock.endpoint(Answer(204), "faults")
def remove_all(query: InWorld) -> Response:
    """Remove all faults of a world; what they had stuck goes on."""
    remove_faults(desk(), world_of(query.world))
    return Response(status=NO_CONTENT)


@blueprint.delete("/<int:fault_id>")
@mock.endpoint(Answer(204), "faults")
def remove(fault_id: int, query: InWorld) -> Response:
    """Remove a fault; what it had stuck goes on."""
    there(remove_faults(desk(), world_of(query.world), FaultId(fault_id)) or None, "such fault")
    return Response(status=NO_CONTENT)


def _fit(world: WorldId, given: Sequence[FaultGiven]) -> list[Fault]:
    """Return the faults that are meant; an account that is not of the world becomes a problem."""
    for number, one in enumerate(given):
        name = one.fault().account
        if name is None:
            continue
        account = desk().stores.organisations.account(name)
        if account is None or account.organisation.world != world:
            field = {"part": "body", "field": f"{number}.account", "detail": "no such account"}
            refuse(422, "Nothing was set: the account is not of this world.", errors=[field])
    return [one.fault() for one in given]
