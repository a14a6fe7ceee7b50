"""The help says what the portal does: each page from the very source of the answers."""

from pathlib import Path

import pytest

from mockportal.domain.advising import FILE_ADVICE
from mockportal.domain.facts import message_key
from mockportal.domain.file_errors import Fault
from mockportal.domain.messages import CATALOGUE, Basis, Code, message_of
from mockportal.resources import schema_path, schema_versions, seeds_folder
from mockportal.web import create_app
from mockportal.web.display import without_places
from mockportal.wire.cases import read_cases
from mockportal.wire.schema_elements import schema_elements
from tests.web.conftest import PutTogether
from tests.web.visitor import Visitor, words

CASES = read_cases(seeds_folder() / "cases.json")
PAGES = (
    "", "/deposer", "/declarer", "/accuse", "/corriger", "/messages", "/erreurs", "/dictionnaire",
    "/personnes", "/suppositions", "/glossaire",
)  # fmt: skip


def hidden(text: str) -> str:
    """Return a text with single spaces, as a page's words are read."""
    return " ".join(text.split())


@pytest.mark.parametrize("page", PAGES)
def test_the_help_is_open_to_all_and_marks_its_place(visitor: Visitor, page: str) -> None:
    tree = visitor.page(f"/aide{page}")

    (marked,) = tree.xpath("//header//nav/a[@aria-current]")
    assert marked.text == "Assistance"
    assert tree.xpath('//nav[@aria-label="Pages de l\'assistance"]//a[@aria-current]') or not page


def test_the_old_anchors_lead_on(visitor: Visitor) -> None:
    tree = visitor.page("/aide")

    for anchor in ("deposer", "statuts", "recherche", "messages", "suppositions"):
        (card,) = tree.xpath(f'//*[@id="{anchor}"]')
        assert card.xpath(".//a/@href")[0].startswith("/aide/")
    assert tree.xpath('//*[@id="compte"]')


class TestMessages:
    def test_every_message_has_its_cause_its_cure_and_its_basis(self, visitor: Visitor) -> None:
        page = visitor.page("/aide/messages")

        for message in CATALOGUE.values():
            (article,) = page.xpath(f'//article[@id="{message.code.value}"]')
            said = hidden(article.text_content())
            for sentence in (without_places(message.text), message.happened, message.mend):
                assert hidden(sentence) in said
            marks = article.xpath(f'.//*[@data-fact="{message_key(message.code)}"]')
            assert len(marks) == len(message.basis)

    def test_what_is_assumed_says_so(self, visitor: Visitor) -> None:
        page = visitor.page("/aide/messages")

        for message in CATALOGUE.values():
            (article,) = page.xpath(f'//article[@id="{message.code.value}"]')
            assert ("La vraie phrase n'est pas connue" in article.text_content()) == (
                Basis.ASSUMED in message.basis
            )

    def test_each_leads_to_the_cases_that_bring_it(self, visitor: Visitor) -> None:
        page = visitor.page("/aide/messages")

        for code in Code:
            (link,) = page.xpath(f'//article[@id="{code.value}"]//a')
            shown = visitor.page(link.get("href")).xpath('//article[contains(@class, "case")]')
            assert [one.get("id") for one in shown] == [c.id for c in CASES if c.code is code]
            assert link.text.startswith(f"{len(shown)} ")


class TestErrors:
    def test_every_kind_of_error_has_its_causes(self, visitor: Visitor) -> None:
        page = visitor.page("/aide/erreurs")

        for fault, causes in FILE_ADVICE.items():
            if fault is Fault.OTHER:  # what no known message says has none to show
                continue
            (article,) = page.xpath(f'//article[@id="{fault.name}"]')
            shared = article.xpath('../article[@class="card shared-causes"]')
            told = (
                [article, *shared]
                if article.xpath('.//a[contains(@href, "#communes")]')
                else [article]
            )
            said = hidden(" ".join(one.text_content() for one in told))
            for cause in causes:
                assert hidden(without_places(cause.happened)) in said
                assert hidden(without_places(cause.mend)) in said

    def test_no_cause_is_told_twice(self, visitor: Visitor) -> None:
        told = visitor.page("/aide/erreurs").xpath('//ul[@class="causes"]/li[not(a)]')

        texts = [" ".join(one.text_content().split()) for one in told]
        assert len(texts) == len(set(texts))

    def test_no_fact_is_left_between_braces(self, visitor: Visitor) -> None:
        said = words(visitor.get("/aide/erreurs"))

        assert "cvc-maxLength-valid : La valeur '…', ayant pour longueur '…'" in said
        assert "{value}" not in said


