"""Logging in.

What a portal does about wrong passwords is ASSUMED: whoever types ten of them for an identifier
within five minutes waits for one. It is counted for the place that they come from, so that nobody
locks others out; where a password is written on the login page for all, nothing is counted.
"""

from datetime import timedelta
from enum import Enum
from functools import cache, lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from mockportal.domain.identifiers import AccountId
from mockportal.domain.organisations import Account
from mockportal.domain.registrations import tidied
from mockportal.journeys.desk import Desk

MOST_FAILURES = 10
FAILURES_COUNT_FOR = timedelta(minutes=5)
WAIT = timedelta(minutes=1)
_LONGEST = 100
"""Characters that are kept of what was typed as an identifier."""
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""The library's own defaults cost 150 ms and 64 MiB for each login."""


class LoginRefusal(Enum):
    """Why somebody was not let in; the words are the login page's."""

    WRONG = "wrong"
    WAIT = "wait"


def hashed(password: str) -> str:
    """Return what is kept of a password."""
    return _HASHER.hash(password)


def agrees(password_hash: str, password: str) -> bool:
    """Tell whether a password is the one of which this is kept; of nothing, none is."""
    try:
        return _HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def log_in(desk: Desk, account_id: str, password: str, shown_password: str = "") -> Account | None:
    """Return the account, or None; an unknown identifier takes as long as a wrong password.

    ``shown_password`` is the one that everybody can read on the login page: that an account has
    it is remembered, so that many logins with it do not pay the password hash.
    """
    account = desk.stores.organisations.account(AccountId(tidied(account_id)))
    able = account and account.active and not account.invited
    kept = account.password_hash if account and able else _nobodys_hash()
    open_secret = shown_password and password == shown_password
    agreed = (_agrees_again if open_secret else agrees)(kept, password)
    return account if able and agreed else None


def knock(
    desk: Desk, account_id: str, password: str, source: str, shown_password: str = ""
) -> Account | LoginRefusal:
    """Log in, as ``log_in`` does, unless there were too many wrong passwords from ``source``.

    ``shown_password`` is the one that everybody can read on the login page.
    """
    if shown_password and _is_open_secret(desk, account_id, shown_password):
        return log_in(desk, account_id, password, shown_password) or LoginRefusal.WRONG
    attempts, now = desk.stores.attempts, desk.circumstances.real()
    typed = tidied(account_id)[:_LONGEST]
    failures = attempts.failures(typed, source, now - FAILURES_COUNT_FOR)
    if len(failures) >= MOST_FAILURES and now - failures[0] < WAIT:
        return LoginRefusal.WAIT
    account = log_in(desk, account_id, password)
    if account is None:
        attempts.failed(typed, source, now, now - FAILURES_COUNT_FOR)
        return LoginRefusal.WRONG
    if failures:
        attempts.forgive(typed, source)
    return account


def is_open_secret(account: Account, shown_password: str) -> bool:
    """Tell whether an account still has the password that everybody can read."""
    return _agrees_again(account.password_hash, shown_password)


def _is_open_secret(desk: Desk, account_id: str, shown_password: str) -> bool:
    account = desk.stores.organisations.account(AccountId(tidied(account_id)))
    return account is not None and is_open_secret(account, shown_password)


@lru_cache(maxsize=64)
def _agrees_again(password_hash: str, password: str) -> bool:
    """Remember the answer for a password that is no secret."""
    return agrees(password_hash, password)


@cache
def _nobodys_hash() -> str:
    return hashed("nobody logs in with this")
