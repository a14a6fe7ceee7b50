"""« Les chiffres » : what a world holds, and what one organisation has in it."""

from dataclasses import dataclass
from datetime import date, timedelta

from mockportal.domain.figures import Figures, Place
from mockportal.domain.identifiers import WorldId
from mockportal.domain.organisations import Account, Organisation
from mockportal.journeys.desk import Desk

LARGE = 50_000
"""As many files and passages are counted anew each time; more are counted once in a while."""
KEPT_FOR = timedelta(minutes=10)
"""How old the figures of a large world grow, in real time, until a worker counts them anew."""
OLDEST = timedelta(hours=1)
"""Whoever looks at older ones, and at those from the future, counts them: no worker did."""


@dataclass(frozen=True, slots=True)
class FiguresSeen:
    """The figures of the world, and those of the organisation that looks at them."""

    everyone: Figures
    own: Figures
    today: date
    """By the world's clock."""


def figures_seen_by(desk: Desk, account: Account) -> FiguresSeen:
    """Return the figures that an account is shown."""
    world, organisation = account.organisation.world, account.organisation
    return FiguresSeen(
        figures_of(desk, world),
        figures_of(desk, world, organisation),
        desk.circumstances.now(world).date(),
    )


def figures_of(desk: Desk, world: WorldId, organisation: Organisation | None = None) -> Figures:
    """Return figures: exact ones, or for a large world those that a worker counted lately."""
    kept = desk.stores.figures.kept(world, organisation)
    if kept and timedelta() <= desk.circumstances.real() - kept[1] < OLDEST:
        return kept[0]
    return _counted(desk, Place(world, organisation), shelved=kept is not None)


def recount_figures(desk: Desk) -> bool:
    """Count the figures of a large world that are too old, and tell whether there were any."""
    due = desk.stores.figures.due(desk.circumstances.real() - KEPT_FOR, LARGE)
    if due is None:
        return False
    _counted(desk, due, shelved=True)
    return True


def _counted(desk: Desk, place: Place, *, shelved: bool) -> Figures:
    store, now = desk.stores.figures, desk.circumstances.real()
    world, organisation = place.world, place.organisation
    counted = store.count(world, organisation, desk.circumstances.now(world))
    if shelved or counted.size > LARGE:
        store.keep(world, organisation, counted if counted.size > LARGE else None, now)
    return counted
