"""The history, a deposit's page, its explanations and its downloads; who sees what."""

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from lxml import etree
from lxml.html import HtmlElement

from mockportal.assembly import Portal
from mockportal.domain.identifiers import AccountId, DepositId
from mockportal.domain.passages import StoredPassage
from mockportal.journeys.delete import delete
from mockportal.journeys.learn import Learned, learn
from mockportal.journeys.passages import passages_named
from mockportal.resources import seeds_folder
from mockportal.web import create_app
from tests.builders import a_certification
from tests.fluxes import SAMPLES, a_flux_xml, a_passage_xml, a_titulaire
from tests.passages import KNOWN
from tests.web.visitor import Visitor, words

DEMONSTRATION = seeds_folder() / "flux-demonstration.xml"


def test_the_history_is_empty_at_first_and_then_newest_first(certifier: Visitor) -> None:
    assert "Aucun fichier pour l'instant" in words(certifier.get("/depots"))
    certifier.deposit(DEMONSTRATION, "premier.xml")
    certifier.deposit(DEMONSTRATION, "second.xml")

    page = certifier.page("/depots")

    assert page.xpath("//tbody//th/a/text()") == ["second.xml", "premier.xml"]
    assert page.xpath('//td[@data-name="OK"]/text()') == ["0", "22"]
    assert page.xpath('//td[@data-name="KO"]/text()') == ["55", "33"]


def test_a_deposit_leads_to_its_passages_and_marks_the_late_ones(certifier: Visitor) -> None:
    ids = ("T-1", "T-2")
    flux = a_flux_xml(*(a_passage_xml(one, KNOWN, valid_from="2021-07-01") for one in ids))
    page = certifier.page(certifier.upload("flux.xml", flux).location)

    (link,) = page.xpath('//a[starts-with(@href, "/passages?depot=")]/@href')
    passages = certifier.page(str(link))

    assert "2 passages acceptés sont hors délai" in " ".join(page.text_content().split())
    assert len(passages.xpath('//span[contains(@class, "badge-wait")]')) == 2
    assert "Hors délai" in passages.text_content()


def test_a_deposit_speaks_of_one_passage_or_of_several(certifier: Visitor) -> None:
    unknown = a_titulaire(nomNaissance="PERSONNE")
    one = a_flux_xml(
        a_passage_xml("T-1", KNOWN, valid_from="2021-07-01"), a_passage_xml("T-2", unknown)
    )
    several = a_flux_xml(a_passage_xml("T-3", unknown), a_passage_xml("T-4", unknown))

    said = words(certifier.get(certifier.upload("one.xml", one).location))
    assert "On ne connaît pas de refus du portail pour autant" in said
    assert "Pourquoi ce passage est KO" in said
    assert "le passage KO dans un nouveau flux, tel que vous l'avez envoyé" in said

    said = words(certifier.get(certifier.upload("several.xml", several).location))
    assert "Pourquoi ces passages sont KO" in said
    assert "les 2 passages KO dans un nouveau flux, tels que vous les avez envoyés" in said


def test_none_of_a_kind_is_told_without_its_sign(certifier: Visitor) -> None:
    address = certifier.upload("flux.xml", a_flux_xml(a_passage_xml("T-1", KNOWN))).location

    (legend,) = certifier.page(address).xpath('//p[@class="legend"]')

    assert [one.get("class") for one in legend] == ["ok", "soft"]
    assert legend[1].text_content() == "0 passage KO"


def test_the_history_comes_in_pages_of_25(certifier: Visitor) -> None:
    for number in range(26):
        certifier.upload(f"{number}.xml", b"")

    first = certifier.page("/depots")
    (following,) = first.xpath('//a[@rel="next"]/@href')
    second, by_number = certifier.page(following), certifier.page("/depots?page=2")
    (back,) = second.xpath('//a[@rel="prev"]/@href')

    assert len(first.xpath("//tbody/tr")) == 25
    assert second.xpath("//tbody//th/a/text()") == ["0.xml"]
    assert by_number.xpath("//tbody//th/a/text()") == ["0.xml"]
    assert names(certifier.page(back)) == names(first)


