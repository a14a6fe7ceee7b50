"""What is sent in place of a flux is named, and the advice says where the flux is to be got."""

import gzip
import io
import json
import re
import zipfile
from base64 import b64encode, encodebytes
from pathlib import Path
from urllib.parse import quote
from xml.sax.saxutils import escape

import pytest

from mockportal.domain.file_errors import Resembling
from tests.fluxes import a_flux_xml
from tests.wire.diagnosis.following import advice_of, errors_of, place_and_facts

FLUX = a_flux_xml()
TEXT = FLUX.decode()
HTML = '<html lang="fr"><head><meta charset="utf-8"><title>Connexion</title></head></html>'
TABLE = "nom;prénom\r\nLE GALL;Zoé\r\n"
OFFICE = "http://schemas.openxmlformats.org"


def zipped(*names: str) -> bytes:
    """Return a zip archive of files of these names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, FLUX)
    return out.getvalue()


DOCUMENTS: dict[str, tuple[bytes | str, Resembling]] = {
    "gzip": (gzip.compress(FLUX), Resembling.GZIP),
    "zip": (zipped("export.xml"), Resembling.ZIP),
    "a workbook": (zipped("[Content_Types].xml", "xl/workbook.xml"), Resembling.OFFICE),
    "a workbook of old": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), Resembling.OFFICE),
    "rich text": (rb"{\rtf1\ansi Bonjour}", Resembling.OFFICE),
    "7z": (b"7z\xbc\xaf\x27\x1c\0\4" + bytes(40), Resembling.ARCHIVE),
    "rar": (b"Rar!\x1a\x07\x01\0" + bytes(40), Resembling.ARCHIVE),
    "tar": (b"export.xml" + bytes(247) + b"ustar" + bytes(250) + FLUX, Resembling.ARCHIVE),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", Resembling.PDF),
    "a picture": (b"\x89PNG\r\n\x1a\n", Resembling.IMAGE),
    "signed": (b"\x30\x82\x05\x10\x06\x09" + FLUX, Resembling.SIGNED),
    "signed as text": ("-----BEGIN PKCS7-----\nMIIB\n", Resembling.SIGNED),
    "what macOS adds": (b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X", Resembling.APPLE_DOUBLE),
    "bytes": (bytes(range(1, 32)) * 9 + b"\xff\xfe", Resembling.BINARY),
    "HTML": ("<!DOCTYPE html>\n" + HTML, Resembling.HTML),
    "HTML without DOCTYPE": (HTML, Resembling.HTML),
    "HTML in capitals": ("\n<HTML><BODY><BR>Erreur", Resembling.HTML),
    "HTML after a mark": ("\ufeff" + HTML, Resembling.HTML),
    "HTML after a comment": ("<!-- x -->\n" + HTML, Resembling.HTML),
    "XHTML": (
        ('<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x">'
        '<html xmlns="http://www.w3.org/1999/xhtml"/>'), Resembling.HTML
    ),
    "XHTML without DOCTYPE": (
        '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', Resembling.HTML
    ),
    "a part of HTML": ("<div>Session expirée</div>", Resembling.HTML),
    "HTML in UTF-16": ("<html></html>".encode("utf-16"), Resembling.HTML),
    "a notice of PHP": (
        "<br />\n<b>Fatal error</b>:  Uncaught Error in <b>/e.php</b><br />", Resembling.NOTICE
    ),
    "a traceback": ("Traceback (most recent call last):\n  File\nKeyError: 1", Resembling.NOTICE),
    "an exception of Java": (
        "java.lang.NullPointerException: x\n\tat org.test.Export(E.java:3)", Resembling.NOTICE
    ),
    "an answer of a server": ("HTTP/1.1 500 Internal Server Error\r\n\r\n", Resembling.NOTICE),
    "a receipt": ('<rapport xmlns:ns2="urn:cdc:cpf:pc5:rapport:schema"/>', Resembling.RECEIPT),
    "a schema": (
        '<?xml version="1.0"?><xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>',
        Resembling.SCHEMA,
    ),
    "a style sheet": (
        '<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform"/>',
        Resembling.STYLE_SHEET,
    ),
    "a workbook of Excel 2003": (
        ('<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'),
        Resembling.SPREADSHEET_XML,
    ),
    "a document of Word 2003": (
        '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>',
        Resembling.WORD_XML,
    ),
    "a document of Word, flat": (
        '<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"/>',
        Resembling.WORD_XML,
    ),
    "a document of LibreOffice, flat": (
        '<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>',
        Resembling.FLAT_OFFICE,
    ),
    "a sheet of a workbook": (
        f'<worksheet xmlns="{OFFICE}/spreadsheetml/2006/main"/>', Resembling.OFFICE_PART
    ),
    "the map of a workbook": (
        f'<MapInfo xmlns="{OFFICE}/spreadsheetml/2006/main" SelectionNamespaces=""/>',
        Resembling.XML_MAP,
    ),
    "SOAP without flux": (
        ('<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault/>'
        "</s:Body></s:Envelope>"), Resembling.SOAP
    ),
    "a flux from its middle": (TEXT[TEXT.index("ADMISSION") :], Resembling.PART),
    "a flux from an element": (TEXT[TEXT.index("<cpf:idTechnique") :], Resembling.PART),
    "a flux from an end tag": (TEXT[TEXT.index("</cpf:idFlux") :], Resembling.PART),
    "a flux from another": (TEXT[TEXT.index("<cpf:donneeCertifiee") :], Resembling.PART),
    "the program itself": ("<?php echo $x;", Resembling.TEXT),
    "SIECLE by its namespace": ('<x xmlns="http://www.siecle.test/eleves"/>', Resembling.SIECLE),
    "SIECLE": ('<BEE_ELEVES VERSION="2.1"><DONNEES/></BEE_ELEVES>', Resembling.SIECLE),
    "a catalogue of training": ("<lheo><offres/></lheo>", Resembling.TRAINING_OFFER),
    "JSON": ('{"error": "Unauthorized"}', Resembling.JSON),
    "a list in JSON": ('[{"a": 1}]', Resembling.JSON),
    "a flux in JSON": (json.dumps({"flux": TEXT}), Resembling.JSON),
    "a flux as a string": (json.dumps(TEXT), Resembling.ESCAPED),
    "CSV": (TABLE, Resembling.CSV),
    "CSV with commas": (TABLE.replace(";", ","), Resembling.CSV),
    "CSV with tabulations": (TABLE.replace(";", "\t"), Resembling.CSV),
    "CSV with bars": (TABLE.replace(";", "|"), Resembling.CSV),
    "CSV that says so": ("sep=;\r\n" + TABLE, Resembling.CSV),
    "CSV with quotes": ('"a;b";"c"\n"1";"2"\n', Resembling.CSV),
    "CSV in Windows-1252": (TABLE.encode("cp1252"), Resembling.CSV),
    "CSV in UTF-16": (TABLE.encode("utf-16"), Resembling.CSV),
    "CSV in UTF-16 without mark": (TABLE.encode("utf-16-le"), Resembling.CSV),
    "CSV after a mark": ("\ufeff" + TABLE, Resembling.CSV),
    "CSV of one line": ("nom;prénom;date", Resembling.CSV),
    "a mail": ("From: a@b.test\nSubject: flux\nMIME-Version: 1.0\n\nBonjour", Resembling.MAIL),
    "base64": (b64encode(FLUX), Resembling.BASE64),
    "base64 in lines": (encodebytes(FLUX), Resembling.BASE64),
    "base64 of UTF-16": (b64encode(TEXT.encode("utf-16")), Resembling.BASE64),
    "base64 of a gzip": (b64encode(gzip.compress(FLUX)), Resembling.BASE64),
    "base64 of a zip": (b64encode(zipped("a.xml")), Resembling.BASE64),
    "an address of data": (b"data:text/xml;base64," + b64encode(FLUX), Resembling.BASE64),
    "a flux escaped": (escape(TEXT), Resembling.ESCAPED),
    "a flux escaped twice": (escape(escape(TEXT)), Resembling.ESCAPED),
    "a flux of an address": (quote(TEXT), Resembling.ESCAPED),
    "quoted-printable": (TEXT.replace('="', '=3D"'), Resembling.QUOTED_PRINTABLE),
    "a pointer of git": ("version https://git-lfs.github.com/spec/v1\n", Resembling.POINTER),
    "a shortcut": ("[InternetShortcut]\nURL=https://x.test\n", Resembling.POINTER),
    "a flux in an answer of .NET": (
        '<string xmlns="http://schemas.microsoft.com/2003/10/Serialization/">'
        + escape(TEXT) + "</string>", Resembling.ESCAPED
    ),
    "SQL": ("SELECT * FROM t WHERE a < 3;", Resembling.TEXT),
    "letters of a zip": ("PK est le nom du fichier.", Resembling.TEXT),
    "prose with commas": ("Bonjour, à tous,\nLe fichier, le voici.\nMerci, bien.", Resembling.TEXT),
    "a line of prose": ("Bonjour, voici, comme convenu, le fichier.", Resembling.TEXT),
    "an empty zip": (zipped(), Resembling.ZIP),
    "CSV with a line feed in a value": ('a;b;c\n1;"x;\ny";3\n', Resembling.CSV),
    "zeros": (bytes(3000), Resembling.BINARY),
    "null": ("null", Resembling.TEXT),
    "words": ("Bonjour à tous.", Resembling.TEXT),
}  # fmt: skip


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_is_no_flux_is_named_beside_each_of_its_errors(tmp_path: Path, name: str) -> None:
    content, kind = DOCUMENTS[name]

    errors = errors_of(tmp_path, content.encode() if isinstance(content, str) else content)

    assert errors
    for error in errors:
        place, _ = place_and_facts(error)
        assert place.resembles is kind
        advice = advice_of(error)
        assert "{" not in advice.happened + advice.mend
        assert "épos" in advice.mend
        if error.facts and error.facts.fault.name != "SAME_AS_BEFORE":
            assert advice.happened.startswith("Ce fichier")


@pytest.mark.parametrize("content", [b"", b" \n\t", b"\xef\xbb\xbf", b"\xff\xfe", b"\x1c\n"])
def test_a_file_of_nothing_is_no_document(tmp_path: Path, content: bytes) -> None:
    (error,) = errors_of(tmp_path, content)

    assert place_and_facts(error)[0].resembles in (None, Resembling.BINARY)
    assert "xport" in advice_of(error).mend


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("a;b\n1;2", "points-virgules"),
        ("a,b\n1,2", "virgules"),
        ("a\tb\n1\t2", "tabulations"),
        ("a|b\n1|2", "barres verticales"),
    ],
)
def test_the_separator_of_a_table_is_named(tmp_path: Path, content: str, words: str) -> None:
    (error,) = errors_of(tmp_path, content.encode())

    assert words in advice_of(error).happened


@pytest.mark.parametrize(
    "content",
    [FLUX, re.sub("(?<=[</:])cpf(?=[:=])", "ns2", TEXT).replace("cdc:ns2", "cdc:cpf").encode()],
)
def test_a_flux_is_taken_for_nothing_else(tmp_path: Path, content: bytes) -> None:
    broken = content.replace(b":sexe>F<", b":sexe>H<")

    assert [place_and_facts(error)[0].resembles for error in errors_of(tmp_path, broken)] == [
        None,
        None,
    ]
