"""« Les chiffres » : volumes, rates and reasons, as charts with their tables."""

from flask import Blueprint, render_template

from mockportal.domain.messages import CATALOGUE, Code
from mockportal.journeys.figures import figures_seen_by
from mockportal.web.served import desk
from mockportal.web.session import current_account

blueprint = Blueprint("figures", __name__)


@blueprint.get("/chiffres")
def show() -> str:
    """Show the figures of all, those of the visitor's organisation beside."""
    account = current_account()
    seen = figures_seen_by(desk(), account)
    return render_template(
        "figures/figures.html",
        organisation=account.organisation,
        seen=seen,
        months=seen.everyone.latest_months(seen.today),
        own_reasons=dict(seen.own.reasons),
        messages=CATALOGUE,
        Code=Code,
    )
