"""The clock of a world, in the hand of a test."""

from datetime import UTC, datetime, timedelta

from mockportal.circumstances import ZONE
from mockportal.domain.identifiers import WorldId
from mockportal.journeys.clock import advance, advance_to_next, read_clock, turn
from mockportal.journeys.desk import Desk


class Clock:
    """What time it is in a world. A moment without a zone is one of Paris."""

    def __init__(self, desk: Desk, world: WorldId) -> None:
        """Keep whose clock it is."""
        self._desk = desk
        self._world = world

    @property
    def now(self) -> datetime:
        """Return the world's time, in Paris."""
        return read_clock(self._desk, self._world).now

    @property
    def frozen(self) -> bool:
        """Tell whether it stands still."""
        return read_clock(self._desk, self._world).frozen

    def freeze(self, at: datetime | None = None) -> None:
        """Stop the clock, at a moment or now."""
        turn(self._desk, self._world, _aware(at) if at else self.now, frozen=True)

    def set(self, at: datetime) -> None:
        """Have the clock show a moment, and go on from there."""
        turn(self._desk, self._world, _aware(at), frozen=False)

    def reset(self) -> None:
        """Go back to real time."""
        turn(self._desk, self._world, None, frozen=False)

    def advance(
        self,
        *,
        days: float = 0,
        hours: float = 0,
        minutes: float = 0,
        seconds: float = 0,
        to: datetime | None = None,
    ) -> None:
        """Move the clock on by so much, or to a moment; all that falls due on the way has run.

        A day later is the same time of day in Paris. Raises TimeoutError when what is due does not
        come to its end.
        """
        day = self.now + timedelta(days=days)
        later = day.astimezone(UTC) + timedelta(hours=hours, minutes=minutes, seconds=seconds)
        _settled(advance(self._desk, self._world, _aware(to) if to else later))

    def advance_to_next(self) -> None:
        """Move the clock on to when the next receipt falls due, if any does, and have it made."""
        _settled(advance_to_next(self._desk, self._world))


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=ZONE)


def _settled(so: bool) -> None:
    if not so:
        raise TimeoutError("what is due in this world does not come to its end")
