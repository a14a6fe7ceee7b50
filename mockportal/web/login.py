"""Logging in and out."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from mockportal.domain.identifiers import AccountId
from mockportal.domain.organisations import Account
from mockportal.web.hosts import cannot_be_rebound
from mockportal.web.outcomes import answer_to_login, go_to, login_page
from mockportal.web.served import desk, served_portal
from mockportal.web.session import begin, end, page_asked_for, someone_is_logged_in

blueprint = Blueprint("login", __name__)
_DEMONSTRATION = ("CERT00001", "CERT00002", "DEPO00001")


@blueprint.get("/connexion")
def ask() -> ResponseReturnValue:
    """Show the login page; whoever is logged in already goes on."""
    return go_to(url_for("home.show")) if someone_is_logged_in() else login_page()


@blueprint.post("/connexion")
def log_in() -> ResponseReturnValue:
    """Log in, and go on to the page that was asked for."""
    form = request.form
    outcome = served_portal().knock(
        form.get("identifiant", ""), form.get("mot_de_passe", ""), request.remote_addr or ""
    )
    if isinstance(outcome, Account):
        begin(outcome)
    return answer_to_login(outcome, page_asked_for() or url_for("home.show"))


@blueprint.post("/deconnexion")
def log_out() -> ResponseReturnValue:
    """Log out."""
    end()
    return go_to(url_for("login.ask"))


@blueprint.app_template_global()
def demonstration_accounts() -> list[Account]:
    """Return the accounts that the login page may tell everyone about.

    A page of another site, whose name was made to point here, is not told.
    """
    portal, host = served_portal(), request.headers.get("Host", "")
    if not portal.demo_password or not cannot_be_rebound(portal.settings, host):
        return []
    accounts = (desk().stores.organisations.account(AccountId(one)) for one in _DEMONSTRATION)
    return [
        account for account in accounts if account and served_portal().has_demo_password(account)
    ]


@blueprint.app_template_global()
def demonstration_password() -> str:
    """Return the password of those accounts."""
    return served_portal().demo_password
