from typing import cast

import pytest
from sqlalchemy import Engine

from mockportal.domain.deposits import Rejection
from mockportal.domain.identifiers import DepositId, TechnicalId
from mockportal.domain.messages import Code
from mockportal.domain.passages import Sent
from mockportal.domain.verdicts import Level
from mockportal.journeys.ports import Stores
from mockportal.storage.connections import ConnectionPool
from tests.builders import NOON, a_piece, a_rejected_passage, an_accepted_passage
from tests.storage.conftest import Counter, stage

ID = DepositId("deposit-1")
T1, T2, T3 = TechnicalId("T-1"), TechnicalId("T-2"), TechnicalId("T-3")


def sent(stores: Stores, by: Counter, deposit: DepositId) -> Sent:
    """Return what an organisation has sent of three identifiers, as one of its deposits sees it."""
    of = by.organisation
    return stores.passages.sent(of.world, of.client_id, deposit, [T1, T2, T3])


def counts(stores: Stores) -> tuple[int, int, int]:
    deposit = stores.deposits.get(ID)
    assert deposit is not None
    return deposit.accepted, deposit.rejected, deposit.late


def test_pieces_are_pending_in_order_until_they_are_judged(
    stores: Stores, certifier: Counter
) -> None:
    certifier.takes(pieces=3)

    stage(stores, ID, [(a_piece(1), [])])

    assert list(stores.deposits.pending(ID)) == [a_piece(0), a_piece(2)]


def test_pieces_can_be_judged_while_they_are_gone_through(
    stores: Stores, certifier: Counter
) -> None:
    certifier.takes(pieces=3)

    for piece in stores.deposits.pending(ID):
        stage(stores, ID, [(piece, [an_accepted_passage(f"T-{piece.number}")])])

    assert list(stores.deposits.pending(ID)) == []
    assert counts(stores) == (3, 0, 0)


def test_a_piece_is_found_by_its_number(stores: Stores, certifier: Counter) -> None:
    certifier.takes(pieces=2)

    assert stores.deposits.piece(ID, 1) == a_piece(1)
    assert stores.deposits.piece(ID, 2) is None


def test_a_batch_that_is_staged_twice_counts_once(stores: Stores, certifier: Counter) -> None:
    certifier.takes()
    batch = [an_accepted_passage("T-1"), a_rejected_passage("T-2", 1)]

    stage(stores, ID, [(a_piece(), batch)])
    stage(stores, ID, [(a_piece(), batch)])

    assert counts(stores) == (1, 1, 0)


def test_the_late_ones_are_counted_apart(stores: Stores, certifier: Counter) -> None:
    certifier.takes()

    stage(
        stores,
        ID,
        [(a_piece(), [an_accepted_passage("T-1", late=True), an_accepted_passage("T-2", 1)])],
    )

    assert counts(stores) == (2, 0, 1)


def test_a_deposit_knows_what_its_earlier_batches_accepted(
    stores: Stores, certifier: Counter
) -> None:
    certifier.takes(pieces=2)

    stage(stores, ID, [(a_piece(), [an_accepted_passage("T-1"), a_rejected_passage("T-2", 1)])])

    assert sent(stores, certifier, ID) == Sent(set(), {T1})


def test_what_another_deposit_has_staged_is_not_its_own(stores: Stores, certifier: Counter) -> None:
    certifier.takes("deposit-1")
    certifier.takes("deposit-2")

    stage(stores, ID, [(a_piece(), [an_accepted_passage("T-1")])])

    assert sent(stores, certifier, DepositId("deposit-2")) == Sent(set(), set())


def test_the_ko_passages_come_in_the_order_of_the_file(stores: Stores, certifier: Counter) -> None:
    certifier.takes(pieces=2)

    stage(stores, ID, [(a_piece(1), [a_rejected_passage("T-3", 0)])])
    stage(stores, ID, [(a_piece(0), [a_rejected_passage("T-2", 1), a_rejected_passage("T-1", 0)])])

    assert [one.technical_id for one in stores.deposits.rejections(ID)] == [T1, T2, T3]


