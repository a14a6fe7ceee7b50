"""Whether the portal lives, and whether it is ready, and why not; for programs."""

from collections.abc import Mapping
from typing import cast

from flask import Blueprint, Response, request

from mockportal.web import liveness
from mockportal.web.control_guard import asked_from_here
from mockportal.web.programs.problem_types import ProblemType
from mockportal.web.programs.problems import problem
from mockportal.web.served import served_portal

blueprint = Blueprint("health", __name__)


@blueprint.get(liveness.PATH)
def live() -> Response:
    """Say that the process answers."""
    return Response(liveness.WORD, mimetype=liveness.TYPE)


@blueprint.get("/readyz")
def ready() -> Response:
    """Say whether the portal can be used, and if not, why: a problem with its ``reasons``.

    The paths of the machine are for those who ask from it; the log has them, and /coulisses.
    """
    portal = served_portal()
    reasons = portal.health.reasons()
    if not reasons:
        return Response("ready\n", mimetype="text/plain")
    headers = cast("Mapping[str, str]", request.headers)
    here = asked_from_here(portal.settings, request.remote_addr, headers)
    told = [reason.detail if here else reason.sentence for reason in reasons]
    return problem(
        ProblemType.NOT_READY, "The portal is not ready: " + "; ".join(told), reasons=told
    )
