"""When the second control of a deposit runs. The real portal takes about two days (OBSERVED)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from mockportal.domain.clocks import after


class Mode(Enum):
    """What the treatment of a deposit waits for."""

    IMMEDIATE = "immediate"
    """Nothing: it begins as soon as a worker is free."""
    DELAY = "delay"
    """The world's clock: so many seconds after the deposit."""
    WORKING_DAYS = "working_days"
    """The world's clock: the same time of day, so many working days after the deposit."""
    POLLS = "polls"
    """People: so many looks at the deposit."""
    MANUAL = "manual"
    """A word: somebody says when."""

    @property
    def counts(self) -> bool:
        """Tell whether it has an amount."""
        return self in _LEAST


@dataclass(frozen=True, slots=True)
class Processing:
    """A mode, with its amount: of seconds, working days or looks; nothing for the others."""

    mode: Mode = Mode.IMMEDIATE
    amount: int = 0

    def __str__(self) -> str:
        """Return the words of ``--processing``: ``immediate``, ``delay=5``, ``polls=2``."""
        return f"{self.mode.value}={self.amount}" if self.mode.counts else self.mode.value

    def due(self, received: datetime, works: Callable[[date], bool]) -> datetime | None:
        """Return when a deposit received then falls due; None while it waits for something else.

        ``works`` tells whether a day is a working day. ``received`` is in the zone whose days
        count; the time of day stays as it is there.
        """
        match self.mode:
            case Mode.IMMEDIATE:
                return received
            case Mode.DELAY:
                return after(received, timedelta(seconds=self.amount)).astimezone(received.tzinfo)
            case Mode.WORKING_DAYS:
                return _later(received, self.amount, works)
            case Mode.POLLS | Mode.MANUAL:
                return None

    @property
    def looks(self) -> int | None:
        """Return how many looks a deposit waits for, None when they do not count."""
        return self.amount if self.mode is Mode.POLLS else None


_LEAST = {Mode.DELAY: 0, Mode.WORKING_DAYS: 1, Mode.POLLS: 1}
"""The modes that have an amount, each with its smallest."""
_MOST = {Mode.DELAY: 999_999_999, Mode.WORKING_DAYS: 999, Mode.POLLS: 999_999_999}


def processing_of(words: str) -> Processing | None:
    """Return what the words of ``--processing`` say, or None when they say nothing known."""
    name, equals, amount = words.partition("=")
    if name not in {one.value for one in Mode}:
        return None
    mode = Mode(name)
    if not mode.counts:
        return None if equals else Processing(mode)
    counted = amount.isascii() and amount.isdigit() and len(amount) < 10
    if not counted or not _LEAST[mode] <= int(amount) <= _MOST[mode]:
        return None
    return Processing(mode, int(amount))


def _later(moment: datetime, days: int, works: Callable[[date], bool]) -> datetime:
    """Return the same time of day so many working days later; the day itself does not count."""
    while days:
        moment += timedelta(days=1)
        days -= works(moment.date())
    return moment
