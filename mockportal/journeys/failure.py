"""A treatment that fails: tried again after a pause, at last ended as « non traité ».

What fails says nothing of the file: it becomes neither an OK nor a KO. Each time that a worker
takes a deposit up counts as an attempt, so one that kills or hangs its worker ends, too; as soon as
a batch is stored, the counting begins anew. What is no fault of the deposit (a full disk, a
database that does not answer) does not count: the deposit waits until that is over.
"""

import logging
from contextlib import suppress

from mockportal.domain.deposits import Deposit, Status
from mockportal.domain.identifiers import DepositId, WorldId
from mockportal.journeys.desk import Desk

PAUSES = (1.0, 3.0, 9.0, 27.0)
"""Real seconds between an attempt and the next one."""
MOST_ATTEMPTS = len(PAUSES) + 1
MOST_FAILED = 100
"""How many are listed."""
_TROUBLE_PAUSE = 5.0
_SECONDS_A_MEGABYTE = 10.0
_LONGEST_REASON = 500
INTERRUPTED = (
    "Le traitement s'est interrompu sans laisser d'erreur : son processus a été tué, a manqué de "
    "mémoire, ou n'avançait plus."
)
log = logging.getLogger(__name__)


class FailedAttemptError(Exception):
    """An attempt failed, which is logged and counted; its cause is the fault."""


def after_fault(desk: Desk, deposit: Deposit, fault: Exception) -> None:
    """Decide what follows on an attempt that failed, and log it once.

    Raises the fault again where the surroundings are to blame, so that its worker rests.
    """
    agenda = desk.stores.agenda
    if desk.circumstances.is_trouble(fault):
        agenda.put_back(deposit.id, _TROUBLE_PAUSE)
        raise fault
    reason = _reason(fault)
    if deposit.attempts >= MOST_ATTEMPTS:
        log.error("attempt %s on deposit %s failed", deposit.attempts, deposit.id, exc_info=fault)
        give_up(desk, deposit, reason)
        return
    pause = PAUSES[max(deposit.attempts, 1) - 1]
    log.error(
        "attempt %s on deposit %s failed, the next one comes in %g s",
        deposit.attempts, deposit.id, pause, exc_info=fault,
    )  # fmt: skip
    agenda.postpone(deposit.id, pause, reason)


def give_up(desk: Desk, deposit: Deposit, reason: str | None = None) -> Deposit:
    """End a deposit as « non traité »; without a reason, none was left."""
    reason = reason or deposit.failure or INTERRUPTED
    log.error("deposit %s is not treated, after %s attempts: %s", deposit.id, MOST_ATTEMPTS, reason)
    now = desk.circumstances.now(deposit.world)
    ended = desk.stores.deposits.fail(deposit.id, reason, now)
    if ended.status is Status.FAILED:
        with suppress(OSError):  # nobody is shown it
            desk.stores.files.receipt(deposit.id).unlink(missing_ok=True)
    desk.circumstances.wake()  # others of its émetteur may have waited for it
    return ended


def failed_deposits(desk: Desk, world: WorldId) -> list[Deposit]:
    """Return the newest deposits of a world that ended as « non traité »."""
    return desk.stores.agenda.failed(world, MOST_FAILED)


def try_again(desk: Desk, world: WorldId, deposit: DepositId) -> Deposit | None:
    """Have a deposit of a world treated once more that ended as « non traité »; None: no such."""
    found = desk.stores.deposits.get(deposit)
    if found is None or found.world != world:
        return None
    reopened = desk.stores.deposits.reopen(deposit, desk.circumstances.now(world))
    if reopened is not None:
        desk.circumstances.wake()
    return reopened


def longest_step(desk: Desk, deposit: Deposit) -> float:
    """Return how many real seconds a step of a deposit may take; after them, it is taken to hang.

    A step is the first control, a batch, or the end; the largest files have the longest ones.
    """
    return desk.policy.stall + _SECONDS_A_MEGABYTE * deposit.size / 1_000_000


def _reason(fault: Exception) -> str:
    said = f"{type(fault).__name__}: {fault}" if str(fault) else type(fault).__name__
    return said if len(said) <= _LONGEST_REASON else f"{said[:_LONGEST_REASON]}…"
