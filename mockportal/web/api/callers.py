"""Who calls: HTTP Basic, with verified credentials remembered for a while."""

import secrets
import time
from collections import OrderedDict
from hashlib import blake2b
from threading import Lock
from typing import NamedTuple

from flask import Flask, current_app, g, request
from werkzeug.wrappers import Response

from mockportal.domain.identifiers import AccountId
from mockportal.domain.organisations import Account
from mockportal.web.programs.problems import problem
from mockportal.web.served import desk, served_portal

_SECONDS = 300.0
_MOST = 1_000
_KEY = "mockportal-callers"


class _Verified(NamedTuple):
    until: float
    password_hash: str


class Remembered:
    """Credentials found right a moment ago, so that a call does not pay the password hash.

    They are filed under a keyed hash; a changed password, or an account that is gone, is
    noticed at once.
    """

    def __init__(self) -> None:
        """Remember nobody."""
        self._salt = secrets.token_bytes(32)
        self._known: OrderedDict[bytes, _Verified] = OrderedDict()
        self._lock = Lock()

    def account(self, account_id: str, password: str) -> Account | None:
        """Return the account of right credentials, or None."""
        filed = self._filed(account_id, password)
        with self._lock:
            verified = self._known.get(filed)
        if verified and time.monotonic() < verified.until:
            account = desk().stores.organisations.account(AccountId(account_id.strip()))
            unchanged = account and account.password_hash == verified.password_hash
            if account and account.active and unchanged:
                return account
        account = served_portal().log_in(account_id, password)
        if account:
            self._remember(filed, account)
        return account

    def _remember(self, filed: bytes, account: Account) -> None:
        with self._lock:
            self._known[filed] = _Verified(time.monotonic() + _SECONDS, account.password_hash)
            self._known.move_to_end(filed)
            while len(self._known) > _MOST:
                self._known.popitem(last=False)

    def _filed(self, account_id: str, password: str) -> bytes:
        said = f"{len(account_id)}:{account_id}{password}".encode()
        return blake2b(said, key=self._salt).digest()


def remember_callers(app: Flask) -> None:
    """Give an application its memory of credentials."""
    app.extensions[_KEY] = Remembered()


def ask_who_calls() -> Response | None:
    """Let through who has an account; others read how to sign in."""
    given = request.authorization
    account = None
    if given is not None and given.type == "basic":
        remembered: Remembered = current_app.extensions[_KEY]
        account = remembered.account(given.username or "", given.password or "")
    if account is None:
        answer = problem(401, "Sign in with HTTP Basic: the 9-character identifier, its password.")
        answer.headers["WWW-Authenticate"] = 'Basic realm="mockportal", charset="UTF-8"'
        return answer
    g.caller = account
    return None


def caller() -> Account:
    """Return the account that calls."""
    account: Account = g.caller
    return account
