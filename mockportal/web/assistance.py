"""« Assistance » : how to deposit, what each message means, what is assumed; open to all."""

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from mockportal.domain.messages import CATALOGUE, Basis
from mockportal.resources import seeds_folder
from mockportal.web.outcomes import xml_download

blueprint = Blueprint("assistance", __name__)
_DEMONSTRATION = "flux-demonstration.xml"


@blueprint.get("/aide")
def show() -> str:
    """Show the help page, made from the very catalogue that words the receipts."""
    return render_template("assistance/aide.html", messages=CATALOGUE.values(), Basis=Basis)


@blueprint.get("/aide/flux-demonstration.xml")
def demonstration() -> Response:
    """Download a flux that brings every message at once."""
    return xml_download(seeds_folder() / _DEMONSTRATION, _DEMONSTRATION)
