"""« Mon compte » : what people change of their account, and administrateurs of the organisation."""

from mockportal.domain import letters
from mockportal.domain.organisations import Account
from mockportal.domain.passwords import faults_of_password, known_of
from mockportal.domain.registrations import (
    LONGEST_TRADE_NAME,
    TRADE_NAME_LONG,
    Faults,
    faults_of_email,
)
from mockportal.journeys.desk import Desk
from mockportal.journeys.login import Confirmation, faults_of_confirmation, hashed
from mockportal.journeys.mailing import send


def change_password(
    desk: Desk, account: Account, old: Confirmation, password: str, again: str
) -> Faults:
    """Replace the password of somebody who knows the old one; return what is wrong."""
    faults = faults_of_confirmation(desk, account, old)
    faults |= faults_of_password(password, again, known_of(account))
    if not faults:
        desk.stores.accounts.set_password(account.id, hashed(password))
        send(desk, account.organisation.world, account.email, letters.password_changed(account))
    return faults


def change_email(desk: Desk, account: Account, old: Confirmation, email: str) -> Faults:
    """Replace the e-mail address of somebody who knows the password; return what is wrong.

    A forgotten password is mailed there: who finds a browser left open must not get at it.
    """
    faults = faults_of_email(email) | faults_of_confirmation(desk, account, old)
    if not faults:
        desk.stores.accounts.set_email(account.id, email)
    return faults


def change_trade_name(desk: Desk, account: Account, trade_name: str) -> Faults:
    """Choose the name that the organisation is shown by, or none; return what is wrong with it.

    Only for an administrateur.
    """
    _only_administrators(account)
    if len(trade_name) > LONGEST_TRADE_NAME:
        return {"trade_name": TRADE_NAME_LONG}
    desk.stores.accounts.set_trade_name(account.organisation.id, trade_name)
    return {}


def _only_administrators(account: Account) -> None:
    if not account.is_administrator:
        raise PermissionError(f"{account.id} is no administrateur")