def names(history: HtmlElement) -> list[str]:
    return [str(one) for one in history.xpath("//tbody//th/a/text()")]


@pytest.mark.parametrize(
    ("page", "status"), [("0", 200), ("-1", 200), ("x", 200), ("2", 404), ("9" * 40, 404)]
)
def test_a_page_of_the_history_that_is_not_there(
    certifier: Visitor, page: str, status: int
) -> None:
    assert certifier.get(f"/depots?page={page}").status_code == status


def test_dates_are_those_of_paris(certifier: Visitor) -> None:
    certifier.deposit(DEMONSTRATION)

    (shown,) = certifier.page("/depots").xpath("//tbody//time/@datetime")

    moment = datetime.fromisoformat(shown)
    assert moment.utcoffset() == moment.astimezone(ZoneInfo("Europe/Paris")).utcoffset()


def test_the_page_shows_the_identity_of_the_flux(certifier: Visitor) -> None:
    said = words(certifier.get(certifier.deposit(DEMONSTRATION)))

    for one in ("DEMONSTRATION-1.1.2", "03TST001", "MCFCER100001", "55 passages", "102,3 ko"):
        assert one in said


def test_the_ko_are_grouped_by_reason_the_most_frequent_first(certifier: Visitor) -> None:
    page = certifier.page(certifier.deposit(DEMONSTRATION))

    reasons = page.xpath('//details[contains(@class, "reason")]/summary')

    assert reasons[0].text_content() == (
        "Aucun titulaire ne correspond aux critères obligatoires12 passages"
    )
    counts = [int(one.xpath('span[@class="count"]/text()')[0].split()[0]) for one in reasons]
    assert counts == sorted(counts, reverse=True)
    assert sum(counts) == 33


def test_a_ko_tells_what_was_searched_who_is_near_and_what_differs(certifier: Visitor) -> None:
    page = certifier.page(certifier.deposit(DEMONSTRATION))

    (why,) = page.xpath('//details[@class="passage"][summary/code="DEMO-NIVEAU-1-TRAIT-D-UNION"]')
    said = " ".join(why.text_content().split())

    assert "premier prénom (un trait d'union)" in said
    assert (
        "nom de naissance « KERVELLANT », premier prénom « Jean François », sexe « M », "
        "année de naissance « 1974 » 0 personne" in said.replace("\u00a0", " ")
    )
    assert "non essayé" in said
    assert "Jean-François, Yann KERVELLANT" in said
    assert "né le 12 mai 1974 à BREST (29019)" in said
    assert why.xpath(".//td[mark]/mark/text()") == [" ", "-"]
    assert "Le trait d'union compte" in said


def test_a_ko_certification_shows_what_was_sent_and_its_cause(certifier: Visitor) -> None:
    page = certifier.page(certifier.deposit(DEMONSTRATION))

    said = {
        one.xpath("code/text()")[0]: " ".join(one.text_content().split())
        for one in page.xpath('//div[@class="passage"][p/code]')
    }

    inactive = said["DEMO-CERTIFICATION-INACTIVE"]
    assert "Cause : cette certification est connue, mais n'est plus active." in inactive
    assert "ne vont pas ensemble" in said["DEMO-CERTIFICATION-AUTRE-TYPE"]
    assert "mal écrit" in said["DEMO-CERTIFICATION-EN-MINUSCULES"]
    assert "n'est pas dans la liste" in said["DEMO-CERTIFICATION-INCONNUE"]


def test_the_known_certifications_are_a_page_of_the_help(visitor: Visitor) -> None:
    rows = visitor.page("/aide/certifications").xpath("//tbody/tr")

    listed = {one.xpath("th/code/text()")[0]: one.text_content() for one in rows}
    assert "Active" in listed["RNCP90001"]
    assert any("Inactive" in one for one in listed.values())


def test_the_known_certifications_are_those_of_ones_own_world(
    certifier: Visitor, portal: Portal
) -> None:
    world = portal.desk.stores.worlds.named("default")
    assert world is not None
    portal.desk.stores.references.add(world, [a_certification("RS4242")])

    codes = certifier.page("/aide/certifications").xpath("//tbody/tr/th/code/text()")

    assert "RS4242" in codes


