"""Logging in.

What a portal does about wrong passwords is ASSUMED: whoever types ten of them for an identifier
within five minutes waits for one. It is counted for the place that they come from, so that nobody
locks others out; where a password is written on the login page for all, nothing is counted.
"""

from collections.abc import Callable
from datetime import timedelta
from enum import Enum
from functools import cache, lru_cache
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from mockportal.domain.identifiers import AccountId
from mockportal.domain.organisations import Account
from mockportal.domain.registrations import tidied
from mockportal.journeys.desk import Desk

T = TypeVar("T")
MOST_FAILURES = 10
FAILURES_COUNT_FOR = timedelta(minutes=5)
WAIT = timedelta(minutes=1)
_LONGEST = 100
"""Characters that are kept of what was typed as an identifier."""
_CONTROL_KEY = " control key"
"""Where wrong control keys are counted: no identifier that was typed begins with a space."""
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""The library's own defaults cost 150 ms and 64 MiB for each login."""


class LoginRefusal(Enum):
    """Why somebody was not let in; the words are the login page's."""

    MISSING = "missing"
    """Nothing was typed as the identifier, or as the password."""
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


def account_named(desk: Desk, typed: str) -> Account | None:
    """Return the account of an identifier, typed in small letters too, or None."""
    accounts, wanted = desk.stores.organisations, tidied(typed)
    return accounts.account(AccountId(wanted)) or accounts.account(AccountId(wanted.upper()))


def log_in(desk: Desk, account_id: str, password: str, shown_password: str = "") -> Account | None:
    """Return the account, or None; an unknown identifier takes as long as a wrong password.

    ``shown_password`` is the one that everybody can read on the login page: that an account has
    it is remembered, so that many logins with it do not pay the password hash.
    """
    account = account_named(desk, account_id)
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
    typed = tidied(account_id)[:_LONGEST].upper()
    if not account_id.strip() or not password:
        return LoginRefusal.MISSING
    if shown_password and _is_open_secret(desk, account_id, shown_password):
        return log_in(desk, account_id, password, shown_password) or LoginRefusal.WRONG
    return _counted(desk, typed, source, lambda: log_in(desk, account_id, password))


def knock_with_key(desk: Desk, right: bool, source: str) -> LoginRefusal | None:
    """Return why a control key does not let in who gives it; wrong ones count as passwords do."""
    outcome = _counted(desk, _CONTROL_KEY, source, lambda: right or None)
    return outcome if isinstance(outcome, LoginRefusal) else None


def _counted(
    desk: Desk, whose: str, source: str, attempt: Callable[[], T | None]
) -> T | LoginRefusal:
    """Return what an attempt brings, unless too many failed before it; one that fails counts."""
    attempts, now = desk.stores.attempts, desk.circumstances.real()
    failures = attempts.failures(whose, source, now - FAILURES_COUNT_FOR)
    if len(failures) >= MOST_FAILURES and now - failures[0] < WAIT:
        return LoginRefusal.WAIT
    brought = attempt()
    if brought is None:
        attempts.failed(whose, source, now, now - FAILURES_COUNT_FOR)
        return LoginRefusal.WRONG
    if failures:
        attempts.forgive(whose, source)
    return brought


def is_open_secret(account: Account, shown_password: str) -> bool:
    """Tell whether an account still has the password that everybody can read."""
    return _agrees_again(account.password_hash, shown_password)


def _is_open_secret(desk: Desk, account_id: str, shown_password: str) -> bool:
    account = account_named(desk, account_id)
    return account is not None and is_open_secret(account, shown_password)


@lru_cache(maxsize=64)
def _agrees_again(password_hash: str, password: str) -> bool:
    """Remember the answer for a password that is no secret."""
    return agrees(password_hash, password)


@cache
def _nobodys_hash() -> str:
    return hashed("nobody logs in with this")
