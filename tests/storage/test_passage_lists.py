"""Stored passages, listed: who sees what, in which order."""

from dataclasses import replace

from mockportal.domain.identifiers import ClientId, DepositId, TechnicalId, WorldId
from mockportal.domain.organisations import Kind
from mockportal.domain.passages import PassageSearch, Sort
from mockportal.journeys.ports import Stores
from mockportal.storage.passages import PassageStore
from tests.builders import (
    a_piece,
    a_suppressed_passage,
    an_outline,
)
from tests.storage.conftest import Counter, at_counter, stage
from tests.storage.listing import a_passage, ids, listed


class TestTheList:
    def test_comes_newest_deposit_first_and_in_the_order_of_the_file(
        self, stores: Stores, certifier: Counter
    ) -> None:
        certifier.publishes(a_passage("A-1"), a_passage("A-2", 1))
        certifier.publishes(a_passage("B-1"), a_passage("B-2", 1), deposit_id="second")

        assert listed(stores, certifier.organisation) == ["B-1", "B-2", "A-1", "A-2"]

    def test_comes_in_pages_that_begin_where_the_last_one_ended(
        self, stores: Stores, certifier: Counter
    ) -> None:
        for number in range(4):
            some = [a_passage(f"{number}-{n}", n) for n in range(3)]
            certifier.publishes(*some, deposit_id=f"deposit-{number}")

        pages = [
            stores.passages.page(certifier.organisation, PassageSearch(), number, 5)
            for number in (1, 2, 3, 4)
        ]

        assert [len(one.items) for one in pages] == [5, 5, 2, 0]
        assert [one for page in pages for one in ids(page)] == [
            f"{d}-{n}" for d in (3, 2, 1, 0) for n in range(3)
        ]
        assert {one.total for one in pages} == {12}

    def test_leaves_out_what_is_staged_and_what_deletes(
        self, stores: Stores, certifier: Counter
    ) -> None:
        certifier.publishes(a_passage("T-1"), a_passage("T-2", 1))
        gone = an_outline(flux_id="FLUX-2", action="SUPPRESSION")
        certifier.publishes(a_suppressed_passage("T-1"), deposit_id="gone", outline=gone)
        certifier.takes("staged")
        stage(stores, DepositId("staged"), [(a_piece(), [a_passage("T-3")])])
        seer = certifier.organisation

        assert listed(stores, seer) == ["T-2"]
        assert listed(stores, seer, PassageSearch(identifier="T-")) == ["T-2"]
        assert [one.technical_id for one in stores.passages.matching(seer, PassageSearch())] == [
            "T-2"
        ]
        wanted = [TechnicalId(f"T-{n}") for n in (1, 2, 3)]
        assert [one.technical_id for one in stores.passages.named(seer, wanted)] == ["T-2"]
        assert stores.passages.count(seer) == 1


class TestWhoSeesWhat:
    def deposited_by_a_depositor(self, stores: Stores, world: WorldId) -> Counter:
        depositor = at_counter(stores, world, "03TST003", "DEPO00001", Kind.DEPOSITOR)
        depositor.publishes(
            a_passage("D-1"),
            deposit_id="theirs",
            outline=replace(an_outline(), sender=ClientId("03TST003")),
        )
        return depositor

    def test_a_certificateur_sees_what_was_deposited_for_it_by_whomever(
        self, stores: Stores, world: WorldId, certifier: Counter, passages: PassageStore
    ) -> None:
        certifier.publishes(a_passage("C-1"))
        self.deposited_by_a_depositor(stores, world)

        for search in (PassageSearch(), PassageSearch(sort=Sort.NAME), PassageSearch(name="M")):
            found = passages.page(certifier.organisation, search, 1, 25)
            assert sorted(ids(found)) == ["C-1", "D-1"]

    def test_a_deposant_sees_what_it_deposited_and_nothing_else(
        self, stores: Stores, world: WorldId, certifier: Counter, passages: PassageStore
    ) -> None:
        certifier.publishes(a_passage("C-1"))
        depositor = self.deposited_by_a_depositor(stores, world)

        for search in (PassageSearch(), PassageSearch(sort=Sort.NAME), PassageSearch(name="M")):
            assert ids(passages.page(depositor.organisation, search, 1, 25)) == ["D-1"]
        wanted = [TechnicalId("C-1"), TechnicalId("D-1")]
        named = passages.named(depositor.organisation, wanted)
        assert [one.technical_id for one in named] == ["D-1"]

    def test_a_stranger_sees_nothing(
        self, stores: Stores, world: WorldId, certifier: Counter, passages: PassageStore
    ) -> None:
        certifier.publishes(a_passage("C-1"))
        stranger = at_counter(stores, world, "03TST002", "CERT00002").organisation

        for search in (PassageSearch(), PassageSearch(name="M")):
            assert ids(passages.page(stranger, search, 1, 25)) == []
        assert passages.named(stranger, [TechnicalId("C-1")]) == []

    def test_the_namesake_in_another_world_sees_nothing(
        self, stores: Stores, certifier: Counter, passages: PassageStore
    ) -> None:
        certifier.publishes(a_passage("C-1"))
        elsewhere = stores.worlds.create("other")
        namesake = at_counter(stores, elsewhere, "03TST001", "CERT00009").organisation

        assert ids(passages.page(namesake, PassageSearch(), 1, 25)) == []
        assert ids(passages.page(namesake, PassageSearch(identifier="C"), 1, 25)) == []