class TestDictionary:
    @pytest.mark.parametrize("version", schema_versions())
    def test_every_element_of_a_schema_is_there(self, visitor: Visitor, version: str) -> None:
        page = visitor.page(f"/aide/dictionnaire?version={version}")

        shown = page.xpath('//table[@class="dictionary"]/tbody/tr/@id')
        assert shown == sorted(shown, key=shown.index)
        assert set(shown) == {"/".join(one.path) for one in schema_elements(schema_path(version))}

    def test_an_element_says_its_presence_its_form_and_its_rule(self, visitor: Visitor) -> None:
        page = visitor.page("/aide/dictionnaire")

        said = {
            row.get("id").rpartition("/")[2]: hidden(row.text_content())
            for row in page.xpath('//table[@class="dictionary"]/tbody/tr')
        }
        assert "Obligatoire, nil possible" in said["nomUsage"]
        assert "Texte, 1 à 60 caractères" in said["nomUsage"]
        assert "Facultatif" in said["prenom2"]
        assert "Nombre entier, de 1900 à 2099" in said["anneeNaissance"]
        assert "M Masculin" in said["sexe"]
        assert "3 caractères exactement" in said["codePaysNaissance"]
        assert "le dictionnaire dit 40 au plus" in said["libelleCommuneNaissance"]
        assert "trois mois" in said["dateDebutValidite"]
        assert "(19|20)[0-9]{2}" in said["horodatage"]
        assert "répétable" in said["passageCertification"]

    def test_the_version_is_that_of_the_portal_unless_another_is_asked_for(
        self, put_together: PutTogether
    ) -> None:
        visitor = Visitor(create_app(put_together(schema="1.1.5")))

        assert "schéma 1.1.5, celui de ce portail" in words(visitor.get("/aide/dictionnaire"))
        older = words(visitor.get("/aide/dictionnaire?version=1.1.1"))
        assert "schéma 1.1.1." in older
        assert "identifiantNational" not in older

    def test_a_version_that_is_not_there_is_not_found(self, visitor: Visitor) -> None:
        assert visitor.get("/aide/dictionnaire?version=0.0.0").status_code == 404

    def test_a_search_works_by_address_alone(self, visitor: Visitor) -> None:
        page = visitor.page("/aide/dictionnaire?q=mention+f%C3%A9licitations")

        ids = page.xpath('//table[@class="dictionary"]/tbody/tr/@id')
        assert [one.rpartition("/")[2] for one in ids] == ["mentionValidee"]
        assert page.xpath('//input[@id="q"]/@value') == ["mention félicitations"]

    def test_a_search_by_everyday_words_finds_what_the_flux_calls_otherwise(
        self, visitor: Visitor
    ) -> None:
        page = visitor.page("/aide/dictionnaire?q=date+de+naissance")

        ids = page.xpath('//table[@class="dictionary"]/tbody/tr/@id')
        names = {one.rpartition("/")[2] for one in ids}
        assert {"anneeNaissance", "moisNaissance", "jourNaissance"} <= names

    def test_a_search_without_result_says_so(self, visitor: Visitor) -> None:
        said = words(visitor.get("/aide/dictionnaire?q=%3Cb%3E"))

        assert "0 élément pour « <b> »" in said
        assert "Aucun élément de ce schéma" in said

    def test_a_new_version_appears_by_its_file_alone(
        self, put_together: PutTogether, tmp_path: Path
    ) -> None:
        portal = put_together()
        new = tmp_path / "flux-9.9.9.xsd"
        new.write_bytes(schema_path("1.1.2").read_bytes())
        portal.desk.schemas["9.9.9"] = new

        page = Visitor(create_app(portal)).page("/aide/dictionnaire?version=9.9.9")

        assert "9.9.9" in page.xpath('//select[@id="version"]/option/text()')
        assert "69 éléments dans le schéma 9.9.9." in hidden(page.text_content())


class TestReceipts:
    def test_both_forms_are_written_by_the_writers_of_receipts(self, visitor: Visitor) -> None:
        page = visitor.page("/aide/accuse")

        treated, refused = page.xpath('//ol[@class="code-lines"]')
        assert message_of(Code.LEVEL1).text in treated.text_content()
        assert "<PassagesOK>" in treated.text_content()
        assert "cvc-enumeration-valid : La valeur 'H'" in refused.text_content()
        assert "cvc-type.3.1.3" in refused.text_content()

    def test_every_mark_has_its_note(self, visitor: Visitor) -> None:
        page = visitor.page("/aide/accuse")

        lines = page.xpath('//ol[@class="code-lines"]')
        notes = page.xpath('//ol[@class="marks"]')
        for code, marks in zip(lines, notes, strict=True):
            assert len(code.xpath('.//b[@class="mark-number"]')) == len(marks.xpath("./li")) > 5


class TestPeople:
    def test_every_case_says_what_to_write_and_why(self, visitor: Visitor) -> None:
        page = visitor.page("/aide/personnes")

        for case in CASES:
            (article,) = page.xpath(f'//article[@id="{case.id}"]')
            said = hidden(article.text_content())
            assert hidden(case.why) in said
            assert case.deposit_as in said
            written = [one.text for one in article.xpath(".//dt/code")]
            assert written == list(case.write)

    def test_a_message_narrows_them(self, visitor: Visitor) -> None:
        page = visitor.page("/aide/personnes?message=OK")

        shown = page.xpath('//article[contains(@class, "case")]/@id')
        assert shown == [one.id for one in CASES if one.code is None]

    def test_a_message_that_does_not_exist_is_not_found(self, visitor: Visitor) -> None:
        assert visitor.get("/aide/personnes?message=NOTHING").status_code == 404


class TestFiles:
    def test_every_demonstration_flux_can_be_downloaded(self, visitor: Visitor) -> None:
        page = visitor.page("/aide/deposer")

        links = page.xpath('//a[@class="download"]/@href')
        names = sorted(one.name for one in seeds_folder().glob("flux-*.xml"))
        assert [one.rpartition("/")[2] for one in links] == names
        for link, name in zip(links, names, strict=True):
            assert visitor.get(link).data == (seeds_folder() / name).read_bytes()

    @pytest.mark.parametrize("name", ["cases.json", "nowhere.xml", "..%2Fcases.json"])
    def test_nothing_else_of_the_folder_can_be(self, visitor: Visitor, name: str) -> None:
        assert visitor.get(f"/aide/{name}").status_code == 404
