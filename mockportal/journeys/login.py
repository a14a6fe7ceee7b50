"""Logging in.

What a portal does about wrong passwords is ASSUMED: whoever types ten of them for an identifier
within five minutes waits for one. It is counted for the place that they come from, so that nobody
locks others out; where a password is known to be the one on the login page, nothing is counted. And
from one place come at most a hundred wrong ones a minute, whatever the identifiers: a class behind
one address types wrong, a program that tries identifiers does so faster.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from functools import cache, lru_cache
from ipaddress import IPv4Address, IPv6Network, ip_address
from threading import Lock, Semaphore
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from mockportal.domain.identifiers import AccountId
from mockportal.domain.organisations import Account
from mockportal.domain.registrations import (
    OWN_PASSWORD_MISSING,
    PASSWORD_WRONG,
    TOO_MANY_TRIES,
    Faults,
    tidied,
)
from mockportal.journeys.desk import Desk

T = TypeVar("T")
MOST_FAILURES = 10
FAILURES_COUNT_FOR = timedelta(minutes=5)
WAIT = timedelta(minutes=1)
MOST_FAILURES_OF_SOURCE = 100
"""In ``WAIT``, over all identifiers."""
_NETWORK = 64
"""Bits of an IPv6 address that are one customer's: the others are theirs to choose."""
_LONGEST = 100
"""Characters that are kept of what was typed as an identifier."""
_CONTROL_KEY = " control key"
"""Where wrong control keys are counted: no identifier that was typed begins with a space."""
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""The library's own defaults cost 150 ms and 64 MiB for each login."""
_MOST_REMEMBERED = 4_096
_open_secrets: dict[tuple[str, str], None] = {}
"""Each password hash that was found to be of the password on the login page, with that password."""
_remembering = Lock()
_hashes_at_once = Semaphore(2)
"""Each takes 19 MB: a class that logs in at once must not take that thirty times."""


class LoginRefusal(Enum):
    """Why somebody was not let in; the words are the login page's."""

    MISSING = "missing"
    """Nothing was typed as the identifier, or as the password."""
    WRONG = "wrong"
    WAIT = "wait"


_SENTENCES = {
    LoginRefusal.MISSING: OWN_PASSWORD_MISSING,
    LoginRefusal.WRONG: PASSWORD_WRONG,
    LoginRefusal.WAIT: TOO_MANY_TRIES,
}


def hashed(password: str) -> str:
    """Return what is kept of a password."""
    with _hashes_at_once:
        return _HASHER.hash(password)


def agrees(password_hash: str, password: str) -> bool:
    """Tell whether a password is the one of which this is kept; of nothing, none is."""
    try:
        with _hashes_at_once:
            return _HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def account_named(desk: Desk, typed: str) -> Account | None:
    """Return the account of an identifier, typed in small letters too, or None."""
    accounts, wanted = desk.stores.organisations, tidied(typed)
    account = accounts.account(AccountId(wanted))
    if account is None and wanted != wanted.upper():
        account = accounts.account(AccountId(wanted.upper()))
    return account


def log_in(desk: Desk, account_id: str, password: str, shown_password: str = "") -> Account | None:
    """Return the account, or None; an unknown identifier takes as long as a wrong password.

    ``shown_password`` is the one that everybody can read on the login page: that an account has
    it is remembered, so that many logins with it do not pay the password hash. All that fails pays
    it once, whatever was asked before.
    """
    account, nobodys = account_named(desk, account_id), _nobodys_hash()
    able = account and account.active and not account.invited
    kept = account.password_hash if account and able else nobodys
    open_secret = shown_password and password == shown_password
    agreed = (_agrees_to_shown if open_secret else agrees)(kept, password)
    return account if able and agreed else None


def knock(
    desk: Desk, account_id: str, password: str, source: str, shown_password: str = ""
) -> Account | LoginRefusal:
    """Log in, as ``log_in`` does, unless there were too many wrong passwords from ``source``.

    ``shown_password`` is the one that everybody can read on the login page. Whoever types it does
    not wait for what others typed wrong as this identifier; each that fails counts.
    """
    typed = tidied(account_id)[:_LONGEST].upper()
    if not account_id.strip() or not password:
        return LoginRefusal.MISSING

    def attempt() -> Account | None:
        return log_in(desk, account_id, password, shown_password)

    if shown_password and _is_known_open_secret(desk, account_id, shown_password):
        return attempt() or LoginRefusal.WRONG
    return _counted(desk, typed, source, attempt, guesses=password != shown_password)


