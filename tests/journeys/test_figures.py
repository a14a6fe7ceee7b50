"""Figures that are exact while they are cheap, and honest about their age when they are not."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from mockportal.assembly import Portal
from mockportal.domain.figures import Figures, Place, Volumes
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
from tests.builders import NOON


class Counting:
    """A store of figures of a world as large as told, that says how often it was asked."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.counts = 0
        self.shelf: tuple[Figures, datetime] | None = None

    def count(self, world: WorldId, _organisation: Organisation | None, at: datetime) -> Figures:
        self.counts += 1
        self.world = world
        return Figures(at, Volumes(accepted=self.size), (), ())

    def kept(
        self, _world: WorldId, _organisation: Organisation | None
    ) -> tuple[Figures, datetime] | None:
        return self.shelf

    def keep(
        self,
        _world: WorldId,
        _organisation: Organisation | None,
        figures: Figures | None,
        counted_at: datetime,
    ) -> None:
        self.shelf = (figures, counted_at) if figures else None

    def due(self, counted_before: datetime, _large: int) -> Place | None:
        aged = self.shelf is None or self.shelf[1] < counted_before
        return Place(self.world) if aged else None


def desk_with(portal: Portal, figures: Counting, real: datetime = NOON) -> Desk:
    desk = portal.desk
    return replace(
        desk,
        stores=replace(desk.stores, figures=figures),
        circumstances=replace(desk.circumstances, real=lambda: real),
    )


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


def test_who_looks_counts_what_no_worker_has_counted_for_long(
    portal: Portal, account: Account
) -> None:
    store, world = Counting(LARGE + 1), account.organisation.world
    figures_of(desk_with(portal, store), world)

    figures_of(desk_with(portal, store, NOON + OLDEST), world)

    assert store.counts == 2


def test_figures_from_the_future_are_counted_anew(portal: Portal, account: Account) -> None:
    store, world = Counting(LARGE + 1), account.organisation.world
    figures_of(desk_with(portal, store), world)

    figures_of(desk_with(portal, store, NOON - timedelta(days=1)), world)

    assert store.counts == 2


def test_a_world_that_became_small_is_exact_again(portal: Portal, account: Account) -> None:
    store, world = Counting(LARGE + 1), account.organisation.world
    figures_of(desk_with(portal, store), world)
    store.size = 1

    recount_figures(desk_with(portal, store, NOON + OLDEST))

    assert store.shelf is None


def test_an_account_sees_all_and_its_own(portal: Portal, account: Account) -> None:
    seen = figures_seen_by(portal.desk, account)

    assert seen.everyone.volumes.known > 0
    assert seen.own.volumes == Volumes()
    assert seen.today == seen.everyone.at.date()
