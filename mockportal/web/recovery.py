"""« Identifiant oublié », « Mot de passe oublié », and the page that chooses a password."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from mockportal.domain.organisations import Account
from mockportal.domain.registrations import IDENTIFIER_MISSING
from mockportal.journeys.recovery import (
    account_of_link,
    choose_password,
    remind_identifiers,
    send_password_link,
)
from mockportal.web.forms import Form, typed, typed_secret
from mockportal.web.outcomes import dead_link, form_page, go_to
from mockportal.web.served import desk

blueprint = Blueprint("recovery", __name__)
_AS_LONG_AS = 0.25
"""Seconds after which is answered, whether or not a mail was written: time does not tell either."""


@blueprint.get("/identifiant-oublie")
def ask_email() -> ResponseReturnValue:
    """Ask for the e-mail address of a forgotten identifier."""
    return form_page("recovery/identifier.html", Form())


@blueprint.post("/identifiant-oublie")
def remind() -> ResponseReturnValue:
    """Mail the identifiers of an address, if there are any; the answer does not tell."""
    values = typed("email")
    with _in_any_case_as_long():
        faults = remind_identifiers(desk(), values["email"], url_for("login.ask"))
    if faults:
        return form_page("recovery/identifier.html", Form(values, faults))
    return go_to(url_for("recovery.sent", what="identifiant"))


@blueprint.get("/mot-de-passe-oublie")
def ask_identifier() -> ResponseReturnValue:
    """Ask for the identifier of a forgotten password."""
    return form_page("recovery/password.html", Form())


@blueprint.post("/mot-de-passe-oublie")
def send_link() -> ResponseReturnValue:
    """Mail a link for a new password, if there is such an account; the answer does not tell."""
    values = typed("account_id")
    if not values["account_id"]:
        return form_page("recovery/password.html", Form(values, {"account_id": IDENTIFIER_MISSING}))
    with _in_any_case_as_long():
        send_password_link(desk(), values["account_id"], link_to_password)
    return go_to(url_for("recovery.sent", what="mot-de-passe"))


@blueprint.get("/message-envoye/<any(identifiant, 'mot-de-passe'):what>")
def sent(what: str) -> str:
    """Say that a mail has gone out if there was somebody to send it to."""
    return render_template("recovery/sent.html", what=what)


@blueprint.get("/mot-de-passe/<token>")
def ask_password(token: str) -> ResponseReturnValue:
    """Ask for a new password; looking at the page uses nothing up."""
    account = account_of_link(desk(), token)
    if account is None:
        return dead_link()
    return form_page("recovery/choose.html", Form(), owner=account)


@blueprint.post("/mot-de-passe/<token>")
def take_password(token: str) -> ResponseReturnValue:
    """Replace the password, and lead to the login page."""
    account = account_of_link(desk(), token)
    outcome = choose_password(desk(), token, typed_secret("password"), typed_secret("again"))
    if isinstance(outcome, Account):
        return go_to(url_for("recovery.chosen"))
    if account is None or not outcome:
        return dead_link()
    return form_page("recovery/choose.html", Form({}, outcome), owner=account)


@blueprint.get("/mot-de-passe-choisi")
def chosen() -> str:
    """Say that the new password works."""
    return render_template("recovery/chosen.html")


@contextmanager
def _in_any_case_as_long() -> Iterator[None]:
    end = time.monotonic() + _AS_LONG_AS
    yield
    time.sleep(max(0.0, end - time.monotonic()))


def link_to_password(token: str) -> str:
    """Return the address at which a link's secret chooses a password."""
    return url_for("recovery.ask_password", token=token)
