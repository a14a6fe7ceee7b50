"""People in a CSV file, however odd it is: each bad row is named by its line, and why."""

from io import BytesIO, StringIO

import pytest

from mockportal.domain.identifiers import HolderId
from mockportal.domain.people import Holder
from mockportal.wire.table_text import copied_as_text
from mockportal.wire.tables_csv import BadRow, Row, read_people, write_people

HEAD = "nomNaissance,prenom1,anneeNaissance,sexe"
GOOD = "MARTIN,Léa,1990,F"


def read(text: str) -> list[Row | BadRow]:
    return list(read_people(StringIO(text, newline="")))


def bad(text: str) -> tuple[int, str]:
    """Return the line and the reason of the one bad row."""
    (row,) = [one for one in read(text) if isinstance(one, BadRow)]
    return row.line, row.reason


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=repr)
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "mark"])
def test_separators_line_ends_and_a_mark(separator: str, end: str, mark: str) -> None:
    text = mark + end.join([HEAD, GOOD, GOOD, ""]).replace(",", separator)

    assert [(row.line, type(row)) for row in read(text)] == [(2, Row), (3, Row)]


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        ("", "no column 'nomNaissance'"),
        ("a,b", "unknown column 'a'"),
        (HEAD + ",sexe", "the column 'sexe' stands twice"),
        ("nomNaissance,prenom1,sexe", "no column 'anneeNaissance'"),
        (HEAD.replace(",", "|"), "unknown column 'nomNaissance|prenom1|anneeNaissance|sexe'"),
        ("x" * 3_000_000, "a cell is far too long"),
        ("\x00", "unknown column"),
        ('"' + HEAD, "a quotation mark opens a cell that nothing closes"),
    ],
    ids=lambda one: one[:20],
)
def test_a_header_that_is_none(head: str, reason: str) -> None:
    line, said = bad(f"{head}\n{GOOD}\n")

    assert line == 1
    assert reason in said
    assert len(said) < 1_000


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("MARTIN,Léa,1990", "3 cells where the header has 4"),
        (GOOD + ",x", "5 cells where the header has 4"),
        (",Léa,1990,F", "nomNaissance is missing"),
        ("MARTIN,Léa,19,F", "anneeNaissance is '19', not a number from 1900 to 2099"),
        ("MARTIN,Léa,1990.0,F", "anneeNaissance is '1990.0'"),
        ("MARTIN,Léa,１９９０,F", "anneeNaissance is"),  # noqa: RUF001  # digits, but not ours
        (f"MARTIN,Léa,{'9' * 5_000},F", "anneeNaissance is '999"),
        ("MARTIN,Léa,1990,X", "sexe is 'X', neither M nor F"),
        ("MARTIN,Léa,1990,f", "sexe is 'f'"),
        (f"{'x' * 61},Léa,1990,F", "nomNaissance has more than 60 characters"),
        (f"{'x' * 200_000},Léa,1990,F", "a cell is far too long"),
        ("MAR\x01TIN,Léa,1990,F", "no flux can hold one of its signs"),
        ("MAR\ud800TIN,Léa,1990,F", "no flux can hold one of its signs"),
        ('MARTIN,"Léa,1990,F', "a quotation mark opens a cell that nothing closes"),
        ('MARTIN,"Lé"a,1990,F', "something follows a closing quotation mark"),
    ],
    ids=lambda one: ascii(one[:20]),
)
def test_a_row_that_is_no_person(row: str, reason: str) -> None:
    line, said = bad(f"{HEAD}\n{GOOD}\n{row}\n")

    assert line == 3
    assert reason in said
    assert len(said) < 300


@pytest.mark.parametrize(
    ("day", "month", "year", "there_is"),
    [
        (31, 2, 1990, False), (29, 2, 1990, False), (29, 2, 1992, True), (31, 4, 1990, False),
        (31, 12, 1990, True), (29, 2, 1900, False), ("", 2, 1990, True), (31, "", 1990, True),
    ],
)  # fmt: skip
def test_a_day_of_birth_exists(day: object, month: object, year: int, there_is: bool) -> None:
    head = f"{HEAD},moisNaissance,jourNaissance"
    (row,) = read(f"{head}\nMARTIN,Léa,{year},F,{month},{day}\n")

    assert isinstance(row, Row) is there_is


def test_blank_lines_count_and_say_nothing() -> None:
    assert [row.line for row in read(f"{HEAD}\n\n{GOOD}\n\n\n{GOOD}\n")] == [3, 6]


def test_what_is_written_is_read_back_whatever_a_name_is() -> None:
    names = ["=1+1", "\n=1", "\uff1dX", "'=1", "O'NEIL", 'dit "le Bel"', "a;b", "a,b", "-", " @x"]
    out = StringIO(newline="")
    write_people(out, [(a_person(name), None) for name in names])

    out.seek(0)
    assert [row.person.birth_name for row in read_people(out) if isinstance(row, Row)] == names


def a_person(name: str) -> Holder:
    return Holder(
        HolderId(1), name, None, "Léa", None, None, 1990, None, None, "F", None, None, None,
        "290019999999932",
    )  # fmt: skip


TEXT = f"{HEAD}\nCÔTÉ,Zoé,1990,F\n"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8-sig"),
        (TEXT.encode("cp1252"), "cp1252"),
        (TEXT.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-32"), "utf-32"),
        (b"", "utf-8"),
        ((HEAD + "\n" + "A,Z,1990,F\n" * 200_000).encode() + b"\xc9,Z,1990,F\n", "cp1252"),
    ],
    ids=["utf-8", "marked", "windows", "utf-16", "utf-16-be", "utf-32", "empty", "late"],
)
def test_whatever_a_spreadsheet_saves_is_read(content: bytes, encoding: str) -> None:
    out = StringIO(newline="")

    assert copied_as_text(BytesIO(content), out) == encoding
    out.seek(0)
    assert all(isinstance(row, Row) for row in read_people(out)) is bool(content)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04...", "a workbook or an archive"),
        (b"\xd0\xcf\x11\xe0", "an old workbook"),
        (b"\x1f\x8b", "an archive"),
        (b"a,b\n1,2\n\x00\n", "line 3 holds the sign NUL"),
        (TEXT.encode("utf-16-le"), "line 1 holds the sign NUL"),
        (b"a\nb\n\x81\xe9\n", "line 3 is not UTF-8, nor Windows-1252"),
        (b"\xef\xbb\xbfa\n\xff\n", "line 2 is not UTF-8"),
        (b"\xff\xfea\x00\n\x00\x00\xd8", "line 2 is not UTF-16"),
    ],
    ids=lambda one: ascii(one)[:20],
)
def test_what_is_no_text_is_named_with_its_line(content: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        copied_as_text(BytesIO(content), StringIO(newline=""))
