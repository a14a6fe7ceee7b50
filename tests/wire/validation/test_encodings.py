"""The encodings of files: which names Java takes, and what it reads under them."""

from pathlib import Path

import pytest

from mockportal.wire.validation import CompiledSchema, charsets
from mockportal.wire.validation.charsets import Charset, charset_called, charset_named
from mockportal.wire.validation.decoders import decoder_of
from tests.wire.validation.asking import errors_of

_ALL = Path(charsets.__file__).with_name("charsets.txt").read_text(encoding="utf-8").splitlines()
_READ = [line.split("\t")[0] for line in _ALL if line.split("\t")[1] != "unknown"]


def text_of(charset: Charset, *blocks: bytes) -> str:
    decoder = decoder_of(charset)
    return "".join([*map(decoder.decode, blocks), decoder.decode(b"", final=True)])


def first_text(encoding: str, content: bytes, schema: CompiledSchema, version: str = "1.0") -> str:
    """Return what is said first of an element that no schema knows, named by the content."""
    head = f"<?xml version='{version}' encoding='{encoding}'?>".encode()
    return errors_of(head + content, schema)[0].message


def unknown(element: str) -> str:
    return f"cvc-elt.1.a : Déclaration de l'élément '{element}' introuvable."


@pytest.mark.parametrize("name", ["utf8", "UTF8", "unicode-1-1-utf-8"])
def test_other_names_of_utf8_replace_what_is_no_text(name: str, schema: CompiledSchema) -> None:
    assert first_text(name, b"<a>\xe9</a>", schema) == unknown("a")
    assert first_text(name, "<é/>".encode(), schema) == unknown("é")


@pytest.mark.parametrize("name", ["UTF-8", "utf-8"])
def test_utf_8_stops_at_what_is_no_text(name: str, schema: CompiledSchema) -> None:
    assert first_text(name, b"<a\xe9 /></a>", schema).startswith("Octet 2 de la séquence UTF-8")


@pytest.mark.parametrize("name", ["us-ascii", "ASCII", "iso646-us", "IBM367"])
def test_the_reader_s_own_names_of_ascii_stop_at_what_is_none(
    name: str, schema: CompiledSchema
) -> None:
    assert "jeu de caractères ASCII" in first_text(name, b"<a>\xe9</a>", schema)
    assert first_text("ascii7", b"<a>\xe9</a>", schema) == unknown("a")


@pytest.mark.parametrize(
    "name", ["ISO-8859-15", "latin9", "Latin-9", "l9", "iso8859_15", "csISOlatin9", "IBM923"]
)
def test_latin_9_goes_by_many_names(name: str, schema: CompiledSchema) -> None:
    assert first_text(name, b"<\xbd/>", schema) == unknown("œ")


@pytest.mark.parametrize(
    ("name", "element"),
    [
        ("windows-1252", b"\x9c"), ("cp850", b"\x82"), ("MacRoman", b"\x8e"),
        ("ISO-2022-JP", b"\x1b$B0&\x1b(B"), ("gbk", b"\xb0\xae"), ("ms950", b"\xb7R"),
        ("x-windows-949", b"\xe4\xf1"), ("csISO2022KR", b"\x1b$)C\x0eda\x0f"),
    ],
)  # fmt: skip
def test_elements_are_read_in_their_encoding(
    name: str, element: bytes, schema: CompiledSchema
) -> None:
    charset = charset_called(name, of_xml=False)
    assert charset is not None
    read = text_of(charset, element)

    assert len(read) == 1
    assert read.isalpha()
    assert not read.isascii()
    assert first_text(name, b"<" + element + b"/>", schema) == unknown(read)


@pytest.mark.parametrize("name", ["IBM037", "IBM01140", "IBM297", "IBM500"])
@pytest.mark.parametrize("end", [b"\x15", b"\x25", b"\x0d\x15"])
def test_lines_of_ebcdic_end_as_in_java(name: str, end: bytes, schema: CompiledSchema) -> None:
    head = f"<?xml version='1.0' encoding='{name}'?>".encode("cp037")

    error = errors_of(head + end + end + "<a/>".encode("cp037"), schema)[0]

    assert (error.line, error.message) == (3, unknown("a"))


