"""The mails that the real portal would send. Here they go to an outbox, and nowhere else."""

from dataclasses import dataclass
from datetime import datetime

from mockportal.domain.identifiers import WorldId


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says: its subject, its text, and the addresses on the portal that it leads to."""

    subject: str
    text: str
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A letter in the outbox of a world."""

    id: int
    world: WorldId
    to: str
    letter: Letter
    made_at: datetime
    """By the clock of its world."""
