"""The outbox: mails that wait to be read behind the scenes."""

from datetime import datetime
from typing import Any

from sqlalchemy import Engine, delete, func, insert, select

from mockportal.domain.identifiers import WorldId
from mockportal.domain.mails import Letter, Mail
from mockportal.storage.account_tables import mails
from mockportal.storage.transactions import Writer

MOST_MAILS = 1_000
"""How many mails a world keeps: forms that send one are open to all."""


class OutboxStore:
    """The mails of all worlds."""

    def __init__(self, engine: Engine) -> None:
        """Keep the engine."""
        self._engine = engine
        self._writer = Writer(engine)

    def add(self, world: WorldId, to: str, letter: Letter, made_at: datetime) -> Mail:
        """Put a mail into a world's outbox; beyond ``MOST_MAILS``, the oldest go."""
        values = {
            "world_id": world,
            "recipient": to,
            "subject": letter.subject,
            "text": letter.text,
            "links": "\n".join(letter.links),
            "made_at": made_at.isoformat(),
        }
        kept = select(mails.c.id).where(mails.c.world_id == world).order_by(mails.c.id.desc())
        with self._writer.begin() as connection:
            row = connection.execute(insert(mails).values(values).returning(*mails.c)).one()
            oldest = connection.scalar(kept.offset(MOST_MAILS - 1).limit(1))
            if oldest is not None:
                connection.execute(
                    delete(mails).where(mails.c.world_id == world, mails.c.id < oldest)
                )
        return _mail(row)

    def of_world(self, world: WorldId, limit: int, skip: int = 0) -> list[Mail]:
        """Return the mails of a world, newest first, without the first ``skip``."""
        wanted = select(mails).where(mails.c.world_id == world).order_by(mails.c.id.desc())
        with self._engine.connect() as connection:
            return [_mail(row) for row in connection.execute(wanted.limit(limit).offset(skip))]

    def count(self, world: WorldId) -> int:
        """Return how many mails a world keeps."""
        wanted = select(func.count()).select_from(mails).where(mails.c.world_id == world)
        with self._engine.connect() as connection:
            return connection.scalar(wanted) or 0

    def mail(self, world: WorldId, number: int) -> Mail | None:
        """Return one mail of a world, or None."""
        wanted = select(mails).where(mails.c.world_id == world, mails.c.id == number)
        with self._engine.connect() as connection:
            row = connection.execute(wanted).first()
        return None if row is None else _mail(row)


def _mail(row: Any) -> Mail:
    links = tuple(row.links.split("\n")) if row.links else ()
    return Mail(
        id=row.id,
        world=WorldId(row.world_id),
        to=row.recipient,
        letter=Letter(row.subject, row.text, links),
        made_at=datetime.fromisoformat(row.made_at),
    )
