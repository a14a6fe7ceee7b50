"""The receipt as a table, the KO passages as a flux, and the accepted passages explained."""

import csv
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest

from mockportal.assembly import Portal
from mockportal.resources import seeds_folder
from mockportal.web import create_app
from tests.fluxes import SAMPLES, a_flux_xml, a_passage_xml, a_titulaire
from tests.web.visitor import Visitor, words

DEMONSTRATION = seeds_folder() / "flux-demonstration.xml"
DOCUMENTS = [
    "accuse-de-traitement.csv",
    "accuse-de-traitement.xlsx",
    "passages-ko.xml",
    "acceptes",
    "avancement",
]


def table(visitor: Visitor, address: str) -> list[dict[str, str]]:
    text = visitor.get(f"{address}/accuse-de-traitement.csv").data.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text), delimiter=";"))


def test_the_receipt_as_csv_lists_the_ko_with_their_advice_then_the_ok(
    certifier: Visitor,
) -> None:
    rows = table(certifier, certifier.deposit(DEMONSTRATION))

    assert [row["statut"] for row in rows] == ["KO"] * 33 + ["OK"] * 22
    assert all(row["messageErreur"] and row["conseil"] for row in rows[:33])
    assert not any(row["messageErreur"] or row["conseil"] for row in rows[33:])


def test_the_receipt_of_a_refused_file_lists_its_errors(certifier: Visitor) -> None:
    rows = table(certifier, certifier.deposit(SAMPLES / "csv-exporter-dirty.xml"))

    assert len(rows) == 10
    assert (rows[0]["ligne"], rows[0]["colonne"]) == ("20", "74")
    assert rows[0]["message"].startswith("cvc-")
    assert all(row["idTechnique"] and row["conseil"] for row in rows)


def test_an_identifier_that_a_spreadsheet_would_run_is_made_harmless(certifier: Visitor) -> None:
    flux = a_flux_xml(a_passage_xml("=HYPERLINK(1)"))

    (row,) = table(certifier, certifier.upload("flux.xml", flux).location)

    assert row["idTechnique"] == "'=HYPERLINK(1)"


def test_the_receipt_as_xlsx_is_a_book_under_the_name_of_the_receipt(certifier: Visitor) -> None:
    address = certifier.deposit(DEMONSTRATION)

    answer = certifier.get(f"{address}/accuse-de-traitement.xlsx")

    with ZipFile(BytesIO(answer.data)) as book:
        assert book.read("xl/worksheets/sheet1.xml").count(b"<row ") == 1 + 55
    name = answer.headers["Content-Disposition"]
    assert "Accus%C3%A9%20de%20traitement_flux-demonstration.xml_" in name
    assert name.endswith(".xlsx")
    assert answer.headers["Content-Length"] == str(len(answer.data))


def test_the_ko_passages_are_deposited_again_from_the_page(certifier: Visitor) -> None:
    page = certifier.page(certifier.deposit(DEMONSTRATION))
    (link,) = page.xpath('//a[contains(@href, "passages-ko.xml")]/@href')
    assert "1 passage KO n'y est pas : il est déjà en base" in " ".join(page.text_content().split())

    flux = certifier.get(link)
    again = certifier.upload("flux-demonstration-ko.xml", flux.data)

    assert "filename=flux-demonstration-ko.xml" in flux.headers["Content-Disposition"]
    assert "0 passage OK" in words(certifier.get(again.location))


def test_nothing_is_offered_for_correction_when_all_is_stored_already(
    certifier: Visitor,
) -> None:
    known = a_titulaire(
        nomNaissance="KERVELLANT", prenom1="Jean-François", anneeNaissance="1974", sexe="M"
    )
    flux = a_flux_xml(a_passage_xml("T-1", known))
    certifier.upload("flux.xml", flux)

    address = certifier.upload("encore.xml", flux).location

    said = words(certifier.get(address))
    assert "Il n'y a rien à renvoyer : le passage KO est déjà en base." in said
    assert certifier.get(f"{address}/passages-ko.xml").status_code == 404


def test_accepted_passages_say_at_which_level_their_holder_was_found(certifier: Visitor) -> None:
    address = certifier.deposit(DEMONSTRATION)

    page = certifier.page(f"{address}/acceptes")

    cards = {
        one.xpath(".//code")[0].text_content(): " ".join(one.text_content().split())
        for one in page.xpath('//ul[@class="found"]/li')
    }
    assert len(cards) == 22
    wrong_day = cards["DEMO-JOUR-FAUX"]
    assert "Trouvé au premier niveau" in wrong_day
    assert "Jour de naissance : « 21 » dans le fichier, « 12 » dans le registre" in wrong_day
    assert "cette donnée n'a pas été comparée, une seule personne restait déjà" in wrong_day
    assert "Cet écart ne compte pas" in cards["DEMO-ACCENTS-ET-CASSE"]
    assert any("au deuxième niveau" in card for card in cards.values())
    assert any("au troisième niveau" in card for card in cards.values())


def test_accepted_passages_come_in_pages(certifier: Visitor) -> None:
    known = a_titulaire(
        nomNaissance="KERVELLANT", prenom1="Jean-François", anneeNaissance="1974", sexe="M"
    )
    flux = a_flux_xml("".join(a_passage_xml(f"T-{n}", known) for n in range(26)))
    address = certifier.upload("flux.xml", flux).location

    assert len(certifier.page(f"{address}/acceptes").xpath('//ul[@class="found"]/li')) == 25
    assert "T-25" in words(certifier.get(f"{address}/acceptes?page=2"))
    assert certifier.get(f"{address}/acceptes?page=3").status_code == 404


def test_a_file_without_an_accepted_passage_says_so(certifier: Visitor) -> None:
    address = certifier.upload("flux.xml", a_flux_xml(a_passage_xml())).location

    assert "Ce fichier n'a aucun passage OK." in words(certifier.get(f"{address}/acceptes"))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_another_organisation_gets_none_of_it(
    certifier: Visitor, portal: Portal, document: str
) -> None:
    address = certifier.deposit(DEMONSTRATION)
    other = Visitor(create_app(portal))
    other.log_in("CERT00002")

    assert other.get(f"{address}/{document}").status_code == 404
    assert certifier.get(f"{address}/{document}").status_code == 200
