"""What a worker does, and how others wait for it."""

from contextlib import suppress
from datetime import timedelta

from mockportal.domain.deposits import Deposit, PortalEndsError, Status, VanishedError
from mockportal.domain.identifiers import DepositId, WorldId
from mockportal.domain.uploads import UploadRefusal
from mockportal.journeys.deposit import carry_on, working_on
from mockportal.journeys.desk import Desk
from mockportal.journeys.worlds import finish_worlds

A_MOMENT = 1.5
"""Real seconds that a visitor waits without wondering."""
_STILL_COMING_IN = timedelta(hours=1)
"""For how long a file that is not recorded may be one that is being uploaded."""


def work_once(desk: Desk) -> bool:
    """Bring the next deposit on that can be worked on; tell whether there was one."""
    claimed = desk.stores.agenda.claim()
    if claimed is None:
        return False
    with suppress(VanishedError, PortalEndsError), working_on(desk, claimed):
        deposit = desk.stores.deposits.get(claimed)
        if deposit is not None and deposit.status is Status.PROCESSING:
            desk.stores.files.tidy(claimed)
            carry_on(desk, deposit)
    return True


def take_over(desk: Desk) -> None:
    """Start where an earlier process left off, for a portal that is alone on its data folder.

    What it was at is free for a worker, and the files that it had not recorded go. A world that
    it was making, resetting or deleting is finished.
    """
    desk.stores.agenda.free_all()
    finish_worlds(desk)
    desk.stores.files.sweep(lambda name: desk.stores.deposits.get(name) is not None)


def join(desk: Desk) -> None:
    """Start where other processes may be at work on the same portal: on PostgreSQL.

    What an earlier process was at is freed by its lease; of the files that nobody recorded, only
    those go that nobody can still be at.
    """
    since = desk.circumstances.real() - _STILL_COMING_IN
    desk.stores.files.sweep(lambda name: desk.stores.deposits.get(name) is not None, since)


def wait_for(desk: Desk, deposit: Deposit, seconds: float) -> Deposit:
    """Return a deposit as soon as it is treated, or as it is after so many real seconds."""

    def treated() -> bool:
        processing = desk.stores.deposits.is_processing(deposit.id)
        if processing is None:
            raise VanishedError(f"deposit {deposit.id} vanished while it was waited for")
        return not processing

    if deposit.status is Status.PROCESSING:
        desk.circumstances.wait(treated, seconds)
    return _now(desk, deposit.id)


def a_moment_later(desk: Desk, outcome: Deposit | UploadRefusal) -> Deposit | UploadRefusal:
    """Return what became of an upload: a small deposit that is due is treated by then."""
    if isinstance(outcome, UploadRefusal) or outcome.due_at is None:
        return outcome
    try:
        if outcome.due_at > desk.circumstances.now(outcome.world):
            return outcome
        return wait_for(desk, outcome, A_MOMENT)
    except VanishedError:
        return UploadRefusal.PORTAL_RESET


def settle(desk: Desk, world: WorldId, seconds: float) -> bool:
    """Wait until nothing that is due in a world is left to do; tell whether that came about."""

    def settled() -> bool:
        due = desk.stores.agenda.next_due(world)
        return due is None or due > desk.circumstances.now(world)

    desk.circumstances.wake()
    return desk.circumstances.wait(settled, seconds)


def _now(desk: Desk, deposit: DepositId) -> Deposit:
    found = desk.stores.deposits.get(deposit)
    if found is None:
        raise VanishedError(f"deposit {deposit} vanished while it was waited for")
    return found
