"""The pages of passages: the list, the search, one passage, modified and deleted."""

import re
from urllib.parse import quote

import pytest
from lxml.html import HtmlElement
from markupsafe import escape
from werkzeug.test import TestResponse

from mockportal.assembly import Portal
from mockportal.web import create_app
from tests.fluxes import a_flux_xml, a_passage_xml
from tests.passages import KNOWN, ended_mandate
from tests.web.visitor import Visitor, tree, words

NASTY = [
    "ESSAI_LOT_03/11/2023_3",
    "a?b=c&d#e",
    "100% %2F _",
    "  deux  espaces ",
    "é" * 255,
    "<script>alert(1)</script>",
    "../../deconnexion",
    "🎓\"'`{{7*7}}",
]


def sends(certifier: Visitor, *ids: str, name: str = "flux.xml") -> str:
    """Deposit passages of a known person by page, and return the address of the deposit."""
    flux = a_flux_xml(*(a_passage_xml(str(escape(one)), KNOWN) for one in ids), flux_id=name)
    answer = certifier.upload(name, flux)
    assert answer.status_code == 303, words(answer)
    return answer.location


def accessed(visitor: Visitor, identifier: str) -> str:
    """Return the address that the search box leads to."""
    answer = visitor.get(f"/passages/acces?identifiant={quote(identifier, safe='')}")
    assert answer.status_code == 303, words(answer)
    return answer.location


def cards(page: HtmlElement) -> list[str]:
    return [str(one) for one in page.xpath('//li[contains(@class, "passage-card")]//a/text()')]


def post(visitor: Visitor, path: str, form: str = "", **fields: str) -> TestResponse:
    """Send the form of a page as it is shown, some of its fields changed."""
    page = visitor.page(form or path)
    (shown,) = page.xpath('//form[@method="post"]')
    return visitor.client.post(path, data={**dict(shown.form_values()), **fields})


class TestTheList:
    def test_shows_the_portal_s_words_the_count_and_a_card_for_each(
        self, certifier: Visitor
    ) -> None:
        sends(certifier, "T-1", "T-2")

        page = certifier.page("/passages")
        said = " ".join(page.text_content().split())

        assert [one.text_content() for one in page.xpath('//nav[@class="trail"]//li')] == [
            "Accueil",
            "Passages de certification",
        ]
        assert "Saisissez un identifiant technique" in said
        assert "L'identifiant technique est l'ID technique du passage de certification" in said
        assert "2 passages de certification" in said
        assert cards(page) == ["Id: T-1", "Id: T-2"]
        assert "Jean-François KERVELLANT Chargé de projet événementiel RNCP90001" in said

    def test_says_when_there_are_none(self, certifier: Visitor) -> None:
        assert "Aucun passage pour l'instant" in words(certifier.get("/passages"))

    def test_comes_in_pages_of_25(self, certifier: Visitor) -> None:
        sends(certifier, *(f"T-{n:02}" for n in range(26)))

        first, second = certifier.page("/passages"), certifier.page("/passages?page=2")

        assert len(cards(first)) == 25
        assert cards(second) == ["Id: T-25"]
        assert first.xpath('//a[@rel="next"]/@href') == ["/passages?page=2"]
        assert certifier.get("/passages?page=3").status_code == 404

    @pytest.mark.parametrize(
        ("search", "found"),
        [
            ("debut=A", ["Id: A-1", "Id: A-2"]),
            ("nom=kervéllant", ["Id: A-1", "Id: A-2", "Id: B-1"]),
            ("nom=nobody", []),
            ("certification=RNCP90001", ["Id: A-1", "Id: A-2", "Id: B-1"]),
            ("certification=RNCP00000", []),
            ("du=2026-10-01&au=2026-10-01", ["Id: A-1", "Id: A-2", "Id: B-1"]),
            ("du=2026-10-02", []),
            ("du=yesterday", ["Id: A-1", "Id: A-2", "Id: B-1"]),
            ("debut=B&nom=kerv&tri=nom", ["Id: B-1"]),
        ],
    )
    def test_is_searched(self, certifier: Visitor, search: str, found: list[str]) -> None:
        sends(certifier, "A-1", "A-2", "B-1")

        assert cards(certifier.page(f"/passages?{search}")) == found

    def test_a_date_that_cannot_be_read_is_told_beside_its_field(self, certifier: Visitor) -> None:
        page = certifier.page("/passages?du=yesterday")

        assert page.xpath('//input[@id="du"]/@aria-invalid') == ["true"]


