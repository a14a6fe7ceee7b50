"""Who is logged in. Pages are closed unless their blueprint is named here as open to all."""

import re
from hashlib import sha256
from typing import cast

from flask import Flask, abort, g, request, session
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from flask_wtf.csrf import generate_csrf  # type: ignore[import-untyped]  # it ships no types

from mockportal.assembly import Portal
from mockportal.domain.identifiers import AccountId
from mockportal.domain.organisations import Account
from mockportal.journeys.login import Confirmation
from mockportal.web.bodies import let_in
from mockportal.web.forms import typed_secret
from mockportal.web.served import served_portal
from mockportal.web.session_cookies import CONTROL, PortalSession, SessionCookies

_OPEN_TO_ALL = {"assistance", "backstage", "health", "login", "recovery", "registration"}
"""``backstage`` has a guard of its own."""
_KEPT_AT_LOGIN = (CONTROL,)
"""What a trainer who logs in need not give again."""
_OUR_PAGE = re.compile(r"/(?![/\\])[^\x00-\x1f\x7f]*")
"""A path of this portal. Browsers read ``//`` and ``/\\`` as another site, and leave out tabs."""
_WITHOUT_SESSIONS = {"api", "documentation", "mock", "reference"}
"""The doors for programs: who asks there is asked at each request."""


class SignedIn(UserMixin):  # type: ignore[misc]  # Flask-Login ships no types
    """An account in the shape that Flask-Login asks for."""

    def __init__(self, account: Account) -> None:
        """Keep the account."""
        self.account = account

    def get_id(self) -> str:
        """Return what the session remembers of the account; another password ends the session."""
        return f"{self.account.id}.{_mark(self.account)}"


def _mark(account: Account) -> str:
    return sha256(account.password_hash.encode()).hexdigest()[:32]


def keep_sessions(app: Flask, portal: Portal) -> None:
    """Remember who is logged in, and send all others to the login page."""
    app.session_interface = SessionCookies(portal)
    manager = LoginManager(app)
    manager.login_view = "login.ask"
    manager.login_message = None

    @manager.user_loader  # type: ignore[untyped-decorator]  # Flask-Login ships no types
    def load(remembered: str) -> SignedIn | None:
        account_id, _, mark = remembered.partition(".")
        account = portal.desk.stores.organisations.account(AccountId(account_id))
        same = account is not None and account.active and mark == _mark(account)
        return SignedIn(account) if account and same else None

    @app.before_request
    def ask_to_log_in() -> ResponseReturnValue | None:
        if request.endpoint == "static" or _WITHOUT_SESSIONS.intersection(request.blueprints):
            return None
        fault = cast("PortalSession", session).fault
        if fault is not None and request.blueprint != "health":
            raise fault
        if request.endpoint is None or request.blueprint in _OPEN_TO_ALL:
            return None
        if someone_is_logged_in():
            let_in()
            return None
        answer: ResponseReturnValue = manager.unauthorized()
        return answer


def current_account() -> Account:
    """Return the account that is logged in; only for pages that are closed to others."""
    account: Account = current_user.account
    return account


def administrator() -> Account:
    """Return the account that is logged in where it is an administrateur's; others read a 403."""
    account = current_account()
    if not account.is_administrator:
        abort(403)
    return account


def someone() -> Account | None:
    """Return the account that is logged in, if any; for pages that are open to all."""
    return current_account() if someone_is_logged_in() else None


def someone_is_logged_in() -> bool:
    """Tell whether the visitor has logged in."""
    return bool(current_user.is_authenticated)


def begin(account: Account) -> None:
    """Log an account in, in a session of its own."""
    kept = {name: session[name] for name in _KEPT_AT_LOGIN if name in session}
    session.clear()
    session.update(kept)
    cast("PortalSession", session).renewed = True
    login_user(SignedIn(account))
    g.pop("csrf_token", None)
    generate_csrf()  # now, so that no page that is only read has to write it


def confirmation() -> Confirmation:
    """Return the password that the form of somebody who has logged in gives again."""
    shown = served_portal().demo_password
    return Confirmation(typed_secret("old"), request.remote_addr or "", shown)


def end() -> None:
    """Log out and forget all that the session held."""
    logout_user()
    session.clear()


def page_asked_for() -> str | None:
    """Return the page that led to the login page, if it is one of ours."""
    page = request.args.get("next", "")
    return page if _OUR_PAGE.fullmatch(page) else None
