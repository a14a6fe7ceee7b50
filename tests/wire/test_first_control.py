"""The first control: what is read of a good file, whatever its shape, and what is refused."""

import io
from pathlib import Path

import pytest

from mockportal.domain.deposits import FileError
from mockportal.resources import schema_path
from mockportal.wire.cutting import PIECE_SIZE
from mockportal.wire.first_control import Reading, first_control
from mockportal.wire.reading import KeptFile
from mockportal.wire.surveying import surveyed
from mockportal.wire.validation import compile_schema, validate
from tests.fluxes import SAMPLES, a_certification_xml, a_flux_xml, a_passage_xml


def controlled(
    folder: Path, content: bytes, version: str = "1.1.2", piece_size: int = PIECE_SIZE
) -> Reading | tuple[FileError, ...]:
    """Return the first control's word on ``content``; the kept files stay in ``folder``."""
    (folder / "deposit.xml").write_bytes(content)
    with (folder / "regular.xml").open("w+b") as copy:
        return first_control(folder / "deposit.xml", schema_path(version), copy, piece_size)


def read_back(folder: Path, reading: Reading) -> list[tuple[str, str]]:
    """Return (idTechnique, certification code) of each passage of a file that passed."""
    name = "regular.xml" if reading.regular_copy else "deposit.xml"
    with KeptFile(folder / name) as kept:
        return [
            (one.passage.technical_id, one.passage.certification.code)
            for piece in reading.pieces
            for one in kept.passages(piece, lambda a, b: reading.certifications[a : b + 1])
        ]


THREE = (a_passage_xml("A"), a_passage_xml("B/é"), a_passage_xml("C&amp;D"))
EXPECTED = [("A", "RNCP90001"), ("B/é", "RNCP90001"), ("C&D", "RNCP90001")]
PLAIN = a_flux_xml(*THREE)
SHAPES = {
    "plain": PLAIN,
    "byte-order mark": b"\xef\xbb\xbf" + PLAIN,
    "no declaration": PLAIN[PLAIN.index(b"?>") + 2 :],
    "default namespace": (
        PLAIN.replace(b"<cpf:", b"<").replace(b"</cpf:", b"</").replace(b"xmlns:cpf=", b"xmlns=")
    ),
    "another prefix": (
        PLAIN.replace(b"<cpf:", b"<x.y-z:")
        .replace(b"</cpf:", b"</x.y-z:")
        .replace(b"xmlns:cpf=", b"xmlns:x.y-z=")
    ),
    "comment": PLAIN.replace(b"<cpf:type>", b"<!-- <cpf:passageCertification> --><cpf:type>"),
    "comment in a value": PLAIN.replace(b"RNCP90001", b"RNCP<!-- -->90001"),
    "CDATA": PLAIN.replace(b">A<", b"><![CDATA[A]]><"),
    "instruction": PLAIN.replace(b"<cpf:type>", b"<?hello?><cpf:type>"),
    "latin-1": PLAIN.replace(b"UTF-8", b"ISO-8859-1").decode().encode("latin-1"),
    "utf-16": PLAIN.replace(b"UTF-8", b"UTF-16").decode().encode("utf-16"),
    "pretty": PLAIN.replace(b"><", b">\r\n  <"),
    "attributes in the tag": PLAIN.replace(
        b"<cpf:passageCertification>", b"<cpf:passageCertification >"
    ),
    "namespace below the root": PLAIN.replace(
        b' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"', b""
    ).replace(
        b"<cpf:emetteur>",
        b'<cpf:emetteur xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_legal_shape_of_a_file_gives_the_same_passages(tmp_path: Path, shape: str) -> None:
    reading = controlled(tmp_path, SHAPES[shape])
    assert isinstance(reading, Reading), reading
    assert read_back(tmp_path, reading) == EXPECTED
    assert reading.outline.passages == 3
    assert reading.outline.sender == "03TST001"


def test_passages_keep_their_certification_when_a_file_has_several(tmp_path: Path) -> None:
    several = "".join(
        a_certification_xml(a_passage_xml(f"{n}-1") + a_passage_xml(f"{n}-2"), code=f"RNCP{n}")
        for n in range(4)
    )
    reading = controlled(tmp_path, a_flux_xml(certifications=several))
    assert isinstance(reading, Reading)
    assert read_back(tmp_path, reading) == [
        (f"{n}-{i}", f"RNCP{n}") for n in range(4) for i in (1, 2)
    ]


@pytest.mark.parametrize("comment", ["", "<!-- odd -->"])
@pytest.mark.parametrize("size", [700, 1500, 5000])
def test_pieces_of_any_size_give_every_passage_once(
    tmp_path: Path, size: int, comment: str
) -> None:
    several = "".join(
        comment + a_certification_xml("".join(a_passage_xml(f"{n}-{i}") for i in range(n + 1)),
                                      code=f"RNCP{n}")
        for n in range(6)
    )  # fmt: skip
    reading = controlled(tmp_path, a_flux_xml(certifications=several), piece_size=size)
    assert isinstance(reading, Reading)
    assert read_back(tmp_path, reading) == [
        (f"{n}-{i}", f"RNCP{n}") for n in range(6) for i in range(n + 1)
    ]
    assert reading.outline.passages == 21


def test_the_header_may_follow_the_passages(tmp_path: Path) -> None:
    reading = controlled(tmp_path, (SAMPLES / "legal-any-order.xml").read_bytes())
    assert isinstance(reading, Reading)
    assert reading.outline.flux_id == "big-3"
    assert reading.outline.contract == "MCFCER900002"
    assert {code for _, code in read_back(tmp_path, reading)} == {"RNCP99001"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "Fin prématurée du fichier."),
        (b"\x89PNG\r\n\x1a\n\x00", "Octet 1 de la séquence UTF-8 à 1 octets non valide."),
        (b"\x1f\x8b\x08\x00\x00", "Octet 1 de la séquence UTF-8 à 1 octets non valide."),
        (b"bonjour", "Contenu non autorisé dans le prologue."),
    ],
)
def test_what_is_no_xml_gets_one_error_in_java_s_words(
    tmp_path: Path, content: bytes, message: str
) -> None:
    errors = controlled(tmp_path, content)
    assert isinstance(errors, tuple)
    assert [error.message for error in errors] == [message]


