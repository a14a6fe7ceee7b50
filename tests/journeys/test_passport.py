"""What a holder sees: it appears with the treatment, and leaves with the deletion."""

from io import BytesIO

import pytest

from mockportal.assembly import Portal
from mockportal.domain.deposits import Deposit
from mockportal.domain.identifiers import AccountId
from mockportal.domain.organisations import Account
from mockportal.domain.passages import Author
from mockportal.domain.processing import Mode, Processing
from mockportal.journeys.deposit import Upload, deposit_file
from mockportal.journeys.passport import passport_of, passports_named
from tests.builders import NOON
from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire
from tests.working import deposited, work_off

KNOWN = a_titulaire(
    nomNaissance="KERVELLANT", prenom1="Jean-François", anneeNaissance="1974", sexe="M"
)
FLUX = a_flux_xml(
    a_passage_xml("T-1", KNOWN, valid_until="2026-10-02"),
    a_passage_xml("T-2", a_titulaire(nomNaissance="PERSONNE")),
)


@pytest.fixture
def account(portal: Portal) -> Account:
    found = portal.desk.stores.organisations.account(AccountId("CERT00001"))
    assert found is not None
    return found


def test_the_first_page_shows_those_whose_passport_is_fed(portal: Portal, account: Account) -> None:
    assert passports_named(portal.desk, account, " ") == []

    deposited(portal.desk, account, "flux.xml", BytesIO(FLUX))

    (one,) = passports_named(portal.desk, account, "")
    assert (one.holder.birth_name, one.count) == ("KERVELLANT", 1)


def test_a_passport_says_what_the_file_said(portal: Portal, account: Account) -> None:
    deposited(portal.desk, account, "flux.xml", BytesIO(FLUX))
    (one,) = passports_named(portal.desk, account, "kervellant jean")

    passport = passport_of(portal.desk, account, one.holder.id)

    assert passport is not None
    (recognised,) = passport.recognised
    assert recognised.certification is not None
    assert recognised.code == "RNCP90001"
    assert recognised.certifier == account.organisation.shown_name
    assert recognised.said["valid_from"] == "2026-10-01"
    assert recognised.over == (portal.desk.circumstances.now(account.organisation.world).date()
                               .isoformat() > "2026-10-02")  # fmt: skip


def test_a_passport_is_not_fed_before_the_treatment(portal: Portal, account: Account) -> None:
    desk, world = portal.desk, account.organisation.world
    desk.stores.worlds.set_processing(world, Processing(Mode.MANUAL))
    made = deposit_file(desk, account, Upload("flux.xml", BytesIO(FLUX)))
    work_off(desk)
    assert isinstance(made, Deposit)
    assert passports_named(desk, account, "") == []

    desk.stores.agenda.release(world, desk.circumstances.now(world))
    work_off(desk)

    assert len(passports_named(desk, account, "")) == 1


def test_a_deleted_passage_leaves_the_passport(portal: Portal, account: Account) -> None:
    desk = portal.desk
    deposited(desk, account, "flux.xml", BytesIO(FLUX))
    (one,) = passports_named(desk, account, "")
    (passage,) = desk.stores.passports.passages(one.holder.id, 10)

    desk.stores.passages.delete([passage.id], Author(account.id, NOON))

    passport = passport_of(desk, account, one.holder.id)
    assert passport is not None
    assert (passport.recognised, passport.count) == ([], 0)


@pytest.mark.parametrize("number", [0, 404_404, 1 << 70])
def test_nobody_has_no_passport(portal: Portal, account: Account, number: int) -> None:
    assert passport_of(portal.desk, account, number) is None
