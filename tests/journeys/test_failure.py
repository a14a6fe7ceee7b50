"""A treatment that fails ends after five attempts, says why, and holds nobody else back."""

from dataclasses import dataclass, replace
from datetime import timedelta
from io import BytesIO
from typing import cast

import pytest

from mockportal import pacing
from mockportal.assembly import Portal
from mockportal.domain.deposits import Deposit, PortalEndsError, Status
from mockportal.domain.identifiers import AccountId, DepositId
from mockportal.domain.organisations import Account
from mockportal.domain.storage_failures import StorageError
from mockportal.journeys.deposit import Upload, deposit_file, record
from mockportal.journeys.desk import Desk
from mockportal.journeys.failure import INTERRUPTED, MOST_ATTEMPTS, failed_deposits, try_again
from mockportal.journeys.receipt import acknowledgement
from mockportal.journeys.work import take_over, work_once
from mockportal.storage.agenda import AgendaStore
from mockportal.storage.deposits import DepositStore
from tests.fluxes import a_flux_xml, a_passage_xml
from tests.working import deposited, seen, work_off


@dataclass
class Clock:
    """Real time as the leases see it: a test moves it on."""

    ahead: int = 0

    def __call__(self) -> int:
        return pacing.microseconds() + self.ahead

    def passes(self, time: timedelta) -> None:
        self.ahead += time // timedelta(microseconds=1)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(portal: Portal, clock: Clock) -> Desk:
    engine = cast("DepositStore", portal.desk.stores.deposits)._engine
    agenda = AgendaStore(engine, "tests/1", clock, 15_000_000)
    return replace(portal.desk, stores=replace(portal.desk.stores, agenda=agenda))


@pytest.fixture
def account(desk: Desk) -> Account:
    found = desk.stores.organisations.account(AccountId("CERT00001"))
    assert found is not None
    return found


def upload(desk: Desk, account: Account, *ids: str) -> Deposit:
    """Deposit a file that passes the first control; nobody treats it yet."""
    content = a_flux_xml(*(a_passage_xml(one) for one in ids))
    content = content.replace(b"03TST001", account.organisation.client_id.encode())
    made = deposit_file(desk, account, Upload("flux.xml", BytesIO(content)))
    assert isinstance(made, Deposit)
    return made


def damage(desk: Desk, deposit: DepositId) -> None:
    """Lose the kept file of a deposit, as a broken disk does."""
    desk.stores.files.original(deposit).unlink()


def mend(desk: Desk, deposit: DepositId, *ids: str) -> None:
    path = desk.stores.files.original(deposit)
    path.write_bytes(a_flux_xml(*(a_passage_xml(one) for one in ids)))


def fail_for_good(desk: Desk, clock: Clock, account: Account) -> DepositId:
    """Bring a deposit to its end that can not be treated."""
    made = upload(desk, account, "T-1")
    damage(desk, made.id)
    for _ in range(MOST_ATTEMPTS):
        assert work_once(desk)
        clock.passes(timedelta(minutes=1))
    return made.id


def test_a_deposit_that_always_fails_ends_after_five_attempts_with_its_reason(
    desk: Desk, clock: Clock, account: Account
) -> None:
    made = upload(desk, account, "T-1")
    damage(desk, made.id)

    attempts = 0
    while seen(desk, made.id).status is Status.PROCESSING:
        assert work_once(desk)
        attempts += 1
        clock.passes(timedelta(minutes=1))

    ended = seen(desk, made.id)
    assert attempts == MOST_ATTEMPTS == 5
    assert (ended.status, ended.accepted, ended.rejected) == (Status.FAILED, 0, 0)
    assert ended.failure is not None
    assert ended.failure.startswith("StorageError")
    assert ended.status.label == "Non traité"
    assert [one.id for one in failed_deposits(desk, ended.world)] == [made.id]
    assert not work_once(desk)


def test_attempts_come_after_pauses_that_grow(desk: Desk, clock: Clock, account: Account) -> None:
    made = upload(desk, account, "T-1")
    damage(desk, made.id)

    pauses = []
    while seen(desk, made.id).status is Status.PROCESSING:
        before = clock.ahead
        while not work_once(desk):
            clock.passes(timedelta(seconds=0.5))
        pauses.append(clock.ahead - before)

    assert pauses == sorted(pauses)
    assert pauses[-1] > 4 * pauses[1] > 0


def test_others_are_treated_meanwhile_and_those_of_its_sender_after_it(
    desk: Desk, clock: Clock, account: Account
) -> None:
    other = desk.stores.organisations.account(AccountId("CERT00002"))
    assert other is not None
    failing = upload(desk, account, "T-1")
    damage(desk, failing.id)
    behind, beside = upload(desk, account, "T-2"), upload(desk, other, "T-3")

    work_off(desk)

    assert seen(desk, beside.id).status is Status.PARTLY_REJECTED, "nobody else waits"
    assert seen(desk, behind.id).status is Status.PROCESSING
    for _ in range(MOST_ATTEMPTS):
        clock.passes(timedelta(minutes=1))
        work_off(desk)
    assert seen(desk, failing.id).status is Status.FAILED
    assert seen(desk, behind.id).status is Status.PARTLY_REJECTED


def test_a_treatment_whose_worker_dies_each_time_counts_and_ends(
    desk: Desk, clock: Clock, account: Account
) -> None:
    made = upload(desk, account, "T-1")

    for _ in range(MOST_ATTEMPTS):
        assert desk.stores.agenda.claim() == made.id  # and then nothing more is heard of it
        clock.passes(timedelta(minutes=1))
    work_off(desk)

    ended = seen(desk, made.id)
    assert (ended.status, ended.failure) == (Status.FAILED, INTERRUPTED)


