"""Moving the clock of a world: what falls due on the way runs, each at its own time."""

from dataclasses import dataclass
from datetime import datetime

from mockportal.domain.clocks import WorldClock
from mockportal.domain.identifiers import WorldId
from mockportal.journeys.desk import Desk
from mockportal.journeys.work import settle

MOST_SECONDS = 600.0
"""Real seconds that the clock waits for the work of one moment, at most."""


@dataclass(frozen=True, slots=True)
class ClockReading:
    """What a world's clock shows, and whether it stands still."""

    now: datetime
    frozen: bool


def read_clock(desk: Desk, world: WorldId) -> ClockReading:
    """Return what a world's clock shows."""
    frozen = desk.stores.worlds.clock(world).frozen is not None
    return ClockReading(desk.circumstances.now(world), frozen)


def moved_clock(desk: Desk, world: WorldId) -> ClockReading | None:
    """Return what a world's clock shows where that is not real time; one look at the world."""
    clock, real = desk.stores.worlds.clock(world), desk.circumstances.real()
    if clock == WorldClock():
        return None
    return ClockReading(desk.circumstances.in_paris(clock.now(real)), clock.frozen is not None)


def turn(desk: Desk, world: WorldId, now: datetime | None, *, frozen: bool) -> ClockReading:
    """Have a world's clock show a moment, or real time for None, and go on from there or not."""
    real = desk.circumstances.real()
    shown = real if now is None else now
    set_clock(desk, world, WorldClock().at(shown, real) if not frozen else WorldClock(frozen=shown))
    return read_clock(desk, world)


def advance_to_next(desk: Desk, world: WorldId, seconds: float = MOST_SECONDS) -> bool:
    """Move a world's clock on to the next due time, if any; tell whether all due by it has run."""
    settled = settle(desk, world, seconds)
    due = desk.stores.agenda.next_due(world)
    return advance(desk, world, due, seconds) if settled and due else settled


def set_clock(desk: Desk, world: WorldId, clock: WorldClock) -> None:
    """Set a world's clock; whatever is due by it then runs."""
    desk.stores.worlds.set_clock(world, clock)
    desk.circumstances.wake()


def freeze(desk: Desk, world: WorldId) -> None:
    """Stop a world's clock where it stands."""
    clock = desk.stores.worlds.clock(world)
    set_clock(desk, world, WorldClock(clock.offset, desk.circumstances.now(world)))


def unfreeze(desk: Desk, world: WorldId) -> None:
    """Let a world's clock go on from where it stands."""
    clock, real = desk.stores.worlds.clock(world), desk.circumstances.real()
    set_clock(desk, world, WorldClock().at(clock.now(real), real))


def advance(desk: Desk, world: WorldId, to: datetime, seconds: float = MOST_SECONDS) -> bool:
    """Move a world's clock on to a moment, and tell whether all that falls due has run by then.

    The clock stops at each due time on the way until the work of that time is done, so that a
    receipt bears the day on which it fell due. A clock never moves back by this.
    """
    while settled := settle(desk, world, seconds):
        due = desk.stores.agenda.next_due(world)
        now = desk.circumstances.now(world)
        if due is None or due > to:
            if to > now:
                _show(desk, world, to)
            return settled
        if due > now:
            _show(desk, world, due)
    return settled


def _show(desk: Desk, world: WorldId, moment: datetime) -> None:
    worlds = desk.stores.worlds
    worlds.set_clock(world, worlds.clock(world).at(moment, desk.circumstances.real()))
