"""The demonstration fluxes: in the name of whoever downloads them, by the schema that applies."""

import pytest

from mockportal import __version__
from mockportal.assembly import Portal
from mockportal.domain.identifiers import AccountId
from mockportal.journeys.mandates import end_mandate
from mockportal.resources import seeds_folder
from mockportal.web import create_app
from tests.web.conftest import PutTogether
from tests.web.visitor import Visitor, words

DEMONSTRATION = "/aide/flux-demonstration.xml"
NEWER = "flux-demonstration-1.1.5.xml"


@pytest.mark.parametrize("account", ["CERT00001", "CERT00002", "DEPO00001"])
def test_the_flux_that_one_downloads_is_in_ones_own_name(portal: Portal, account: str) -> None:
    visitor = Visitor(create_app(portal))
    visitor.log_in(account)

    flux = visitor.get(DEMONSTRATION).data
    address = visitor.upload("flux.xml", flux).location

    assert "22 passages OK" in words(visitor.get(address))


def test_who_has_not_logged_in_gets_the_flux_as_the_seeds_have_it(visitor: Visitor) -> None:
    flux = visitor.get(DEMONSTRATION).data

    assert flux == (seeds_folder() / "flux-demonstration.xml").read_bytes()


def test_a_deposant_whom_nobody_mandates_is_told_that_the_flux_is_not_in_its_name(
    portal: Portal,
) -> None:
    stores = portal.desk.stores.organisations
    depositor = stores.account(AccountId("DEPO00001"))
    assert depositor is not None
    for identifier in ("CERT00001", "CERT00002"):
        certifier = stores.account(AccountId(identifier))
        assert certifier is not None
        assert end_mandate(portal.desk, certifier.organisation, depositor.organisation)
    visitor = Visitor(create_app(portal))
    visitor.log_in("DEPO00001")

    for page in ("/", "/transmettre/fichier"):
        assert "aucun certificateur ne mandate votre organisme" in words(visitor.get(page)).lower()
    assert b"03TST001" in visitor.get(DEMONSTRATION).data


def test_the_page_says_which_fluxes_another_schema_refuses(certifier: Visitor) -> None:
    page = certifier.page("/aide/deposer")

    (item,) = page.xpath(f'//li[a[contains(@href, "{NEWER}")]]')
    assert "suit le schéma 1.1.5 : refusé ici" in " ".join(item.text_content().split())


def test_a_flux_of_a_newer_schema_is_told_so(certifier: Visitor) -> None:
    flux = certifier.get(f"/aide/{NEWER}").data

    said = words(certifier.get(certifier.upload("flux.xml", flux).location))

    assert "Ce fichier suit le schéma 1.1.5, ce portail le 1.1.2." in said
    assert "« action » n'existe que dans le schéma 1.1.5" in said
    assert "Retirez-le, ou corrigez son nom" not in said


def test_where_the_newer_schema_applies_nothing_is_said_of_versions(
    put_together: PutTogether,
) -> None:
    visitor = Visitor(create_app(put_together(schema="1.1.5")))
    visitor.log_in("CERT00001")

    flux = visitor.get(f"/aide/{NEWER}").data
    said = words(visitor.get(visitor.upload("flux.xml", flux).location))

    assert "OK" in said
    assert "Ce fichier suit le schéma" not in said


def test_a_file_in_anothers_name_tells_the_matricule_to_write(portal: Portal) -> None:
    visitor = Visitor(create_app(portal))
    visitor.log_in("CERT00002")
    flux = (seeds_folder() / "flux-demonstration.xml").read_bytes()

    said = words(visitor.get(visitor.upload("flux.xml", flux).location))

    assert "le matricule à écrire dans « emetteur/idClient » est 03TST002" in said


def test_the_footer_tells_the_version_of_the_program(visitor: Visitor) -> None:
    for page in ("/aide", "/aide/dictionnaire?version=1.1.5"):
        (footer,) = visitor.page(page).xpath("//footer/p[1]")
        assert footer.text_content().startswith(f"mockportal {__version__},")
