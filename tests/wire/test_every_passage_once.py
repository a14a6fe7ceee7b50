"""Each passage of a file is read once, with its own data, whatever its tags look like."""

import io
from dataclasses import replace
from pathlib import Path

import pytest

from mockportal.domain.deposits import Piece
from mockportal.domain.flux import AwardedCertification
from mockportal.resources import schema_path
from mockportal.wire import surveying
from mockportal.wire.cutting import cuts, windows
from mockportal.wire.first_control import KeepLeaves, Reading, first_control
from mockportal.wire.frames import frame_of
from mockportal.wire.leaves import KeptLeaves, block_of, read_block, write_block
from mockportal.wire.reading import KeptFile, MiscountedError
from mockportal.wire.surveying import surveyed
from tests.differential.comparison import Case, compared
from tests.fluxes import a_certification_xml, a_flux_xml, a_passage_xml, a_titulaire
from tests.wire.controlling import controlled, read_back

END = "</cpf:passageCertification>"
START = "<cpf:passageCertification>"
TEN = [a_passage_xml(f"T-{number}") for number in range(10)]
NAMES = [f"T-{number}" for number in range(10)]
PLAIN = a_flux_xml(*TEN).decode()
XMLNS = 'xmlns:cpf="urn:cdc:cpf:pc5:schema:1.0.0"'
TWO_PREFIXES = PLAIN.replace(XMLNS, f'{XMLNS} xmlns:x="urn:cdc:cpf:pc5:schema:1.0.0"', 1)


def every_other(written: str, otherwise: str, text: str = PLAIN) -> str:
    """Return the text with every other occurrence of something written otherwise."""
    first, *others = text.split(written)
    return first + "".join(
        (otherwise if number % 2 == 0 else written) + other for number, other in enumerate(others)
    )


def with_verbatim(text: str) -> str:
    return every_other("<cpf:dateDebutV", f"<cpf:verbatim>{text}</cpf:verbatim><cpf:dateDebutV")


SHAPES = {
    "end tags with a line feed": every_other(END, "</cpf:passageCertification\n>"),
    "end tags with a space": every_other(END, "</cpf:passageCertification >"),
    "end tags with CRLF": every_other(END, "</cpf:passageCertification\r\n>"),
    "all end tags but the last with a tab": PLAIN.replace(END, "</cpf:passageCertification\t>", 9),
    "start tags with a space": every_other(START, "<cpf:passageCertification >"),
    "both with space": every_other(END, END[:-1] + " >", every_other(START, START[:-1] + "\n>")),
    "start tags with space, end tags of the others": every_other(
        START, START[:-1] + " >", PLAIN.replace(END, END[:-1] + " >", 1)
    ),
    "an attribute": every_other(START, START[:-1] + " xsi:schemaLocation='u v'>"),
    "an attribute with a bracket": every_other(START, START[:-1] + " xsi:schemaLocation='> >'>"),
    "a type": every_other(START, START[:-1] + " xsi:type='cpf:passageCertification'>"),
    "a namespace declared again": every_other(START, f"{START[:-1]} {XMLNS}>"),
    "another prefix": every_other(
        END, "</x:passageCertification>",
        every_other(START, "<x:passageCertification>", TWO_PREFIXES),
    ),
    "another prefix with space": every_other(
        END, "</x:passageCertification >",
        every_other(START, "<x:passageCertification\t>", TWO_PREFIXES),
    ),
    "the namespace as the default one": every_other(
        END, "</passageCertification>",
        every_other(
            START, "<passageCertification xmlns='urn:cdc:cpf:pc5:schema:1.0.0'>"
        ),
    ),
    "spaced identifiers": every_other("cpf:idTechnique>", "cpf:idTechnique >"),
    "comments": every_other(END, f"<!-- {END} -->{END}"),
    "comments between": every_other(START, f"<!-- {START} -->{START}"),
    "instructions": every_other(END, f"<?a {END}?>{END}"),
    "CDATA": with_verbatim(f"<![CDATA[{END}{START}]]>"),
    "escaped tags": with_verbatim("&lt;/cpf:passageCertification>&lt;cpf:passageCertification>"),
    "names in texts": with_verbatim("passageCertification> cpf:passageCertification /"),
    "identifiers in texts": with_verbatim("idTechnique :idTechnique> cpf:idTechnique "),
    "namespaces in texts": with_verbatim("see xmlns:a=&quot;b&quot; xmlns='c'"),
    "a namespace in a late text": PLAIN.replace(">T-8<", "> xmlns='c'<"),
    "one with references": PLAIN.replace(">T-8<", "> xmlns=&quot;c&quot;<"),
    "nil in texts": with_verbatim(' xsi:nil="true"'),
    "nil as a number": every_other('xsi:nil="true"', "xsi:nil='1'"),
    "nil with space": every_other('xsi:nil="true"', 'xsi:nil = " true "'),
    "zeros": every_other(">1990<", f">{'0' * 5000}1990<"),
    "a reference with zeros": with_verbatim(f"&#{'0' * 5000}65;"),
    "line ends": PLAIN.replace("><", ">\r\n<").replace("</cpf:sexe>\r\n", "</cpf:sexe>\r"),
    "blanks": every_other(END, END + " " * 3000),
    "a byte-order mark": "\ufeff" + PLAIN,
    "a prefix with the name of a passage": PLAIN.replace("cpf:", "passageCertification:")
    .replace(":passageCertification:pc5", ":cpf:pc5")
    .replace("xmlns:cpf=", "xmlns:passageCertification="),
    "a prefix with the name of an identifier": PLAIN.replace("cpf:", "idTechnique:")
    .replace(":idTechnique:pc5", ":cpf:pc5").replace("xmlns:cpf=", "xmlns:idTechnique="),
}  # fmt: skip