@pytest.mark.parametrize("nasty", NASTY)
def test_a_passage_of_a_nasty_identifier_is_found_changed_and_deleted(
    certifier: Visitor, nasty: str
) -> None:
    sends(certifier, nasty, "other")
    address = accessed(certifier, nasty)
    shown = certifier.page(address)
    assert shown.xpath("//h1")[0].text_content() == f"Id: {nasty}"
    assert not shown.xpath("//main//script")

    changed = post(certifier, f"{address}/modifier", verbatim="changé")
    assert changed.location == f"{address}?fait=modifie"
    assert "changé" in words(certifier.get(address))

    gone = post(certifier, f"{address}/supprimer")
    assert gone.location == f"{address}?fait=supprime"
    assert cards(certifier.page("/passages")) == ["Id: other"]


def test_an_identifier_of_nothing_says_so(certifier: Visitor) -> None:
    answer = certifier.get("/passages/acces?identifiant=%3Cb%3E")

    assert answer.status_code == 404
    assert "« <b> »" in words(answer)


def test_spaces_around_a_pasted_identifier_do_no_harm(certifier: Visitor) -> None:
    sends(certifier, "T-1")

    assert accessed(certifier, " T-1 ") == accessed(certifier, "T-1")


def test_an_identifier_of_several_emetteurs_leads_to_all_of_them(
    certifier: Visitor, portal: Portal
) -> None:
    sends(certifier, "T-1")
    deposits_by_depositor(portal)

    page = certifier.page("/passages/acces?identifiant=T-1")

    assert cards(page) == ["Id: T-1", "Id: T-1"]


def deposits_by_depositor(portal: Portal) -> None:
    flux = a_flux_xml(a_passage_xml("T-1", KNOWN), sender="03TST003", flux_id="theirs")
    depositor = Visitor(create_app(portal))
    depositor.log_in("DEPO00001")
    assert depositor.upload("theirs.xml", flux).status_code == 303


class TestOnePassage:
    def test_shows_all_that_was_sent_in_the_dictionary_s_words(self, certifier: Visitor) -> None:
        sends(certifier, "T-1")

        said = words(certifier.get(accessed(certifier, "T-1")))

        for one in (
            "Identifiant technique idTechniqueT-1",
            "Obtention de la certification obtentionCertificationPar admission",
            "Modalité d'accès modaliteAccesValidation des acquis de l'expérience (VAE)",
            "Date de début de validité dateDebutValidite01/10/2026",
            "Nom de naissance nomNaissanceKERVELLANT",
            "Verbatim verbatimnon renseigné",
            "Dans le passeport",
        ):
            assert one in said

    def test_its_history_says_who_changed_what(self, certifier: Visitor) -> None:
        sends(certifier, "T-1")
        address = accessed(certifier, "T-1")

        post(certifier, f"{address}/modifier", mentionValidee="MENTION_BIEN")

        history = words(certifier.get(address)).split("Historique")[1]
        assert "Déposé" in history
        assert re.search(r"Modifié .* par .*CERT00001.*Mention validée\s*rien\s*Bien", history)

    def test_a_deleted_one_can_still_be_read_and_not_changed(self, certifier: Visitor) -> None:
        sends(certifier, "T-1")
        address = accessed(certifier, "T-1")
        post(certifier, f"{address}/supprimer")

        assert "Supprimé" in words(certifier.get(address))
        assert certifier.get(f"{address}/modifier").status_code == 404
        assert certifier.get(f"{address}/supprimer").status_code == 404

    @pytest.mark.parametrize("number", ["0", "99", "9" * 40])
    def test_a_number_of_nothing_is_not_found(self, certifier: Visitor, number: str) -> None:
        assert certifier.get(f"/passages/{number}").status_code == 404


