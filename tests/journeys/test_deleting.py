"""Passages deleted, one or many."""

from mockportal.assembly import Portal
from mockportal.domain.passages import PassageSearch
from mockportal.journeys.delete import Named, Report, Tally, delete, delete_many
from mockportal.journeys.modify import ChangeRefusal, modify
from mockportal.journeys.passages import (
    passages_of,
)
from tests.passages import an_account, deposits, number_of


class TestDeleting:
    def test_a_deleted_passage_leaves_and_can_be_sent_again(self, portal: Portal) -> None:
        deposits(portal, "T-1")
        account = an_account(portal)

        delete(portal.desk, account, number_of(portal, "T-1"))

        assert passages_of(portal.desk, account).total == 0
        deposits(portal, "T-1", flux_id="again")
        assert passages_of(portal.desk, account).total == 1

    def test_it_cannot_be_deleted_or_modified_any_more(self, portal: Portal) -> None:
        deposits(portal, "T-1")
        number, account = number_of(portal, "T-1"), an_account(portal)
        delete(portal.desk, account, number)

        assert delete(portal.desk, account, number) is ChangeRefusal.NOT_FOUND
        outcome = modify(portal.desk, account, number, {"verbatim": "x"})
        assert outcome is ChangeRefusal.NOT_FOUND

    def test_many_are_deleted_by_their_identifiers(self, portal: Portal) -> None:
        deposits(portal, "T-1", "T-2", "T-3")
        wanted = Named(("T-1", "T-3", "nothing", "T-1"))

        report = delete_many(portal.desk, an_account(portal), wanted, 2)

        assert isinstance(report, Report)
        assert (report.deleted, report.tally.first_missing) == (2, ["nothing"])
        left = passages_of(portal.desk, an_account(portal))
        assert [one.passage.technical_id for one in left] == ["T-2"]

    def test_many_are_deleted_by_their_deposit(self, portal: Portal) -> None:
        first = deposits(portal, *(f"A-{n}" for n in range(30)))
        deposits(portal, "B-1", flux_id="second")

        report = delete_many(portal.desk, an_account(portal), PassageSearch(deposit=first.id), 30)

        assert isinstance(report, Report)
        assert report.deleted == 30
        assert passages_of(portal.desk, an_account(portal)).total == 1

    def test_many_are_deleted_by_a_search(self, portal: Portal) -> None:
        deposits(portal, "A-1", "A-2", "B-1")

        report = delete_many(portal.desk, an_account(portal), PassageSearch(identifier="A-"), 2)

        assert isinstance(report, Report)
        assert report.deleted == 2

    def test_nothing_is_deleted_when_they_are_not_as_many_as_expected(self, portal: Portal) -> None:
        deposits(portal, "A-1", "A-2")

        outcome = delete_many(portal.desk, an_account(portal), PassageSearch(identifier="A-"), 1)

        assert isinstance(outcome, Tally)
        assert outcome.passages == 2
        assert passages_of(portal.desk, an_account(portal)).total == 2
