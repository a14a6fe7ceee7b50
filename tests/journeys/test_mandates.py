"""A mandate, while it lasts and once it has ended."""

from io import BytesIO
from pathlib import Path

from mockportal.assembly import Portal, assemble
from mockportal.domain.deposits import Deposit, Status
from mockportal.domain.identifiers import AccountId
from mockportal.domain.messages import Code
from mockportal.domain.organisations import Account
from mockportal.domain.processing import Mode, Processing
from mockportal.journeys.consult import deposit_seen_by, deposits_of
from mockportal.journeys.deposit import Upload, deposit_file
from mockportal.journeys.desk import Desk
from mockportal.journeys.figures import figures_of
from mockportal.journeys.mandates import end_mandate, give_mandate
from mockportal.settings import Settings
from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire
from tests.working import deposited, seen, work_off

KNOWN = a_titulaire(
    nomNaissance="KERVELLANT", prenom1="Jean-François", anneeNaissance="1974", sexe="M"
)


def account(desk: Desk, identifier: str) -> Account:
    found = desk.stores.organisations.account(AccountId(identifier))
    assert found is not None
    return found


def flux(technical_id: str, certifier: str = "03TST001", contract: str = "MCFCER100001") -> bytes:
    return a_flux_xml(
        a_passage_xml(technical_id, KNOWN),
        sender="03TST003",
        certifier=certifier,
        contract=contract,
    )


def deposit(desk: Desk, content: bytes) -> Deposit:
    return deposited(desk, account(desk, "DEPO00001"), "flux.xml", BytesIO(content))


def end(desk: Desk) -> bool:
    certifier, depositor = account(desk, "CERT00001"), account(desk, "DEPO00001")
    return end_mandate(desk, certifier.organisation, depositor.organisation)


def test_after_the_end_of_its_mandate_a_deposant_sees_its_deposits_and_receipts(
    portal: Portal,
) -> None:
    desk = portal.desk
    old = deposit(desk, flux("T-1"))
    assert old.status is Status.ACCEPTED

    assert end(desk)

    depositor = account(desk, "DEPO00001")
    assert deposits_of(desk, depositor).items == [old]
    assert deposit_seen_by(desk, depositor, old.id) == old
    assert b"T-1" in desk.stores.files.receipt(old.id).read_bytes()
    assert deposits_of(desk, account(desk, "CERT00001")).items == [old]


def test_a_file_that_names_a_certificateur_without_a_mandate_is_its_depositors_alone(
    portal: Portal,
) -> None:
    desk = portal.desk
    stranger, certifier = account(desk, "CERT00002"), account(desk, "CERT00001")
    sent = deposited(desk, stranger, "flux.xml", BytesIO(flux("T-1")))
    assert desk.stores.deposits.rejections_by_reason(sent.id) == [(Code.SENDER.value, 1)]

    assert deposits_of(desk, stranger).items == [sent]
    assert deposit_seen_by(desk, stranger, sent.id) == sent
    assert deposits_of(desk, certifier).items == []
    assert deposit_seen_by(desk, certifier, sent.id) is None
    assert figures_of(desk, sent.world, certifier.organisation).volumes.files == 0


def test_a_certificateur_sees_what_a_deposant_sent_for_it_after_its_mandate(
    portal: Portal,
) -> None:
    assert end(portal.desk)
    late = deposit(portal.desk, flux("T-1"))
    assert late.accepted == 0

    certifier = account(portal.desk, "CERT00001")

    assert deposits_of(portal.desk, certifier).items == [late]
    assert deposit_seen_by(portal.desk, certifier, late.id) == late


def test_where_every_emetteur_is_let_through_a_certificateur_sees_whatever_names_it(
    tmp_path: Path,
) -> None:
    with assemble(Settings(data=tmp_path, any_sender=True)) as portal:
        desk = portal.desk
        unknown = a_titulaire(nomNaissance="PERSONNE")
        content = a_flux_xml(a_passage_xml("T-1", unknown), sender="03TST003")
        ko = deposited(desk, account(desk, "CERT00002"), "ko.xml", BytesIO(content))
        ok = deposited(desk, account(desk, "CERT00002"), "ok.xml", BytesIO(flux("T-2")))
        assert (ko.accepted, ok.accepted) == (0, 1)

        assert deposits_of(desk, account(desk, "CERT00001")).items == [ok, ko]
        assert deposit_seen_by(desk, account(desk, "CERT00001"), ko.id) == ko

    with assemble(Settings(data=tmp_path)) as strict:
        certifier = account(strict.desk, "CERT00001")

        assert deposits_of(strict.desk, certifier).items == [ok]
        assert deposit_seen_by(strict.desk, certifier, ok.id) == ok
        assert deposit_seen_by(strict.desk, certifier, ko.id) is None


def test_after_the_end_of_its_mandate_each_passage_of_a_deposant_is_ko(portal: Portal) -> None:
    assert end(portal.desk)

    late = deposit(portal.desk, flux("T-1"))

    assert (late.accepted, late.rejected) == (0, 1)
    assert portal.desk.stores.deposits.rejections_by_reason(late.id) == [(Code.MANDATE.value, 1)]


def test_the_mandates_of_other_certificateurs_go_on(portal: Portal) -> None:
    assert end(portal.desk)

    other = deposit(portal.desk, flux("T-1", "03TST002", "MCFCER100002"))

    assert other.status is Status.ACCEPTED


def test_a_deposant_without_any_mandate_is_told_so_for_each_passage(portal: Portal) -> None:
    desk = portal.desk
    depositor = account(desk, "DEPO00001").organisation
    for identifier in ("CERT00001", "CERT00002"):
        assert end_mandate(desk, account(desk, identifier).organisation, depositor)

    late = deposit(desk, flux("T-1"))

    assert account(desk, "DEPO00001").organisation.mandated_by == frozenset()
    assert desk.stores.deposits.rejections_by_reason(late.id) == [(Code.MANDATE.value, 1)]


def test_a_mandate_counts_when_the_second_control_begins(portal: Portal) -> None:
    desk = portal.desk
    depositor = account(desk, "DEPO00001")
    desk.stores.worlds.set_processing(depositor.organisation.world, Processing(Mode.DELAY, 0))
    waiting = deposit_file(desk, depositor, Upload("flux.xml", BytesIO(flux("T-1"))))
    assert isinstance(waiting, Deposit)

    assert end(desk)
    work_off(desk)

    assert desk.stores.deposits.rejections_by_reason(waiting.id) == [(Code.MANDATE.value, 1)]
    assert seen(desk, waiting.id).status is Status.PARTLY_REJECTED


def test_a_new_mandate_can_follow_one_that_ended(portal: Portal) -> None:
    desk = portal.desk
    assert end(desk)

    certifier, depositor = account(desk, "CERT00001"), account(desk, "DEPO00001")
    assert give_mandate(desk, certifier.organisation, depositor.organisation)

    assert deposit(desk, flux("T-1")).status is Status.ACCEPTED


def test_a_mandate_that_is_not_in_force_does_not_end(portal: Portal) -> None:
    assert end(portal.desk)

    assert not end(portal.desk)


def test_only_a_certificateur_mandates_and_only_a_deposant_is_mandated(portal: Portal) -> None:
    desk = portal.desk
    one, other = account(desk, "CERT00001").organisation, account(desk, "CERT00002").organisation
    depositor = account(desk, "DEPO00001").organisation

    assert not give_mandate(desk, one, other)
    assert not give_mandate(desk, depositor, one)
    assert not end_mandate(desk, depositor, one)
