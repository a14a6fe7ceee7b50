"""The fast way: no passage is lost in it, and what it leaves out changes nothing."""

import io
from pathlib import Path

import pytest

from mockportal.resources import schema_path
from mockportal.wire.cutting import PIECE_SIZE
from mockportal.wire.first_control import Reading, first_control
from mockportal.wire.surveying import surveyed
from mockportal.wire.validation import compile_schema, validate
from tests.fluxes import a_flux_xml, a_passage_xml
from tests.wire.controlling import EXPECTED, PLAIN, controlled, read_back

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
        ("<cpf:passageCertification>", "\x0c<cpf:passageCertification>"),
        ("</cpf:passageCertification>", "</cpf:passageCertification>\x00"),
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
