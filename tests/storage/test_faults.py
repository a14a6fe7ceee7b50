"""Faults as they are kept, and the deposits that they hold."""

from mockportal.domain.faults import Fault, Stage, Trouble
from mockportal.domain.identifiers import DepositId, WorldId
from mockportal.journeys.ports import Stores
from tests.builders import NOON
from tests.storage.conftest import Counter

ONCE = Fault(stage=Stage.PAGE, trouble=Trouble.DROP, times=1)
STUCK = Fault(stage=Stage.SECOND_CONTROL, trouble=Trouble.STUCK)


def test_any_is_about_what_may_still_strike(stores: Stores, world: WorldId) -> None:
    before = stores.faults.any()
    (one,) = stores.faults.add(world, [ONCE])
    there = stores.faults.any()
    struck = [stores.faults.strike(one.id) for _ in range(2)]

    assert (before, there, struck) == (False, True, [True, False])
    assert stores.faults.any() is False
    assert [(f.left, f.struck) for f in stores.faults.of_world(world)] == [(0, 1)]


def test_turns_are_counted_and_name_the_world(stores: Stores, world: WorldId) -> None:
    (one,) = stores.faults.add(world, [ONCE])

    assert [stores.faults.turn(one.id) for _ in range(2)] == [("default", 1), ("default", 2)]


def test_the_faults_of_a_world_are_those_of_no_other(stores: Stores, world: WorldId) -> None:
    other = stores.worlds.create("other")
    (one,) = stores.faults.add(world, [ONCE])

    assert stores.faults.of_world(other) == []
    assert stores.faults.remove(other) == 0
    assert stores.faults.remove(other, one.id) == 0
    assert stores.faults.remove(world, one.id) == 1


def test_a_deposit_that_is_held_is_not_given_out_until_its_fault_is_gone(
    stores: Stores, certifier: Counter
) -> None:
    world = certifier.organisation.world
    certifier.takes("held")
    (one,) = stores.faults.add(world, [STUCK])
    stores.faults.hold(DepositId("held"), one.id)

    released = stores.agenda.release(world, NOON)
    held = (stores.agenda.claim(), stores.faults.let_go(world, NOON))
    stores.faults.remove(world)
    let_go = stores.faults.let_go(world, NOON)

    assert (released, held, let_go) == (0, (None, 0), 1)
    assert stores.agenda.claim() == "held"


def test_one_held_before_its_first_control_is_given_out_again_too(
    stores: Stores, certifier: Counter
) -> None:
    world = certifier.organisation.world
    certifier.records("held")
    (one,) = stores.faults.add(world, [STUCK])
    stores.faults.hold(DepositId("held"), one.id)

    before = stores.agenda.claim()
    stores.faults.remove(world)
    stores.faults.let_go(world, NOON)

    assert (before, stores.agenda.claim()) == (None, "held")
