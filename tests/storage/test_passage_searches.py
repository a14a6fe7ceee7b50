"""Stored passages, searched: by walking where there are few, by an index where there are many."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine

from mockportal.domain.deposits import Deposit
from mockportal.domain.identifiers import ClientId, DepositId, TechnicalId, WorldId
from mockportal.domain.organisations import Kind, Organisation
from mockportal.domain.passages import EXACT, PassageSearch, Sort
from mockportal.journeys.ports import Stores
from mockportal.storage.passages import PassageStore
from tests.builders import (
    an_outline,
)
from tests.storage.conftest import Counter, at_counter
from tests.storage.listing import NASTY, a_passage, ids


class TestTheSearch:
    @pytest.fixture
    def seer(self, certifier: Counter) -> Organisation:
        certifier.publishes(
            a_passage("A/1", 0, name="MARTIN LEA", awarded=date(2026, 1, 1)),
            a_passage("A/2", 1, name="MARTINEZ PAUL", certification=2, awarded=date(2026, 2, 1)),
            a_passage("B/1", 2, name="DURAND ANNE", awarded=date(2026, 3, 1)),
            a_passage("a/3", 3, name="MARTIN ANNE", certification=2, awarded=date(2026, 4, 1)),
        )
        return certifier.organisation

    @pytest.mark.parametrize(
        ("search", "found"),
        [
            (PassageSearch(identifier="A/"), {"A/1", "A/2"}),
            (PassageSearch(identifier="A/1"), {"A/1"}),
            (PassageSearch(name="MARTIN"), {"A/1", "A/2", "a/3"}),
            (PassageSearch(name="MARTIN L"), {"A/1"}),
            (PassageSearch(certifications=(2,)), {"A/2", "a/3"}),
            (PassageSearch(certifications=(1, 2)), {"A/1", "A/2", "B/1", "a/3"}),
            (PassageSearch(certifications=()), set()),
            (PassageSearch(awarded_from=date(2026, 3, 1)), {"B/1", "a/3"}),
            (PassageSearch(awarded_until=date(2026, 2, 1)), {"A/1", "A/2"}),
            (
                PassageSearch(awarded_from=date(2026, 2, 1), awarded_until=date(2026, 3, 1)),
                {"A/2", "B/1"},
            ),
            (PassageSearch(name="NOBODY"), set()),
        ],
    )
    def test_finds_by_each_criterion(
        self, passages: PassageStore, seer: Organisation, search: PassageSearch, found: set[str]
    ) -> None:
        page = passages.page(seer, search, 1, 25)

        assert set(ids(page)) == found
        assert (page.total, page.more) == (len(found), False)
        assert {one.technical_id for one in passages.matching(seer, search)} == found

    def test_finds_what_meets_all_criteria_at_once(
        self, engine: Engine, seer: Organisation
    ) -> None:
        search = PassageSearch(
            name="MARTIN", certifications=(2,), awarded_from=date(2026, 1, 15), identifier="A"
        )

        for few in (1_000, 3):
            page = PassageStore(engine, few=few).page(seer, search, 1, 25)
            assert ids(page) == ["A/2"]
            assert not page.partial

    def test_says_when_it_tried_only_the_first_of_very_many(
        self, engine: Engine, seer: Organisation
    ) -> None:
        search = PassageSearch(name="MARTIN", certifications=(2,), awarded_from=date(2026, 1, 1))

        assert PassageStore(engine, few=1).page(seer, search, 1, 25).partial

    @pytest.mark.parametrize(
        ("sort", "order"),
        [
            (Sort.IDENTIFIER, ["A/1", "A/2", "B/1", "a/3"]),
            (Sort.NAME, ["B/1", "a/3", "A/1", "A/2"]),
            (Sort.AWARDED, ["a/3", "B/1", "A/2", "A/1"]),
        ],
    )
    def test_sorts_as_it_is_told(
        self, passages: PassageStore, seer: Organisation, sort: Sort, order: list[str]
    ) -> None:
        assert ids(passages.page(seer, PassageSearch(sort=sort), 1, 25)) == order

    def test_goes_on_to_the_next_page(self, passages: PassageStore, seer: Organisation) -> None:
        search = PassageSearch(name="MARTIN")

        first, second = (ids(passages.page(seer, search, number, 2)) for number in (1, 2))

        assert (len(first), len(second)) == (2, 1)
        assert not set(first) & set(second)

    def test_counts_exactly_up_to_a_bound_and_then_says_more(
        self, certifier: Counter, passages: PassageStore
    ) -> None:
        certifier.publishes(*(a_passage(f"T-{n:04}", n) for n in range(EXACT + 1)))
        seer = certifier.organisation

        all_of_them = passages.page(seer, PassageSearch(identifier="T-"), 1, 25)
        a_thousand = passages.page(seer, PassageSearch(identifier="T-0"), 1, 25)

        assert (all_of_them.total, all_of_them.more) == (EXACT, True)
        assert (a_thousand.total, a_thousand.more) == (EXACT, False)

    def test_finds_the_passages_of_one_deposit(
        self, passages: PassageStore, certifier: Counter, seer: Organisation
    ) -> None:
        certifier.publishes(a_passage("C/1"), a_passage("C/2", 1), deposit_id="second")

        one = passages.page(seer, PassageSearch(deposit=DepositId("second")), 1, 1)
        sifted = PassageSearch(deposit=DepositId("second"), identifier="C/2")

        assert (ids(one), one.total) == (["C/1"], 2)
        assert ids(passages.page(seer, sifted, 1, 25)) == ["C/2"]

    @pytest.mark.usefixtures("seer")
    def test_finds_nothing_in_the_deposit_of_a_stranger(
        self, stores: Stores, world: WorldId, passages: PassageStore
    ) -> None:
        stranger = at_counter(stores, world, "03TST002", "CERT00002").organisation

        found = passages.page(stranger, PassageSearch(deposit=DepositId("deposit-1")), 1, 25)

        assert (ids(found), found.total) == ([], 0)


@pytest.mark.parametrize("nasty", NASTY)
def test_a_passage_of_a_nasty_identifier_is_found_by_it_and_by_its_beginning(
    passages: PassageStore, certifier: Counter, nasty: str
) -> None:
    deposit: Deposit = certifier.publishes(a_passage(nasty), a_passage("other", 1))
    seer = certifier.organisation

    (named,) = passages.named(seer, [TechnicalId(nasty)])
    page = passages.page(seer, PassageSearch(identifier=nasty[:2]), 1, 25)

    assert (named.technical_id, named.deposit) == (nasty, deposit.id)
    assert ids(page) == [nasty]


def test_an_identifier_that_two_emetteurs_have_sent_names_both_passages(
    stores: Stores, world: WorldId, certifier: Counter
) -> None:
    certifier.publishes(a_passage("T-1"))
    depositor = at_counter(stores, world, "03TST003", "DEPO00001", Kind.DEPOSITOR)
    outline = replace(an_outline(), sender=ClientId("03TST003"))
    depositor.publishes(a_passage("T-1"), deposit_id="theirs", outline=outline)

    named = stores.passages.named(certifier.organisation, [TechnicalId("T-1")])

    assert sorted(one.sender for one in named) == ["03TST001", "03TST003"]
    assert [one.deposit for one in named] == ["theirs", "deposit-1"]
