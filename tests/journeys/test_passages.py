"""Passages looked up and exported by the accounts that may."""

import pytest

from mockportal.assembly import Portal
from mockportal.domain.passages import PassageSearch
from mockportal.journeys.delete import delete, preview
from mockportal.journeys.export import exported
from mockportal.journeys.modify import ChangeRefusal, Modified, modify
from mockportal.journeys.passages import (
    SearchWords,
    passage_seen_by,
    passages_named,
    passages_of,
    said_by,
    search_for,
)
from tests.passages import BY_DEPOSITOR, an_account, deposits, ended_mandate, number_of


class TestLookingUp:
    def test_a_list_shows_holder_and_certification(self, portal: Portal) -> None:
        deposits(portal, "T-1")

        (one,) = passages_of(portal.desk, an_account(portal))

        assert one.holder is not None
        assert one.certification is not None
        assert (one.holder.birth_name, one.certification.code) == ("KERVELLANT", "RNCP90001")

    def test_a_search_takes_names_as_people_write_them(self, portal: Portal) -> None:
        deposits(portal, "T-1")
        account = an_account(portal)

        words = SearchWords(name=" kervéllant  jean-fr", code="RNCP90001")
        nobody = SearchWords(name="kervellant jean fr")

        assert passages_of(portal.desk, account, search_for(portal.desk, account, words)).total == 1
        assert (
            passages_of(portal.desk, account, search_for(portal.desk, account, nobody)).total == 0
        )

    def test_all_that_was_sent_is_told_by_the_flux_s_own_names(self, portal: Portal) -> None:
        deposits(portal, "T/1")
        passage = passage_seen_by(portal.desk, an_account(portal), number_of(portal, "T/1"))
        assert passage is not None

        said = said_by(portal.desk, passage)

        assert said["idTechnique"] == "T/1"
        assert (said["emetteur"], said["idContrat"]) == ("03TST001", "MCFCER100001")
        assert (said["modaliteAcces"], said["mentionValidee"]) == ("VAE", None)

    @pytest.mark.parametrize("number", [0, 99, 10**30])
    def test_there_is_no_passage_of_a_number_that_was_never_given(
        self, portal: Portal, number: int
    ) -> None:
        assert passage_seen_by(portal.desk, an_account(portal), number) is None


class TestWhoMay:
    def test_a_certificateur_changes_and_deletes_what_was_deposited_for_it(
        self, portal: Portal
    ) -> None:
        deposits(portal, "T-1", account="DEPO00001", **BY_DEPOSITOR)
        number, account = number_of(portal, "T-1"), an_account(portal)

        assert isinstance(modify(portal.desk, account, number, {"verbatim": "x"}), Modified)
        assert not isinstance(delete(portal.desk, account, number), ChangeRefusal)

    def test_a_deposant_neither_sees_nor_touches_what_it_did_not_deposit(
        self, portal: Portal
    ) -> None:
        deposits(portal, "T-1")
        number, depositor = number_of(portal, "T-1"), an_account(portal, "DEPO00001")

        assert passages_of(portal.desk, depositor).total == 0
        assert passage_seen_by(portal.desk, depositor, number) is None
        outcome = modify(portal.desk, depositor, number, {"verbatim": "x"})
        assert outcome is ChangeRefusal.NOT_FOUND
        assert delete(portal.desk, depositor, number) is ChangeRefusal.NOT_FOUND

    def test_another_certificateur_sees_and_touches_nothing(self, portal: Portal) -> None:
        deposits(portal, "T-1", account="DEPO00001", **BY_DEPOSITOR)
        number, stranger = number_of(portal, "T-1"), an_account(portal, "CERT00002")

        assert passages_named(portal.desk, stranger, "T-1") == []
        assert delete(portal.desk, stranger, number) is ChangeRefusal.NOT_FOUND

    def test_during_the_mandate_a_deposant_changes_and_deletes(self, portal: Portal) -> None:
        deposits(portal, "T-1", account="DEPO00001", **BY_DEPOSITOR)
        depositor = an_account(portal, "DEPO00001")
        number = number_of(portal, "T-1", "DEPO00001")

        assert isinstance(modify(portal.desk, depositor, number, {"verbatim": "x"}), Modified)
        assert not isinstance(delete(portal.desk, depositor, number), ChangeRefusal)

    def test_after_the_mandate_it_sees_them_and_can_neither_change_nor_delete(
        self, portal: Portal
    ) -> None:
        deposits(portal, "T-1", account="DEPO00001", **BY_DEPOSITOR)
        ended_mandate(portal)
        depositor = an_account(portal, "DEPO00001")
        number = number_of(portal, "T-1", "DEPO00001")

        assert passages_of(portal.desk, depositor).total == 1
        outcome = modify(portal.desk, depositor, number, {"verbatim": "x"})
        assert outcome is ChangeRefusal.NOT_ALLOWED
        assert delete(portal.desk, depositor, number) is ChangeRefusal.NOT_ALLOWED
        tally = preview(portal.desk, depositor, PassageSearch(identifier="T"))
        assert (tally.passages, tally.locked) == (0, 1)


def test_an_export_has_a_row_for_each_passage_that_the_account_sees(portal: Portal) -> None:
    deposits(portal, "T-1", "=T-2")

    rows = list(exported(portal.desk, an_account(portal), PassageSearch()))

    assert [one[0] for one in rows] == ["T-1", "=T-2"]
    assert rows[0][1:4] == ["KERVELLANT", "Jean-François", "RNCP90001"]
