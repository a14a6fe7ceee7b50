"""« Les chiffres » : what a world holds, and what one organisation has in it."""

from dataclasses import dataclass
from datetime import date, timedelta

from mockportal.domain.figures import Figures
from mockportal.domain.identifiers import WorldId
from mockportal.domain.organisations import Account, Organisation
from mockportal.journeys.desk import Desk

LARGE = 50_000
"""As many files and passages are counted anew each time; more are counted once in a while."""
KEPT_FOR = timedelta(minutes=10)
"""How old the figures of a large world may be, in real time."""


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
    """Return figures: exact ones, or for a large world those of some minutes ago at most."""
    store, now = desk.stores.figures, desk.circumstances.real()
    kept = store.kept(world, organisation)
    if kept and timedelta() <= now - kept[1] < KEPT_FOR:
        return kept[0]
    counted = store.count(world, organisation, desk.circumstances.now(world))
    if kept or counted.size > LARGE:
        store.keep(world, organisation, counted if counted.size > LARGE else None, now)
    return counted
