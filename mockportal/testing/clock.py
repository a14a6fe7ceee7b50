"""The clock of a world, in the hand of a test."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from mockportal.circumstances import ZONE
from mockportal.domain.clocks import days_after
from mockportal.domain.identifiers import WorldId
from mockportal.journeys.clock import advance, advance_to_next, read_clock, turn
from mockportal.journeys.desk import Desk

Moment = datetime | str
"""A time, or one in ISO 8601: ``2026-04-03T12:00``."""
_BACK = "set() and freeze() can turn it back"


class Clock:
    """What time it is in a world. A moment without a zone is one of Paris."""

    def __init__(self, desk: Desk, world: WorldId) -> None:
        """Keep whose clock it is."""
        self._desk = desk
        self._world = world

    def __repr__(self) -> str:
        """Return what it shows, and whether it stands still."""
        return f"<Clock {self.now.isoformat()}{', frozen' if self.frozen else ''}>"

    @property
    def now(self) -> datetime:
        """Return the world's time, in Paris."""
        return read_clock(self._desk, self._world).now

    @property
    def frozen(self) -> bool:
        """Tell whether it stands still."""
        return read_clock(self._desk, self._world).frozen

    def freeze(self, at: Moment | None = None) -> None:
        """Stop the clock, at a moment or now."""
        turn(self._desk, self._world, _aware(at) if at else self.now, frozen=True)

    def set(self, at: Moment) -> None:
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
        to: Moment | None = None,
    ) -> None:
        """Move the clock on by so much, or to a moment; all that falls due on the way has run.

        A day later is the same time of day in Paris, and 24 hours at least. Raises ValueError for
        no time at all, a moment that is past, or both a length and a moment; TimeoutError when
        what is due does not come to its end.
        """
        lengths = {"days": days, "hours": hours, "minutes": minutes, "seconds": seconds}
        now = self.now
        flaw = _flaw(lengths, now, None if to is None else _aware(to))
        if flaw:
            raise ValueError(flaw)
        day = days_after(now, days)
        later = day + timedelta(hours=hours, minutes=minutes, seconds=seconds)
        _settled(advance(self._desk, self._world, _aware(to) if to else later))

    def advance_to_next(self) -> None:
        """Move the clock on to when the next receipt falls due, if any does, and have it made."""
        _settled(advance_to_next(self._desk, self._world))


def _flaw(lengths: Mapping[str, float], now: datetime, to: datetime | None) -> str | None:
    """Return why a clock cannot be moved on so, or None when it can."""
    longer = any(lengths.values())
    if to is not None:
        if longer:
            return f"either to, or some of {', '.join(lengths)}: not both"
        if to < now:
            return (
                f"the clock shows {now.isoformat()}, it cannot advance to {to.isoformat()}: {_BACK}"
            )
        return None
    if not longer:
        return f"advance by how much? Some of {', '.join(lengths)}, or to=; or advance_to_next()"
    if any(not length >= 0 for length in lengths.values()):
        told = ", ".join(f"{name}={length}" for name, length in lengths.items() if length)
        return f"the clock cannot advance by {told}: {_BACK}"
    return None


def _aware(moment: Moment) -> datetime:
    at = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return at if at.tzinfo else at.replace(tzinfo=ZONE)


def _settled(so: bool) -> None:
    if not so:
        raise TimeoutError("what is due in this world does not come to its end")