def test_a_rejection_is_found_as_it_was_staged(stores: Stores, certifier: Counter) -> None:
    certifier.takes()

    stage(stores, ID, [(a_piece(), [a_rejected_passage("T-1", 4, code=Code.LEVEL2)])])

    assert list(stores.deposits.rejections(ID)) == [
        Rejection(T1, Code.LEVEL2, "Refusé : LEVEL2", (Level(1, 2), Level(2, 0)), 0, 4)
    ]


def test_rejections_can_be_asked_by_reason_and_limited(stores: Stores, certifier: Counter) -> None:
    certifier.publishes(
        a_rejected_passage("T-1", 0, code=Code.DUPLICATE),
        a_rejected_passage("T-2", 1, code=Code.LEVEL1),
        a_rejected_passage("T-3", 2, code=Code.LEVEL1),
    )

    limited = stores.deposits.rejections(ID, "LEVEL1", 1)

    assert [one.technical_id for one in limited] == [T2]


def test_a_page_of_rejections_holds_no_connection_while_more_is_asked(
    stores: Stores, certifier: Counter, engine: Engine
) -> None:
    certifier.publishes(*(a_rejected_passage(f"T-{n}", n) for n in (1, 2, 3)))

    page = stores.deposits.rejections(ID, None, 2, 1)

    assert next(page).technical_id == T2
    assert cast("ConnectionPool", engine.pool).checkedout() == 0
    assert [one.technical_id for one in page] == [T3]


@pytest.mark.parametrize(
    ("code", "first", "expected"),
    [
        (None, 0, ["T-0", "T-1"]),
        (None, 1, ["T-1", "T-2"]),
        (None, 3, ["T-3"]),
        (None, 4, []),
        ("LEVEL1", 1, ["T-2"]),
    ],
)
def test_rejections_can_be_asked_from_a_number_on(
    stores: Stores, certifier: Counter, code: str | None, first: int, expected: list[str]
) -> None:
    certifier.takes(pieces=2)
    codes = [Code.LEVEL1, Code.DUPLICATE] * 2
    rejected = [a_rejected_passage(f"T-{n}", n % 2, code=code) for n, code in enumerate(codes)]
    stage(stores, ID, [(a_piece(0), rejected[:2]), (a_piece(1), rejected[2:])])

    listed = stores.deposits.rejections(ID, code, 2, first)

    assert [one.technical_id for one in listed] == expected


def test_the_most_frequent_reason_comes_first(stores: Stores, certifier: Counter) -> None:
    certifier.publishes(
        a_rejected_passage("T-1", 0, code=Code.DUPLICATE),
        a_rejected_passage("T-2", 1, code=Code.LEVEL1),
        a_rejected_passage("T-3", 2, code=Code.LEVEL1),
    )

    assert stores.deposits.rejections_by_reason(ID) == [("LEVEL1", 2), ("DUPLICATE", 1)]


def test_the_accepted_ones_come_in_the_order_of_the_file(
    stores: Stores, certifier: Counter
) -> None:
    certifier.takes(pieces=2)

    stage(stores, ID, [(a_piece(1), [an_accepted_passage("T-3", 0)])])
    stage(
        stores, ID, [(a_piece(0), [an_accepted_passage("T-2", 1), an_accepted_passage("T-1", 0)])]
    )

    assert list(stores.deposits.accepted_ids(ID)) == [T1, T2, T3]


def test_a_long_list_can_be_left_before_its_end(stores: Stores, certifier: Counter) -> None:
    certifier.publishes(*(an_accepted_passage(f"T-{n}", n) for n in range(5_000)))

    listed = stores.deposits.accepted_ids(ID)

    assert next(iter(listed)) == "T-0"


def test_a_deposit_can_be_written_while_its_list_is_read(
    stores: Stores, certifier: Counter
) -> None:
    certifier.takes()
    stage(stores, ID, [(a_piece(), [an_accepted_passage(f"T-{n}", n) for n in range(5_000)])])
    listed = iter(stores.deposits.accepted_ids(ID))
    next(listed)

    stores.deposits.publish(ID, NOON)

    assert sum(1 for _ in listed) == 4_999
