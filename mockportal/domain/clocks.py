"""The clock of a world: real, set off by an amount, or frozen.

All is reckoned in UTC: between two moments of one zone, Python reckons by what its clocks show, and
where these are put forward or back, an hour goes wrong.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True)
class WorldClock:
    """What a world's time is made of; ``frozen`` wins over ``offset``."""

    offset: timedelta = timedelta(0)
    frozen: datetime | None = None

    def now(self, real: datetime) -> datetime:
        """Return the world's time at a real moment."""
        return self.frozen or after(real, self.offset)

    def at(self, moment: datetime, real: datetime) -> "WorldClock":
        """Return the clock that shows ``moment`` at a real moment, frozen if this one is."""
        if self.frozen:
            return WorldClock(self.offset, moment)
        return WorldClock(moment.astimezone(UTC) - real.astimezone(UTC))


def after(moment: datetime, time: timedelta) -> datetime:
    """Return the moment that comes so much later, in UTC."""
    return moment.astimezone(UTC) + time


def days_after(moment: datetime, days: float) -> datetime:
    """Return the same time of day so many days later, in the moment's own zone.

    Where the clocks are put forward on the way, a full 24 hours a day all the same.
    """
    time = timedelta(days=days)
    return max((moment + time).astimezone(UTC), after(moment, time))
