"""« Identifiant oublié » and « Mot de passe oublié » : answered by mail alone.

What the visitor reads is the same whether or not there is such an account: only who can read the
mail learns it.
"""

from collections import defaultdict

from mockportal.domain import letters
from mockportal.domain.identifiers import WorldId
from mockportal.domain.organisations import Account
from mockportal.domain.passwords import faults_of_password, known_of
from mockportal.domain.registrations import Faults, faults_of_written_email
from mockportal.journeys.desk import Desk
from mockportal.journeys.login import account_named, hashed
from mockportal.journeys.mailing import LinkTo, digest_of, offer_password, send


def remind_identifiers(desk: Desk, email: str, login: str) -> Faults:
    """Mail its identifiers to an address; a world's own outbox gets those of that world."""
    if faults := faults_of_written_email(email):
        return faults
    by_world: dict[WorldId, list[Account]] = defaultdict(list)
    for account in desk.stores.accounts.with_email(email):
        by_world[account.organisation.world].append(account)
    for world, accounts in by_world.items():
        send(desk, world, accounts[0].email, letters.identifiers(accounts, login))
    return {}


def send_password_link(desk: Desk, account_id: str, link_to: LinkTo) -> None:
    """Mail a link that chooses a new password, where there is such an account."""
    account = account_named(desk, account_id)
    if account is None or not account.active:
        return
    link = offer_password(desk, account, letters.PASSWORD_LINK_HOLDS, link_to)
    world = account.organisation.world
    send(desk, world, account.email, letters.new_password(account, link))


def account_of_link(desk: Desk, token: str) -> Account | None:
    """Return whose password a link chooses, or None when it has been used or has expired."""
    return desk.stores.links.offered(digest_of(token), desk.circumstances.real())


def choose_password(desk: Desk, token: str, password: str, again: str) -> Account | Faults:
    """Replace a password by means of a link, which is used up by it.

    No fault at all is told of a link that has been used or has expired.
    """
    owner = account_of_link(desk, token)
    if owner is None:
        return {}
    if faults := faults_of_password(password, again, known_of(owner)):
        return faults
    real = desk.circumstances.real()
    account = desk.stores.links.take(digest_of(token), real, hashed(password))
    if account is None:
        return {}
    send(desk, account.organisation.world, account.email, letters.password_changed(account))
    return account
