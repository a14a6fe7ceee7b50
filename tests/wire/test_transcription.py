"""A file of any legal shape is read by its regular copy, and nothing doubtful gets into one."""

import io
import logging
from pathlib import Path
from random import Random

import pytest
from lxml import etree

from mockportal.domain.deposits import FileError
from mockportal.resources import schema_path
from mockportal.wire.first_control import KeepLeaves, Reading, first_control
from mockportal.wire.leaves import KeptLeaves
from mockportal.wire.transcription import transcribe
from mockportal.wire.validation import compile_schema, validate
from tests.benchmarks.shape_files import SHAPES, Shape
from tests.differential.exact import leaves_of
from tests.differential.generator import shaped
from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire

SCHEMA = schema_path("1.1.2")
PASSAGES = [a_passage_xml(f"T-{number}", a_titulaire(prenom1="Zoë")) for number in range(50)]
PLAIN = a_flux_xml(*PASSAGES).decode()
AS_THEY_ARE = {
    "plain", "no declaration", "standalone", "byte-order mark", "CRLF", "one line", "indented",
    "another prefix", "default namespace", "two prefixes", "another prefix of xsi",
    "xsi:schemaLocation", "single quotes", "xsi:nil='1'", "long nil", "small elements last",
    "any order", "character references", "references for every sign", "entities", "emoji",
    "all optional fields", "training files", "NIR",
}  # fmt: skip
"""Shapes that need no regular copy."""
MANY_NAMESPACES = "".join(f" xmlns:p{number}='u'" for number in range(101))


def control(
    folder: Path, document: bytes, version: str = "1.1.2"
) -> Reading | tuple[FileError, ...]:
    path = folder / "deposit.xml"
    path.write_bytes(document)
    with (folder / "regular.xml").open("w+b") as copy, (folder / "leaves").open("w+b") as out:
        keep = KeepLeaves(out, path, 7, apart=False)
        return first_control(path, schema_path(version), copy, 5_000, keep)


def exact_checks(caplog: pytest.LogCaptureFixture) -> int:
    return sum(record.message.startswith("the exact check") for record in caplog.records)


def copy_of(document: str | bytes) -> bytes | None:
    """Return the regular copy of a document, None where there is none that is sure."""
    copy = io.BytesIO()
    content = document.encode() if isinstance(document, str) else document
    return copy.getvalue() if transcribe(io.BytesIO(content), copy, SCHEMA) else None


@pytest.mark.parametrize("shape", SHAPES, ids=[shape.name for shape in SHAPES])
def test_no_shape_needs_the_exact_check(
    tmp_path: Path, shape: Shape, caplog: pytest.LogCaptureFixture
) -> None:
    flux = shaped(shape, Random(2), 100)

    with caplog.at_level(logging.DEBUG, "mockportal.wire.first_control"):
        reading = control(tmp_path, flux.document, flux.version)

    assert isinstance(reading, Reading)
    assert reading.regular_copy == (shape.name not in AS_THEY_ARE)
    assert [
        record.message for record in caplog.records if record.message.startswith("the exact")
    ] == []


def test_the_exact_check_has_the_word_where_a_copy_is_not_good(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    document = PLAIN.replace("<cpf:sexe>F", "<!-- -->\r\n<cpf:sexe>H", 1).encode("utf-16")
    document = document.replace("UTF-8".encode("utf-16-le"), "UTF-16".encode("utf-16-le"))

    with caplog.at_level(logging.DEBUG, "mockportal.wire.first_control"):
        errors = control(tmp_path, document)

    assert errors == validate(io.BytesIO(document), compile_schema(SCHEMA))
    assert exact_checks(caplog) == 1


@pytest.mark.parametrize("change", [("<cpf:sexe", "<!-- --><cpf:sexe"), ("cpf:", "")])
def test_the_leaves_that_are_kept_are_those_of_the_file_that_is_read(
    tmp_path: Path, change: tuple[str, str]
) -> None:
    flux = PLAIN.replace(*change) if change[1] else PLAIN
    reading = control(tmp_path, flux.encode())

    assert isinstance(reading, Reading)
    with KeptLeaves(tmp_path / "leaves") as leaves:
        kept = [leaves.of(piece.number) for piece in reading.pieces]
    assert [one and len(one.said) for one in kept[1:]] == [
        piece.passages for piece in reading.pieces[1:]
    ]


def test_nothing_is_kept_of_a_file_that_the_exact_check_alone_has_found_good(
    tmp_path: Path,
) -> None:
    reading = control(tmp_path, PLAIN.replace("<cpf:sexe", "<?é?><cpf:sexe", 30).encode())

    assert isinstance(reading, Reading)
    assert reading.regular_copy
    assert (tmp_path / "leaves").read_bytes() == b""


@pytest.mark.parametrize(
    "change",
    [
        ("<cpf:sexe", "<!-- > & --><cpf:sexe"),
        ("<cpf:sexe", "<?page <b> ?><cpf:sexe"),
        ("Zoë", "<![CDATA[Z]]>o<![CDATA[ë]]>"),
        ("Zoë", "&#90;<!-- -->o&#xeb;"),
        ("<cpf:sexe", '<cpf:sexe\n xsi:schemaLocation = "urn:a a.xsd"'),
        ("<cpf:titulaire", "<cpf:titulaire xmlns:cpf='urn:cdc:cpf:pc5:schema:1.0.0'"),
    ],
)
def test_what_says_nothing_leaves_no_trace(change: tuple[str, str]) -> None:
    assert copy_of(PLAIN.replace(*change)) == copy_of(PLAIN)


def test_a_copy_says_what_the_file_says() -> None:
    texts = "a&lt;b&gt;&amp;]]&gt;='\"\u2028😀&#13;\n"
    document = PLAIN.replace("Zoë", texts)

    copy = copy_of(document.replace('"true"', "' 1\n'").replace("<cpf:s", "<!-- --><cpf:s"))

    assert copy is not None
    ours, theirs = (
        [
            leaves_of(passage)
            for passage in etree.fromstring(content).iter("{*}passageCertification")
        ]
        for content in (copy, document.encode())
    )
    assert ours == theirs
    assert ours[0]["prenom1"] == "a<b>&]]>='\"\u2028😀\r\n"


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("utf8", "utf-8"), ("latin9", "iso8859-15"), ("IBM500", "cp500"), ("IBM01140", "cp1140"),
        ("EUC-JP", "euc_jp"), ("ISO-2022-JP", "ascii"), ("utf-16", "utf-16"),
    ],
)  # fmt: skip
def test_the_copy_of_a_file_is_the_same_in_each_encoding(name: str, codec: str) -> None:
    text = PLAIN.replace("Zoë", "Zoé").replace('"UTF-8"', f'"{name}"')

    assert copy_of(text.encode(codec, "xmlcharrefreplace")) == copy_of(PLAIN.replace("Zoë", "Zoé"))


