"""``/_mock``: the portal for tests, which set up its worlds and move their clocks."""

from flask import Blueprint

from mockportal.domain.deposits import VanishedError
from mockportal.web.mock import (
    clock,
    coverage,
    deposits,
    faults,
    furnishing,
    journal,
    learning,
    processing,
    state,
    worlds,
)
from mockportal.web.mock.guard import keep_web_pages_out
from mockportal.web.programs import MOCK
from mockportal.web.programs.problems import vanished

CONCERNS = (
    clock.blueprint,
    coverage.blueprint,
    deposits.blueprint,
    faults.blueprint,
    furnishing.blueprint,
    journal.blueprint,
    learning.blueprint,
    processing.blueprint,
    state.blueprint,
    worlds.blueprint,
)

blueprint = Blueprint("mock", __name__, url_prefix=MOCK)
blueprint.before_request(keep_web_pages_out)
blueprint.register_error_handler(VanishedError, vanished)
for concern in CONCERNS:
    blueprint.register_blueprint(concern)
