"""The page of figures, and the page of a passport."""

import pytest
from lxml import html

from mockportal.domain.messages import Code
from mockportal.web.display import rate
from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire
from tests.web.visitor import Visitor, words

KNOWN = a_titulaire(
    nomNaissance="KERVELLANT", prenom1="Jean-François", anneeNaissance="1974", sexe="M"
)
FLUX = a_flux_xml(
    a_passage_xml("T-1", KNOWN, valid_from="2021-07-01"),
    a_passage_xml("T-2", KNOWN, valid_from="2021-07-01"),
    a_passage_xml("T-3", a_titulaire(nomNaissance="PERSONNE")),
)


def tiles(page: html.HtmlElement) -> dict[str, str]:
    """Return the volumes by their words, those of the organisation left out."""
    return {
        one.findtext("dt"): one.find("dd").text for one in page.xpath('//dl[@class="volumes"]/div')
    }


@pytest.fixture
def fed(certifier: Visitor) -> Visitor:
    """Return CERT00001 with a treated file: two passages OK and late, one KO."""
    address = certifier.upload("flux.xml", FLUX).location
    assert "Traité avec erreurs" in words(certifier.get(address))
    return certifier


def test_a_new_portal_says_that_nothing_was_treated_yet(certifier: Visitor) -> None:
    page = certifier.page("/chiffres")

    assert tiles(page)["Passages acceptés"] == "0"
    assert "Aucun fichier traité" in page.text_content()
    assert len(page.xpath('//svg[@class="plot"]')) == 1


def test_the_volumes_are_those_of_the_deposits(fed: Visitor) -> None:
    shown = tiles(fed.page("/chiffres"))

    assert shown == {
        "Passages acceptés": "2",
        "Encore enregistrés": "2",
        "Passeports alimentés": "1",
        "Passages KO": "1",
        "Passages hors délai": "2",
        "Fichiers déposés": "1",
        "Fichiers refusés": "0",
    }


def test_each_chart_has_a_name_a_description_and_its_table(fed: Visitor) -> None:
    page = fed.page("/chiffres")

    charts = page.xpath('//svg[@class="plot"]')
    assert len(charts) == 4
    for one in charts:
        assert one.get("role") == "img"
        for name in one.get("aria-labelledby").split():
            assert one.xpath(f'.//*[@id="{name}"]')[0].text.strip()
        (section,) = one.xpath("ancestor::section[1]")
        rows = section.xpath(".//tbody/tr")
        assert len(rows) == len(one.xpath("./text[not(@class)]"))


def test_the_rate_the_reasons_and_the_late_are_told_in_the_tables(fed: Visitor) -> None:
    page = fed.page("/chiffres")

    rates, reasons, late = (rows_of(page, part) for part in ("taux", "motifs", "retards"))
    assert [row[1:] for row in rates] == [["2", "1", "66,6 %", "66,6 %"]]
    assert reasons == [["Aucun titulaire ne correspond aux critères obligatoires", "1", "1"]]
    assert [row[1:] for row in late] == [["2", "100 %", "2"]]


def rows_of(page: html.HtmlElement, part: str) -> list[list[str]]:
    """Return the cells of the table of a part of the page."""
    rows = page.xpath(f'//section[@aria-labelledby="{part}"]//tbody/tr')
    return [[" ".join(cell.text_content().split()) for cell in row] for row in rows]


def test_another_organisation_sees_the_same_volumes_and_none_of_its_own(
    fed: Visitor,
) -> None:
    fed.log_out()
    fed.log_in("CERT00002")

    page = fed.page("/chiffres")

    assert tiles(page)["Passages acceptés"] == "2"
    (own,) = page.xpath('//dl[@class="volumes"]/div[1]//small')
    assert own.text == "pour vous\u00a0: 0"


def test_every_reason_has_a_few_words(fed: Visitor) -> None:
    template = fed.client.application.jinja_env.get_template("figures/_reasons.html")

    assert set(template.module.reasons) == {code.value for code in Code}  # type: ignore[attr-defined]


def test_a_rate_is_never_rounded_up() -> None:
    assert rate(9_999, 10_000) == "99,9\u00a0%"
    assert rate(10, 10) == "100\u00a0%"
    assert rate(1, 3) == "33,3\u00a0%"
    assert rate(0, 0) == "0\u00a0%"


def test_the_passport_appears_and_shows_what_was_awarded(fed: Visitor) -> None:
    (link,) = fed.page("/passeport").xpath('//p[@class="person-name"]/a/@href')

    page = fed.page(link)

    assert "Jean-François KERVELLANT" in page.xpath("//h1")[0].text_content()
    certifications = page.xpath('//article[contains(@class, "recognised")]')
    assert len(certifications) == 2
    said = " ".join(certifications[0].text_content().split())
    for one in ("Données garanties", "RNCP90001", "Institut imaginaire", "1er juillet 2021"):
        assert one in said


def test_the_passport_page_says_that_it_is_a_game(fed: Visitor) -> None:
    said = words(fed.get("/passeport"))

    assert "Le vrai passeport n'est visible que de son titulaire" in said
    assert "N'écrivez pas le nom d'une vraie personne" in said


def test_people_are_found_by_the_beginning_of_their_name(certifier: Visitor) -> None:
    said = words(certifier.get("/passeport?nom=kerv"))

    assert "Jean-François KERVELLANT" in said
    assert "Passeport vide" in said
    assert "Personne de ce nom" in words(certifier.get("/passeport?nom=zzzz"))


def test_a_number_of_nobody_is_not_found(certifier: Visitor) -> None:
    assert certifier.get("/passeport/999999").status_code == 404
    assert certifier.get(f"/passeport/{1 << 70}").status_code == 404


@pytest.mark.parametrize("path", ["/chiffres", "/passeport", "/passeport/1"])
def test_figures_and_passports_ask_for_a_login(visitor: Visitor, path: str) -> None:
    answer = visitor.get(path)

    assert answer.status_code == 302
    assert answer.location.startswith("/connexion")
