from dataclasses import replace

import pytest

from mockportal.domain.deposits import Status, Taken
from mockportal.domain.flux import AwardedCertification
from mockportal.domain.identifiers import DepositId, WorldId
from mockportal.domain.organisations import Kind
from mockportal.journeys.ports import Stores
from tests.builders import (
    NOON,
    a_deposit,
    a_file_error,
    a_rejected_passage,
    an_accepted_passage,
    an_outline,
)
from tests.storage.conftest import Counter, at_counter

ID = DepositId("deposit-1")


@pytest.fixture
def depositor(stores: Stores, world: WorldId) -> Counter:
    return at_counter(stores, world, "03TST003", "DEPO00001", Kind.DEPOSITOR)


class TestRecording:
    def test_a_deposit_is_found_as_it_was_recorded(
        self, stores: Stores, certifier: Counter
    ) -> None:
        organisation = certifier.organisation
        deposit = a_deposit(
            world=organisation.world, organisation=organisation.id, file_name="été 2026.xml"
        )

        recorded = stores.deposits.record(deposit)

        assert recorded == replace(deposit, processing_id=recorded.processing_id)
        assert stores.deposits.get(ID) == recorded

    def test_an_unknown_deposit_is_none(self, stores: Stores) -> None:
        assert stores.deposits.get(ID) is None

    def test_processing_ids_grow_from_1_over_all_senders_of_a_world(
        self, certifier: Counter, depositor: Counter
    ) -> None:
        given = [
            certifier.records("a").processing_id,
            depositor.records("b").processing_id,
            certifier.records("c").processing_id,
        ]

        assert given == [1, 2, 3]

    def test_each_world_counts_for_itself(self, stores: Stores, certifier: Counter) -> None:
        other = at_counter(stores, stores.worlds.create("other"), "03TST001", "CERT00009")
        certifier.records("a")

        assert other.records("b").processing_id == 1

    def test_what_is_not_ended_is_unfinished_oldest_first(
        self, stores: Stores, certifier: Counter
    ) -> None:
        certifier.records("b")
        certifier.publishes(an_accepted_passage(), deposit_id="c")
        certifier.takes("a")

        assert stores.deposits.unfinished() == ["b", "a"]


class TestRefusing:
    def test_a_refused_deposit_has_ended(self, stores: Stores, certifier: Counter) -> None:
        certifier.records()

        refused = stores.deposits.refuse(ID, [a_file_error()], NOON)

        assert (refused.status, refused.treated_at) == (Status.REFUSED, NOON)
        assert stores.deposits.get(ID) == refused
        assert stores.deposits.unfinished() == []

    def test_its_errors_are_kept_in_order(self, stores: Stores, certifier: Counter) -> None:
        errors = [a_file_error(9, "later"), a_file_error(3, "« élément »"), a_file_error(3, "<")]
        certifier.records()

        stores.deposits.refuse(ID, errors, NOON)

        assert stores.deposits.errors(ID) == errors


class TestTaking:
    def test_a_taken_deposit_has_its_outline(self, stores: Stores, certifier: Counter) -> None:
        outline = an_outline(action="CREATION")
        certifier.records()

        taken = stores.deposits.take(ID, Taken(outline, regular_copy=True), [], [])

        assert (taken.outline, taken.regular_copy) == (outline, True)
        assert taken.status is Status.PROCESSING
        assert stores.deposits.get(ID) == taken

    def test_its_certifications_are_found_by_ordinal(
        self, stores: Stores, certifier: Counter
    ) -> None:
        awarded = [
            AwardedCertification("RS", "RS1", "CERTIFICATEUR"),
            AwardedCertification("RS", "RS2"),
            AwardedCertification("RNCP", "RNCP3"),
            AwardedCertification("RS", "RS1"),
        ]
        certifier.records()

        stores.deposits.take(ID, Taken(an_outline()), [], awarded)

        assert stores.deposits.certifications(ID, 0, 1) == awarded[:2]
        assert stores.deposits.certifications(ID, 2, 9) == awarded[2:]

    def test_a_flux_id_that_comes_back_is_told(self, certifier: Counter) -> None:
        first = certifier.takes("a")
        again = certifier.takes("b")
        new = certifier.takes("c", outline=an_outline(flux_id="FLUX-2"))

        assert [d.flux_seen_before for d in (first, again, new)] == [False, True, False]

    def test_the_flux_id_of_another_organisation_does_not_count(
        self, certifier: Counter, depositor: Counter
    ) -> None:
        certifier.takes("a")

        assert not depositor.takes("b").flux_seen_before


class TestPublishing:
    def test_a_deposit_without_a_ko_is_accepted(self, stores: Stores, certifier: Counter) -> None:
        ended = certifier.publishes(
            an_accepted_passage("T-1"), an_accepted_passage("T-2", 1, late=True)
        )

        assert ended.status is Status.ACCEPTED
        assert (ended.accepted, ended.rejected, ended.late) == (2, 0, 1)
        assert ended.treated_at == NOON
        assert stores.deposits.get(ID) == ended

    def test_a_deposit_with_a_ko_is_partly_rejected(self, certifier: Counter) -> None:
        ended = certifier.publishes(an_accepted_passage("T-1"), a_rejected_passage("T-2", 1))

        assert ended.status is Status.PARTLY_REJECTED
        assert (ended.accepted, ended.rejected, ended.late) == (1, 1, 0)

    def test_a_deposit_of_kos_alone_is_partly_rejected(self, certifier: Counter) -> None:
        assert certifier.publishes(a_rejected_passage()).status is Status.PARTLY_REJECTED

    def test_a_deposit_without_a_passage_is_accepted(
        self, stores: Stores, certifier: Counter
    ) -> None:
        certifier.takes(pieces=0, outline=an_outline(passages=0))

        assert stores.deposits.publish(ID, NOON).status is Status.ACCEPTED


class TestWhoSeesWhat:
    def test_newest_first_page_by_page(self, stores: Stores, certifier: Counter) -> None:
        for deposit in "abcde":
            certifier.records(deposit)

        pages = [stores.deposits.of_organisation(certifier.organisation, n, 2) for n in (1, 2, 3)]

        assert [[d.id for d in page.items] for page in pages] == [["e", "d"], ["c", "b"], ["a"]]
        assert {page.total for page in pages} == {5}

    def test_a_certificateur_sees_what_was_deposited_for_it(
        self, stores: Stores, certifier: Counter, depositor: Counter
    ) -> None:
        stores.organisations.mandate(certifier.organisation.id, depositor.organisation.id)
        depositor.takes("theirs", outline=an_outline(sender="03TST003", certifier="03TST001"))
        depositor.takes("others", outline=an_outline(sender="03TST003", certifier="03TST002"))
        certifier.takes("own")

        page = stores.deposits.of_organisation(certifier.organisation, 1, 25)

        assert [d.id for d in page.items] == ["own", "theirs"]
        assert page.total == 2

    def test_a_deposant_sees_what_it_deposited(
        self, stores: Stores, certifier: Counter, depositor: Counter
    ) -> None:
        certifier.takes("own", outline=an_outline(certifier="03TST003"))
        depositor.takes("theirs", outline=an_outline(sender="03TST003"))

        page = stores.deposits.of_organisation(depositor.organisation, 1, 25)

        assert [d.id for d in page.items] == ["theirs"]

    def test_nobody_sees_another_world(self, stores: Stores, certifier: Counter) -> None:
        other = at_counter(stores, stores.worlds.create("other"), "03TST001", "CERT00009")
        certifier.takes("own")

        assert stores.deposits.of_organisation(other.organisation, 1, 25).items == []
