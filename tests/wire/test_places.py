"""Beside each error: the path of its element, the passage it stands in, the lines around it."""

import io
import tracemalloc
from pathlib import Path

import pytest

from mockportal.domain.deposits import FileError
from mockportal.domain.file_errors import Expected, Form, Place, Resembling
from mockportal.resources import schema_path
from mockportal.wire.contexts import with_contexts
from mockportal.wire.first_control import Reading, first_control
from mockportal.wire.side_cars import read_places, write_places
from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire

PASSAGES = "flux/emetteur/certificateurs/certificateur/certifications/certification[1]/passageCertifications"  # noqa: E501  # one path


def refused(folder: Path, content: bytes, piece_size: int = 1 << 20) -> tuple[FileError, ...]:
    """Return the errors that the first control finds."""
    (folder / "deposit.xml").write_bytes(content)
    with (folder / "regular.xml").open("w+b") as copy:
        result = first_control(folder / "deposit.xml", schema_path("1.1.2"), copy, piece_size)
    assert not isinstance(result, Reading)
    return result


def place_of(error: FileError) -> Place:
    """Return the place of an error, which must be there."""
    assert error.place is not None
    return error.place


def marked(error: FileError) -> str:
    """Return what is marked in the lines around an error."""
    (line,) = [line for line in place_of(error).context if line.mark]
    assert line.mark is not None
    return line.text[line.mark[0] : line.mark[1]]


@pytest.mark.parametrize("piece_size", [600, 3000, 1 << 20])
def test_passages_are_counted_whether_or_not_they_are_walked_through(
    tmp_path: Path, piece_size: int
) -> None:
    passages = [a_passage_xml(f"T-{number}") for number in range(1, 31)]
    passages[16] = a_passage_xml("T-17", a_titulaire(sexe="H"))
    passages[29] = a_passage_xml("T-30", a_titulaire(sexe="H"))

    errors = refused(tmp_path, a_flux_xml(*passages), piece_size)

    titulaire = "identificationTitulaire/titulaire/sexe"
    assert [place_of(error).path for error in errors[::2]] == [
        f"{PASSAGES}/passageCertification[17]/{titulaire}",
        f"{PASSAGES}/passageCertification[30]/{titulaire}",
    ]
    assert [place_of(error).technical_id for error in errors[::2]] == ["T-17", "T-30"]


@pytest.mark.parametrize(
    "identifier",
    [
        "<cpf:idTechnique>A&amp;/é</cpf:idTechnique>",
        "<cpf:idTechnique><![CDATA[A&/é]]></cpf:idTechnique>",
    ],
)
def test_the_identifier_of_a_passage_may_follow_the_error(tmp_path: Path, identifier: str) -> None:
    passage = a_passage_xml("x", a_titulaire(sexe="H")).replace(
        "<cpf:idTechnique>x</cpf:idTechnique>", ""
    )
    late = passage.replace(
        "</cpf:passageCertification>", f"{identifier}</cpf:passageCertification>"
    )

    errors = refused(tmp_path, a_flux_xml(late))

    assert [place_of(error).technical_id for error in errors] == ["A&/é", "A&/é"]


def test_the_hundredth_error_too_has_its_passage(tmp_path: Path) -> None:
    wrong = a_passage_xml("x", a_titulaire(sexe="H")).replace(
        "<cpf:idTechnique>x</cpf:idTechnique>", ""
    )
    passages = [
        wrong.replace(
            "</cpf:passageCertification>",
            f"<cpf:idTechnique>T-{number}</cpf:idTechnique></cpf:passageCertification>",
        )
        for number in range(1, 61)
    ]

    errors = refused(tmp_path, a_flux_xml(*passages))

    assert len(errors) == 100
    assert place_of(errors[-1]).technical_id == "T-50"


def test_an_error_outside_the_passages_has_no_identifier(tmp_path: Path) -> None:
    errors = refused(tmp_path, a_flux_xml(a_passage_xml(), sender="short"))

    assert place_of(errors[0]).path == "flux/emetteur/idClient"
    assert place_of(errors[0]).technical_id is None
    assert place_of(errors[0]).tag == "cpf:idClient"


def test_broken_markup_stands_in_what_is_open(tmp_path: Path) -> None:
    content = a_flux_xml(a_passage_xml("T-1"), a_passage_xml("T-2", a_titulaire(prenom1="A & B")))

    errors = refused(tmp_path, content)

    assert place_of(errors[-1]).path == (
        f"{PASSAGES}/passageCertification[2]/identificationTitulaire/titulaire/prenom1"
    )
    assert place_of(errors[-1]).technical_id == "T-2"
    assert marked(errors[-1]) == "&"


def test_what_the_schema_says_of_the_element_is_known(tmp_path: Path) -> None:
    passage = a_passage_xml(extra="<cpf:verbatim/>").replace(
        '<cpf:scoring xsi:nil="true"/>', "<cpf:scoring/>"
    )
    misplaced = passage.replace("<cpf:verbatim/>", "<cpf:verbatim/><cpf:sexe>F</cpf:sexe>")

    verbatim, _, sexe, scoring, _ = refused(tmp_path, a_flux_xml(misplaced))

    assert place_of(verbatim).expected == Expected(Form.TEXT, optional=True)
    assert place_of(sexe).expected is None
    assert place_of(sexe).home == "titulaire"
    assert place_of(scoring).expected == Expected(Form.TEXT, nillable=True)


