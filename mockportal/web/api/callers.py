"""Who calls: HTTP Basic, with verified credentials remembered for a while."""

import secrets
import time
from collections import OrderedDict
from hashlib import blake2b
from threading import Lock
from typing import NamedTuple

from flask import Flask, current_app, g, request
from werkzeug.wrappers import Response

from mockportal.domain.organisations import Account
from mockportal.journeys.login import WAIT, LoginRefusal, account_named
from mockportal.web.bodies import earlier_refusal, let_in
from mockportal.web.programs.origins import sent_by_another_site
from mockportal.web.programs.problem_types import ProblemType
from mockportal.web.programs.problems import problem
from mockportal.web.served import desk, served_portal

_SECONDS = 300.0
_MOST = 1_000
_KEY = "mockportal-callers"
_READING = ("GET", "HEAD", "OPTIONS")
_SIGN_IN = (
    ProblemType.UNAUTHENTICATED,
    "Sign in with HTTP Basic: the 9-character identifier, and its password.",
    ("WWW-Authenticate", 'Basic realm="mockportal", charset="UTF-8"'),
)
_REFUSALS = {
    LoginRefusal.MISSING: _SIGN_IN,
    LoginRefusal.WRONG: _SIGN_IN,
    LoginRefusal.WAIT: (
        ProblemType.TOO_MANY_ATTEMPTS,
        "There were too many wrong passwords for this identifier: wait for a minute.",
        ("Retry-After", str(int(WAIT.total_seconds()))),
    ),
}


class _Verified(NamedTuple):
    until: float
    password_hash: str


class Remembered:
    """Credentials found right a moment ago, so that a call does not pay the password hash.

    They are filed under a keyed hash; a changed password, or an account that is gone, is
    noticed at once.
    """

    def __init__(self, most: int = _MOST) -> None:
        """Remember nobody, and later at most so many."""
        self._most = most
        self._salt = secrets.token_bytes(32)
        self._known: OrderedDict[bytes, _Verified] = OrderedDict()
        self._lock = Lock()

    def account(self, account_id: str, password: str) -> Account | LoginRefusal:
        """Return the account of right credentials, or why there is none."""
        filed = self._filed(account_id, password)
        with self._lock:
            verified = self._known.get(filed)
        if verified and time.monotonic() < verified.until:
            account = account_named(desk(), account_id)
            if account and account.active and account.password_hash == verified.password_hash:
                return account
        found = served_portal().knock(account_id, password, request.remote_addr or "")
        if isinstance(found, Account):
            self._remember(filed, found)
        return found

    def _remember(self, filed: bytes, account: Account) -> None:
        with self._lock:
            self._known[filed] = _Verified(time.monotonic() + _SECONDS, account.password_hash)
            self._known.move_to_end(filed)
            while len(self._known) > self._most:
                self._known.popitem(last=False)

    def _filed(self, account_id: str, password: str) -> bytes:
        said = f"{len(account_id)}:{account_id}{password}".encode()
        return blake2b(said, key=self._salt).digest()


def remember_callers(app: Flask) -> None:
    """Give an application its memory of credentials."""
    app.extensions[_KEY] = Remembered()


def ask_who_calls() -> Response | None:
    """Let through who has an account; others read how to sign in.

    A browser sends the credentials that it remembers with any page's form: nothing is changed for
    a page of another site.
    """
    if request.method not in _READING and sent_by_another_site():
        return problem(
            ProblemType.FOREIGN_ORIGIN, "A page of another site may not change anything."
        )
    found = who_calls()
    if isinstance(found, Account):
        g.caller = found
        let_in()
        return None
    kind, detail, (name, value) = _REFUSALS[found]
    answer = problem(kind, detail)
    answer.headers[name] = value
    return answer


def who_calls() -> Account | LoginRefusal:
    """Return whose credentials the request bears, or why they are nobody's."""
    if refusal := earlier_refusal():
        return refusal
    given = request.authorization
    if given is None or given.type != "basic":
        return LoginRefusal.WRONG
    remembered: Remembered = current_app.extensions[_KEY]
    return remembered.account(given.username or "", given.password or "")


def caller() -> Account:
    """Return the account that calls."""
    account: Account = g.caller
    return account
