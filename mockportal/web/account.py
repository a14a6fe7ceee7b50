"""« Mon compte »."""

from flask import Blueprint, render_template

from mockportal.web.session import current_account

blueprint = Blueprint("account", __name__)


@blueprint.get("/compte")
def show() -> str:
    """Show the account that is logged in and its organisation."""
    return render_template("account/account.html", account=current_account())
