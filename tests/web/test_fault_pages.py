"""Faults as somebody in front of the pages meets them, and as a trainer removes them."""

import pytest

from mockportal.assembly import Portal
from mockportal.domain.faults import Fault, SetFault, Stage, Trouble
from mockportal.domain.identifiers import AccountId
from mockportal.journeys.faults import add_faults, faults_in
from mockportal.journeys.worlds import MadeWorld, create_world
from mockportal.web import create_app
from tests.fluxes import a_flux_xml, a_passage_xml
from tests.passages import an_account
from tests.web.visitor import Visitor, words

HEADER = "X-Mockportal-Fault"
FLUX = a_flux_xml(a_passage_xml("T-1"))


def sets(portal: Portal, *faults: Fault) -> list[SetFault]:
    return add_faults(portal.desk, an_account(portal).organisation.world, faults)


@pytest.fixture
def stranger(portal: Portal) -> Visitor:
    """Return someone who has logged in to another world."""
    made = create_world(portal.desk, "other")
    assert isinstance(made, MadeWorld)
    visitor = Visitor(create_app(portal))
    visitor.log_in(made.accounts[0].id)
    return visitor


def test_the_maintenance_page_is_french(
    portal: Portal, certifier: Visitor, stranger: Visitor
) -> None:
    sets(portal, Fault(stage=Stage.PAGE, trouble=Trouble.MAINTENANCE, seconds=30, times=1))

    closed = certifier.get("/depots")

    assert closed.status_code == 503
    assert "Portail en maintenance" in words(closed)
    assert closed.headers["Retry-After"] == "30"
    assert HEADER in closed.headers
    assert stranger.get("/depots").status_code == 200
    assert certifier.get("/depots").status_code == 200


def test_a_session_expires(portal: Portal, certifier: Visitor, stranger: Visitor) -> None:
    sets(portal, Fault(stage=Stage.UPLOAD, trouble=Trouble.SESSION, times=1))

    answer = certifier.upload("flux.xml", FLUX)

    assert (answer.status_code, answer.location) == (303, "/connexion")
    assert certifier.get("/depots").status_code == 302
    assert stranger.upload("flux.xml", FLUX).status_code == 303
    assert stranger.get("/depots").status_code == 200


def test_a_page_that_is_asked_for_comes_after_the_next_login(
    portal: Portal, certifier: Visitor
) -> None:
    sets(portal, Fault(stage=Stage.PAGE, trouble=Trouble.SESSION, times=1))

    assert certifier.get("/depots").location == "/connexion?next=/depots"


def test_logging_in_fails_for_those_of_the_world(portal: Portal, visitor: Visitor) -> None:
    made = create_world(portal.desk, "other")
    assert isinstance(made, MadeWorld)
    sets(portal, Fault(stage=Stage.LOGIN, trouble=Trouble.STATUS, status=500))

    failed = visitor.log_in("CERT00001")
    elsewhere = visitor.log_in(made.accounts[0].id)

    assert failed.status_code == 500
    assert "login-status" in failed.headers[HEADER]
    assert elsewhere.status_code == 303


def test_a_receipt_is_not_there_yet(portal: Portal, certifier: Visitor) -> None:
    deposit = certifier.upload("flux.xml", FLUX).location
    certifier.get(deposit)
    sets(portal, Fault(stage=Stage.RECEIPT, trouble=Trouble.LATE, times=1))

    seen = [certifier.get(f"{deposit}/accuse-de-traitement").status_code for _ in range(2)]

    assert seen == [404, 200]


def test_a_receipt_names_another_file(portal: Portal, certifier: Visitor) -> None:
    deposit = certifier.upload("été.xml", FLUX).location
    sets(portal, Fault(stage=Stage.RECEIPT, trouble=Trouble.OTHER_NAME, times=1))

    receipt = certifier.get(f"{deposit}/accuse-de-traitement")

    assert "<nomFichier>autre-été.xml</nomFichier>" in receipt.text
    assert "_autre-%C3%A9t%C3%A9.xml_" in receipt.headers["Content-Disposition"]


def test_what_strikes_pages_spares_those_who_only_look_behind_the_scenes(
    portal: Portal, certifier: Visitor
) -> None:
    sets(portal, Fault(stage=Stage.PAGE, trouble=Trouble.STATUS))

    assert certifier.get("/coulisses").status_code == 200
    assert certifier.get("/readyz").status_code == 200


def test_a_trainer_sees_the_faults_and_removes_one(portal: Portal, certifier: Visitor) -> None:
    one, other = sets(
        portal,
        Fault(stage=Stage.RECEIPT, trouble=Trouble.EMPTY, times=2),
        Fault(stage=Stage.PAGE, trouble=Trouble.SLOW, seconds=0.0, account=AccountId("CERT00001")),
    )
    page = words(certifier.get("/coulisses"))

    done = certifier.fill("/coulisses", f"/coulisses/pannes/{one.id}/retirer")

    assert "L'accusé vide à l'accusé de traitement" in page
    assert "2 fois" in page
    assert "La panne est retirée" in words(certifier.follow(done))
    assert [f.id for f in faults_in(portal.desk, one.world)] == [other.id]


def test_without_faults_nothing_is_said_of_them_behind_the_scenes(certifier: Visitor) -> None:
    assert "Pannes" not in words(certifier.get("/coulisses"))