@pytest.mark.parametrize("name", ["cp1252", "utf8", "latin9", "x-UTF-16LE-BOM", "no-such"])
def test_xml_1_1_knows_the_names_of_the_reader_s_own_table_alone(
    name: str, schema: CompiledSchema
) -> None:
    expected = f'Nom d\'encodage "{name}" non valide.'

    assert first_text(name, b"<a/>", schema, version="1.1") == expected
    assert first_text("windows-1252", b"<a/>", schema, version="1.1") == unknown("a")


@pytest.mark.parametrize("name", ["IBM00924", "ebcdic-Latin9--euro"])
def test_a_name_for_a_charset_that_java_lacks_is_told_by_that_charset(
    name: str, schema: CompiledSchema
) -> None:
    assert first_text(name, b"<a/>", schema) == "CP924"
    assert first_text("no-such", b"<a/>", schema) == "no-such"


@pytest.mark.parametrize("codec", ["utf-32-be", "utf-32-le", "utf-16-be", "utf-16-le"])
def test_units_of_iso_10646_are_in_the_order_that_the_file_begins_in(
    codec: str, schema: CompiledSchema
) -> None:
    name = f"ISO-10646-UCS-{4 if '32' in codec else 2}"
    document = f"<?xml version='1.0' encoding='{name}'?><é/>".encode(codec)

    assert errors_of(document, schema)[0].message == unknown("é")
    assert first_text(name, b"<a/>", schema).startswith("L'ordre des octets")


@pytest.mark.parametrize("name", _READ)
def test_text_is_the_same_wherever_the_blocks_of_a_file_end(name: str) -> None:
    charset = charset_named(name)
    content = b"<a>\r\n" + bytes(range(256)) + b"\xe9\xa1\xb0\xa1\x8f\xa1\xa1\x1b$B0&\x1b(B\xed\xa0"

    whole = text_of(charset, content)

    assert len(whole) > len(content) / 5
    for at in range(1, len(content), 3):
        assert text_of(charset, content[:at], content[at:]) == whole


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("UTF-8", b"\xed\xa0\x80a\xed\xa0", "\ufffda\ufffd"),
        ("UTF-8", b"\xf4\x90\x80\x80", "\ufffd" * 4),
        ("UTF-16", b"\xff\xfea\0", "a"),
        ("UTF-16", b"\0a\xd8", "a\ufffd"),
        ("UTF-16BE", b"\xd8\0\0a\0b\xdc\0", "\ufffdb\ufffd"),
        ("UTF-16BE", b"\xd8\0\xd8\0\xdc\0", "\ufffd\ufffd"),
        ("UTF-32BE", b"\0\0\xfe\xff\0\0\0a", "a"),
        ("UTF-32LE", b"\0\xd9\0\0\0\0\x11\0a\0\0\0\0", "\ud900\ufffda\ufffd"),
        ("windows-1252", b"\x80\x81", "€\ufffd"),
        ("Shift_JIS", b"\x82\xa0\x82<", "あ\ufffd<"),
        ("x-mswin-936", b"\x80", "€"),
        ("x-SJIS_0213", b"\x82\xf5", "\u304b\u309a"),
        ("x-IBM930", b"\x4c\x0e\x41\x41\x0f\x6e", "<\ufffd>"),
    ],
)
def test_what_is_no_text_is_replaced_as_by_java(name: str, content: bytes, text: str) -> None:
    assert text_of(charset_named(name), content) == text


def test_every_name_means_one_charset() -> None:
    names = [name for line in _ALL for column in line.split("\t")[2:] for name in column.split(" ")]

    assert len(names) > 900
    assert len(set(filter(None, names))) == len(list(filter(None, names)))
    assert all(charset_called(name.upper(), of_xml=False) for name in filter(None, names))
