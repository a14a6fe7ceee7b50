"""The history narrowed by status and days of receipt."""

import pytest

from mockportal.assembly import Portal
from mockportal.resources import seeds_folder
from mockportal.web import create_app
from tests.fluxes import SAMPLES
from tests.web.visitor import Visitor, words

DEMONSTRATION = seeds_folder() / "flux-demonstration.xml"


def shown(visitor: Visitor, path: str) -> list[str]:
    return [str(one) for one in visitor.page(path).xpath("//tbody//th/a/text()")]


def test_a_status_narrows_the_list_and_stays_chosen(certifier: Visitor) -> None:
    certifier.deposit(DEMONSTRATION)
    certifier.deposit(SAMPLES / "csv-exporter-dirty.xml")

    page = certifier.page("/depots?statut=refused")

    assert page.xpath("//tbody//th/a/text()") == ["csv-exporter-dirty.xml"]
    assert page.xpath("//select/option[@selected]/@value") == ["refused"]
    assert "1 fichier déposé" in page.text_content()


def test_two_statuses_whose_words_are_near_are_told_apart(certifier: Visitor) -> None:
    certifier.deposit(DEMONSTRATION)
    certifier.deposit(SAMPLES / "csv-exporter-dirty.xml")

    states = certifier.page("/depots").xpath('//td[@class="state"]')

    assert [" ".join(one.text_content().split()) for one in states] == [
        "Traitement avec erreurs fichier refusé",
        "Traité avec erreurs 33 passages KO",
    ]
    badges = [one.xpath("span/@class")[0] for one in states]
    assert badges == ["badge badge-refused", "badge badge-mixed"]


def test_days_narrow_the_list(portal: Portal, certifier: Visitor) -> None:
    certifier.deposit(DEMONSTRATION)
    world = portal.desk.stores.worlds.named("default")
    assert world
    today = portal.desk.circumstances.now(world).date().isoformat()

    assert shown(certifier, f"/depots?du={today}&au={today}") == [DEMONSTRATION.name]
    assert shown(certifier, f"/depots?du=2099-01-01&au={today}") == []


def test_a_list_without_a_match_says_so_and_offers_to_clear_the_filters(
    certifier: Visitor,
) -> None:
    certifier.deposit(DEMONSTRATION)

    page = certifier.page("/depots?statut=refused")

    assert "Aucun fichier ne répond à ces critères" in page.text_content()
    assert "/depots" in page.xpath('//main//a[text()="Effacer les filtres"]/@href')


@pytest.mark.parametrize("day", ["2026-02-31", "hier", "31/03/2026"])
def test_a_day_that_does_not_exist_is_said_beside_its_field_and_on_top(
    certifier: Visitor, day: str
) -> None:
    certifier.deposit(DEMONSTRATION)

    page = certifier.page(f"/depots?du={day}")

    assert page.xpath('//*[@role="alert"]//a/@href') == ["#du"]
    assert page.xpath('//input[@id="du"]/@aria-invalid') == ["true"]
    assert page.xpath("//tbody//th/a/text()") == [DEMONSTRATION.name]


def test_an_unknown_status_narrows_nothing(certifier: Visitor) -> None:
    certifier.deposit(DEMONSTRATION)

    assert shown(certifier, "/depots?statut=<script>") == [DEMONSTRATION.name]


def test_the_pages_keep_the_filter(certifier: Visitor) -> None:
    for number in range(26):
        certifier.upload(f"{number}.xml", b"")

    page = certifier.page("/depots?statut=refused&du=2000-01-01")

    assert page.xpath('//a[@rel="next"]/@href') == [
        "/depots?page=2&apres=2&statut=refused&du=2000-01-01"
    ]
    assert shown(certifier, "/depots?page=2&apres=2&statut=refused&du=2000-01-01") == ["0.xml"]


def test_an_old_link_past_the_end_shows_the_page_of_its_number(certifier: Visitor) -> None:
    for number in range(26):
        certifier.upload(f"{number}.xml", b"")

    assert shown(certifier, "/depots?page=2&apres=1") == ["0.xml"]
    assert len(shown(certifier, "/depots?page=1&avant=26")) == 25
    assert certifier.get("/depots?page=3&apres=1").status_code == 404


def test_each_line_leads_to_both_acknowledgements(certifier: Visitor) -> None:
    address = certifier.deposit(DEMONSTRATION)

    links = certifier.page("/depots").xpath('//td[@class="receipts"]/a/@href')

    assert links == [f"{address}/accuse-de-reception", f"{address}/accuse-de-traitement"]


def test_the_first_page_leads_a_newcomer_to_the_demonstration_and_then_to_the_deposits(
    portal: Portal, certifier: Visitor
) -> None:
    assert "Premier dépôt ?" in words(certifier.get("/"))
    other = Visitor(create_app(portal))
    other.log_in("CERT00002")
    assert "écrit au nom de votre organisme" in words(other.get("/"))

    certifier.deposit(DEMONSTRATION)

    assert "Premier dépôt ?" not in words(certifier.get("/"))
    assert DEMONSTRATION.name in words(certifier.get("/"))
