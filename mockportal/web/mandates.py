"""« Mandats » : a certificateur's administrateur lets déposants deposit for it, and ends that."""

from flask import Blueprint, flash, url_for
from flask.typing import ResponseReturnValue

from mockportal.domain.identifiers import ClientId
from mockportal.domain.organisations import Kind, Organisation
from mockportal.domain.registrations import CLIENT_LENGTH, DEPOSITOR_UNKNOWN
from mockportal.journeys.login import faults_of_confirmation
from mockportal.journeys.mandates import end_mandate, give_mandate
from mockportal.web.forms import Form, typed
from mockportal.web.outcomes import form_page, found, go_to
from mockportal.web.served import desk
from mockportal.web.session import administrator, confirmation, current_account

blueprint = Blueprint("mandates", __name__, url_prefix="/compte/mandats")


@blueprint.get("/donner")
def ask() -> ResponseReturnValue:
    """Ask which déposant gets a mandate."""
    return form_page("mandates/give.html", Form(), certifier=_certifier())


@blueprint.post("/donner")
def give() -> ResponseReturnValue:
    """Let a déposant deposit from now on, if whoever says so knows the password."""
    certifier, values = _certifier(), typed("depositor")
    depositor = _depositor(certifier, values["depositor"])
    faults = {}
    if depositor is None:
        sentence = DEPOSITOR_UNKNOWN if len(values["depositor"]) == 8 else CLIENT_LENGTH
        faults = {"depositor": sentence}
    faults |= faults_of_confirmation(desk(), current_account(), confirmation())
    if depositor is None or faults:
        return form_page("mandates/give.html", Form(values, faults), certifier=certifier)
    give_mandate(desk(), certifier, depositor)
    flash("mandate_given")
    return go_to(url_for("account.show"))


@blueprint.get("/<client_id>/terminer")
def ask_to_end(client_id: str) -> ResponseReturnValue:
    """Ask whether a mandate is to end."""
    depositor = found(_depositor(_certifier(), client_id))
    return form_page("mandates/end.html", Form(), depositor=depositor)


@blueprint.post("/<client_id>/terminer")
def end(client_id: str) -> ResponseReturnValue:
    """End a mandate, by the world's clock, if whoever says so knows the password."""
    certifier = _certifier()
    depositor = found(_depositor(certifier, client_id))
    faults = faults_of_confirmation(desk(), current_account(), confirmation())
    if faults:
        return form_page("mandates/end.html", Form({}, faults), depositor=depositor)
    end_mandate(desk(), certifier, depositor)
    flash("mandate_ended")
    return go_to(url_for("account.show"))


def _certifier() -> Organisation:
    organisation = administrator().organisation
    return found(organisation if organisation.kind is Kind.CERTIFIER else None)


def _depositor(certifier: Organisation, client_id: str) -> Organisation | None:
    return desk().stores.organisations.with_client_id(
        certifier.world, ClientId(client_id), Kind.DEPOSITOR
    )
