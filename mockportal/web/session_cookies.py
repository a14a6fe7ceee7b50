"""Where Flask's session is kept: with rights in the database, without any in a signed cookie.

Who has not logged in costs no row and no write: a form's CSRF token and a registration's draft give
no right to anybody who copies them. As soon as a session gives one, its cookie is a mere secret.
"""

import logging
from hashlib import sha256
from typing import Any

from flask import Flask, Request, Response, request
from flask.json.tag import TaggedJSONSerializer
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin

from mockportal.assembly import Portal
from mockportal.domain.identifiers import AccountId
from mockportal.domain.storage_failures import StorageError
from mockportal.journeys.sessions import begin_session, change_session, end_session, session_data
from mockportal.web.storage_failures import storage_failed

_ACCOUNT = "_user_id"
"""What Flask-Login remembers an account by."""
CONTROL = "control"
"""What opens the back stage."""
_RIGHTS = {_ACCOUNT, CONTROL}
_JSON = TaggedJSONSerializer()
_BETWEEN = "."
"""Stands in each signed cookie, and in no secret."""


class PortalSession(SecureCookieSession):
    """A session, and the secret under which the portal keeps it, if it does."""

    token: str | None = None
    renewed = False
    """Whether it gets another secret: who knew that of before it gave a right knows nothing."""
    rights: frozenset[str] = frozenset()
    """Which rights it gave when the request came."""
    fault: StorageError | None = None
    """Why it could not be read: raised where somebody asks who it is for."""


class SessionCookies(SecureCookieSessionInterface):
    """Keeps sessions that give rights in the database."""

    session_class = PortalSession
    digest_method = staticmethod(sha256)
    """Of the signature of a session that gives no right; Flask's own is SHA-1."""

    def __init__(self, portal: Portal) -> None:
        """Keep the portal."""
        self._portal = portal

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Return the session of a request; a new one where there is none, or it is over."""
        token = request.cookies.get(self.get_cookie_name(app), "")
        if request.path.startswith(f"{app.static_url_path}/"):
            return PortalSession()  # nothing there asks who it is for
        if not token or _BETWEEN in token:
            return super().open_session(app, request)
        try:
            kept = session_data(self._portal.desk, token)
        except StorageError as fault:
            unread = PortalSession()
            unread.fault = fault  # here no error handler would answer it
            return unread
        if kept is None:
            return PortalSession()
        data, seen = kept
        if seen:
            self._portal.seen.add(seen)
        session = PortalSession(_JSON.loads(data))
        session.token = token
        session.rights = frozenset(_RIGHTS & session.keys())
        return session

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Keep what has changed of a session, and give its cookie where that is another one."""
        if not isinstance(session, PortalSession):
            raise TypeError(f"a session of another kind: {session!r}")
        if session.fault is not None or storage_failed():
            return  # the cookie stays: once storage is of use again, it is worth what it was
        desk, token = self._portal.desk, session.token
        if token is not None and (session.renewed or not _RIGHTS & session.keys()):
            end_session(desk, token)
            token = None
        if not _RIGHTS & session.keys():
            super().save_session(app, session, response)
            return
        response.vary.add("Cookie")
        data = _JSON.dumps(dict(session))
        if token is None:
            value = begin_session(desk, _account(session), data)
            response.set_cookie(self.get_cookie_name(app), value, **self._attributes(app))
        elif session.modified and not self._changed(session, token, data):
            response.delete_cookie(self.get_cookie_name(app), **self._attributes(app))

    def _changed(self, session: PortalSession, token: str, data: str) -> bool:
        """Replace what a session holds, and tell whether it is still there.

        A sentence for the next page may get lost: what it tells of has been done. Neither a right
        nor the token of a form that is shown may.
        """
        try:
            return change_session(self._portal.desk, token, data)
        except StorageError:
            if session.rights != _RIGHTS & session.keys() or request.method == "GET":
                raise
            logging.getLogger(__name__).warning("a session could not be changed")
            return True

    def _attributes(self, app: Flask) -> dict[str, Any]:
        return {
            "domain": self.get_cookie_domain(app),
            "path": self.get_cookie_path(app),
            "secure": self.get_cookie_secure(app),
            "httponly": self.get_cookie_httponly(app),
            "samesite": self.get_cookie_samesite(app),
        }


def _account(session: PortalSession) -> AccountId | None:
    remembered = str(session.get(_ACCOUNT, ""))
    return AccountId(remembered.partition(".")[0][:9]) or None
