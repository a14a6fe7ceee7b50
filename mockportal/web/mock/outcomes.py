"""The one place where ``/_mock`` turns outcomes into HTTP."""

from collections.abc import Sequence
from typing import Any, NoReturn

from flask import jsonify
from werkzeug.wrappers import Response

from mockportal.domain.deposits import FileError
from mockportal.domain.file_errors import Place
from mockportal.domain.furnishing import FurnishedAccount, Unfit
from mockportal.domain.identifiers import WorldId
from mockportal.domain.organisations import Organisation
from mockportal.domain.worlds import WorldRefusal
from mockportal.journeys.explain import explained_error
from mockportal.journeys.learn import Learned
from mockportal.journeys.worlds import MadeWorld
from mockportal.web.programs.problems import refuse
from mockportal.web.served import desk
from mockportal.wire.answers import error_json

CREATED, NO_CONTENT = 201, 204
_REFUSALS = {
    WorldRefusal.BAD_NAME: 422,
    WorldRefusal.NAME_TAKEN: 409,
    WorldRefusal.UNKNOWN: 404,
    WorldRefusal.DEFAULT_STAYS: 409,
}


def world_of(name: str) -> WorldId:
    """Return the world of that name; where there is none, the test reads a problem."""
    found = desk().stores.worlds.named(name)
    if found is None:
        refuse(404, f"There is no world {name!r}.")
    return found


def world_json(made: MadeWorld) -> dict[str, Any]:
    """Return a world as it was just made or reset."""
    return {
        "name": made.name,
        "accounts": [
            {
                "account_id": one.id,
                "seed_id": one.seed_id,
                "password": one.password,
                **organisation_json(one.organisation),
            }
            for one in made.accounts
        ],
    }


def organisation_json(organisation: Organisation) -> dict[str, Any]:
    """Return an organisation, and whom it may deposit for."""
    return {
        "kind": organisation.kind.value,
        "name": organisation.name,
        "client_id": organisation.client_id,
        "contracts": sorted(organisation.contracts),
        "mandated_by": sorted(organisation.mandated_by),
    }


def world_made(outcome: MadeWorld | WorldRefusal, status: int = CREATED) -> Response:
    """Answer with a world, or say why there is none."""
    if isinstance(outcome, WorldRefusal):
        refuse_world(outcome)
    answer = jsonify(world_json(outcome))
    answer.status_code = status
    return answer


def refuse_world(refusal: WorldRefusal) -> NoReturn:
    """Say why a world is not made, reset or deleted."""
    refuse(_REFUSALS[refusal], refusal.value[0].upper() + refusal.value[1:] + ".")


def gone(refusal: WorldRefusal | None) -> Response:
    """Answer that a world is no more, or say why it still is."""
    if refusal:
        refuse_world(refusal)
    return Response(status=NO_CONTENT)


def account_json(made: FurnishedAccount) -> dict[str, Any]:
    """Return an account that was made."""
    organisation = made.account.organisation
    return {
        "account_id": made.account.id,
        "kind": organisation.kind.value,
        "name": organisation.name,
        "client_id": organisation.client_id,
        "contract_id": made.contract_id,
        "mandates": list(made.mandates),
        "password": made.password,
        "schema": made.account.schema,
    }


def made(things: Sequence[dict[str, Any]], *, one: bool) -> Response:
    """Answer with what was made, in a list unless one thing was given by itself."""
    answer = jsonify(things[0] if one else things)
    answer.status_code = CREATED
    return answer


def refuse_unfit(unfit: Unfit, *, one: bool) -> NoReturn:
    """Say what does not fit into a world; nothing was put there."""
    field = unfit.key if one else f"{unfit.index}.{unfit.key}"
    refuse(
        409 if unfit.taken else 422,
        "Nothing was added: what was given does not fit into the world.",
        errors=[{"part": "body", "field": field, "detail": unfit.reason}],
    )


def learned(outcome: Learned | tuple[FileError, ...]) -> Response:
    """Answer with what a flux has added, or with the errors of its first control."""
    if not isinstance(outcome, Learned):
        refuse(
            422,
            "Nothing was learned: the flux does not pass the first control.",
            flux_errors=[
                error_json(one.error, one.advice)
                for one in (
                    explained_error(desk(), error, error.place or Place(), desk().policy.schema)
                    for error in outcome
                )
            ],
        )
    answer = jsonify(
        account=outcome.account,
        password=outcome.password,
        sender=outcome.sender,
        certifier=outcome.certifier,
        contract=outcome.contract,
        certifications_added=outcome.certifications,
        people_added=outcome.people,
        remarks=list(outcome.remarks),
    )
    answer.status_code = CREATED
    return answer
