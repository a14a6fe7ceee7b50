"""Writing mails into the outbox, and the links in them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256

from mockportal.domain.identifiers import WorldId
from mockportal.domain.mails import Letter
from mockportal.domain.organisations import Account
from mockportal.journeys.desk import Desk

LinkTo = Callable[[str], str]
"""Gives the address of the page that a link's secret opens; only what serves pages knows it."""


def send(desk: Desk, world: WorldId, to: str, letter: Letter) -> None:
    """Put a mail into the outbox, dated by its world's clock."""
    desk.stores.outbox.add(world, to, letter, desk.circumstances.now(world))


def offer_password(desk: Desk, account: Account, holds: timedelta, link_to: LinkTo) -> str:
    """Return the address at which an account's password can be chosen, once, for some time."""
    token = desk.circumstances.new_secret()
    desk.stores.links.forget_expired(desk.circumstances.real())
    desk.stores.links.offer(digest_of(token), account.id, expiry(desk, holds))
    return link_to(token)


def digest_of(token: str) -> str:
    """Return what is kept of a link's secret."""
    return sha256(token.encode(errors="replace")).hexdigest()


def expiry(desk: Desk, holds: timedelta) -> datetime:
    """Return when a link that is made now stops working, in real time."""
    return desk.circumstances.real() + holds
