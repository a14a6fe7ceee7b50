"""The first page after login: the two ways on."""

from flask import Blueprint, render_template

from mockportal.journeys.consult import deposits_of
from mockportal.journeys.demonstrations import header_for
from mockportal.web.served import desk
from mockportal.web.session import current_account

blueprint = Blueprint("home", __name__)
_LATEST = 3


@blueprint.get("/")
def show() -> str:
    """Show the two ways, to consult and to transmit, and the latest deposits."""
    account = current_account()
    latest = deposits_of(desk(), account, size=_LATEST)
    return render_template(
        "home/home.html",
        account=account,
        latest=latest,
        can_deposit=header_for(desk(), account) is not None,
    )
