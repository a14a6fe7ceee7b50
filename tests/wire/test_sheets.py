"""Tables for spreadsheets: what Excel opens, and what it must not run."""

import csv
from io import BytesIO, StringIO
from zipfile import ZipFile

from lxml import etree

from mockportal.wire.sheets import Row, csv_sheet, write_xlsx

MAIN = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
DANGEROUS = ["=1+1", "+33", "-12", "@SUM(A1)", "\tx", "\rx", "\n=1", " =1", "\uff1d1", "\u200b@x"]


def as_csv(*rows: Row) -> str:
    return b"".join(csv_sheet(("idTechnique", "statut"), iter(rows))).decode("utf-8")


def cells_of(*rows: Row) -> list[list[str]]:
    """Return the cells of an XLSX file as text, row by row."""
    out = BytesIO()
    write_xlsx(out, "Accusé", ("idTechnique", "statut"), iter(rows))
    with ZipFile(out) as book:
        sheet = etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    assert not sheet.xpath("//m:f", namespaces=MAIN)
    return [
        [str(cell.xpath("string()")) for cell in row.iterfind("m:c", MAIN)]
        for row in sheet.iterfind(".//m:row", MAIN)
    ]


def test_csv_is_what_excel_reads_in_french() -> None:
    text = as_csv(("T;1", "déjà"), ('dit "ainsi"', "deux\nlignes"), ("T-3", "7"))

    assert text.startswith("\ufeffidTechnique;statut\r\n")
    assert list(csv.reader(StringIO(text.removeprefix("\ufeff")), delimiter=";")) == [
        ["idTechnique", "statut"],
        ["T;1", "déjà"],
        ['dit "ainsi"', "deux\nlignes"],
        ["T-3", "7"],
    ]


def test_no_cell_of_csv_begins_as_a_formula_does() -> None:
    text = as_csv(*((one, "OK") for one in DANGEROUS))

    rows = list(csv.reader(StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))
    assert [row[0] for row in rows[1:]] == [f"'{one}" for one in DANGEROUS]


def test_xlsx_holds_texts_as_they_are_and_no_formula() -> None:
    rows = cells_of(
        *((one, "OK") for one in ["T-1", "é", "<b>&", "=1+1", "+33", "{=A1}"]), ("n", "7")
    )

    assert rows[0] == ["idTechnique", "statut"]
    assert [row[0] for row in rows[1:]] == ["T-1", "é", "<b>&", "=1+1", "+33", "{=A1}", "n"]
    assert rows[-1][1] == "7"


def test_a_link_is_a_text_too() -> None:
    assert cells_of(("https://example.org/", "OK"))[1][0] == "https://example.org/"


def test_a_table_without_rows_has_its_head() -> None:
    assert cells_of() == [["idTechnique", "statut"]]
    assert as_csv() == "\ufeffidTechnique;statut\r\n"


def test_xlsx_cuts_what_is_longer_than_a_cell_and_loses_no_cell() -> None:
    long, smileys = "x" * 40_000, "😀" * 20_000
    rows = cells_of((long, "OK"), (smileys, "OK"), ("x" * 32_767, "OK"))

    assert [len(row[0].encode("utf-16-le")) // 2 for row in rows[1:]] == [32_767, 32_767, 32_767]
    assert rows[1][0].endswith("x…")
    assert rows[2][0].endswith("😀…")
