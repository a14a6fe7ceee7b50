"""« Inscription de votre organisme » : four steps, then a mail to confirm.

How the fields are spread over steps 2 to 4 is ASSUMED. Each step is a page of its own, and the last
one sends all.
"""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from mockportal.domain.organisations import Account
from mockportal.domain.registrations import TERMS_REFUSED, Faults, faults_of_person
from mockportal.journeys.registration import (
    confirm,
    free_to_register,
    organisation_of,
    register,
    registration_of,
    world_of_newcomers,
)
from mockportal.web import drafts
from mockportal.web.forms import Form, offered, ticked, typed, typed_secret
from mockportal.web.outcomes import dead_link, form_page, go_to
from mockportal.web.served import desk

blueprint = Blueprint("registration", __name__, url_prefix="/inscription")
_KIND = "/<any(certificateur, deposant):kind>"
_PROOF = {"certificateur": "contract", "deposant": "certifier"}


@blueprint.get("")
def choose() -> str:
    """Ask which kind of organisation it is."""
    return render_template("registration/kind.html")


@blueprint.get("/identifiants")
def free() -> str:
    """Show the organisations that can be registered: nobody sends letters about them here."""
    return render_template("registration/free.html", organisations=free_to_register(desk()))


@blueprint.get(f"{_KIND}/organisme")
def ask_organisation(kind: str) -> ResponseReturnValue:
    """Ask for the identifiers of the organisation."""
    values = drafts.draft_of(kind) | offered("client_id", _PROOF[kind])
    return form_page("registration/organisation.html", Form(values), kind=kind)


@blueprint.post(f"{_KIND}/organisme")
def take_organisation(kind: str) -> ResponseReturnValue:
    """Check the identifiers of the organisation, and go on."""
    values = typed("client_id", _PROOF[kind])
    wanted = drafts.candidate(kind, values)
    _, faults = organisation_of(desk(), world_of_newcomers(desk()), wanted)
    if faults:
        return form_page("registration/organisation.html", Form(values, faults), kind=kind)
    drafts.keep(kind, values)
    return go_to(url_for("registration.ask_person", kind=kind))


@blueprint.get(f"{_KIND}/titulaire")
def ask_person(kind: str) -> ResponseReturnValue:
    """Ask who the account is for."""
    draft = drafts.draft_of(kind)
    if "client_id" not in draft:
        return go_to(url_for("registration.ask_organisation", kind=kind))
    return form_page("registration/person.html", Form(draft), kind=kind)


@blueprint.post(f"{_KIND}/titulaire")
def take_person(kind: str) -> ResponseReturnValue:
    """Check who the account is for, and go on."""
    values = typed("last_name", "first_name", "email")
    accepted = ticked("terms")
    faults = faults_of_person(drafts.person(values))
    faults |= {} if accepted else {"terms": TERMS_REFUSED}
    values |= {"terms": "oui"} if accepted else {}
    if faults:
        return form_page("registration/person.html", Form(values, faults), kind=kind)
    drafts.keep(kind, values)
    return go_to(url_for("registration.ask_password", kind=kind))


@blueprint.get(f"{_KIND}/mot-de-passe")
def ask_password(kind: str) -> ResponseReturnValue:
    """Ask for a password, and show the draft as a whole."""
    return _last_step(kind, {})


@blueprint.post(f"{_KIND}/mot-de-passe")
def send(kind: str) -> ResponseReturnValue:
    """Keep the registration and ask by mail to confirm it."""
    draft = drafts.draft_of(kind)
    changed = typed("draft")["draft"] != draft.get("draft")
    if changed or "email" not in draft:
        return _last_step(kind, {}, changed=changed)
    faults = register(
        desk(), drafts.filled_in(kind), typed_secret("password"), typed_secret("again"), _link
    )
    if faults:
        return _last_step(kind, faults)
    drafts.remember_sent(draft["email"])
    return go_to(url_for("registration.sent"))


def _link(token: str) -> str:
    return url_for("registration.ask_to_confirm", token=token)


def _last_step(kind: str, faults: Faults, *, changed: bool = False) -> ResponseReturnValue:
    draft = drafts.draft_of(kind)
    if "email" not in draft:
        return go_to(url_for("registration.ask_person", kind=kind))
    known, _ = organisation_of(desk(), world_of_newcomers(desk()), drafts.candidate(kind, draft))
    return form_page(
        "registration/password.html", Form(draft, faults), kind=kind, known=known, changed=changed
    )


@blueprint.get("/envoyee")
def sent() -> ResponseReturnValue:
    """Say that a mail waits to be read."""
    email = drafts.sent_to()
    if email is None:
        return go_to(url_for("registration.choose"))
    return render_template("registration/sent.html", email=email)


@blueprint.get("/confirmation/<token>")
def ask_to_confirm(token: str) -> ResponseReturnValue:
    """Show what a link confirms; looking at it uses nothing up."""
    waiting = registration_of(desk(), token)
    if waiting is None:
        return dead_link()
    return form_page("registration/confirm.html", Form(), person=waiting.person)


@blueprint.post("/confirmation/<token>")
def take_confirmation(token: str) -> ResponseReturnValue:
    """Make the account, and lead to its identifier."""
    waiting = registration_of(desk(), token)
    outcome = confirm(desk(), token, url_for("login.ask"))
    if isinstance(outcome, Account):
        drafts.remember_done(outcome.id)
        return go_to(url_for("registration.over"))
    if outcome and waiting:
        return form_page("registration/confirm.html", Form({}, outcome), person=waiting.person)
    return go_to(url_for("registration.over")) if drafts.done() else dead_link()


@blueprint.get("/terminee")
def over() -> ResponseReturnValue:
    """Show the identifier that was made."""
    account_id = drafts.done()
    if account_id is None:
        return go_to(url_for("login.ask"))
    return render_template("registration/over.html", account_id=account_id)