def test_elements_of_mixed_orders_come_in_that_of_the_schema() -> None:
    shape = next(shape for shape in SHAPES if shape.name == "any order")
    document = shaped(shape, Random(2), 100).document

    copy = copy_of(document)

    assert copy is not None
    root = etree.fromstring(copy)
    for name, first in (("passageCertification", "idTechnique"), ("titulaire", "nomNaissance")):
        orders = {
            tuple(etree.QName(child).localname for child in element.iterchildren("*"))
            for element in root.iter(f"{{*}}{name}")
        }
        assert len(orders) == 1
        assert next(iter(orders))[0] == first


def test_a_file_of_mixed_orders_with_a_fault_has_the_errors_of_the_exact_check(
    tmp_path: Path,
) -> None:
    shape = next(shape for shape in SHAPES if shape.name == "any order")
    document = shaped(shape, Random(2), 100).document.replace(b"VAE", b"", 1)
    document = document.replace(b"<cpf:sexe>", b"<cpf:sexe>X", 1)

    errors = control(tmp_path, document)

    assert errors == validate(io.BytesIO(document), compile_schema(SCHEMA))


@pytest.mark.parametrize(
    "change",
    [
        ("<cpf:sexe>", '<cpf:sexe xml:lang="fr">'),
        ("<cpf:sexe>", '<cpf:sexe xsi:type="cpf:genre">'),
        ("<cpf:sexe>", '<cpf:sexe xsi:nil="no">'),
        ("<cpf:sexe>", '<cpf:sexe nil="true">'),
        ("<cpf:sexe>", '<cpf:sexe xsi:schemaLocation="%zz b">'),
        ("<cpf:sexe>", '<cpf:sexe xsi:noNamespaceSchemaLocation="a b">'),
        ("<cpf:sexe>", f"<cpf:sexe{MANY_NAMESPACES}>"),
        ("<cpf:sexe>", f'<cpf:sexe xmlns:{"p" * 900}="u">'),
        ("<cpf:sexe>", '<cpf:sexe xmlns:é="u">'),
        ("<cpf:sexe>", "<cpf:sexe xmlns:q='a b'>"),
        ("<cpf:sexe>", "<cpf:sexe><?a:b?>"),
        ("<cpf:sexe>", "<cpf:sexe><?XML x?>"),
        ("<cpf:sexe>", "<cpf:sexe><?xml version='1.0'?>"),
        ("<cpf:sexe>", "<cpf:sexe><cpf:inconnu/>"),
        ("<cpf:sexe>", "<cpf:sexe><sexe xmlns='urn:other'/>"),
        ("<cpf:sexe>", "<cpf:sexe>&eacute;"),
        ("<cpf:sexe>", "<cpf:sexe>&#0;"),
        ("<cpf:sexe>", "<cpf:sexe>\uffff"),
        ("<cpf:sexe>", f"<cpf:sexe><!--{'-x' * 1_000_000}-->"),
        ("<cpf:flux ", "<!DOCTYPE flux><cpf:flux "),
        ("<cpf:flux ", "<?xml version='1.0'?><cpf:flux "),
        ("<cpf:flux ", "\ufeff<cpf:flux "),
        ('version="1.0"', 'version="1.1"'),
        ("UTF-8", "no-such-encoding"),
        ("UTF-8", "UTF-16"),
        ("UTF-8", "US-ASCII"),
        ("</cpf:flux>", ""),
        ("</cpf:flux>", "</cpf:flux>x"),
    ],
)
def test_what_expat_and_java_may_read_otherwise_is_left_to_the_exact_check(
    change: tuple[str, str],
) -> None:
    assert copy_of(PLAIN.replace(*change)) is None