def test_a_ko_shows_the_name_that_was_sent(certifier: Visitor) -> None:
    page = certifier.page(certifier.deposit(DEMONSTRATION))

    (why,) = page.xpath('//details[@class="passage"][summary/code="DEMO-NIVEAU-1-TRAIT-D-UNION"]')
    assert "Jean François KERVELLANT" in why.xpath("summary")[0].text_content()
    lists = page.xpath('//ul[@class="ids"]/li')
    assert lists
    assert all(one.xpath('span[@class="soft"]')[0].text_content().strip() for one in lists)


def test_the_accepted_passages_show_their_certification(certifier: Visitor) -> None:
    page = certifier.page(certifier.deposit(DEMONSTRATION) + "/acceptes")

    (card,) = page.xpath('//li[p/code="DEMO-TOUT-JUSTE"]')
    assert "RNCP90001, " in card.text_content()


def test_a_deposit_says_how_many_of_its_passages_were_deleted_since(
    certifier: Visitor, portal: Portal
) -> None:
    address = certifier.deposit(DEMONSTRATION)
    account = portal.desk.stores.organisations.account(AccountId("CERT00001"))
    assert account is not None
    (passage,) = passages_named(portal.desk, account, "DEMO-TOUT-JUSTE")

    assert isinstance(delete(portal.desk, account, passage.passage.id), StoredPassage)

    said = words(certifier.get(address))
    assert "1 passage accepté a été supprimé depuis" in said
    assert "21 passages de ce fichier sont encore enregistrés" in said


def test_no_page_shows_the_nir_of_anyone(certifier: Visitor) -> None:
    text = certifier.get(certifier.deposit(DEMONSTRATION)).text

    assert not re.search(r"\b[12]\d{12,14}\b", text)


def test_the_errors_of_a_file_stand_at_their_line_and_column(certifier: Visitor) -> None:
    page = certifier.page(certifier.deposit(SAMPLES / "csv-exporter-dirty.xml"))

    faults = page.xpath('//ol[@class="faults"]/li')

    assert len(faults) == 10
    assert faults[0].xpath('p[@class="place"]//b/text()') == ["20", "74"]
    assert "aucun de ses passages n'est pris en compte" in page.text_content()


def test_what_the_file_says_is_escaped(certifier: Visitor) -> None:
    script = "&lt;script&gt;alert(1)&lt;/script&gt;"
    flux = a_flux_xml(a_passage_xml(script, a_titulaire(nomNaissance=script)))

    answer = certifier.upload("flux.xml", flux)

    text = certifier.get(answer.location).text
    assert script in text
    assert "alert(1)" not in text.replace(script, "")


def test_many_ko_of_one_reason_are_counted_and_the_first_are_shown(certifier: Visitor) -> None:
    passages = "".join(a_passage_xml(f"T-{number}") for number in range(250))

    answer = certifier.upload("flux.xml", a_flux_xml(passages))

    page = certifier.page(answer.location)
    assert len(page.xpath('//code[starts-with(text(), "T-")]')) == 200
    assert "250 passages" in page.text_content()
    assert "et 50 autres" in page.text_content()


def test_both_acknowledgements_are_downloaded_under_the_names_of_the_real_ones(
    certifier: Visitor, portal: Portal
) -> None:
    address = certifier.deposit(DEMONSTRATION)
    today = f"{datetime.now(ZoneInfo('Europe/Paris')):%Y%m%d}"

    receipt = certifier.get(f"{address}/accuse-de-traitement")
    acknowledgement = certifier.get(f"{address}/accuse-de-reception")

    name = f"Accus%C3%A9%20de%20traitement_flux-demonstration.xml_{today}.xml"
    assert f"filename*=UTF-8''{name}" in receipt.headers["Content-Disposition"]
    assert receipt.headers["Content-Disposition"].startswith("attachment;")
    assert receipt.mimetype == "application/xml"
    kept = portal.desk.stores.files.receipt(_id(address))
    assert receipt.data == kept.read_bytes()
    name = f"Accus%C3%A9%20de%20r%C3%A9ception_flux-demonstration.xml_{today}.xml"
    assert f"filename*=UTF-8''{name}" in acknowledgement.headers["Content-Disposition"]
    assert etree.fromstring(acknowledgement.data) is not None