def knock_with_key(desk: Desk, right: bool, source: str) -> LoginRefusal | None:
    """Return why a control key does not let in who gives it; wrong ones count as passwords do."""
    outcome = _counted(desk, _CONTROL_KEY, source, lambda: right or None)
    return outcome if isinstance(outcome, LoginRefusal) else None


def _counted(
    desk: Desk, whose: str, source: str, attempt: Callable[[], T | None], *, guesses: bool = True
) -> T | LoginRefusal:
    """Return what an attempt brings, unless too many failed before it; one that fails counts.

    One that guesses nothing does not wait for those that failed for ``whose``.
    """
    attempts, now = desk.stores.attempts, desk.circumstances.real()
    source = neighbourhood(source)
    if attempts.failures_of_source(source, now - WAIT) >= MOST_FAILURES_OF_SOURCE:
        return LoginRefusal.WAIT
    failures = attempts.failures(whose, source, now - FAILURES_COUNT_FOR)
    if guesses and len(failures) >= MOST_FAILURES and now - failures[0] < WAIT:
        return LoginRefusal.WAIT
    brought = attempt()
    if brought is None:
        if _is_being_made(desk, whose):
            return LoginRefusal.WRONG  # it is not there just now, which is nobody's fault
        attempts.failed(whose, source, now, now - FAILURES_COUNT_FOR)
        return LoginRefusal.WRONG
    if failures:
        attempts.forgive(whose, source)
    return brought


def _is_being_made(desk: Desk, account: str) -> bool:
    """Tell whether an account belongs to a world that is being made or reset at this moment."""
    worlds = desk.stores.worlds
    for name in worlds.unsettled():
        world = worlds.named(name)
        if world is not None and account in worlds.origin(world).accounts.values():
            return True
    return False


def neighbourhood(source: str) -> str:
    """Return where an address is for counting: of IPv6, the network; names stay as they are."""
    try:
        address = ip_address(source)
    except ValueError:
        return source
    if isinstance(address, IPv4Address):
        return source
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(IPv6Network((address, _NETWORK), strict=False))


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The password that somebody who has logged in gives again, and where they are."""

    password: str
    source: str
    shown_password: str = ""
    """The one that everybody can read on the login page."""


def faults_of_confirmation(desk: Desk, account: Account, again: Confirmation) -> Faults:
    """Return what is wrong with a password given again; wrong ones count as at the login."""
    outcome = knock(desk, account.id, again.password, again.source, again.shown_password)
    return {} if isinstance(outcome, Account) else {"old": _SENTENCES[outcome]}


def is_open_secret(account: Account, shown_password: str) -> bool:
    """Tell whether an account still has the password that everybody can read."""
    return _is_open_secret(account.password_hash, shown_password)


@lru_cache(maxsize=_MOST_REMEMBERED)
def _is_open_secret(password_hash: str, shown_password: str) -> bool:
    """Remember the answer for the login page, which asks for each visitor."""
    return _agrees_to_shown(password_hash, shown_password)


def _is_known_open_secret(desk: Desk, account_id: str, shown_password: str) -> bool:
    """Tell whether an identifier's password was found to be the one that everybody can read.

    No hash is paid to find out: it would be one more than for an identifier that nobody has.
    """
    account = account_named(desk, account_id)
    return account is not None and (account.password_hash, shown_password) in _open_secrets


def _agrees_to_shown(password_hash: str, shown_password: str) -> bool:
    """Tell whether a password hash is of the one that everybody can read; only a yes is kept.

    A no that was kept would tell that an identifier is somebody's: it had been asked about before.
    """
    secret = password_hash, shown_password
    if secret in _open_secrets:
        return True
    if not agrees(password_hash, shown_password):
        return False
    with _remembering:
        while len(_open_secrets) >= _MOST_REMEMBERED:
            del _open_secrets[next(iter(_open_secrets))]
        _open_secrets[secret] = None
    return True


@cache
def _nobodys_hash() -> str:
    return hashed("nobody logs in with this")
