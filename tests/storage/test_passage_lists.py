"""Stored passages, listed and searched: who sees what, in which order, and how they are counted."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine

from mockportal.domain.deposits import Deposit, Staged
from mockportal.domain.identifiers import ClientId, DepositId, TechnicalId, WorldId
from mockportal.domain.organisations import Kind, Organisation
from mockportal.domain.passages import EXACT, PassagePage, PassageSearch, Sort, StoredPassage
from mockportal.journeys.ports import Stores
from mockportal.storage.passages import PassageStore
from tests.builders import (
    a_piece,
    a_suppressed_passage,
    an_accepted_passage,
    an_outline,
)
from tests.storage.conftest import Counter, at_counter

NASTY = [
    "ESSAI_03/11/2023_3",
    "a?b=c&d#e",
    "100% _sûr_",
    "  deux  espaces ",
    "é" * 255,
    "<b>gras</b> & \"'`",
    "'; DROP TABLE passages; --",
    "🎓\u202e\\",
]


def a_passage(
    technical_id: str,
    position: int = 0,
    *,
    name: str = "MARTIN LEA",
    certification: int | None = 1,
    awarded: date = date(2026, 10, 1),
) -> Staged:
    return replace(
        an_accepted_passage(technical_id, position),
        name_key=name,
        certification_id=certification,
        valid_from=awarded,
    )


def ids(page: PassagePage[StoredPassage]) -> list[str]:
    return [one.technical_id for one in page]


def listed(
    stores: Stores, seer: Organisation, search: PassageSearch | None = None, number: int = 1
) -> list[str]:
    return ids(stores.passages.page(seer, search or PassageSearch(), number, 25))


@pytest.fixture(params=["walked", "by index"])
def passages(request: pytest.FixtureRequest, engine: Engine) -> PassageStore:
    """Return the store as it is with few passages, and as it is with very many."""
    return PassageStore(engine, few=1_000 if request.param == "walked" else 0)


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
        stores.deposits.stage(DepositId("staged"), a_piece(), [a_passage("T-3")])
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
