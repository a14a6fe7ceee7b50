"""Mass deletion by page, and the exports that it can be fed with."""

import csv
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from lxml import html
from werkzeug.test import TestResponse

from mockportal.wire.sheets import csv_sheet, listed_identifiers, write_xlsx
from tests.web.passages_seen import cards, sends
from tests.web.visitor import Visitor, tree, words

HERE = "/passages/suppression"


def previews(visitor: Visitor, **fields: object) -> TestResponse:
    """Send the form that chooses passages; a pair of bytes and a name is a file."""
    data = {"csrf_token": visitor.token(HERE), **fields}
    return visitor.client.post(f"{HERE}/apercu", data=data)


def confirms(visitor: Visitor, preview: TestResponse, number: str) -> TestResponse:
    """Send the confirmation that a preview shows, with this number typed."""
    (form,) = tree(preview).xpath('//main//form[@method="post"]')
    return visitor.client.post(HERE, data={**dict(form.form_values()), "nombre": number})


def gone(page: html.HtmlElement) -> list[str]:
    return [one.removeprefix("Id: ") for one in cards(page)]


def test_identifiers_that_are_pasted_are_shown_and_then_deleted(certifier: Visitor) -> None:
    sends(certifier, "T/1", "T 2", "T-3")

    preview = previews(certifier, par="identifiants", identifiants="T/1\r\nT 2\r\nnothing\r\n")
    assert "2 passages seraient supprimés" in words(preview)
    assert "1 identifiant introuvable" in words(preview)
    assert gone(certifier.page("/passages")) == ["T/1", "T 2", "T-3"]
    report = confirms(certifier, preview, "2")

    assert "2 passages sont supprimés" in words(report)
    assert gone(certifier.page("/passages")) == ["T-3"]


@pytest.mark.parametrize("number", ["", "1", "three", "20"])
def test_another_number_deletes_nothing(certifier: Visitor, number: str) -> None:
    sends(certifier, "T-1", "T-2")
    preview = previews(certifier, par="identifiants", identifiants="T-1\nT-2")

    answer = confirms(certifier, preview, number)

    assert answer.status_code == 422
    assert "rien n'a été supprimé" in words(answer)
    assert len(cards(certifier.page("/passages"))) == 2


def test_what_has_changed_since_the_preview_is_shown_again(certifier: Visitor) -> None:
    sends(certifier, "T-1")
    preview = previews(certifier, par="recherche", debut="T-")
    sends(certifier, "T-2", name="second.xml")

    answer = confirms(certifier, preview, "1")

    assert answer.status_code == 422
    assert "2 passages seraient supprimés" in words(answer)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("liste.txt", "T-1\né\n"),
        ("liste.txt", "\ufeffT-1\r\né\r\n"),
        ("liste.csv", "T-1;autre\r\né;colonne\r\n"),
        ("liste.CSV", '"T-1";x\n"é";y\n'),
    ],
)
def test_identifiers_come_from_a_file(certifier: Visitor, name: str, content: str) -> None:
    sends(certifier, "T-1", "é", "T-3")

    file = (BytesIO(content.encode()), name)
    preview = previews(certifier, par="identifiants", identifiants="", fichier=file)
    confirms(certifier, preview, "2")

    assert gone(certifier.page("/passages")) == ["T-3"]


def test_a_file_that_is_no_list_finds_nothing(certifier: Visitor) -> None:
    sends(certifier, "T-1")

    file = (BytesIO(b"x;" + b"z" * 200_000), "photo.csv")
    preview = previews(certifier, par="identifiants", identifiants="", fichier=file)

    assert preview.status_code == 200
    assert "1 identifiant introuvable" in words(preview)
    assert "0 passage" in words(preview)


def test_a_deposit_is_deleted_whole(certifier: Visitor) -> None:
    deposit = sends(certifier, "A-1", "A-2").rsplit("/", 1)[1]
    sends(certifier, "B-1", name="second.xml")

    preview = previews(certifier, par="depot", depot=deposit)
    confirms(certifier, preview, "2")

    assert gone(certifier.page("/passages")) == ["B-1"]


