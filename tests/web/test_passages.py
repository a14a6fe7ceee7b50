"""The pages of passages: the list, the search, one passage."""

import re

import pytest

from mockportal.assembly import Portal
from tests.web.passages_seen import accessed, cards, deposits_by_depositor, post, sends
from tests.web.visitor import Visitor, words

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
        assert "N'écrivez pas le nom d'une vraie personne" in said
        assert cards(page) == ["Id: T-1", "Id: T-2"]
        assert "Jean-François KERVELLANT Chargé de projet événementiel RNCP90001" in said

    def test_says_when_there_are_none(self, certifier: Visitor) -> None:
        assert "Aucun passage pour l'instant" in words(certifier.get("/passages"))

    def test_comes_in_pages_of_25(self, certifier: Visitor) -> None:
        sends(certifier, *(f"T-{n:02}" for n in range(26)))

        first, second = certifier.page("/passages"), certifier.page("/passages?page=2")

        assert len(cards(first)) == 25
        assert cards(second) == ["Id: T-25"]
        assert first.xpath('//a[@rel="next"]/@href') == ["/passages?page=2&apres=25"]
        assert certifier.get("/passages?page=3").status_code == 404

    def test_shows_by_an_old_link_past_the_end_the_page_of_its_number(
        self, certifier: Visitor
    ) -> None:
        sends(certifier, *(f"T-{n:02}" for n in range(26)))

        assert cards(certifier.page("/passages?page=2&apres=26")) == ["Id: T-25"]
        assert len(cards(certifier.page("/passages?page=1&avant=1"))) == 25
        assert certifier.get("/passages?page=3&apres=26").status_code == 404

    def test_after_a_search_the_results_come_first_and_say_what_was_asked(
        self, certifier: Visitor
    ) -> None:
        sends(certifier, "T-1")

        (found,) = certifier.page("/passages?nom=kervellant").xpath("//details[@class][1]")
        (nothing,) = certifier.page("/passages?nom=nobody").xpath("//details[@class][1]")

        assert found.get("open") is None
        assert "titulaire «\xa0kervellant\xa0»" in found.findtext("summary/span")
        assert nothing.get("open") is not None

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
        assert certifier.get(f"{address}/modifier").status_code == 410
        assert certifier.get(f"{address}/supprimer").status_code == 410

    @pytest.mark.parametrize("number", ["0", "99", "9" * 40])
    def test_a_number_of_nothing_is_not_found(self, certifier: Visitor, number: str) -> None:
        assert certifier.get(f"/passages/{number}").status_code == 404
