"""Whether the portal lives, and whether it is ready; for programs, in plain text."""

from flask import Blueprint, Response

from mockportal.domain.worlds import DEFAULT_WORLD
from mockportal.web.served import desk

blueprint = Blueprint("health", __name__)


@blueprint.get("/livez")
def live() -> Response:
    """Say that the process answers."""
    return Response("live\n", mimetype="text/plain")


@blueprint.get("/readyz")
def ready() -> Response:
    """Say whether the portal can be used: its database answers and is seeded."""
    if desk().stores.worlds.named(DEFAULT_WORLD) is None:
        return Response("not ready\n", 503, mimetype="text/plain")
    return Response("ready\n", mimetype="text/plain")
