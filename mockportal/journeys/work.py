"""What a worker does, and how others wait for it."""

from contextlib import suppress
from datetime import timedelta

from mockportal.domain.deposits import Deposit, PortalEndsError, Status, VanishedError
from mockportal.domain.identifiers import DepositId, WorldId
from mockportal.domain.uploads import UploadRefusal
from mockportal.journeys.deposit import carry_on, working_on
from mockportal.journeys.desk import Desk
from mockportal.journeys.failure import MOST_ATTEMPTS, FailedAttemptError, give_up
from mockportal.journeys.worlds import finish_worlds

A_MOMENT = 1.5
"""Real seconds that a visitor waits without wondering."""
_BETWEEN_LOOKS = 2.0
"""Real seconds after which whoever waits for a worker looks whether one can do anything at all."""
STILL_COMING_IN = timedelta(hours=1)
"""For how long a file that is not recorded may be one that is being uploaded."""


def work_once(desk: Desk) -> int:
    """Bring the next deposit on that can be worked on.

    Returns the size of its file in bytes, at least 1; 0 where there was nothing to do.
    """
    claimed = desk.stores.agenda.claim()
    if claimed is None:
        return 0
    size = 1
    with (
        suppress(VanishedError, PortalEndsError, FailedAttemptError),
        working_on(desk, claimed),
    ):
        deposit = desk.stores.deposits.get(claimed)
        if deposit is not None and deposit.status is Status.PROCESSING:
            size = max(size, deposit.size)
            if deposit.attempts > MOST_ATTEMPTS:
                give_up(desk, deposit)
            else:
                desk.stores.files.tidy(claimed)
                carry_on(desk, deposit)
    return size


def take_over(desk: Desk) -> None:
    """Start where an earlier process left off, for a portal that is alone on its data folder.

    What it was at is free for a worker, and the files that it had not recorded go aside. A world
    that it was making, resetting or deleting is finished.
    """
    desk.stores.agenda.free_all()
    finish_worlds(desk, alone=True)
    desk.stores.files.sweep(desk.stores.deposits.is_processing)


def join(desk: Desk) -> None:
    """Start where other processes are at work on the same portal, or may be, as on PostgreSQL.

    What an earlier process was at is freed by its lease; what it was doing to a world is finished
    when it is sure to be gone, here or by a worker's upkeep. Of the files that nobody recorded,
    only those go that nobody can still be at.
    """
    finish_worlds(desk, alone=False)
    since = desk.circumstances.real() - STILL_COMING_IN
    desk.stores.files.sweep(desk.stores.deposits.is_processing, since)


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
        if outcome.waits(desk.circumstances.now(outcome.world)):
            return outcome
        return wait_for(desk, outcome, A_MOMENT)
    except VanishedError:
        return UploadRefusal.PORTAL_RESET


def settle(desk: Desk, world: WorldId, seconds: float) -> bool:
    """Wait until nothing that is due in a world is left to do; tell whether that came about.

    Raises StorageError when disk or database fail meanwhile, so that it would never come about.
    """

    def settled() -> bool:
        due = desk.stores.agenda.next_due(world)
        return due is None or due > desk.circumstances.now(world)

    desk.circumstances.wake()
    while not desk.circumstances.wait(settled, min(seconds, _BETWEEN_LOOKS)):
        seconds -= _BETWEEN_LOOKS
        if seconds <= 0 or desk.circumstances.ending():
            return False
        desk.circumstances.require_storage()
    return True


def _now(desk: Desk, deposit: DepositId) -> Deposit:
    found = desk.stores.deposits.get(deposit)
    if found is None:
        raise VanishedError(f"deposit {deposit} vanished while it was waited for")
    return found
