"""The clock of a world: real, set off by an amount, or frozen."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class WorldClock:
    """What a world's time is made of; ``frozen`` wins over ``offset``."""

    offset: timedelta = timedelta(0)
    frozen: datetime | None = None

    def now(self, real: datetime) -> datetime:
        """Return the world's time at a real moment."""
        return self.frozen or real + self.offset

    def at(self, moment: datetime, real: datetime) -> "WorldClock":
        """Return the clock that shows ``moment`` at a real moment, frozen if this one is."""
        if self.frozen:
            return WorldClock(self.offset, moment)
        return WorldClock(moment - real)
