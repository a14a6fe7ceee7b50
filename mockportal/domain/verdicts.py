"""The verdict of the second control on one passage."""

from dataclasses import dataclass
from typing import NamedTuple

from mockportal.domain.identifiers import HolderId
from mockportal.domain.messages import Code


class Level(NamedTuple):
    """One level of the funnel that was tried: how many people were left after it."""

    level: int
    matches: int


class Accepted(NamedTuple):
    """The passage is OK and attached to this person."""

    holder: HolderId
    levels: tuple[Level, ...] = ()


class Rejected(NamedTuple):
    """The passage is KO, for this one reason."""

    code: Code
    levels: tuple[Level, ...] = ()


@dataclass(frozen=True, slots=True)
class Suppressed:
    """The stored passage of that identifier is OK to delete (schema 1.1.5, SUPPRESSION)."""

    levels: tuple[Level, ...] = ()


Verdict = Accepted | Rejected | Suppressed