@pytest.mark.parametrize("document", ["", "/accuse-de-traitement", "/accuse-de-reception"])
def test_another_organisation_finds_nothing_there(
    certifier: Visitor, portal: Portal, document: str
) -> None:
    address = certifier.deposit(DEMONSTRATION)
    other = Visitor(create_app(portal))
    other.log_in("CERT00002")

    answer = other.get(address + document)

    assert answer.status_code == 404
    assert "Page introuvable" in words(answer)
    assert answer.data == other.get("/depots/nobody-s" + document).data
    assert "Aucun fichier pour l'instant" in words(other.get("/depots"))


def test_a_certifier_sees_what_a_depositor_deposited_for_it(portal: Portal) -> None:
    flux = DEMONSTRATION.read_text("utf-8")
    flux = flux.replace("<cpf:idClient>03TST001", "<cpf:idClient>03TST003", 1)
    depositor, certifier = Visitor(create_app(portal)), Visitor(create_app(portal))
    depositor.log_in("DEPO00001")
    certifier.log_in("CERT00001")

    address = depositor.upload("mandat.xml", flux.encode()).location

    assert "22 passages OK" in words(depositor.get(address))
    assert "Guichet fictif des certifications de Montfeuille" in words(certifier.get(address))
    assert certifier.page("/depots").xpath("//tbody//th/a/text()") == ["mandat.xml"]


@pytest.mark.parametrize(
    "sample",
    [
        "csv-exporter-clean",
        "template-exporter-titulaire",
        "template-exporter-dossier",
        "legal-any-order",
    ],
)
def test_a_real_file_once_learned_is_accepted_and_then_a_duplicate(
    portal: Portal, sample: str, tmp_path: Path
) -> None:
    file = SAMPLES / f"{sample}.xml"
    world = portal.desk.stores.worlds.named("default")
    assert world
    learned = learn(portal.desk, world, file, tmp_path / "regular.xml")
    assert isinstance(learned, Learned)
    visitor = Visitor(create_app(portal))
    visitor.log_in(learned.account, learned.password or "mockportal")

    first, again = (words(visitor.get(visitor.deposit(file))) for _ in range(2))

    assert "Traité avec succès" in first
    assert "Tous les passages sont acceptés" in first
    assert "existe déjà en base" in again


def _id(address: str) -> DepositId:
    return DepositId(address.rpartition("/")[2])


def test_doubtful_values_are_told_beside_the_verdict(certifier: Visitor, tmp_path: Path) -> None:
    file = tmp_path / "flux.xml"
    holder = a_titulaire(nomNaissance="D&amp;apos;ARC", nomUsage="None")
    many = [a_passage_xml(f"T-{number}", valid_from="2099-01-01") for number in range(7)]
    file.write_bytes(a_flux_xml(*many, a_passage_xml("T-7", holder)))

    page = certifier.page(certifier.deposit(file))

    (section,) = page.xpath('//section[@aria-labelledby="a-relire"]')
    told = " ".join(section.text_content().split()).replace("\u00a0", " ")
    assert "La certification serait obtenue après le jour du dépôt.7 passages" in told
    assert "T-4 dateDebutValidite : « 2099-01-01 »" in told
    assert "et 2 autres" in told
    assert "T-7 nomUsage : « None »" in told
    assert "T-7 nomNaissance : « D&apos;ARC », sans doute « D'ARC »" in told


def test_of_values_that_may_be_meant_the_page_says_nothing(
    certifier: Visitor, tmp_path: Path
) -> None:
    file = tmp_path / "flux.xml"
    file.write_bytes(a_flux_xml())

    page = certifier.page(certifier.deposit(file))

    assert not page.xpath('//section[@aria-labelledby="a-relire"]')
