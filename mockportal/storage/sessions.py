"""The sessions of those who have logged in, by the digest of what their cookie holds."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Engine, delete, insert, or_, select, update

from mockportal.domain.identifiers import AccountId
from mockportal.storage.account_tables import sessions
from mockportal.storage.deposit_rows import microseconds, moment_of

_SWEPT = 1_000
"""How many go at a time."""


class SessionStore:
    """Sessions; the secret of a cookie is never among what is kept."""

    def __init__(self, engine: Engine) -> None:
        """Keep the engine."""
        self._engine = engine
        self._writer = engine.execution_options(writes=True)

    def add(self, digest: str, account: AccountId | None, data: str, now: datetime) -> None:
        """Begin a session; ``account`` is None where it only opens the back stage."""
        moment = microseconds(now)
        values: dict[str, object] = {"digest": digest, "account_id": account, "data": data}
        values |= {"begun_at": moment, "seen_at": moment}
        with self._writer.begin() as connection:
            connection.execute(insert(sessions).values(values))

    def get(
        self, digest: str, seen_since: datetime, begun_since: datetime
    ) -> tuple[str, datetime] | None:
        """Return what a session holds and when it was last seen, None where it is over."""
        wanted = select(sessions.c.data, sessions.c.seen_at).where(
            sessions.c.digest == digest,
            sessions.c.seen_at > microseconds(seen_since),
            sessions.c.begun_at > microseconds(begun_since),
        )
        with self._engine.connect() as connection:
            row = connection.execute(wanted).first()
        seen = moment_of(row.seen_at) if row else None
        return (row.data, seen) if row and seen else None

    def change(self, digest: str, data: str) -> bool:
        """Replace what a session holds; False, and nothing kept, where it has ended meanwhile."""
        statement = update(sessions).where(sessions.c.digest == digest).values(data=data)
        with self._writer.begin() as connection:
            return connection.execute(statement).rowcount > 0

    def see(self, seen: Sequence[tuple[str, datetime]]) -> None:
        """Note when sessions were used; those that have ended stay so."""
        with self._writer.begin() as connection:
            for digest, moment in dict(seen).items():
                connection.execute(
                    update(sessions)
                    .where(sessions.c.digest == digest)
                    .values(seen_at=microseconds(moment))
                )

    def end(self, digest: str) -> None:
        """End a session."""
        with self._writer.begin() as connection:
            connection.execute(delete(sessions).where(sessions.c.digest == digest))

    def sweep(self, seen_since: datetime, begun_since: datetime) -> bool:
        """Remove some sessions that are over, and tell whether there were any."""
        over = or_(
            sessions.c.seen_at <= microseconds(seen_since),
            sessions.c.begun_at <= microseconds(begun_since),
        )
        with self._engine.connect() as connection:
            some = connection.scalars(select(sessions.c.digest).where(over).limit(_SWEPT)).all()
        if some:
            with self._writer.begin() as connection:
                connection.execute(delete(sessions).where(sessions.c.digest.in_(some)))
        return bool(some)


def end_sessions(connection: Connection, account: AccountId) -> None:
    """End all sessions of an account."""
    connection.execute(delete(sessions).where(sessions.c.account_id == account))