@pytest.mark.parametrize("piece_size", [800, 3000, 1 << 20])
@pytest.mark.parametrize("shape", SHAPES)
def test_no_passage_vanishes_nor_is_mixed_with_its_neighbour(
    tmp_path: Path, shape: str, piece_size: int
) -> None:
    for keeps_leaves in (False, True):
        result = compared(Case(SHAPES[shape].encode(), "1.1.2", piece_size, keeps_leaves), tmp_path)

        assert (result.passages, result.good, result.differences) == (10, True, [])


def test_a_certification_that_is_not_one_gives_no_passage_to_another(tmp_path: Path) -> None:
    """One more by a comment and one less by its prefix are as many as there are."""
    blocks = [
        a_certification_xml("".join(TEN[2 * number : 2 * number + 2]), code=f"RNCP{number}")
        for number in range(5)
    ]
    blocks[1] = blocks[1].replace("cpf:certification>", "x:certification>")
    flux = a_flux_xml(certifications="".join(blocks)).decode()
    flux = flux.replace("<cpf:idFlux>", "<!-- <cpf:certification> --><cpf:idFlux>")
    flux = flux.replace(XMLNS, f'{XMLNS} xmlns:x="urn:cdc:cpf:pc5:schema:1.0.0"', 1)

    reading = controlled(tmp_path, flux.encode())

    assert isinstance(reading, Reading), reading
    codes = [f"RNCP{number // 2}" for number in range(10)]
    assert read_back(tmp_path, reading) == list(zip(NAMES, codes, strict=True))


def test_what_a_count_does_not_agree_with_is_not_read() -> None:
    content = SHAPES["end tags with a line feed"].encode()

    with io.BytesIO(content) as file:
        survey = surveyed(file, len(content), schema_path("1.1.2"))
        (cut,) = cuts(file, frame_of(file, len(content)))

    assert not cut.certain
    assert not survey.good
    assert survey.reading is None


@pytest.mark.parametrize("lost", [1, 3])
def test_leaves_of_fewer_passages_than_a_piece_has_are_not_believed(
    tmp_path: Path, lost: int
) -> None:
    reading = kept(tmp_path)
    with KeptLeaves(tmp_path / "leaves") as beside:
        leaves = [beside.of(piece.number) for piece in reading.pieces]
    (last,) = [one for one in leaves[-2:-1] if one is not None]
    fewer = last._replace(said=last.said[lost:])
    with (tmp_path / "fewer").open("wb") as out:
        for number, block in enumerate(blocks(tmp_path / "leaves")):
            write_block(out, block_of(fewer) if number == len(leaves) - 2 else block)

    assert names(tmp_path, reading, tmp_path / "fewer") == [f"T-{n}" for n in range(100)]


