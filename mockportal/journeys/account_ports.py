"""What the journeys of people and their accounts need from the storage."""

from datetime import datetime
from typing import Protocol

from mockportal.domain.identifiers import WorldId
from mockportal.domain.mails import Letter, Mail


class Outbox(Protocol):
    """The mails that the portal would have sent; nothing ever leaves the machine."""

    def add(self, world: WorldId, to: str, letter: Letter, made_at: datetime) -> Mail:
        """Put a mail into a world's outbox; far beyond what is looked at, the oldest go."""

    def of_world(self, world: WorldId, limit: int) -> list[Mail]:
        """Return the mails of a world, newest first."""

    def mail(self, world: WorldId, number: int) -> Mail | None:
        """Return one mail of a world, or None."""
