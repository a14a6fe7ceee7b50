import pytest
from sqlalchemy import Engine, update

from mockportal.domain.comparing import sender_key
from mockportal.domain.identifiers import ClientId, DepositId, TechnicalId, WorldId
from mockportal.journeys.ports import Stores
from mockportal.storage.tables import passages
from tests.builders import (
    NOON,
    a_piece,
    a_rejected_passage,
    a_suppressed_passage,
    an_accepted_passage,
    an_outline,
)
from tests.storage.conftest import Counter, at_counter, sent_before, stage

SENDER = ClientId("03TST001")
ID = TechnicalId("T-1")


def test_an_accepted_passage_is_stored_once_it_is_published(
    stores: Stores, world: WorldId, certifier: Counter
) -> None:
    certifier.publishes(an_accepted_passage("T-1"))

    assert sent_before(stores, world, SENDER, [ID, TechnicalId("T-2")]) == {ID}


def test_a_staged_passage_is_not_stored(stores: Stores, world: WorldId, certifier: Counter) -> None:
    certifier.takes()
    stage(stores, DepositId("deposit-1"), [(a_piece(), [an_accepted_passage("T-1")])])

    assert sent_before(stores, world, SENDER, [ID]) == set()


def test_a_ko_passage_is_not_stored(stores: Stores, world: WorldId, certifier: Counter) -> None:
    certifier.publishes(a_rejected_passage("T-1"))

    assert sent_before(stores, world, SENDER, [ID]) == set()


@pytest.mark.parametrize("other", ["t-1", "T-1 ", " T-1", "T -1", "T1", "T‑1"])
def test_case_space_and_every_sign_of_an_identifier_count(
    stores: Stores, world: WorldId, certifier: Counter, other: str
) -> None:
    certifier.publishes(an_accepted_passage("T-1"))

    assert sent_before(stores, world, SENDER, [TechnicalId(other)]) == set()


@pytest.mark.parametrize("odd", ["a/b?c=%2F", "é" * 255, "'; --", '"\\', " ", "🎓"])
def test_an_identifier_may_be_of_any_characters(
    stores: Stores, world: WorldId, certifier: Counter, odd: str
) -> None:
    certifier.publishes(an_accepted_passage(odd))

    assert sent_before(stores, world, SENDER, [TechnicalId(odd)]) == {odd}


def test_another_sender_may_have_the_same_identifier(
    stores: Stores, world: WorldId, certifier: Counter
) -> None:
    certifier.publishes(an_accepted_passage("T-1"))

    assert sent_before(stores, world, ClientId("03TST002"), [ID]) == set()


def test_another_world_may_have_the_same_identifier(
    stores: Stores, world: WorldId, certifier: Counter
) -> None:
    other = stores.worlds.create("other")
    certifier.publishes(an_accepted_passage("T-1"))
    at_counter(stores, other, "03TST001", "CERT00009").publishes(
        an_accepted_passage("T-2"), deposit_id="deposit-2"
    )

    assert sent_before(stores, other, SENDER, [ID, TechnicalId("T-2")]) == {"T-2"}
    assert sent_before(stores, world, SENDER, [ID, TechnicalId("T-2")]) == {ID}


def test_no_passage_is_stored_by_the_key_of_another_sender(
    stores: Stores, world: WorldId, certifier: Counter, engine: Engine
) -> None:
    certifier.publishes(an_accepted_passage("T-1"))
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(update(passages).values(sender_key=sender_key(world, "03TST002")))

    assert sent_before(stores, world, ClientId("03TST002"), [ID]) == set()


def test_asking_for_nothing_finds_nothing(stores: Stores, world: WorldId) -> None:
    assert sent_before(stores, world, SENDER, []) == set()


class TestSuppression:
    OUTLINE = an_outline(flux_id="FLUX-2", action="SUPPRESSION")

    def test_a_suppressed_passage_is_not_stored_any_more(
        self, stores: Stores, world: WorldId, certifier: Counter
    ) -> None:
        certifier.publishes(an_accepted_passage("T-1"), an_accepted_passage("T-2", 1))

        certifier.publishes(a_suppressed_passage("T-1"), deposit_id="again", outline=self.OUTLINE)

        assert sent_before(stores, world, SENDER, [ID, TechnicalId("T-2")]) == {"T-2"}

    def test_it_is_stored_until_the_suppression_is_published(
        self, stores: Stores, world: WorldId, certifier: Counter
    ) -> None:
        certifier.publishes(an_accepted_passage("T-1"))
        certifier.takes("again", outline=self.OUTLINE)

        stage(stores, DepositId("again"), [(a_piece(), [a_suppressed_passage("T-1")])])

        assert sent_before(stores, world, SENDER, [ID]) == {ID}

    def test_the_first_deposit_still_says_that_it_was_accepted(
        self, stores: Stores, certifier: Counter
    ) -> None:
        certifier.publishes(an_accepted_passage("T-1"))

        certifier.publishes(a_suppressed_passage("T-1"), deposit_id="again", outline=self.OUTLINE)

        assert list(stores.deposits.accepted_ids(DepositId("deposit-1"))) == ["T-1"]
        assert list(stores.deposits.accepted_ids(DepositId("again"))) == ["T-1"]

    def test_its_identifier_may_be_sent_and_suppressed_again(
        self, stores: Stores, world: WorldId, certifier: Counter
    ) -> None:
        certifier.publishes(an_accepted_passage("T-1"))
        certifier.publishes(a_suppressed_passage("T-1"), deposit_id="gone", outline=self.OUTLINE)

        certifier.publishes(an_accepted_passage("T-1"), deposit_id="again")
        assert sent_before(stores, world, SENDER, [ID]) == {ID}

        certifier.publishes(a_suppressed_passage("T-1"), deposit_id="end", outline=self.OUTLINE)
        assert sent_before(stores, world, SENDER, [ID]) == set()

    def test_the_passage_of_another_sender_is_left_alone(
        self, stores: Stores, world: WorldId, certifier: Counter
    ) -> None:
        other = at_counter(stores, world, "03TST002", "CERT00002")
        other.publishes(an_accepted_passage("T-1"), deposit_id="theirs")
        certifier.publishes(an_accepted_passage("T-1"))

        certifier.publishes(a_suppressed_passage("T-1"), deposit_id="gone", outline=self.OUTLINE)

        assert sent_before(stores, world, ClientId("03TST002"), [ID]) == {ID}

    def test_what_is_only_staged_elsewhere_is_left_alone(
        self, stores: Stores, world: WorldId, certifier: Counter
    ) -> None:
        certifier.takes("staged")
        stage(stores, DepositId("staged"), [(a_piece(), [an_accepted_passage("T-1")])])
        certifier.publishes(an_accepted_passage("T-1"))
        certifier.publishes(a_suppressed_passage("T-1"), deposit_id="gone", outline=self.OUTLINE)

        stores.deposits.publish(DepositId("staged"), NOON)

        assert sent_before(stores, world, SENDER, [ID]) == {ID}


def test_an_identifier_that_is_named_twice_is_found_once(
    stores: Stores, certifier: Counter
) -> None:
    certifier.publishes(an_accepted_passage("T-1"), an_accepted_passage("T-2", 1))

    found = stores.passages.named(certifier.organisation, [ID, TechnicalId("T-2"), ID])

    assert sorted(one.technical_id for one in found) == ["T-1", "T-2"]
