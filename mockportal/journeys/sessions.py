"""Sessions: kept by the portal, so that logging out ends them wherever their cookie was copied.

Flask-Session would keep them too, but asks for a database layer of its own. Times are real ones:
whoever moves a world's clock logs nobody out.
"""

from datetime import datetime, timedelta

from mockportal.domain.identifiers import AccountId
from mockportal.journeys.desk import Desk
from mockportal.journeys.mailing import digest_of

SESSION_IDLE = timedelta(hours=4)
"""Without a request for so long, a session is over (ASSUMED)."""
SESSION_LONGEST = timedelta(hours=12)
"""After so long it is over in any case (ASSUMED)."""
_NOTED_EVERY = timedelta(minutes=1)


def begin_session(desk: Desk, account: AccountId | None, data: str) -> str:
    """Begin a session, and return the secret that its cookie holds."""
    token = desk.circumstances.new_secret()
    desk.stores.sessions.add(digest_of(token), account, data, desk.circumstances.real())
    return token


def session_data(desk: Desk, token: str) -> tuple[str, tuple[str, datetime] | None] | None:
    """Return what a session holds, None where it is over.

    Beside it stands its digest and the present, where that it was seen is to be noted again.
    """
    now = desk.circumstances.real()
    digest = digest_of(token)
    kept = desk.stores.sessions.get(digest, now - SESSION_IDLE, now - SESSION_LONGEST)
    if kept is None:
        return None
    data, seen = kept
    return data, (digest, now) if now - seen >= _NOTED_EVERY else None


def change_session(desk: Desk, token: str, data: str) -> bool:
    """Replace what a session holds; False where it has ended meanwhile."""
    return desk.stores.sessions.change(digest_of(token), data)


def end_session(desk: Desk, token: str) -> None:
    """End a session."""
    desk.stores.sessions.end(digest_of(token))


def sweep_sessions(desk: Desk) -> bool:
    """Remove some sessions that are over, and tell whether there were any."""
    now = desk.circumstances.real()
    return desk.stores.sessions.sweep(now - SESSION_IDLE, now - SESSION_LONGEST)
