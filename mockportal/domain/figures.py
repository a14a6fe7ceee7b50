"""The figures of a portal, as the webinars on the real one show them: volumes, rates, reasons."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from mockportal.domain.identifiers import WorldId
from mockportal.domain.organisations import Organisation

MONTHS_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Volumes:
    """What has come in, and from whom; passages are those that were sent to be published."""

    files: int = 0
    refused: int = 0
    """Files that failed the first control."""
    accepted: int = 0
    """Passages published, those deleted since included."""
    rejected: int = 0
    late: int = 0
    """Accepted passages that were sent after the three months."""
    alive: int = 0
    """Passages published and not deleted."""
    passports: int = 0
    """People with a living passage."""
    known: int = 0
    """Certificateurs that the portal knows."""
    with_account: int = 0
    with_file: int = 0
    """Certificateurs for which a file was deposited, by whomever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """What was treated in a month, by the world's clock in Paris."""

    year: int
    month: int
    accepted: int = 0
    rejected: int = 0
    late: int = 0

    @property
    def treated(self) -> int:
        """Return how many passages were judged."""
        return self.accepted + self.rejected


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of a world, or of an organisation in it."""

    at: datetime
    """The world's time at which they were counted."""
    volumes: Volumes
    months: tuple[Month, ...]
    """Those in which something was treated, oldest first."""
    reasons: tuple[tuple[str, int], ...]
    """The code of each reason of a KO, and how many there are; the most frequent first."""

    @property
    def size(self) -> int:
        """Return about how many rows a count of them goes through."""
        return self.volumes.files + self.volumes.accepted + self.volumes.rejected

    def month(self, like: Month) -> Month:
        """Return what was treated in the month of ``like``."""
        wanted = (like.year, like.month)
        found = (one for one in self.months if (one.year, one.month) == wanted)
        return next(found, Month(year=like.year, month=like.month))

    def latest_months(self, today: date) -> tuple[Month, ...]:
        """Return the last months, at most twelve, empty ones included, up to the present one."""
        if not self.months:
            return ()
        known = {(one.year, one.month): one for one in self.months}
        first, last = min(known), max(*known, (today.year, today.month))
        all_of_them = [
            known.get(one) or Month(year=one[0], month=one[1]) for one in _from(first, last)
        ]
        return tuple(all_of_them[-MONTHS_SHOWN:])


@dataclass(frozen=True, slots=True)
class Kept:
    """Figures as they were kept."""

    figures: Figures
    counted_at: datetime
    """In real time."""
    state: tuple[int, ...]
    """What the world was like just before the count: another one is to be counted anew."""


@dataclass(frozen=True, slots=True)
class Place:
    """Whose figures: a world's, or those of an organisation in it."""

    world: WorldId
    organisation: Organisation | None = None


def _from(first: tuple[int, int], last: tuple[int, int]) -> Iterator[tuple[int, int]]:
    for number in range(first[0] * 12 + first[1] - 1, last[0] * 12 + last[1]):
        yield number // 12, number % 12 + 1
