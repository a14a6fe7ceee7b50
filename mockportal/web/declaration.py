"""« Déclarer un passage de certification » : the form for one person, step by step."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mockportal.domain.declarations import Declaration, Page, pages_asked
from mockportal.domain.deposits import Deposit
from mockportal.journeys.consult import deposit_seen_by
from mockportal.journeys.declare import begin, correction_of, declared_as, faults_of, fill_in, send
from mockportal.journeys.work import a_moment_later
from mockportal.web.declaration_display import (
    answer_to_sending,
    form_page,
    page_after,
    page_before,
    summary_page,
    typed,
)
from mockportal.web.outcomes import found, go_to
from mockportal.web.served import desk
from mockportal.web.session import current_account

blueprint = Blueprint("declaration", __name__, url_prefix="/transmettre/passage")
_PAGE = f"/<number>/<any({', '.join(one.value for one in Page)}):name>"


@blueprint.get("")
def start() -> str:
    """Say what the form asks for, and show the ones that were begun."""
    return render_template(
        "declaration/start.html",
        number=desk().circumstances.new_secret(),
        drafts=desk().stores.declarations.drafts(current_account().id),
    )


@blueprint.post("")
def create() -> ResponseReturnValue:
    """Begin a form; its number makes one form of a button that is pressed twice."""
    number = request.form.get("numero", "")[:40] or desk().circumstances.new_secret()
    begin(desk(), current_account(), number)
    return go_to(url_for(".ask", number=number, name=Page.CERTIFICATION.value))


@blueprint.post("/corriger/<deposit_id>")
def correct(deposit_id: str) -> ResponseReturnValue:
    """Open the form of a deposit that was KO again, filled in as it was."""
    deposit = found(deposit_seen_by(desk(), current_account(), deposit_id))
    found(declared_as(desk(), current_account(), deposit))
    begun = correction_of(desk(), current_account(), deposit)
    number = begun.number if begun else desk().circumstances.new_secret()
    if not begun:
        begin(desk(), current_account(), number, deposit)
    return go_to(url_for(".ask", number=number, name=Page.CERTIFICATION.value))


@blueprint.get(_PAGE)
def ask(number: str, name: str) -> ResponseReturnValue:
    """Show a page of the form, or the deposit that it became."""
    declaration, page = _form(number), Page(name)
    if declaration.deposit:
        return go_to(url_for("deposits.show", deposit_id=declaration.deposit))
    if page not in pages_asked(declaration.values):
        return go_to(page_before(declaration, page))
    if page is Page.SUMMARY:
        faults = faults_of(desk(), current_account(), declaration, page)
        return summary_page(declaration, faults)
    return form_page(declaration, page, [])


@blueprint.post(_PAGE)
def take(number: str, name: str) -> ResponseReturnValue:
    """Keep what a page was filled in with, and go on; the last page sends all."""
    page = Page(name)
    if page is Page.SUMMARY:
        return _send(_form(number))
    kept = fill_in(desk(), current_account(), _form(number), typed(_form(number), page))
    if "retour" in request.form:
        return go_to(page_before(kept, page))
    if "chercher" in request.form:
        return form_page(kept, page, [])
    faults = faults_of(desk(), current_account(), kept, page)
    return form_page(kept, page, faults) if faults else go_to(page_after(kept, page))


@blueprint.post("/<number>/effacer")
def forget(number: str) -> ResponseReturnValue:
    """Forget a form."""
    desk().stores.declarations.remove(current_account().id, number)
    return go_to(url_for(".start"))


@blueprint.app_template_global()
def declaration_behind(deposit: Deposit) -> Declaration | None:
    """Return the form that became a deposit, where the visitor's organisation sent it."""
    return declared_as(desk(), current_account(), deposit)


def _send(declaration: Declaration) -> ResponseReturnValue:
    if declaration.deposit:
        return go_to(url_for("deposits.show", deposit_id=declaration.deposit))
    faults = faults_of(desk(), current_account(), declaration, Page.SUMMARY)
    if faults:
        return summary_page(declaration, faults)
    outcome = send(desk(), current_account(), declaration)
    later = outcome and a_moment_later(desk(), outcome)
    return answer_to_sending(declaration, later)


def _form(number: str) -> Declaration:
    return found(desk().stores.declarations.get(current_account().id, number))
