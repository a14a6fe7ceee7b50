"""« Mon compte » : what people change of their account, and administrateurs of the organisation."""

from mockportal.domain import letters
from mockportal.domain.organisations import Account
from mockportal.domain.registrations import (
    LONGEST_TRADE_NAME,
    PASSWORD_WRONG,
    TRADE_NAME_LONG,
    Faults,
    faults_of_email,
    faults_of_password,
)
from mockportal.journeys.desk import Desk
from mockportal.journeys.login import agrees, hashed
from mockportal.journeys.mailing import send


def change_password(desk: Desk, account: Account, old: str, password: str, again: str) -> Faults:
    """Replace the password of somebody who knows the old one; return what is wrong."""
    faults = {} if agrees(account.password_hash, old) else {"old": PASSWORD_WRONG}
    faults |= faults_of_password(password, again)
    if not faults:
        desk.stores.accounts.set_password(account.id, hashed(password))
        send(desk, account.organisation.world, account.email, letters.password_changed(account))
    return faults


def change_email(desk: Desk, account: Account, email: str) -> Faults:
    """Replace an e-mail address; return what is wrong with the new one."""
    faults = faults_of_email(email)
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
