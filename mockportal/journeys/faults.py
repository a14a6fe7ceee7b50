"""Faults: set, listed, removed, and struck. One strikes at most for each thing that is asked."""

import logging
from collections.abc import Callable, Sequence

from mockportal.domain.deposits import Deposit
from mockportal.domain.faults import Fault, FaultId, SetFault, Stage, Trouble, falls
from mockportal.domain.identifiers import AccountId, WorldId
from mockportal.journeys.desk import Desk

log = logging.getLogger(__name__)


def faults_in(desk: Desk, world: WorldId) -> list[SetFault]:
    """Return the faults of a world in their order, those that are used up too."""
    return desk.stores.faults.of_world(world)


def add_faults(desk: Desk, world: WorldId, faults: Sequence[Fault]) -> list[SetFault]:
    """Set faults, in their order, after those that are set already."""
    return desk.stores.faults.add(world, faults)


def replace_faults(desk: Desk, world: WorldId, faults: Sequence[Fault]) -> list[SetFault]:
    """Set these faults and no others."""
    remove_faults(desk, world)
    return add_faults(desk, world, faults)


def remove_faults(desk: Desk, world: WorldId, fault: FaultId | None = None) -> int:
    """Remove a fault of a world, or all, and return how many; what they had stuck goes on."""
    removed = desk.stores.faults.remove(world, fault)
    if removed and desk.stores.faults.let_go(world, desk.circumstances.now(world)):
        desk.circumstances.wake()
    return removed


def strike(
    desk: Desk,
    account: AccountId,
    stages: Sequence[Stage],
    wanted: Callable[[Fault], bool],
) -> SetFault | None:
    """Return the fault that strikes an account at one of these stages, counted, or None.

    ``wanted`` narrows the faults. No fault of another world is ever looked at.
    """
    found = desk.stores.organisations.account(account)
    if found is None:
        return None
    for one in desk.stores.faults.of_world(found.organisation.world):
        meant = one.fault.account in (None, found.id) and one.fault.stage in stages
        if meant and wanted(one.fault) and _strikes(desk, one):
            log.warning(
                "fault %r (%s) strikes %s at %s",
                one.fault.title, one.fault.trouble.value, found.id, one.fault.stage.value,
            )  # fmt: skip
            return one
    return None


def is_stuck(desk: Desk, deposit: Deposit, stage: Stage) -> bool:
    """Tell whether a fault keeps a deposit from going on at a stage; it is then held."""
    if not desk.stores.faults.any():
        return False
    struck = strike(desk, deposit.account, [stage], lambda fault: fault.trouble is Trouble.STUCK)
    if struck is None:
        return False
    desk.stores.faults.hold(deposit.id, struck.id)
    return True


def _strikes(desk: Desk, one: SetFault) -> bool:
    if one.left == 0:
        return False
    fault = one.fault
    if fault.probability is not None and fault.seed is not None:
        world, turn = desk.stores.faults.turn(one.id)
        if not falls(fault.seed, world, turn, fault.probability):
            return False
    return desk.stores.faults.strike(one.id)