def test_only_the_mandatory_elements_are_missing(tmp_path: Path) -> None:
    passage = a_passage_xml().replace("<cpf:sexe>F</cpf:sexe>", "")

    (error,) = refused(tmp_path, a_flux_xml(passage))

    assert "prenom2" in error.message
    assert place_of(error).missing == ("sexe",)


PRETTY = a_flux_xml(a_passage_xml("A", a_titulaire(sexe="H", prenom1="Zoé 😀"))).replace(
    b"><cpf:", b">\n  <cpf:"
)


@pytest.mark.parametrize(
    "layout",
    [
        PRETTY,
        PRETTY.replace(b"\n", b"\r\n"),
        PRETTY.replace(b"\n", b"\r"),
        b"\xef\xbb\xbf" + PRETTY,
        PRETTY.replace(b"UTF-8", b"UTF-16").decode().encode("utf-16"),
        PRETTY.replace(b"<cpf:emetteur>", b"<cpf:emetteur><!-- " + b"x" * 200_000 + b" -->"),
        PRETTY.replace(b"<cpf:emetteur>", b"<cpf:emetteur>" + b"\n" * 150_000),
    ],
    ids=["lf", "crlf", "cr", "mark", "utf-16", "after a long line", "after many lines"],
)
def test_the_lines_around_a_fault_are_shown_with_the_fault_marked(
    tmp_path: Path, layout: bytes
) -> None:
    error = refused(tmp_path, layout)[0]

    context = place_of(error).context
    assert [line.number for line in context] == list(range(error.line - 2, error.line + 3))
    # After a carriage return alone Java's columns are one too small.
    assert marked(error) in ("<cpf:sexe>H</cpf:sexe>", "<cpf:sexe>H</cpf:sexe")
    assert context[3].text == '  <cpf:nomUsage xsi:nil="true"/>'
    assert not any(line.cut_before or line.cut_after for line in context)


def test_of_a_very_long_line_only_what_is_near_is_shown(tmp_path: Path) -> None:
    passages = [a_passage_xml(f"é-{number}") for number in range(400)]
    passages[300] = a_passage_xml("😀", a_titulaire(sexe="H"))

    error = refused(tmp_path, a_flux_xml(*passages))[0]

    (line,) = place_of(error).context
    assert line.cut_before
    assert line.cut_after
    assert len(line.text) == 150
    assert marked(error) == "<cpf:sexe>H</cpf:sexe>"


def test_signs_that_would_drive_a_terminal_are_not_shown(tmp_path: Path) -> None:
    error = refused(tmp_path, b"<cpf:flux>\x1b[31m\x00")[0]

    text = "".join(line.text for line in place_of(error).context)
    assert "\x1b" not in text
    assert "\x00" not in text


@pytest.mark.parametrize(
    ("content", "resembles"),
    [
        (b"\x1f\x8b\x08\x00\x00", Resembling.GZIP),
        (b"PK\x03\x04", Resembling.ZIP),
        (b"%PDF-1.7", Resembling.PDF),
        (b"\x89PNG\r\n\x1a\n", Resembling.IMAGE),
        (b"<!DOCTYPE html><html/>", Resembling.HTML),
        (b'<?xml version="1.0"?><rapport/>', Resembling.RECEIPT),
        (b"bonjour", Resembling.TEXT),
        (b"<cpf:flux>", None),
    ],
)
def test_a_file_that_is_something_else_is_recognised(
    tmp_path: Path, content: bytes, resembles: Resembling | None
) -> None:
    assert place_of(refused(tmp_path, content)[-1]).resembles is resembles


@pytest.mark.parametrize(
    ("name", "codec"),
    [("latin9", "iso8859-15"), ("utf8", "utf-8"), ("IBM01140", "cp1140"), ("EUC-JP", "euc_jp")],
)
def test_the_lines_around_a_fault_are_shown_in_the_encoding_of_the_file(
    tmp_path: Path, name: str, codec: str
) -> None:
    flux = a_flux_xml(a_passage_xml("A", a_titulaire(sexe="é"))).decode()
    flux = flux.replace("UTF-8", name).replace("<cpf:sexe>", "\x85<cpf:sexe>")
    end = "\x85" if name.startswith("IBM") else "\n"

    error = refused(tmp_path, flux.replace("\x85", end).encode(codec))[0]

    assert marked(error) == "<cpf:sexe>é</cpf:sexe>"


def test_lines_are_looked_for_in_bounded_memory() -> None:
    content = io.BytesIO(b"<a>" + b"x" * 30_000_000 + b"\n<b/>\n" + b"y\n" * 1_000_000)
    errors = [FileError(1, 10 + number * 200_000, "") for number in range(100)]
    errors.append(FileError(2, 5, ""))
    tracemalloc.start()

    found = with_contexts(content, errors)

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert place_of(found[-1]).context[1].text == "<b/>"
    assert peak < 3_000_000


def test_places_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    errors = (
        *refused(tmp_path, a_flux_xml(a_passage_xml("é", a_titulaire(sexe="H")), sender="1")),
        *refused(tmp_path, b"\x1f\x8b"),
        *refused(tmp_path, a_flux_xml(a_passage_xml("R&D"))),
        FileError(1, 1, "no place"),
    )
    out = io.BytesIO()

    write_places(out, errors)

    assert read_places(out.getvalue()) == [
        (error.place or Place(), error.facts) for error in errors
    ]
    assert errors[0].facts is not None
