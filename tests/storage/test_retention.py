from datetime import datetime, timedelta

import pytest

from mockportal.domain.deposits import Deposit, Status
from mockportal.domain.identifiers import DepositId, TechnicalId, WorldId
from mockportal.domain.keeping import Keeping
from mockportal.journeys.ports import Stores
from tests.builders import (
    NOON,
    a_file_error,
    a_piece,
    a_rejected_passage,
    a_suppressed_passage,
    an_accepted_passage,
    an_outline,
)
from tests.storage.conftest import Counter, at_counter, sent_before, stage

A_DAY = timedelta(days=1)
OLD = Keeping(days=7)


def went(stores: Stores, world: WorldId, keeping: Keeping, now: datetime) -> list[DepositId]:
    """Return all that goes, in the order in which it does."""
    gone = []
    while (one := stores.retention.begin(world, keeping, now)) is not None:
        stores.retention.forget(one)
        stores.agenda.free(one)
        gone.append(one)
    return gone


def suppresses(certifier: Counter, technical_id: str) -> None:
    client = certifier.organisation.client_id
    certifier.publishes(
        a_suppressed_passage(technical_id),
        deposit_id="deposit-2",
        outline=an_outline(sender=client, certifier=client, action="SUPPRESSION"),
    )


def the(stores: Stores, deposit_id: str) -> Deposit:
    found = stores.deposits.get(DepositId(deposit_id))
    assert found is not None
    return found


def test_nothing_goes_where_all_is_kept(stores: Stores, world: WorldId, certifier: Counter) -> None:
    certifier.publishes(an_accepted_passage())

    assert went(stores, world, Keeping(), NOON + 10_000 * A_DAY) == []


def test_what_ended_long_enough_ago_goes(
    stores: Stores, world: WorldId, certifier: Counter
) -> None:
    certifier.publishes(an_accepted_passage())

    assert went(stores, world, OLD, NOON + 7 * A_DAY) == []
    assert went(stores, world, OLD, NOON + 7 * A_DAY + timedelta(seconds=1)) == ["deposit-1"]


@pytest.mark.parametrize("offset", ["+02:00", "+01:00", "-11:00"])
def test_age_is_that_of_moments_whatever_their_offset(
    stores: Stores, world: WorldId, certifier: Counter, offset: str
) -> None:
    certifier.takes("deposit-1")
    stage(stores, DepositId("deposit-1"), [(a_piece(), [an_accepted_passage()])])
    stores.deposits.publish(
        DepositId("deposit-1"), datetime.fromisoformat(f"2026-10-05T23:30:00{offset}")
    )
    ended = the(stores, "deposit-1").treated_at
    assert ended is not None

    assert went(stores, world, OLD, ended + 7 * A_DAY - timedelta(minutes=1)) == []
    assert went(stores, world, OLD, ended + 7 * A_DAY + timedelta(minutes=1)) == ["deposit-1"]


def test_beyond_a_number_the_oldest_go(stores: Stores, world: WorldId, certifier: Counter) -> None:
    for number in range(5):
        certifier.publishes(an_accepted_passage(f"T-{number}"), deposit_id=f"d-{number}")

    assert went(stores, world, Keeping(deposits=2), NOON) == ["d-0", "d-1", "d-2"]
    assert went(stores, world, Keeping(deposits=0), NOON) == ["d-3", "d-4"]


def test_what_is_processing_stays(stores: Stores, world: WorldId, certifier: Counter) -> None:
    certifier.takes("deposit-1")
    certifier.publishes(an_accepted_passage(), deposit_id="deposit-2")

    assert went(stores, world, Keeping(0, 0), NOON + 10 * A_DAY) == ["deposit-2"]


def test_what_goes_vanishes_from_the_list_and_from_its_count(
    stores: Stores, world: WorldId, certifier: Counter
) -> None:
    for number in range(3):
        certifier.publishes(an_accepted_passage(f"T-{number}"), deposit_id=f"d-{number}")

    went(stores, world, Keeping(deposits=1), NOON)

    page = stores.deposits.of_organisation(certifier.organisation, 1, 10)
    assert ([one.id for one in page.items], page.total) == (["d-2"], 1)
    assert the(stores, "d-0").removed_at == NOON


