"""« Mon compte » : the person, the organisation, and what each may change."""

from flask import Blueprint, flash, url_for
from flask.typing import ResponseReturnValue

from mockportal.journeys.own_account import change_email, change_password, change_trade_name
from mockportal.web.forms import Form, typed, typed_secret
from mockportal.web.outcomes import form_page, go_to
from mockportal.web.served import desk
from mockportal.web.session import administrator, begin, confirmation, current_account

blueprint = Blueprint("account", __name__, url_prefix="/compte")


@blueprint.get("")
def show() -> ResponseReturnValue:
    """Show the account that is logged in, its organisation and the mandates of that."""
    account = current_account()
    mandates = desk().stores.accounts.mandates(account.organisation.id)
    return form_page("account/account.html", Form(), account=account, mandates=mandates)


@blueprint.get("/mot-de-passe")
def ask_password() -> ResponseReturnValue:
    """Ask for the old password and a new one."""
    return form_page("account/password.html", Form(), account=current_account())


@blueprint.post("/mot-de-passe")
def take_password() -> ResponseReturnValue:
    """Replace the password; other sessions of the account end by it, this one goes on."""
    account, secrets = current_account(), map(typed_secret, ("password", "again"))
    faults = change_password(desk(), account, confirmation(), *secrets)
    if faults:
        return form_page("account/password.html", Form({}, faults), account=account)
    begin(desk().stores.organisations.account(account.id) or account)
    flash("password")
    return go_to(url_for("account.show"))


@blueprint.get("/courriel")
def ask_email() -> ResponseReturnValue:
    """Ask for another e-mail address."""
    return form_page("account/email.html", Form({"email": current_account().email}))


@blueprint.post("/courriel")
def take_email() -> ResponseReturnValue:
    """Replace the e-mail address, for whoever knows the password."""
    values = typed("email")
    faults = change_email(desk(), current_account(), confirmation(), values["email"])
    if faults:
        return form_page("account/email.html", Form(values, faults))
    flash("email")
    return go_to(url_for("account.show"))


@blueprint.get("/nom-commercial")
def ask_trade_name() -> ResponseReturnValue:
    """Ask for the name that the organisation wants to be shown by."""
    organisation = administrator().organisation
    form = Form({"trade_name": organisation.trade_name})
    return form_page("account/trade_name.html", form, organisation=organisation)


@blueprint.post("/nom-commercial")
def take_trade_name() -> ResponseReturnValue:
    """Replace that name."""
    account, values = administrator(), typed("trade_name")
    faults = change_trade_name(desk(), account, values["trade_name"])
    if faults:
        form = Form(values, faults)
        return form_page("account/trade_name.html", form, organisation=account.organisation)
    flash("trade_name")
    return go_to(url_for("account.show"))
