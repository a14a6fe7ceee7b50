"""The one place where ``/_mock`` turns outcomes into HTTP."""

from typing import Any, NoReturn

from flask import jsonify
from werkzeug.wrappers import Response

from mockportal.domain.deposits import FileError
from mockportal.domain.furnishing import FurnishedAccount, Unfit
from mockportal.domain.identifiers import WorldId
from mockportal.domain.organisations import Organisation
from mockportal.domain.worlds import WorldRefusal
from mockportal.journeys.explain import explained_error
from mockportal.journeys.learn import Learned
from mockportal.journeys.survey import MOST_ACCOUNTS
from mockportal.journeys.worlds import MadeWorld
from mockportal.web.mock.given import Form
from mockportal.web.programs.lists import whole_list
from mockportal.web.programs.problem_types import ProblemType
from mockportal.web.programs.problems import named, refuse
from mockportal.web.served import desk
from mockportal.wire.answers import error_json

CREATED, NO_CONTENT = 201, 204
_REFUSALS = {
    WorldRefusal.BAD_NAME: ProblemType.INVALID_REQUEST,
    WorldRefusal.NAME_TAKEN: ProblemType.WORLD_EXISTS,
    WorldRefusal.UNKNOWN: ProblemType.UNKNOWN_WORLD,
    WorldRefusal.BUSY: ProblemType.WORLD_BUSY,
    WorldRefusal.DEFAULT_STAYS: ProblemType.WORLD_STAYS,
}


def world_of(name: str) -> WorldId:
    """Return the world of that name; where there is none, the test reads a problem."""
    found = desk().stores.worlds.named(name)
    if found is None:
        refuse(
            ProblemType.UNKNOWN_WORLD,
            f"There is no world {name!r}. There are: {named(desk().stores.worlds.names())}.",
        )
    return found


def accounts_in(world: WorldId) -> list[str]:
    """Return the identifiers of the accounts of a world, the first hundred."""
    return [one.id for one in desk().stores.organisations.of_world(world, MOST_ACCOUNTS)]


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
    detail = refusal.value[0].upper() + refusal.value[1:] + "."
    if refusal is WorldRefusal.UNKNOWN:
        detail += f" There are: {named(desk().stores.worlds.names())}."
    refuse(_REFUSALS[refusal], detail)


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


def made(things: list[dict[str, Any]], form: Form, status: int = CREATED) -> Response:
    """Answer with what was made, in the form in which it was given."""
    answer = jsonify(
        things[0] if form is Form.ONE else whole_list(things) if form is Form.ITEMS else things
    )
    answer.status_code = status
    return answer


def refuse_unfit(unfit: Unfit, form: Form) -> NoReturn:
    """Say what does not fit into a world; nothing was put there."""
    field = form.path(unfit.index, unfit.key)
    refuse(
        ProblemType.TAKEN if unfit.taken else ProblemType.INVALID_REQUEST,
        "Nothing was added: what was given does not fit into the world.",
        errors=[{"part": "body", "field": field, "detail": unfit.reason}],
    )


def learned(outcome: Learned | tuple[FileError, ...]) -> Response:
    """Answer with what a flux has added, or with the errors of its first control."""
    if not isinstance(outcome, Learned):
        refuse(
            ProblemType.FLUX_REFUSED,
            "Nothing was learned: the flux does not pass the first control.",
            flux_errors=[
                error_json(one.error, one.advice)
                for one in (
                    explained_error(desk(), error, desk().policy.schema) for error in outcome
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
