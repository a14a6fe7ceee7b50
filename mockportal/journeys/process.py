"""When the second control runs: read it, say it, and let go what waits to be told."""

from mockportal.domain.identifiers import WorldId
from mockportal.domain.organisations import Account
from mockportal.domain.processing import Processing
from mockportal.journeys.clock import MOST_SECONDS
from mockportal.journeys.deposit import processing_of
from mockportal.journeys.desk import Desk
from mockportal.journeys.work import settle


def processing_in(desk: Desk, world: WorldId, account: Account | None) -> Processing:
    """Return what applies in a world, or to one of its accounts."""
    if account is not None:
        return processing_of(desk, account)
    return desk.stores.worlds.processing(world) or desk.policy.processing


def set_processing(
    desk: Desk, world: WorldId, account: Account | None, processing: Processing | None
) -> None:
    """Say what applies to later deposits; None: as the world, or the portal, says."""
    if account is not None:
        desk.stores.organisations.set_processing(account.id, processing)
    else:
        desk.stores.worlds.set_processing(world, processing)


def process_now(desk: Desk, world: WorldId, seconds: float = MOST_SECONDS) -> tuple[int, bool]:
    """Treat what waits: to be told, for looks, or for its time.

    Returns how many deposits that was, and whether all that is due has run.
    """
    released = desk.stores.agenda.release(world, desk.circumstances.now(world))
    return released, settle(desk, world, seconds)