def test_the_end_of_the_whole_portal_is_no_attempt_but_not_without_end(
    desk: Desk, account: Account
) -> None:
    made = upload(desk, account, "T-1")

    ends = 0
    while seen(desk, made.id).attempts <= MOST_ATTEMPTS:
        assert desk.stores.agenda.claim() == made.id
        take_over(desk)  # the next start
        ends += 1
        if ends <= 2 * MOST_ATTEMPTS:
            assert seen(desk, made.id).attempts == 0
        assert ends < 100
    work_off(desk)

    assert seen(desk, made.id).status is Status.FAILED


def test_a_first_control_that_fails_is_taken_up_by_the_worker_and_ends(
    desk: Desk, clock: Clock, account: Account
) -> None:
    gone = {version: path.with_name("gone.xsd") for version, path in desk.schemas.items()}
    broken = replace(desk, schemas=gone)

    with pytest.raises(FileNotFoundError):
        upload(broken, account, "T-1")
    (made,) = desk.stores.deposits.unfinished()
    for _ in range(MOST_ATTEMPTS - 1):
        clock.passes(timedelta(minutes=1))
        assert work_once(broken)

    assert seen(desk, made).status is Status.FAILED
    assert try_again(desk, seen(desk, made).world, made) is not None
    work_off(desk)
    assert seen(desk, made).status is Status.PARTLY_REJECTED


def test_one_that_failed_is_tried_again_when_the_operator_says_so(
    desk: Desk, clock: Clock, account: Account
) -> None:
    made = fail_for_good(desk, clock, account)
    mend(desk, made, "T-1")

    reopened = try_again(desk, seen(desk, made).world, made)
    work_off(desk)

    assert reopened is not None
    assert (reopened.status, reopened.attempts) == (Status.PROCESSING, 0)
    ended = seen(desk, made)
    assert (ended.status, ended.rejected) == (Status.PARTLY_REJECTED, 1)
    assert try_again(desk, ended.world, made) is None


def test_no_other_world_tries_it_again(desk: Desk, clock: Clock, account: Account) -> None:
    made = fail_for_good(desk, clock, account)
    elsewhere = desk.stores.worlds.create("elsewhere")

    assert try_again(desk, elsewhere, made) is None
    assert seen(desk, made).status is Status.FAILED


def test_nothing_of_what_was_staged_is_left_of_it(
    desk: Desk, clock: Clock, account: Account
) -> None:
    made = upload(desk, account, "T-1")
    (piece,) = desk.stores.deposits.pending(made.id)
    damage(desk, made.id)
    assert piece.passages == 1
    for _ in range(MOST_ATTEMPTS):
        work_once(desk)
        clock.passes(timedelta(minutes=1))

    assert list(desk.stores.deposits.rejected_ids(made.id)) == []
    assert [one.number for one in desk.stores.deposits.pending(made.id)] == [piece.number]
    assert not desk.stores.files.receipt(made.id).exists()


def test_what_is_no_fault_of_the_deposit_does_not_count(
    desk: Desk, clock: Clock, account: Account
) -> None:
    made = upload(desk, account, "T-1")
    damage(desk, made.id)
    trouble = replace(desk.circumstances, is_trouble=lambda _fault: True)
    shaken = replace(desk, circumstances=trouble)

    for _ in range(3 * MOST_ATTEMPTS):
        with pytest.raises(StorageError):
            work_once(shaken)
        clock.passes(timedelta(minutes=1))

    waiting = seen(desk, made.id)
    assert (waiting.status, waiting.attempts) == (Status.PROCESSING, 0)


def test_a_portal_that_ends_in_the_midst_of_a_treatment_does_not_count(
    desk: Desk, account: Account
) -> None:
    made = upload(desk, account, "T-1")
    ending = replace(desk, circumstances=replace(desk.circumstances, ending=lambda: True))

    for _ in range(3 * MOST_ATTEMPTS):
        assert work_once(ending)

    assert issubclass(PortalEndsError, Exception)
    assert seen(desk, made.id).attempts == 0
    work_off(desk)
    assert seen(desk, made.id).status is Status.PARTLY_REJECTED


def test_a_batch_that_is_stored_begins_the_counting_anew(desk: Desk, account: Account) -> None:
    treated = deposited(desk, account, "flux.xml", BytesIO(a_flux_xml(a_passage_xml("T-1"))))

    assert treated.attempts == 1


def test_the_acknowledgement_says_ok_of_no_file_that_was_never_checked(
    desk: Desk, clock: Clock, account: Account
) -> None:
    recorded = record(desk, account, Upload("flux.xml", BytesIO(a_flux_xml(a_passage_xml("T-1")))))
    assert isinstance(recorded, Deposit)
    before = acknowledgement(recorded)[1].decode()
    damage(desk, recorded.id)
    while seen(desk, recorded.id).status is Status.PROCESSING:
        clock.passes(timedelta(minutes=1))
        assert work_once(desk)

    ended = seen(desk, recorded.id)

    assert ended.status is Status.FAILED
    assert "<statut>EN COURS</statut>" in before
    assert "<statut>NON TRAITÉ</statut>" in acknowledgement(ended)[1].decode()


def test_the_acknowledgement_of_a_file_that_passed_says_ok_though_its_treatment_failed(
    desk: Desk, clock: Clock, account: Account
) -> None:
    ended = seen(desk, fail_for_good(desk, clock, account))

    assert "<statut>OK</statut>" in acknowledgement(ended)[1].decode()
