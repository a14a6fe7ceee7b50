"""Deposits of one émetteur are judged in the order in which they were recorded."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest

from mockportal.assembly import Portal
from mockportal.domain.clocks import WorldClock
from mockportal.domain.deposits import Deposit, Status
from mockportal.domain.faults import Fault, Stage, Trouble
from mockportal.domain.identifiers import AccountId, DepositId
from mockportal.domain.organisations import Account
from mockportal.domain.processing import Mode, Processing
from mockportal.journeys.deposit import Upload, carry_on, deposit_file, record, working_on
from mockportal.journeys.desk import Desk
from mockportal.journeys.faults import add_faults, remove_faults
from mockportal.journeys.work import work_once
from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire
from tests.working import seen, work_off

KNOWN = a_titulaire(
    nomNaissance="KERVELLANT", prenom1="Jean-François", anneeNaissance="1974", sexe="M"
)


def account(desk: Desk, name: str = "CERT00001") -> Account:
    found = desk.stores.organisations.account(AccountId(name))
    assert found is not None
    return found


def flux(sender: str = "03TST001", late_sender: bool = False) -> bytes:
    content = a_flux_xml(a_passage_xml("T-1", KNOWN), sender=sender)
    if not late_sender:
        return content
    client = f"<cpf:idClient>{sender}</cpf:idClient>".encode()
    moved = content.replace(b"<cpf:emetteur>" + client, b"<cpf:emetteur>", 1)
    padding = b"<!--" + b" " * 70_000 + b"-->"
    return moved.replace(b"</cpf:emetteur>", padding + client + b"</cpf:emetteur>")


def begin(desk: Desk, content: bytes, name: str = "CERT00001") -> Deposit:
    """Record a deposit whose first control takes long: nobody has come to its end yet."""
    made = record(desk, account(desk, name), Upload("large.xml", BytesIO(content)))
    assert isinstance(made, Deposit)
    return made


def finish_control(desk: Desk, made: Deposit) -> None:
    with working_on(desk, made.id):
        carry_on(desk, made)


def send(desk: Desk, content: bytes, name: str = "CERT00001") -> Deposit:
    """Deposit a small file, whose first control is over at once."""
    made = deposit_file(desk, account(desk, name), Upload("small.xml", BytesIO(content)))
    assert isinstance(made, Deposit)
    return made


def any_sender(desk: Desk) -> Desk:
    return replace(desk, policy=replace(desk.policy, any_sender=True))


def status(desk: Desk, made: Deposit) -> Status:
    return seen(desk, made.id).status


def test_a_small_file_sent_after_a_large_one_with_its_identifiers_loses(portal: Portal) -> None:
    desk = portal.desk
    large = begin(desk, flux())
    small = send(desk, flux())
    work_off(desk)
    assert status(desk, small) is Status.PROCESSING, "it waits for the earlier one"

    finish_control(desk, large)
    work_off(desk)

    assert status(desk, large) is Status.ACCEPTED
    assert status(desk, small) is Status.PARTLY_REJECTED


def test_one_that_is_refused_holds_nobody_back_any_more(portal: Portal) -> None:
    desk = portal.desk
    large = begin(desk, b"<flux/>")
    small = send(desk, flux())

    finish_control(desk, large)
    work_off(desk)

    assert (status(desk, large), status(desk, small)) == (Status.REFUSED, Status.ACCEPTED)


def test_a_long_first_control_holds_back_no_other_sender(portal: Portal) -> None:
    desk = portal.desk
    begin(desk, flux())
    other = send(desk, flux("03TST002").replace(b"100001", b"100002"), "CERT00002")

    work_off(desk)

    assert status(desk, other) is not Status.PROCESSING


def test_an_earlier_one_that_is_due_later_holds_nobody_back(portal: Portal) -> None:
    desk = portal.desk
    world = account(desk).organisation.world
    desk.stores.worlds.set_processing(world, Processing(Mode.MANUAL))
    waits = send(desk, flux())
    desk.stores.worlds.set_processing(world, None)
    small = send(desk, flux())

    work_off(desk)

    assert (status(desk, waits), status(desk, small)) == (Status.PROCESSING, Status.ACCEPTED)


def test_of_those_that_are_due_the_number_decides_not_the_time(portal: Portal) -> None:
    desk = portal.desk
    world = account(desk).organisation.world
    desk.stores.worlds.set_processing(world, Processing(Mode.MANUAL))
    first, second = send(desk, flux()), send(desk, flux())
    now = desk.circumstances.now(world)
    desk.stores.agenda.schedule(second.id, now.replace(year=2020), None)
    desk.stores.agenda.schedule(first.id, now.replace(year=2021), None)

    assert work_once(desk)

    assert (status(desk, first), status(desk, second)) == (Status.ACCEPTED, Status.PROCESSING)


def test_one_that_a_fault_has_stuck_holds_nobody_back(portal: Portal) -> None:
    desk = portal.desk
    world = account(desk).organisation.world
    add_faults(desk, world, [Fault(stage=Stage.FIRST_CONTROL, trouble=Trouble.STUCK, times=1)])
    stuck, small = send(desk, flux()), send(desk, flux())

    work_off(desk)
    assert (status(desk, stuck), status(desk, small)) == (Status.PROCESSING, Status.ACCEPTED)

    remove_faults(desk, world)
    work_off(desk)
    assert status(desk, stuck) is Status.PARTLY_REJECTED


def test_any_account_waits_for_the_sender_that_a_file_names_at_its_beginning(
    portal: Portal,
) -> None:
    desk = any_sender(portal.desk)
    large = begin(desk, flux("03XYZ999"), "CERT00002")
    same, other = send(desk, flux("03XYZ999")), send(desk, flux("03XYZ998"), "CERT00002")

    work_off(desk)

    assert status(desk, same) is Status.PROCESSING
    assert status(desk, other) is not Status.PROCESSING
    finish_control(desk, large)
    work_off(desk)
    assert status(desk, same) is Status.PARTLY_REJECTED


def test_one_that_names_its_sender_late_counts_for_all_of_its_organisation(
    portal: Portal,
) -> None:
    desk = any_sender(portal.desk)
    begin(desk, flux("03XYZ999", late_sender=True), "CERT00002")
    own, other = send(desk, flux("03XYZ998"), "CERT00002"), send(desk, flux("03XYZ998"))

    work_off(desk)

    assert status(desk, own) is Status.PROCESSING
    assert status(desk, other) is Status.PROCESSING, "it comes after the own one"
    assert seen(desk, DepositId(other.id)).lane == "03XYZ998"


def test_under_the_strict_rule_nobody_holds_back_others_by_their_matricule(
    portal: Portal,
) -> None:
    desk = portal.desk
    foreign = send(desk, flux("03TST001"), "CERT00002")
    begin(desk, flux("03TST001"), "CERT00002")
    assert desk.stores.agenda.claim() == foreign.id, "and is still at it"
    small = send(desk, flux("03TST001"))

    work_off(desk)

    assert status(desk, small) is Status.ACCEPTED


@pytest.mark.parametrize("back", [1, 3600, 86_400])
def test_a_deposit_is_treated_at_once_though_the_clock_was_set_back(
    portal: Portal, back: int
) -> None:
    desk = portal.desk
    world = account(desk).organisation.world
    small = send(desk, flux())
    desk.stores.worlds.set_clock(world, WorldClock(timedelta(seconds=-back)))

    due = desk.stores.agenda.next_due(world)
    assert due is not None
    assert due <= desk.circumstances.now(world)
    work_off(desk)

    assert status(desk, small) is Status.ACCEPTED


def test_who_has_worked_is_told_the_size_of_the_file_and_nothing_else_is_zero(
    portal: Portal,
) -> None:
    made = send(portal.desk, flux())

    assert [work_once(portal.desk), work_once(portal.desk)] == [made.size, 0]
