"""``/api/v1``: the portal for programs that deposit."""

from flask import Blueprint

from mockportal.domain.deposits import VanishedError
from mockportal.web.api import deposits, passages, verdicts
from mockportal.web.api.callers import ask_who_calls
from mockportal.web.programs import API
from mockportal.web.programs.problems import vanished

CONCERNS = (deposits.blueprint, passages.blueprint, verdicts.blueprint)

blueprint = Blueprint("api", __name__, url_prefix=API)
blueprint.before_request(ask_who_calls)
blueprint.register_error_handler(VanishedError, vanished)
for concern in CONCERNS:
    blueprint.register_blueprint(concern)
