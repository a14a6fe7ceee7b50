"""« Les chiffres » : what a world holds, and what one organisation has in it."""

from dataclasses import dataclass
from datetime import date, timedelta

from mockportal.domain.figures import Figures, Kept, Place
from mockportal.domain.identifiers import WorldId
from mockportal.domain.organisations import Account, Organisation
from mockportal.journeys.desk import Desk

LARGE = 50_000
"""As many files and passages are counted anew each time; more are counted once in a while."""
KEPT_FOR = timedelta(minutes=10)
"""How old the figures of a large world grow, in real time, until a worker counts them anew."""
OLDEST = timedelta(hours=1)
"""Whoever looks at older ones, or at those from the future, counts them if anything changed."""


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
    """Return figures: exact ones, or for a large world those that were counted lately."""
    place = Place(world, organisation)
    kept = desk.stores.figures.kept(world, organisation)
    if kept is None or kept.figures.size <= LARGE:
        counted = _counted(desk, place)
        if counted.figures.size > LARGE:
            desk.stores.figures.keep(world, organisation, counted)
        return counted.figures
    return kept.figures if _believed(desk, world, kept) else _recounted(desk, place)


def recount_figures(desk: Desk, counted: set[Place] | None = None) -> bool:
    """Count the figures of a large world that are too old, and tell whether there were any.

    The place is added to those that are already ``counted`` in a round, which are passed over.
    """
    counted = set() if counted is None else counted
    before = desk.circumstances.real() - KEPT_FOR
    due = desk.stores.figures.due(before, LARGE, counted)
    if due is None or due in counted:
        return False
    counted.add(due)
    _recounted(desk, due)
    return True


def _believed(desk: Desk, world: WorldId, kept: Kept) -> bool:
    lately = timedelta() <= desk.circumstances.real() - kept.counted_at < OLDEST
    return lately or kept.state == desk.stores.figures.state(world)


def _recounted(desk: Desk, place: Place) -> Figures:
    """Count figures and keep them, small ones as well: so their place is not due at once again."""
    counted = _counted(desk, place)
    desk.stores.figures.keep(place.world, place.organisation, counted)
    return counted.figures


def _counted(desk: Desk, place: Place) -> Kept:
    store, real, now = desk.stores.figures, desk.circumstances.real(), desk.circumstances.now
    state = store.state(place.world)  # first: what changes during the count is counted once more
    return Kept(store.count(place.world, place.organisation, now(place.world)), real, state)
