"""When the second control of a deposit runs. The real portal takes about two days (OBSERVED)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum


class Mode(Enum):
    """What the treatment of a deposit waits for."""

    IMMEDIATE = "immediate"
    """Nothing: it begins as soon as a worker is free."""
    DELAY = "delay"
    """The world's clock: so many seconds after the deposit."""
    POLLS = "polls"
    """People: so many looks at the deposit."""
    MANUAL = "manual"
    """A word: somebody says when."""


@dataclass(frozen=True, slots=True)
class Processing:
    """A mode, with its amount: seconds for DELAY, looks for POLLS, nothing for the others."""

    mode: Mode = Mode.IMMEDIATE
    amount: int = 0

    def __str__(self) -> str:
        """Return the words of ``--processing``: ``immediate``, ``delay=5``, ``polls=2``."""
        counted = self.mode in (Mode.DELAY, Mode.POLLS)
        return f"{self.mode.value}={self.amount}" if counted else self.mode.value

    def due(self, received: datetime) -> datetime | None:
        """Return when a deposit received then falls due; None while it waits for something else."""
        match self.mode:
            case Mode.IMMEDIATE:
                return received
            case Mode.DELAY:
                return received + timedelta(seconds=self.amount)
            case Mode.POLLS | Mode.MANUAL:
                return None

    @property
    def looks(self) -> int | None:
        """Return how many looks a deposit waits for, None when they do not count."""
        return self.amount if self.mode is Mode.POLLS else None


def processing_of(words: str) -> Processing | None:
    """Return what the words of ``--processing`` say, or None when they say nothing known."""
    name, equals, amount = words.partition("=")
    if name in ("immediate", "manual") and not equals:
        return Processing(Mode(name))
    counted = amount.isascii() and amount.isdigit() and len(amount) < 10
    if name in ("delay", "polls") and counted and (name == "delay" or int(amount) > 0):
        return Processing(Mode(name), int(amount))
    return None
