"""Logging in."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from mockportal.domain.identifiers import AccountId
from mockportal.domain.organisations import Account
from mockportal.journeys.desk import Desk

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""The library's own defaults cost 150 ms and 64 MiB for each login."""


def hashed(password: str) -> str:
    """Return what is kept of a password."""
    return _HASHER.hash(password)


def fits(password_hash: str, password: str) -> bool:
    """Tell whether a password is the one that this was kept of."""
    try:
        return _HASHER.verify(password_hash, password)
    except VerificationError:
        return False


def log_in(desk: Desk, account_id: str, password: str) -> Account | None:
    """Return the account, or None; an unknown identifier takes as long as a wrong password."""
    account = desk.stores.organisations.account(AccountId(account_id.strip()))
    right = fits(account.password_hash if account else _nobodys_hash(), password)
    return account if right else None


@cache
def _nobodys_hash() -> str:
    return hashed("nobody logs in with this")
