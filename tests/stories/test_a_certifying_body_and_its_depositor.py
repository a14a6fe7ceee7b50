"""A certificateur, its déposant and two days' wait: the portal as a service, over HTTP."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote, unquote
from zoneinfo import ZoneInfo

import pytest

from mockportal.assembly import assemble
from mockportal.domain.clocks import WorldClock
from mockportal.domain.identifiers import AccountId, WorldId
from mockportal.domain.worlds import DEFAULT_WORLD
from mockportal.journeys.clock import advance, set_clock
from mockportal.journeys.desk import Desk
from mockportal.journeys.mandates import end_mandate
from mockportal.settings import Settings
from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire
from tests.stories.served import Browser, ServedPortal

MONDAY = datetime(2026, 10, 5, 10, 0, tzinfo=ZoneInfo("Europe/Paris"))
TWO_DAYS = timedelta(days=2)
DELAY = f"delay={int(TWO_DAYS.total_seconds())}"
KNOWN = a_titulaire(
    nomNaissance="KERVELLANT", prenom1="Jean-François", anneeNaissance="1974", sexe="M"
)
MISSPELT = a_titulaire(
    nomNaissance="KERVELLANT", prenom1="Jean François", anneeNaissance="1974", sexe="M"
)


class Behind:
    """Behind the scenes of a served portal: its clock and its mandates."""

    def __init__(self, desk: Desk) -> None:
        world = desk.stores.worlds.named(DEFAULT_WORLD)
        assert world is not None
        self.desk, self.world = desk, WorldId(world)

    def it_is(self, moment: datetime) -> None:
        set_clock(self.desk, self.world, WorldClock(frozen=moment))

    def until(self, moment: datetime) -> None:
        assert advance(self.desk, self.world, moment, seconds=30)

    def ends_the_mandate(self, certifier: str, depositor: str) -> None:
        one, other = (
            self.desk.stores.organisations.account(AccountId(a)) for a in (certifier, depositor)
        )
        assert one is not None
        assert other is not None
        assert end_mandate(self.desk, one.organisation, other.organisation)


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[ServedPortal]:
    with ServedPortal(tmp_path, "--processing", DELAY) as served:
        yield served


@pytest.fixture
def behind(portal: ServedPortal, tmp_path: Path) -> Iterator[Behind]:
    assert portal.address
    with assemble(Settings(data=tmp_path)) as same:
        yield Behind(same.desk)


def test_a_certifying_body_and_its_depositor_over_a_week(
    portal: ServedPortal, behind: Behind
) -> None:
    behind.it_is(MONDAY)
    certifier = Browser(portal, "CERT00001")

    # Monday: a deposit with one passage that is right and one that is not.
    first = certifier.upload(
        "octobre.xml", a_flux_xml(a_passage_xml("A/1", KNOWN), a_passage_xml("A/2", MISSPELT))
    ).location
    assert "Traitement en cours" in certifier.get(first).words
    assert certifier.get(f"{first}/accuse-de-reception").status == 200
    assert certifier.get(f"{first}/accuse-de-traitement").status == 404

    # Wednesday: it is treated, and its receipt bears that day.
    behind.until(MONDAY + TWO_DAYS + timedelta(hours=3))
    page = certifier.get(first).words
    assert "Traité avec erreurs" in page
    assert "7 octobre 2026 à 10 h 00" in page.replace("\xa0", " ")
    receipt = certifier.get(f"{first}/accuse-de-traitement")
    assert "Accusé de traitement_octobre.xml_20261007.xml" in unquote(receipt.name)
    assert b"<idTechnique>A/2</idTechnique>\n            <messageErreur>Aucun" in receipt.content

    # The KO passage alone, corrected, in a new file.
    second = certifier.upload(
        "octobre-ko.xml", a_flux_xml(a_passage_xml("A/2", KNOWN), flux_id="flux-2")
    ).location
    behind.until(MONDAY + 2 * TWO_DAYS + timedelta(hours=3))
    assert "Traité avec succès" in certifier.get(second).words

    # The déposant deposits for it: both see that deposit, the déposant sees no other.
    depositor = Browser(portal, "DEPO00001")
    mandated = depositor.upload("mandat.xml", for_the_certifier("B/1")).location
    behind.until(MONDAY + 3 * TWO_DAYS + timedelta(hours=3))
    assert "Traité avec succès" in depositor.get(mandated).words
    assert "Traité avec succès" in certifier.get(mandated).words
    assert depositor.get(first).status == 404
    assert files_seen_by(depositor) == ["mandat.xml"]
    assert files_seen_by(certifier) == ["mandat.xml", "octobre-ko.xml", "octobre.xml"]
    assert files_seen_by(Browser(portal, "CERT00002")) == []
    assert Browser(portal, "CERT00002").get(mandated).status == 404

    # The mandate ends: what was deposited stays to be seen, nothing more is taken.
    behind.ends_the_mandate("CERT00001", "DEPO00001")
    late = depositor.upload("trop-tard.xml", for_the_certifier("B/2")).location
    behind.until(MONDAY + 4 * TWO_DAYS + timedelta(hours=3))
    assert "Traité avec erreurs" in depositor.get(late).words
    refused = depositor.get(f"{late}/accuse-de-traitement").content.decode()
    assert (
        "Le bcr émetteur 03TST003 n'est pas habilité à déposer pour le bcr certificateur 03TST001"
        in refused
    )
    assert "<PassagesOK/>" in refused
    assert depositor.get(f"{mandated}/accuse-de-traitement").status == 200
    assert files_seen_by(depositor) == ["trop-tard.xml", "mandat.xml"]
    assert certifier.get(mandated).status == 200

    # The same of the passages: the déposant still sees its own, and changes none.
    theirs = depositor.get(identifier("B/1")).location
    assert depositor.get(theirs).status == 200
    assert depositor.get(f"{theirs}/modifier").status == 403
    assert depositor.get(f"{theirs}/supprimer").status == 403
    assert depositor.get(identifier("A/1")).status == 404
    for one in ("A/1", "A/2", "B/1"):
        found = certifier.get(identifier(one)).location
        assert certifier.get(f"{found}/modifier").status == 200
    assert certifier.get(identifier("B/2")).status == 404  # a KO leaves no passage
    assert Browser(portal, "CERT00002").get(theirs).status == 404
    assert Browser(portal, "NOBODY000").get(theirs).location.startswith("/connexion")


def identifier(technical_id: str) -> str:
    """Return the address that looks a passage up."""
    return f"/passages/acces?identifiant={quote(technical_id, safe='')}"


def for_the_certifier(technical_id: str) -> bytes:
    """Return a flux that the déposant sends for the first certificateur."""
    return a_flux_xml(a_passage_xml(technical_id, KNOWN), sender="03TST003", flux_id=technical_id)


def files_seen_by(browser: Browser) -> list[str]:
    """Return the names in someone's history, the newest first."""
    links = browser.get("/depots").tree.xpath('//main//a[starts-with(@href, "/depots/")]/text()')
    return [str(words).strip() for words in links if str(words).strip().endswith(".xml")]