def test_what_a_search_finds_is_deleted(certifier: Visitor) -> None:
    sends(certifier, "A-1", "A-2", "B-1")
    chosen = certifier.page(f"{HERE}?debut=A-")
    assert "identifiant qui commence par « A- »" in " ".join(chosen.text_content().split())

    confirms(certifier, previews(certifier, par="recherche", debut="A-"), "2")

    assert gone(certifier.page("/passages")) == ["B-1"]


@pytest.mark.parametrize(
    "nothing",
    [
        {"par": "identifiants", "identifiants": " \n".strip()},
        {"par": "depot", "depot": ""},
        {"par": "recherche", "debut": ""},
        {},
    ],
)
def test_asking_for_nothing_deletes_nothing(certifier: Visitor, nothing: dict[str, str]) -> None:
    sends(certifier, "T-1")

    assert previews(certifier, **nothing).status_code == 422
    token = certifier.token("/compte")
    answer = certifier.client.post(HERE, data={"csrf_token": token, "nombre": "1", **nothing})
    assert answer.status_code == 422
    assert len(cards(certifier.page("/passages"))) == 1


def test_a_list_of_a_hundred_thousand_identifiers_comes_and_goes_with_the_form(
    certifier: Visitor,
) -> None:
    sends(certifier, "T-1")
    many = "\n".join(["T-1", *(f"2021_{n:07}_DIPLOMA_900" for n in range(100_000))])

    preview = previews(certifier, par="identifiants", identifiants=many)
    report = confirms(certifier, preview, "1")

    assert "1 passage est supprimé" in words(report)
    assert "100 000 identifiants introuvables" in words(report)


class TestExports:
    def test_the_csv_is_one_that_excel_opens(self, certifier: Visitor) -> None:
        sends(certifier, "T-1", "=1+1", "a;b")

        answer = certifier.get("/passages/export.csv")

        assert answer.headers["Content-Disposition"] == "attachment; filename=passages.csv"
        text = answer.data.decode()
        assert text.startswith("\ufeffIdentifiant technique;Nom de naissance;")
        rows = list(csv.reader(StringIO(text.removeprefix("\ufeff")), delimiter=";"))
        assert [one[0] for one in rows[1:]] == ["T-1", "'=1+1", "a;b"]

    def test_an_export_holds_what_the_search_finds(self, certifier: Visitor) -> None:
        sends(certifier, "A-1", "B-1")

        lines = certifier.get("/passages/export.csv?debut=B").data.decode().splitlines()

        assert [one.split(";")[0] for one in lines[1:]] == ["B-1"]

    def test_the_xlsx_holds_texts_alone(self, certifier: Visitor) -> None:
        sends(certifier, "T-1", "=1+1", "https://example.org")

        with ZipFile(BytesIO(certifier.get("/passages/export.xlsx").data)) as book:
            sheet = book.read("xl/worksheets/sheet1.xml").decode()

        assert "<t>=1+1</t>" in sheet
        assert "<f>" not in sheet
        assert "hyperlink" not in sheet

    def test_an_exported_list_deletes_what_it_holds(self, certifier: Visitor) -> None:
        sends(certifier, "=1+1", "-2", "'=3", "T-4")
        content = certifier.get("/passages/export.csv?debut=").data

        file = (BytesIO(content), "passages.csv")
        preview = previews(certifier, par="identifiants", fichier=file)

        assert "4 passages seraient supprimés" in words(preview)


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@a", "\tx", "'=1", "''=1", "plain", "'quoted"]
)
def test_a_cell_that_was_made_harmless_comes_back_as_it_was(cell: str) -> None:
    sheet = b"".join(csv_sheet(["heading"], [[cell, "x"]]))

    assert listed_identifiers(sheet, of_csv=True) == ["heading", cell]


def test_a_list_saved_by_excel_itself_is_read() -> None:
    assert listed_identifiers("né\r\n".encode("cp1252")) == ["né"]


def test_rows_beyond_a_sheet_go_on_in_the_next() -> None:
    out = BytesIO()

    write_xlsx(out, "Passages", ["a"], (["x"] for _ in range(5)), most=2)

    with ZipFile(out) as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/")]
        assert len(sheets) == 3