def test_a_piece_that_does_not_hold_what_was_counted_is_a_fault(tmp_path: Path) -> None:
    reading = kept(tmp_path)
    first = replace_passages(reading.pieces[0], reading.pieces[0].passages + 1)

    with pytest.raises(MiscountedError, match="piece 0"):
        names(tmp_path, replace(reading, pieces=[first]), tmp_path / "none")


def test_a_slow_file_is_read_the_exact_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surveying, "_PATIENCE", -1.0)
    monkeypatch.setattr(surveying, "_PATIENCE_A_BYTE", 0.0)

    reading = controlled(tmp_path, PLAIN.encode(), piece_size=900)

    assert isinstance(reading, Reading), reading
    assert reading.regular_copy
    assert [name for name, _ in read_back(tmp_path, reading)] == NAMES


def test_a_slow_refused_file_has_the_same_errors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = every_other("<cpf:sexe>F", "<cpf:sexe>H").encode()
    quick = controlled(tmp_path, content, piece_size=900)
    monkeypatch.setattr(surveying, "_PATIENCE", -1.0)

    assert controlled(tmp_path, content, piece_size=900) == quick
    assert isinstance(quick, tuple)


def test_a_passage_of_many_megabytes_is_transcribed_and_read(tmp_path: Path) -> None:
    results = "<cpf:resultat></cpf:resultat>" * 320_000
    long = a_passage_xml(
        "LONG", extra=f"<cpf:niveauNumeriqueEuropeen><cpf:resultats>{results}</cpf:resultats>"
        "</cpf:niveauNumeriqueEuropeen>",
    )  # fmt: skip

    reading = controlled(tmp_path, a_flux_xml(TEN[0], long, TEN[1]))

    assert isinstance(reading, Reading), reading
    assert [name for name, _ in read_back(tmp_path, reading)] == ["T-0", "LONG", "T-1"]


@pytest.mark.parametrize("size", [1, 7, 26, 27, 28, 300, 1 << 20])
def test_windows_hold_the_file_as_it_is(size: int) -> None:
    content = PLAIN.encode()
    with io.BytesIO(content) as file:
        frame = frame_of(file, len(content))
        parts = [one.content for one in windows(file, frame, size)]

    assert frame.head + b"".join(parts) + frame.foot == content
    assert all(part.endswith(END.encode()) for part in parts)


def kept(folder: Path) -> Reading:
    """Return the reading of a hundred passages, whose leaves are kept beside."""
    people = (a_titulaire(), a_titulaire(nomNaissance="ROY", anneeNaissance="1974"))
    passages = [a_passage_xml(f"T-{n}", people[n % 2]) for n in range(100)]
    path = folder / "deposit.xml"
    path.write_bytes(a_flux_xml(*passages))
    with (folder / "copy").open("w+b") as copy, (folder / "leaves").open("w+b") as out:
        keep = KeepLeaves(out, path, 1, apart=False)
        reading = first_control(path, schema_path("1.1.2"), copy, 5000, keep)
    assert isinstance(reading, Reading), reading
    return reading


def blocks(path: Path) -> list[bytes]:
    found = []
    with path.open("rb") as file:
        while (block := read_block(file)) is not None:
            found.append(block)
    return found


def names(folder: Path, reading: Reading, leaves: Path) -> list[str]:
    def awarded(first: int, last: int) -> list[AwardedCertification]:
        return reading.certifications[first : last + 1]

    schema = schema_path("1.1.2")
    with KeptFile(folder / "deposit.xml", schema=schema) as file, KeptLeaves(leaves) as beside:
        return [
            placed.passage.technical_id
            for piece in reading.pieces
            for placed in file.passages(piece, awarded, beside.of(piece.number))
        ]


def replace_passages(piece: Piece, passages: int) -> Piece:
    return replace(piece, passages=passages)