def test_what_explained_it_goes_and_its_passages_stay(
    stores: Stores, world: WorldId, certifier: Counter
) -> None:
    certifier.publishes(an_accepted_passage("T-1"), a_rejected_passage("T-2", 1))
    certifier.records("refused")
    stores.deposits.refuse(DepositId("refused"), [a_file_error()], NOON)

    went(stores, world, Keeping(deposits=0), NOON)

    deposit = the(stores, "deposit-1")
    sender = certifier.organisation.client_id
    assert list(stores.deposits.rejections(deposit.id)) == []
    assert stores.deposits.errors(DepositId("refused")) == []
    assert (deposit.accepted, deposit.rejected, deposit.alive) == (1, 1, 1)
    assert stores.deposits.piece(deposit.id, 0) is not None
    assert sent_before(stores, world, sender, [TechnicalId("T-1")]) == {"T-1"}


def test_the_lines_of_a_suppression_go(stores: Stores, world: WorldId, certifier: Counter) -> None:
    certifier.publishes(an_accepted_passage("T-1"))
    suppresses(certifier, "T-1")

    went(stores, world, Keeping(deposits=0), NOON)

    assert list(stores.deposits.accepted_ids(DepositId("deposit-2"))) == []
    assert stores.deposits.piece(DepositId("deposit-2"), 0) is None


def test_the_history_of_a_passage_names_no_deposit_that_was_cleaned_away(
    stores: Stores, world: WorldId, certifier: Counter
) -> None:
    certifier.publishes(an_accepted_passage("T-1"))
    (one,) = stores.passages.named(certifier.organisation, [TechnicalId("T-1")])
    suppresses(certifier, "T-1")
    assert [event.deposit for event in stores.passages.history(one.id)] == ["deposit-2"]

    went(stores, world, Keeping(deposits=0), NOON)

    assert [event.deposit for event in stores.passages.history(one.id)] == [None]


def test_the_passages_of_a_piece_are_told_by_their_positions_deleted_or_not(
    stores: Stores, certifier: Counter
) -> None:
    certifier.publishes(
        an_accepted_passage("T-1", 0), a_rejected_passage("T-2", 1), an_accepted_passage("T-3", 2),
        an_accepted_passage("T-4", 3),
    )  # fmt: skip
    suppresses(certifier, "T-3")

    assert stores.retention.published(DepositId("deposit-1"), 0) == {0, 2, 3}
    assert stores.retention.published(DepositId("deposit-1"), 1) == set()
    assert stores.retention.published(DepositId("deposit-2"), 0) == set()


def test_one_at_a_time_is_at_a_deposit_and_what_was_cut_off_comes_again(
    stores: Stores, world: WorldId, certifier: Counter
) -> None:
    certifier.publishes(an_accepted_passage())

    assert stores.retention.begin(world, OLD, NOON + 8 * A_DAY) == "deposit-1"
    assert stores.retention.begin(world, OLD, NOON + 8 * A_DAY) is None
    assert stores.agenda.busy(world)
    stores.agenda.free(DepositId("deposit-1"))  # as if its lease had run out

    assert stores.retention.begin(world, OLD, NOON) == "deposit-1"


def test_the_next_to_go_is_looked_for_where_the_last_one_was(
    stores: Stores, world: WorldId
) -> None:
    others = [stores.worlds.create(f"world-{number}") for number in range(20)]
    certifier = at_counter(stores, others[-1], "03TST009", "CERT00009")
    for number in (1, 2):
        certifier.publishes(an_accepted_passage(), deposit_id=f"deposit-{number}")
    asked: list[WorldId] = []

    def now(of: WorldId) -> datetime:
        asked.append(of)
        return NOON + 8 * A_DAY

    assert stores.retention.begin_next(OLD, now) == "deposit-1"
    assert asked == [world, *others]
    assert stores.retention.begin_next(OLD, now) == "deposit-2"
    assert asked[21:] == [others[-1]]
    assert stores.retention.begin_next(OLD, now) is None


def test_another_world_keeps_what_it_has(stores: Stores, certifier: Counter) -> None:
    certifier.publishes(an_accepted_passage())
    other = stores.worlds.create("other")

    assert went(stores, other, Keeping(0, 0), NOON + 8 * A_DAY) == []
    assert the(stores, "deposit-1").status is Status.ACCEPTED
