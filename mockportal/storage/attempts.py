"""The logins that failed lately."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Engine, delete, func, insert, select

from mockportal.storage.account_tables import failed_logins
from mockportal.storage.deposit_rows import microseconds, moment_of


class AttemptStore:
    """Failed logins, by what was typed as an identifier and by where they came from."""

    def __init__(self, engine: Engine) -> None:
        """Keep the engine."""
        self._engine = engine
        self._writer = engine.execution_options(writes=True)

    def failed(self, identifier: str, source: str, at: datetime, forget: datetime) -> None:
        """Count one that failed; those of before ``forget`` are forgotten."""
        values = {"account_id": identifier, "source": source, "at": microseconds(at)}
        with self._writer.begin() as connection:
            connection.execute(
                delete(failed_logins).where(failed_logins.c.at < microseconds(forget))
            )
            connection.execute(insert(failed_logins).values(values))

    def failures(self, identifier: str, source: str, since: datetime) -> list[datetime]:
        """Return when logins failed, newest first."""
        wanted = select(failed_logins.c.at).where(
            failed_logins.c.account_id == identifier,
            failed_logins.c.source == source,
            failed_logins.c.at >= microseconds(since),
        )
        with self._engine.connect() as connection:
            times = connection.scalars(wanted.order_by(failed_logins.c.at.desc())).all()
        return [moment for moment in map(moment_of, times) if moment]

    def forget(self, identifiers: Iterable[str]) -> None:
        """Forget the failures of identifiers, wherever they came from."""
        with self._writer.begin() as connection:
            connection.execute(
                delete(failed_logins).where(failed_logins.c.account_id.in_(list(identifiers)))
            )

    def failures_of_source(self, source: str, since: datetime) -> int:
        """Return how many logins from there failed, whoever was named."""
        wanted = select(func.count()).where(
            failed_logins.c.source == source, failed_logins.c.at >= microseconds(since)
        )
        with self._engine.connect() as connection:
            return connection.scalar(wanted) or 0

    def forgive(self, identifier: str, source: str) -> None:
        """Forget the failures of somebody who got it right."""
        with self._writer.begin() as connection:
            connection.execute(
                delete(failed_logins).where(
                    failed_logins.c.account_id == identifier, failed_logins.c.source == source
                )
            )
