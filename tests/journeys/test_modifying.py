"""Passages modified: both controls again, and nothing is changed when one of them fails."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from mockportal.assembly import Portal
from mockportal.domain.messages import Code
from mockportal.journeys.modify import ChangeRefusal, Faulty, Modified, NotRecognised, modify
from mockportal.journeys.passages import (
    SearchWords,
    history_of,
    passage_seen_by,
    passages_of,
    said_by,
    search_for,
)
from tests.passages import an_account, deposits, found_by, number_of


class TestModifying:
    def change(self, portal: Portal, changes: dict[str, str | None]) -> object:
        deposits(portal, "T-1")
        return modify(portal.desk, an_account(portal), number_of(portal, "T-1"), changes)

    def test_a_field_is_changed_and_the_change_is_remembered(self, portal: Portal) -> None:
        outcome = self.change(portal, {"mentionValidee": "MENTION_BIEN"})

        assert isinstance(outcome, Modified)
        assert said_by(portal.desk, outcome.passage)["mentionValidee"] == "MENTION_BIEN"
        (event,) = history_of(portal.desk, outcome.passage)
        assert event.account == "CERT00001"
        assert [(c.field, c.before, c.after) for c in event.changes] == [
            ("mention", None, "MENTION_BIEN")
        ]

    def test_what_is_so_already_leaves_no_trace(self, portal: Portal) -> None:
        outcome = self.change(portal, {"modaliteAcces": "VAE", "verbatim": ""})

        assert isinstance(outcome, Modified)
        assert outcome.changes == ()
        assert history_of(portal.desk, outcome.passage) == []

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"mentionValidee": "BIEN"}, "mentionValidee"),
            ({"prenom1": None}, "prenom1"),
            ({"niveauLangueEuropeen": "B2"}, "niveauLangueEuropeen"),
            ({"dateFinValidite": "2020-01-01"}, "dateFinValidite"),
            ({"dateDebutExamen": "2026-02-02", "dateFinExamen": "2026-02-01"}, "dateFinExamen"),
            ({"idTechnique": "T-2"}, "idTechnique"),
            ({"emetteur": "03TST002"}, "emetteur"),
            ({"certificateur": "03TST002"}, "certificateur"),
            ({"idContrat": "MCFCER100002"}, "idContrat"),
            ({"nonsense": "1"}, "nonsense"),
        ],
    )
    def test_what_may_not_be_is_told_beside_its_field_and_nothing_changes(
        self, portal: Portal, changes: dict[str, str | None], field: str
    ) -> None:
        outcome = self.change(portal, changes)

        assert isinstance(outcome, Faulty)
        assert {one.field for one in outcome.faults} == {field}
        stored = passage_seen_by(portal.desk, an_account(portal), number_of(portal, "T-1"))
        assert stored is not None
        assert stored.modified_at is None

    def test_another_holder_goes_through_the_second_control(self, portal: Portal) -> None:
        outcome = self.change(
            portal,
            {
                "nomNaissance": "OEUVRARD",
                "prenom1": "Anaëlle",
                "anneeNaissance": "2000",
                "sexe": "F",
            },
        )

        assert isinstance(outcome, Modified)
        account = an_account(portal)
        found = passages_of(
            portal.desk, account, search_for(portal.desk, account, SearchWords(name="œuvrard"))
        )
        (one,) = found
        assert one.holder is not None
        assert one.holder.birth_name == "ŒUVRARD"

    def test_a_holder_who_is_not_found_leaves_the_passage_as_it_was(self, portal: Portal) -> None:
        outcome = self.change(portal, {"prenom1": "Jean François"})

        assert isinstance(outcome, NotRecognised)
        assert outcome.message.code is Code.LEVEL1
        assert outcome.explanation.nearest[0].holder.first_name == "Jean-François"
        passage = passage_seen_by(portal.desk, an_account(portal), number_of(portal, "T-1"))
        assert passage is not None
        assert said_by(portal.desk, passage)["prenom1"] == "Jean-François"

    @pytest.mark.parametrize(
        ("code", "taken"), [("RNCP90002", True), ("RNCP00000", False), ("90002", False)]
    )
    def test_another_certification_must_be_a_known_one(
        self, portal: Portal, code: str, taken: bool
    ) -> None:
        outcome = self.change(portal, {"code": code})

        assert isinstance(outcome, Modified if taken else NotRecognised)
        found = found_by(portal, an_account(portal), SearchWords(code="RNCP90002"))
        assert found == int(taken)

    def test_an_award_that_was_sent_late_is_marked_so(self, portal: Portal) -> None:
        outcome = self.change(portal, {"dateDebutValidite": "2022-01-01"})

        assert isinstance(outcome, Modified)
        assert outcome.passage.late
        deposit = portal.desk.stores.deposits.get(outcome.passage.deposit)
        assert deposit is not None
        assert deposit.late == 1

    def test_a_change_made_on_an_older_version_is_refused(self, portal: Portal) -> None:
        deposits(portal, "T-1")
        number, account = number_of(portal, "T-1"), an_account(portal)
        seen = passage_seen_by(portal.desk, account, number)
        assert seen is not None
        modify(portal.desk, account, number, {"verbatim": "first"}, seen.version)

        outcome = modify(portal.desk, account, number, {"verbatim": "second"}, seen.version)

        assert outcome is ChangeRefusal.CHANGED_MEANWHILE

    def test_changes_of_several_at_once_to_several_fields_are_all_kept(
        self, portal: Portal
    ) -> None:
        deposits(portal, "T-1")
        number, account = number_of(portal, "T-1"), an_account(portal)
        fields = ["verbatim", "scoring", "urlPreuve", "libelleOption"]

        with ThreadPoolExecutor(4) as threads:
            list(threads.map(lambda f: modify(portal.desk, account, number, {f: f}), fields))

        passage = passage_seen_by(portal.desk, account, number)
        assert passage is not None
        said = said_by(portal.desk, passage)
        assert [said[one] for one in fields] == fields