class TestModifying:
    def test_each_error_stands_beside_its_field_and_in_a_summary_that_takes_the_focus(
        self, certifier: Visitor
    ) -> None:
        sends(certifier, "T-1")
        path = accessed(certifier, "T-1") + "/modifier"

        answer = post(certifier, path, prenom1="", verbatim="x" * 256)

        assert answer.status_code == 422
        page = tree(answer)
        (summary,) = page.xpath('//div[@class="summary"]')
        assert "autofocus" in summary.attrib
        assert summary.xpath(".//a/@href") == ["#prenom1", "#verbatim"]
        assert page.xpath('//input[@aria-invalid="true"]/@name') == ["verbatim", "prenom1"]
        assert "cvc-maxLength-valid" in page.xpath('//p[@id="verbatim-erreur"]')[0].text_content()
        assert page.xpath('//input[@id="verbatim"]/@value') == ["x" * 256]

    def test_a_holder_who_is_not_found_is_explained_and_the_draft_is_kept(
        self, certifier: Visitor
    ) -> None:
        sends(certifier, "T-1")
        path = accessed(certifier, "T-1") + "/modifier"

        answer = post(certifier, path, prenom1="Jean François")

        assert answer.status_code == 422
        assert "Aucun titulaire ne correspond aux critères obligatoires" in words(answer)
        assert "un trait d'union" in words(answer)
        page = tree(answer)
        assert page.xpath('//input[@id="prenom1"]/@value') == ["Jean François"]

    def test_a_form_that_was_overtaken_by_another_is_not_taken(self, certifier: Visitor) -> None:
        sends(certifier, "T-1")
        path = accessed(certifier, "T-1") + "/modifier"
        (form,) = certifier.page(path).xpath('//form[@method="post"]')
        post(certifier, path, verbatim="first")

        late = {**dict(form.form_values()), "verbatim": "second"}
        answer = certifier.client.post(path, data=late)

        assert answer.status_code == 409
        assert "modifié entre-temps" in words(answer)

    def test_the_form_sent_as_it_is_changes_nothing(self, certifier: Visitor) -> None:
        sends(certifier, "T-1")
        address = accessed(certifier, "T-1")

        assert post(certifier, f"{address}/modifier").location == f"{address}?fait=inchange"


class TestWhoSeesWhat:
    def test_a_stranger_meets_nothing_by_any_page(self, certifier: Visitor, portal: Portal) -> None:
        sends(certifier, "T-1")
        address = accessed(certifier, "T-1")
        stranger = Visitor(create_app(portal))
        stranger.log_in("CERT00002")

        assert cards(stranger.page("/passages")) == []
        assert stranger.get("/passages/acces?identifiant=T-1").status_code == 404
        for page in ("", "/modifier", "/supprimer"):
            assert stranger.get(address + page).status_code == 404
        token = stranger.token("/compte")
        for page in ("/modifier", "/supprimer"):
            answer = stranger.client.post(address + page, data={"csrf_token": token})
            assert answer.status_code == 404
        assert cards(certifier.page("/passages")) == ["Id: T-1"]

    def test_nobody_meets_anything_without_logging_in(self, visitor: Visitor) -> None:
        for page in ("", "/1", "/1/modifier", "/suppression", "/export.csv", "/acces"):
            assert visitor.get(f"/passages{page}").location.startswith("/connexion")

    def test_after_the_mandate_a_deposant_reads_and_changes_nothing(
        self, portal: Portal, visitor: Visitor
    ) -> None:
        deposits_by_depositor(portal)
        ended_mandate(portal)
        visitor.log_in("DEPO00001")
        address = accessed(visitor, "T-1")

        assert "ne mandate plus votre organisme" in words(visitor.get(address))
        for page in ("/modifier", "/supprimer"):
            assert visitor.get(address + page).status_code == 403
        token = visitor.token("/compte")
        visitor.client.post(f"{address}/supprimer", data={"csrf_token": token})
        assert cards(visitor.page("/passages")) == ["Id: T-1"]
