"""Figures that are exact while they are cheap, and honest about their age when they are not."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import cycle, takewhile

import pytest

from mockportal.assembly import Portal
from mockportal.domain.figures import Figures, Kept, Place, Volumes
from mockportal.domain.identifiers import AccountId, WorldId
from mockportal.domain.organisations import Account, Organisation
from mockportal.journeys.desk import Desk
from mockportal.journeys.figures import (
    KEPT_FOR,
    LARGE,
    OLDEST,
    figures_of,
    figures_seen_by,
    recount_figures,
)
from mockportal.journeys.upkeep import upkeep
from mockportal.workers import Alarm, work
from tests.builders import NOON
from tests.passages import deposits


class Counting:
    """A store of figures of a world as large as told, that says how often it was asked."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.counts = 0
        self.shelf: Kept | None = None

    def count(self, world: WorldId, _organisation: Organisation | None, at: datetime) -> Figures:
        self.counts += 1
        self.world = world
        return Figures(at, Volumes(accepted=self.size), (), ())

    def state(self, _world: WorldId) -> tuple[int, ...]:
        return (self.size,)

    def kept(self, _world: WorldId, _organisation: Organisation | None) -> Kept | None:
        return self.shelf

    def keep(self, _world: WorldId, _organisation: Organisation | None, counted: Kept) -> None:
        self.shelf = counted

    def due(
        self, counted_before: datetime, _large: int, _passing_over: Collection[Place] = ()
    ) -> Place | None:
        aged = self.shelf is None or self.shelf.counted_at < counted_before
        return Place(self.world) if aged else None


class Forgetting(Counting):
    """A store that has always something due, whatever was kept or is to be passed over."""

    def __init__(self, worlds: Sequence[WorldId]) -> None:
        super().__init__(1)
        self._due = cycle(Place(world) for world in worlds)

    def due(
        self, _counted_before: datetime, _large: int, _passing_over: Collection[Place] = ()
    ) -> Place | None:
        return next(self._due)


def at(desk: Desk, real: datetime) -> Desk:
    return replace(desk, circumstances=replace(desk.circumstances, real=lambda: real))


def desk_with(portal: Portal, figures: Counting, real: datetime = NOON) -> Desk:
    desk = at(portal.desk, real)
    return replace(desk, stores=replace(desk.stores, figures=figures))


@pytest.fixture
def account(portal: Portal) -> Account:
    found = portal.desk.stores.organisations.account(AccountId("CERT00001"))
    assert found is not None
    return found


def test_a_small_world_is_counted_each_time(portal: Portal, account: Account) -> None:
    store = Counting(LARGE)
    desk = desk_with(portal, store)

    for _ in range(2):
        figures_of(desk, account.organisation.world)

    assert (store.counts, store.shelf) == (2, None)


def test_a_large_world_is_counted_by_a_worker_and_not_by_who_looks(
    portal: Portal, account: Account
) -> None:
    store, world = Counting(LARGE + 1), account.organisation.world
    old = NOON + KEPT_FOR + timedelta(seconds=1)

    first = figures_of(desk_with(portal, store), world)
    assert not recount_figures(desk_with(portal, store, NOON + KEPT_FOR))
    store.size += 1
    looked_at = figures_of(desk_with(portal, store, old), world)
    assert upkeep(desk_with(portal, store, old))
    later = figures_of(desk_with(portal, store, old), world)

    assert looked_at == first
    assert later.volumes.accepted == LARGE + 2
    assert store.counts == 2


LATER = pytest.mark.parametrize(
    "later", [NOON + OLDEST, NOON - timedelta(days=1)], ids=["long after", "from the future"]
)


@LATER
def test_who_looks_counts_what_changed_and_no_worker_has_counted(
    portal: Portal, account: Account, later: datetime
) -> None:
    store, world = Counting(LARGE + 1), account.organisation.world
    figures_of(desk_with(portal, store), world)
    store.size += 1

    seen = figures_of(desk_with(portal, store, later), world)

    assert (store.counts, seen.volumes.accepted) == (2, LARGE + 2)


@LATER
def test_figures_of_a_quiet_world_are_never_counted_by_who_looks(
    portal: Portal, account: Account, later: datetime
) -> None:
    store, world = Counting(LARGE + 1), account.organisation.world
    first = figures_of(desk_with(portal, store), world)

    assert figures_of(desk_with(portal, store, later), world) == first
    assert store.counts == 1


def test_what_changes_during_a_count_is_counted_later(portal: Portal, account: Account) -> None:
    class Changing(Counting):
        def count(self, world: WorldId, organisation: Organisation | None, at: datetime) -> Figures:
            counted = super().count(world, organisation, at)
            self.size += 1
            return counted

    store, world = Changing(LARGE + 1), account.organisation.world
    figures_of(desk_with(portal, store), world)

    figures_of(desk_with(portal, store, NOON + OLDEST), world)

    assert store.counts == 2


def test_a_world_that_became_small_is_exact_again(portal: Portal, account: Account) -> None:
    store, world = Counting(LARGE + 1), account.organisation.world
    figures_of(desk_with(portal, store), world)
    store.size = 1
    recount_figures(desk_with(portal, store, NOON + OLDEST))

    store.size = 2

    assert figures_of(desk_with(portal, store, NOON + OLDEST), world).volumes.accepted == 2


def rounds(desk: Desk, most: int = 20) -> int:
    """Keep the house in order until nothing is due; return how many pieces were done, or most."""
    counted: set[Place] = set()
    return sum(1 for _ in takewhile(lambda _: upkeep(desk, counted), range(most)))


def test_a_round_counts_no_place_twice_whatever_is_due(portal: Portal, account: Account) -> None:
    other = portal.desk.stores.worlds.create("other")
    store = Forgetting([account.organisation.world, other])
    desk = desk_with(portal, store)

    assert [rounds(desk), rounds(desk)] == [2, 2]
    assert store.counts == 4


def test_a_worker_rests_whatever_is_due(portal: Portal, account: Account) -> None:
    class Alarmed(Alarm):
        def sleep(self, _seconds: float) -> None:
            self.end()

    store = Forgetting([account.organisation.world])

    work(desk_with(portal, store), Alarmed())

    assert store.counts == 1


def test_what_only_seems_large_is_counted_once_until_something_changes(
    portal: Portal, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kept counters hold what was suppressed, the figures do not."""
    monkeypatch.setattr("mockportal.journeys.figures.LARGE", 3)
    policy = replace(portal.desk.policy, schema="1.1.5")  # the one with a SUPPRESSION
    portal = replace(portal, desk=replace(portal.desk, policy=policy))
    desk, world = portal.desk, account.organisation.world
    deposits(portal, "T-1")
    deposits(portal, "T-1", action="<cpf:action>SUPPRESSION</cpf:action>")
    real = desk.circumstances.real()
    assert figures_of(desk, world).size == 3

    assert rounds(at(desk, real)) == 2  # the world, and the certificateur in it
    assert rounds(at(desk, real + 2 * KEPT_FOR)) == 0

    deposits(portal, "T-1")
    assert rounds(at(desk, real + 2 * KEPT_FOR)) == 2
    assert rounds(at(desk, real + 4 * KEPT_FOR)) == 0
    assert figures_of(desk, world).size == 5


def test_an_account_sees_all_and_its_own(portal: Portal, account: Account) -> None:
    seen = figures_seen_by(portal.desk, account)

    assert seen.everyone.volumes.known > 0
    assert seen.own.volumes == Volumes()
    assert seen.today == seen.everyone.at.date()
