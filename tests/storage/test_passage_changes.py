"""Stored passages, changed and deleted: what is kept of it, and races."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from mockportal.domain.identifiers import (
    AccountId,
    ClientId,
    DepositId,
    HolderId,
    PassageId,
    TechnicalId,
    WorldId,
)
from mockportal.domain.passages import (
    Author,
    Change,
    PassageSearch,
    Rewritten,
    StoredPassage,
    What,
)
from mockportal.domain.verdicts import Level
from mockportal.journeys.ports import Stores
from tests.builders import NOON, a_new_holder, a_suppressed_passage, an_accepted_passage, an_outline
from tests.storage.conftest import Counter, sent_before

AUTHOR = Author(AccountId("CERT00001"), NOON)
ID = TechnicalId("T-1")
MENTION = Change("mention", None, "MENTION_BIEN")


def rewritten(*, late: bool = False, content: str = "<a/>") -> Rewritten:
    return Rewritten(
        content=content,
        valid_from=date(2026, 5, 1),
        late=late,
        holder=HolderId(1),
        levels=(Level(1, 2), Level(2, 1)),
        name_key="DURAND ANNE",
        certification_id=7,
        changes=(MENTION,),
    )


def the_passage(stores: Stores, certifier: Counter, technical_id: str = "T-1") -> StoredPassage:
    (one,) = stores.passages.named(certifier.organisation, [TechnicalId(technical_id)])
    return one


def alive_in(stores: Stores, deposit: str = "deposit-1") -> int:
    found = stores.deposits.get(DepositId(deposit))
    assert found is not None
    return found.alive


class TestDeleting:
    def test_a_deleted_passage_leaves_and_is_counted_no_more(
        self, stores: Stores, world: WorldId, certifier: Counter
    ) -> None:
        certifier.publishes(an_accepted_passage("T-1"), an_accepted_passage("T-2", 1))
        passage = the_passage(stores, certifier)

        assert stores.passages.delete([passage.id], AUTHOR) == 1

        assert stores.passages.named(certifier.organisation, [ID]) == []
        assert sent_before(stores, world, ClientId("03TST001"), [ID]) == set()
        assert stores.passages.page(certifier.organisation, PassageSearch(), 1, 25).total == 1
        assert alive_in(stores) == 1

    def test_it_is_still_there_to_read_with_who_deleted_it_and_when(
        self, stores: Stores, certifier: Counter
    ) -> None:
        certifier.publishes(an_accepted_passage("T-1"))
        passage = the_passage(stores, certifier)

        stores.passages.delete([passage.id], AUTHOR)

        kept = stores.passages.get(passage.id)
        assert kept is not None
        assert not kept.alive
        (event,) = stores.passages.history(passage.id)
        assert (event.what, event.account, event.at) == (What.DELETED, "CERT00001", NOON)

    def test_deleting_it_again_changes_nothing(self, stores: Stores, certifier: Counter) -> None:
        certifier.publishes(an_accepted_passage("T-1"))
        passage = the_passage(stores, certifier)
        stores.passages.delete([passage.id], AUTHOR)

        assert stores.passages.delete([passage.id], AUTHOR) == 0

        assert alive_in(stores) == 0
        assert len(stores.passages.history(passage.id)) == 1

    def test_its_identifier_can_be_sent_again(
        self, stores: Stores, world: WorldId, certifier: Counter
    ) -> None:
        certifier.publishes(an_accepted_passage("T-1"))
        stores.passages.delete([the_passage(stores, certifier).id], AUTHOR)

        certifier.publishes(an_accepted_passage("T-1"), deposit_id="again")

        assert sent_before(stores, world, ClientId("03TST001"), [ID]) == {ID}
        assert the_passage(stores, certifier).deposit == "again"

    def test_several_at_once_delete_each_passage_once(
        self, stores: Stores, certifier: Counter
    ) -> None:
        certifier.publishes(*(an_accepted_passage(f"T-{n}", n) for n in range(200)))
        ids = [one.id for one in stores.passages.matching(certifier.organisation, PassageSearch())]

        with ThreadPoolExecutor(4) as threads:
            counts = list(threads.map(lambda _: stores.passages.delete(ids, AUTHOR), range(4)))

        assert sum(counts) == 200
        assert alive_in(stores) == 0

    def test_a_suppression_stands_in_the_history_with_its_deposit(
        self, stores: Stores, certifier: Counter
    ) -> None:
        certifier.publishes(an_accepted_passage("T-1"))
        passage = the_passage(stores, certifier)
        gone = an_outline(flux_id="FLUX-2", action="SUPPRESSION")

        certifier.publishes(a_suppressed_passage("T-1"), deposit_id="gone", outline=gone)

        (event,) = stores.passages.history(passage.id)
        assert (event.what, event.deposit) == (What.DELETED, "gone")


class TestModifying:
    @pytest.fixture
    def passage(self, stores: Stores, world: WorldId, certifier: Counter) -> StoredPassage:
        stores.registry.add(world, [a_new_holder()])
        certifier.publishes(an_accepted_passage("T-1"))
        return the_passage(stores, certifier)

    def test_what_follows_from_the_new_content_is_kept_with_it(
        self, stores: Stores, passage: StoredPassage
    ) -> None:
        assert stores.passages.content(passage.id) is None

        assert stores.passages.change(passage.id, passage.version, rewritten(), AUTHOR)

        kept = stores.passages.get(passage.id)
        assert kept is not None
        assert stores.passages.content(passage.id) == "<a/>"
        assert (kept.valid_from, kept.holder, kept.certification_id) == (date(2026, 5, 1), 1, 7)
        assert (kept.modified_at, kept.levels) == (NOON, (Level(1, 2), Level(2, 1)))

    def test_it_is_found_by_its_new_name(
        self, stores: Stores, certifier: Counter, passage: StoredPassage
    ) -> None:
        stores.passages.change(passage.id, passage.version, rewritten(), AUTHOR)

        page = stores.passages.page(certifier.organisation, PassageSearch(name="DURAND"), 1, 25)

        assert [one.id for one in page] == [passage.id]

    def test_the_history_tells_each_field_before_and_after(
        self, stores: Stores, passage: StoredPassage
    ) -> None:
        stores.passages.change(passage.id, passage.version, rewritten(), AUTHOR)

        (event,) = stores.passages.history(passage.id)

        assert (event.what, event.account, event.changes) == (
            What.MODIFIED, "CERT00001", (MENTION,),
        )  # fmt: skip

    def test_the_deposit_counts_a_passage_that_becomes_late_and_one_that_is_no_more(
        self, stores: Stores, passage: StoredPassage
    ) -> None:
        def late() -> int:
            deposit = stores.deposits.get(passage.deposit)
            assert deposit is not None
            return deposit.late

        stores.passages.change(passage.id, passage.version, rewritten(late=True), AUTHOR)
        assert late() == 1
        again = stores.passages.get(passage.id)
        assert again is not None
        stores.passages.change(passage.id, again.version, rewritten(late=False), AUTHOR)
        assert late() == 0

    def test_a_version_that_is_not_the_last_changes_nothing(
        self, stores: Stores, passage: StoredPassage
    ) -> None:
        stores.passages.change(passage.id, passage.version, rewritten(), AUTHOR)

        late_comer = rewritten(content="<b/>")

        assert not stores.passages.change(passage.id, passage.version, late_comer, AUTHOR)
        assert stores.passages.content(passage.id) == "<a/>"

    def test_a_deleted_passage_is_not_modified(
        self, stores: Stores, passage: StoredPassage
    ) -> None:
        stores.passages.delete([passage.id], AUTHOR)

        assert not stores.passages.change(passage.id, passage.version, rewritten(), AUTHOR)

    def test_of_several_who_modify_the_same_version_one_succeeds(
        self, stores: Stores, passage: StoredPassage
    ) -> None:
        def attempt(_: int) -> bool:
            return stores.passages.change(passage.id, passage.version, rewritten(), AUTHOR)

        with ThreadPoolExecutor(4) as threads:
            outcomes = list(threads.map(attempt, range(4)))

        assert sorted(outcomes) == [False, False, False, True]
        assert len(stores.passages.history(passage.id)) == 1


def test_there_is_no_passage_of_a_number_that_was_never_given(stores: Stores) -> None:
    assert stores.passages.get(PassageId(99)) is None