def test_a_doctype_is_refused_before_its_entities_are_read(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    errors = controlled(tmp_path, PLAIN.replace(b"?>", b"?>" + bomb).replace(b">A<", b">&b;<"))
    assert isinstance(errors, tuple)
    assert len(errors) == 1
    assert errors[0].message == (
        "DOCTYPE n'est pas autorisé lorsque la fonctionnalité "
        '"http://apache.org/xml/features/disallow-doctype-decl" est définie sur True.'
    )


@pytest.mark.parametrize(
    "broken",
    [
        PLAIN.replace(b"<cpf:sexe>F", b"<cpf:sexe>H", 1),
        PLAIN.replace(b"</cpf:sexe>", b"", 1),
        PLAIN.replace(b"<cpf:idFlux>flux-1</cpf:idFlux>", b""),
        PLAIN.replace(b"<cpf:code>RNCP90001</cpf:code>", b""),
        PLAIN[:-20],
        PLAIN + b"<more/>",
        PLAIN.replace(b"urn:cdc:cpf:pc5", b"urn:other"),
        PLAIN.replace(b"</cpf:passageCertifications>", b"<cpf:passageCertification/></cpf:passageCertifications>"),  # noqa: E501  # one tag in another's place
        PLAIN.replace(b"</cpf:passageCertification><", b"</cpf:passageCertification>text<", 1),
    ],
)  # fmt: skip
def test_a_file_that_the_schema_does_not_accept_is_refused(tmp_path: Path, broken: bytes) -> None:
    assert broken != PLAIN
    errors = controlled(tmp_path, broken)
    assert isinstance(errors, tuple)
    assert 1 <= len(errors) <= 100


MORE = PLAIN.replace(b'xmlns:cpf="', b'xmlns:x="urn:cdc:cpf:pc5:schema:1.0.0" xmlns:cpf="', 1)
MIXED = {
    "a passage in a spaced tag among others": PLAIN.replace(
        b"<cpf:passageCertification><cpf:idTechnique>B",
        b"<cpf:passageCertification ><cpf:idTechnique>B",
    ),
    "a passage with another prefix among others": MORE.replace(
        b"<cpf:passageCertification><cpf:idTechnique>B",
        b"<x:passageCertification><cpf:idTechnique>B",
    ).replace(
        b"</cpf:passageCertification><cpf:passageCertification><cpf:idTechnique>C",
        b"</x:passageCertification><cpf:passageCertification><cpf:idTechnique>C",
    ),
    "an attribute on a passage": PLAIN.replace(
        b"<cpf:passageCertification><cpf:idTechnique>B",
        b'<cpf:passageCertification xsi:schemaLocation="u f.xsd"><cpf:idTechnique>B',
    ),
    "a certification with another prefix": MORE.replace(
        b"<cpf:certification>", b"<x:certification>"
    ).replace(b"</cpf:certification>", b"</x:certification>"),
    "a certification in a comment": PLAIN.replace(
        b"<cpf:idFlux>", b"<!-- <cpf:certification> --><cpf:idFlux>"
    ),
    "a passage in a comment at the end": PLAIN + b"<!-- <cpf:passageCertification/> -->",
    "a name of ours in a value": PLAIN.replace(
        b"<cpf:dateDebutValidite>",
        b"<cpf:verbatim>passageCertification></cpf:verbatim><cpf:dateDebutValidite>",
    ),
    "an emoji": PLAIN.replace(b"MARTIN", "MARTIN 😀".encode()),
    "a place of schemas": PLAIN.replace(
        b" xmlns:xsi=", b' xsi:schemaLocation="urn:cdc:cpf:pc5:schema:1.0.0 f.xsd" xmlns:xsi=', 1
    ),
    "utf-16 without a declaration": PLAIN[PLAIN.index(b"?>") + 2 :].decode().encode("utf-16"),
}


@pytest.mark.parametrize("piece_size", [700, PIECE_SIZE])
@pytest.mark.parametrize("shape", MIXED)
def test_no_passage_is_lost_in_a_file_of_mixed_shape(
    tmp_path: Path, shape: str, piece_size: int
) -> None:
    reading = controlled(tmp_path, MIXED[shape], piece_size=piece_size)

    assert isinstance(reading, Reading), reading
    assert read_back(tmp_path, reading) == EXPECTED


@pytest.mark.parametrize("place", [0, 7, 18, 19])
@pytest.mark.parametrize(
    "fault",
    [
        ("<cpf:sexe>F", "<cpf:sexe>H"),
        ("</cpf:sexe>", ""),
        ("</cpf:passageCertification>", "</cpf:passageCertification>text"),
        ("<cpf:passageCertification>", "<cpf:passageCertification><cpf:passageCertification>"),
        ("<cpf:titulaire>", '<cpf:titulaire xmlns:cpf="urn:other">'),
        ("<cpf:passageCertification>", "<!-- <cpf:passageCertification>"),
        ("MARTIN", "MARTIN" + "x" * 53 + "😀"),
    ],
)
def test_the_parts_left_out_change_nothing_in_the_errors(
    tmp_path: Path, fault: tuple[str, str], place: int
) -> None:
    passages = [a_passage_xml(f"T-{number}") for number in range(20)]
    passages[place] = passages[place].replace(*fault, 1)
    content = a_flux_xml(*passages)

    cut = controlled(tmp_path, content, piece_size=600)

    whole = validate(io.BytesIO(content), compile_schema(schema_path("1.1.2")))
    assert whole
    assert cut == whole


def test_a_fault_in_the_head_makes_no_piece_suspect(tmp_path: Path) -> None:
    content = a_flux_xml(*(a_passage_xml(f"T-{number}") for number in range(20)), sender="short")
    kept = tmp_path / "deposit.xml"
    kept.write_bytes(content)

    with kept.open("rb") as file:
        survey = surveyed(file, len(content), schema_path("1.1.2"), 600)

    assert not survey.good
    assert sum(part.elements for part in survey.sure) == 19


def test_another_version_of_the_schema_works_by_adding_a_file(tmp_path: Path) -> None:
    text = schema_path("1.1.2").read_text(encoding="utf-8")
    added = '<xs:element name="lieu" type="xs:token" minOccurs="0"/>'
    begins = text.index('<xs:complexType name="passageCertification">')
    at = text.index("<xs:all>", begins) + len("<xs:all>")
    schema = tmp_path / "flux-9.xsd"
    schema.write_text(text[:at] + added + text[at:], encoding="utf-8")
    kept = tmp_path / "deposit.xml"
    kept.write_bytes(a_flux_xml(a_passage_xml(extra="<cpf:lieu>Lyon</cpf:lieu>")))

    with (tmp_path / "regular.xml").open("w+b") as copy:
        newer = first_control(kept, schema, copy)
        older = first_control(kept, schema_path("1.1.2"), copy)

    assert isinstance(newer, Reading)
    assert not newer.regular_copy
    assert isinstance(older, tuple)
