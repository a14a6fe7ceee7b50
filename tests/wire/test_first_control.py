"""The first control: what is read of a good file, whatever its shape, and what is refused."""

from pathlib import Path

import pytest

from mockportal.wire.first_control import Reading
from tests.fluxes import SAMPLES, a_certification_xml, a_flux_xml, a_passage_xml
from tests.wire.controlling import EXPECTED, PLAIN, controlled, read_back

NEWER = PLAIN.replace(b'version="1.0"', b'version="1.1"')
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
    "latin-9": PLAIN.replace(b"UTF-8", b"latin9").decode().encode("iso8859-15"),
    "EBCDIC": PLAIN.replace(b"UTF-8", b"IBM01140").decode().encode("cp1140"),
    "XML 1.1": NEWER,
    "controls in XML 1.1": NEWER.replace(b"MARTIN", b"MA&#1;R&#x001F;T&#x85;IN&#27;"),
    "a control of many digits in XML 1.1": NEWER.replace(b"MARTIN", b"&#" + b"0" * 300_000 + b"1;"),
    "no prefix below in XML 1.1": NEWER.replace(b"<cpf:type>", b'<cpf:type xmlns:a="">'),
    "other line ends in XML 1.1": NEWER.replace(b"><", ">\x85\u2028<".encode()),
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
