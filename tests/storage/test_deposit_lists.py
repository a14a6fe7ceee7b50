"""Deposits narrowed by status and day, and the accepted passages of one, page by page."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from mockportal.domain.deposits import AcceptedPassage, DepositFilter, Status
from mockportal.domain.identifiers import ClientId, DepositId, HolderId, TechnicalId
from mockportal.domain.verdicts import Level
from mockportal.journeys.ports import Stores
from tests.builders import (
    a_deposit,
    a_piece,
    a_rejected_passage,
    a_suppressed_passage,
    an_accepted_passage,
)
from tests.storage.conftest import Counter, stage

PARIS = ZoneInfo("Europe/Paris")
ID = DepositId("deposit-1")


def received(counter: Counter, name: str, moment: datetime) -> None:
    organisation = counter.organisation
    counter.stores.deposits.record(
        a_deposit(
            id=name,
            world=organisation.world,
            account=counter.account,
            organisation=organisation.id,
            received_at=moment,
        )
    )


def listed(counter: Counter, wanted: DepositFilter, size: int = 25) -> tuple[list[str], int]:
    page = counter.stores.deposits.of_organisation(counter.organisation, 1, size, wanted)
    return [one.id for one in page.items], page.total


def test_a_status_narrows_the_list_and_its_count(certifier: Counter) -> None:
    certifier.publishes(an_accepted_passage("T-1"), deposit_id="ok")
    certifier.publishes(a_rejected_passage("T-2"), deposit_id="ko")
    certifier.takes("running")

    assert listed(certifier, DepositFilter(status=Status.ACCEPTED)) == (["ok"], 1)
    assert listed(certifier, DepositFilter(status=Status.PARTLY_REJECTED)) == (["ko"], 1)
    assert listed(certifier, DepositFilter(status=Status.PROCESSING)) == (["running"], 1)
    assert listed(certifier, DepositFilter(status=Status.REFUSED)) == ([], 0)
    assert listed(certifier, DepositFilter(), size=2) == (["running", "ko"], 3)


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        (None, None, ["c", "b", "a"]),
        (date(2026, 3, 29), None, ["c", "b"]),
        (None, date(2026, 3, 29), ["b", "a"]),
        (date(2026, 3, 29), date(2026, 3, 29), ["b"]),
        (date(2026, 4, 1), None, []),
    ],
)
def test_days_of_receipt_are_both_included_and_are_those_of_paris(
    certifier: Counter, since: date | None, until: date | None, found: list[str]
) -> None:
    received(certifier, "a", datetime(2026, 3, 28, 23, 59, tzinfo=PARIS))
    received(certifier, "b", datetime(2026, 3, 29, 0, 1, tzinfo=PARIS))  # still the 28th in UTC
    received(certifier, "c", datetime(2026, 3, 31, 12, 0, tzinfo=PARIS))

    assert listed(certifier, DepositFilter(since=since, until=until)) == (found, len(found))


def test_a_filter_shows_nothing_that_the_organisation_may_not_see(
    certifier: Counter, stores: Stores
) -> None:
    certifier.publishes(an_accepted_passage())
    own = certifier.organisation
    stranger = replace(own, id=own.id + 1, client_id=ClientId("03TST999"))

    page = stores.deposits.of_organisation(stranger, 1, 25, DepositFilter(Status.ACCEPTED))

    assert (page.items, page.total) == ([], 0)


def test_accepted_passages_come_in_the_order_of_the_file_page_by_page(
    certifier: Counter, stores: Stores
) -> None:
    certifier.takes(pieces=2)
    stage(stores, ID, [(a_piece(1), [an_accepted_passage("T-3", holder=7)])])
    verdicts = [a_rejected_passage("T-1"), an_accepted_passage("T-2", 1)]
    stage(stores, ID, [(a_piece(0), verdicts)])

    first, second = (stores.deposits.accepted(ID, page, 1) for page in (1, 2))

    assert first == [AcceptedPassage(TechnicalId("T-2"), (Level(1, 1),), HolderId(1), 0, 1, True)]
    assert second == [AcceptedPassage(TechnicalId("T-3"), (Level(1, 1),), HolderId(7), 1, 0, True)]
    assert stores.deposits.accepted(ID, 3, 1) == []


def test_a_passage_that_was_deleted_as_asked_is_attached_to_nobody(
    certifier: Counter, stores: Stores
) -> None:
    certifier.takes()
    stage(stores, ID, [(a_piece(), [a_suppressed_passage()])])

    (one,) = stores.deposits.accepted(ID, 1, 25)

    assert (one.holder, one.alive) == (None, False)
