"""Files on which two readers of XML may well disagree: each valid but for one odd thing.

Where libxml2 says « good », a JDK must say so too: ``first_control`` believes it. ``python -m
tests.oracle.compare --tricky 7`` takes one file of seven, ``--tricky 1`` all of them.
"""

import re
from collections.abc import Iterator

from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire
from tests.oracle.mutations import Mutant

_EXTRA = (
    "<cpf:urlPreuve>https://exemple.fr/?a=1</cpf:urlPreuve>"
    "<cpf:dateDebutExamen>2026-01-31</cpf:dateDebutExamen>"
    "<cpf:codePostalCentreExamen>75011</cpf:codePostalCentreExamen>"
    "<cpf:niveauLangueEuropeen>B2</cpf:niveauLangueEuropeen>"
    "<cpf:niveauNumeriqueEuropeen><cpf:scoreGeneral>1000</cpf:scoreGeneral><cpf:resultats>"
    "<cpf:resultat><cpf:niveau>8</cpf:niveau><cpf:competenceId>1</cpf:competenceId>"
    "</cpf:resultat></cpf:resultats></cpf:niveauNumeriqueEuropeen>"
    "<cpf:verbatim>x</cpf:verbatim>"
)
_BASE = a_flux_xml(
    a_passage_xml("A"),
    a_passage_xml(
        "B",
        a_titulaire(codeInsee="75111", moisNaissance="5", prenom2="Zoé", nomUsage="D'OÙ"),
        valid_until="2029-12-31",
        extra=_EXTRA,
    ),
    a_passage_xml("C"),
).decode()
_NUMBERS = (
    "+1", "-1", "+0", "-0", "01", "0000000000000000000000000000005", " 5", "5 ", "\t5\n", "&#13;5",
    "5.0", "5.", "5e0", "0x5", "+ 5", "++5", "\u0665", "\uff15", "5\u00a0", "\u20075", "4294967301",
    "2147483647", "2147483648", "99999999999999999999999999999999999999", "5\u2028", "1 2", "five",
)  # fmt: skip
_DATES = (
    " 2026-01-31", "2026-01-31\n", "2026-02-29", "2024-02-29", "2100-02-29", "2026-01-31Z",
    "2026-01-31+01:00", "02026-01-31", "+2026-01-31", "-2026-01-31", "2026-1-31", "2026-04-31",
    "2026-01-31\u00a0", "2026-01-\u0663\u0661", "2026-00-10", "2026-13-10", "1900-02-29",
    "1899-12-31", "0000-01-01", "2026-01-31T00:00:00", "&#50;026-01-31", "2026-01-31&#32;",
    "20260131",
)  # fmt: skip
_MOMENTS = (
    "2026-11-20T24:00:00+01:00", "2026-11-20T10:00:60+01:00", "2026-11-20T10:00:00+14:00",
    "2026-11-20T10:00:00+14:01", "2026-11-20T10:00:00-14:00", "2026-11-20T10:00:00+13:59",
    "2026-11-20T10:00:00Z", "2026-11-20T10:00:00.0+01:00", "2026-11-20T10:00:00+:20:00",
    "2026-11-20T10:00:00+19:00", "2026-11-20 10:00:00+01:00", "\n2026-11-20T10:00:00+01:00 ",
    "2026-02-29T10:00:00+01:00", "2026-11-20T10:00:00-00:00", "2026-11-20t10:00:00+01:00",
)  # fmt: skip
_WORDS = (
    "true", "1", "0", " true", "false\n", "TRUE", "True", "tru", "\u00a0true", "M", "F", " F", "F ",
    "&#70;", "f", "\uff26", "VAE", "V&#65;E", "MENTION_BIEN", "PAR_ADMISSION\t", "B2", "A_DISTANCE",
)  # fmt: skip
_TEXTS = (
    "", " ", "\t", "&#9;", "&#13;", "&#xD;&#xA;", "\u00a0", "\u0085", "\u2028", "\ufeff", "\u200b",
    "x" * 8, "\u00e9" * 8, "e\u0301" * 8, "\U0001f600" * 4, "\U0001f600" * 8, "&#128512;" * 8,
    "&#x1F600;" * 8, "x" * 60, "x" * 61, "\u20ac" * 60, "x" * 59 + "\U0001f600",
    "x" * 58 + "\U0001f600", "x" * 254 + "\U0001f600", "x" * 255, "x" * 256, "]]&gt;", "]]>", "]]",
    "&amp;" * 60, "&lt;b&gt;", "&#0;", "&#1;", "&#xFFFE;", "&#xD800;", "&#x10FFFF;", "&#x110000;",
    "\x01", "\x0b", "\x7f", "\x80", "\ufffe", "\uffff", "\ufdd0", "\U0001fffe", "a&#10;b", "a\r\nb",
    "type = x", "xmlns=x", "<![CDATA[x]]>", "<![CDATA[]]>", "<!-- -->", "x<!-- -->", "<?p?>", "a=b",
    "passageCertification>", "&lt;/cpf:passageCertification>", "\u0338", "\u1160",
)  # fmt: skip
_ATTRIBUTES = (
    'xsi:nil="true"', 'xsi:nil="1"', 'xsi:nil="false"', 'xsi:nil="0"', 'xsi:nil=" true "',
    'xsi:nil="&#32;true"', 'xsi:nil="TRUE"', 'xsi:nil=""', "xsi:nil='true'", 'xsi:nil = "true"',
    'xsi:nil="tru&#101;"', 'xml:lang="fr"', 'xml:space="preserve"', 'xml:space="x"', 'xml:id="a"',
    'xml:base="http://a"', 'xsi:schemaLocation="urn:a a.xsd"', 'xsi:schemaLocation="a"',
    'xsi:schemaLocation=""', 'xsi:noNamespaceSchemaLocation="a.xsd"', 'xsi:type="cpf:genre"',
    'xsi:type=""', 'xsi:other="1"', 'a="1"', 'cpf:a="1"', 'xmlns:a="urn:a"', 'xmlns:a="u" a:b="1"',
    'xmlns=""', 'xmlns="urn:x"', 'xmlns:cpf="urn:cdc:cpf:pc5:schema:1.0.0"', 'xmlns:cpf="urn:x"',
    'xmlns:nil="true"', 'xmlns:xml="http://www.w3.org/XML/1998/namespace"', 'xmlns:a="a b"',
    'xmlns:a=""', 'xmlns:xmlns="u"', 'xmlns:a="http://www.w3.org/2000/xmlns/"', 'xmlns:a="%zz"',
    'xmlns:a="http://www.w3.org/2001/XMLSchema-instance" a:nil="true"', 'xml:lang="\U0001f600"',
)  # fmt: skip
_BETWEEN = (
    "&#32;", "&#9;", "&#10;", "&#13;", "&#160;", "\u00a0", "\u0085", "\u2028", "\ufeff", "x",
    "\x0c", "\r", "\r\n", "<!-- -->", "<![CDATA[ ]]>", "<![CDATA[]]>", "<?p?>", "&amp;", "]]>",
    "<cpf:x/>", "<x/>", "<cpf:passageCertification/>", "</cpf:type>", "<!-- -- -->", "\x00",
)  # fmt: skip
_DECLARATIONS = (
    "", "\ufeff", "<?xml version='1.0'?>", "<?xml version='1.1'?>", "<?xml version='1.0' ?>\n",
    "<?xml version='1.0' encoding='utf8'?>", "<?xml version='1.0' encoding='Utf-8'?>",
    "<?xml version='1.0' encoding='UTF-16'?>", "<?xml version='1.0' encoding='US-ASCII'?>",
    "<?xml version='1.0' encoding='ISO-8859-1'?>", "<?xml version='1.0' encoding='x'?>",
    "<?xml version='1.00'?>", "<?xml version='1.0' standalone='yes'?>", "<?xml version='1.2'?>",
    "<?xml version='1.0' standalone='YES'?>", "<?xml version='1.0'encoding='UTF-8'?>",
    "<?xml version='1.0'\x0bencoding='UTF-8'?>", "<?xml version='1.0'?>\n<!-- \u00e9 -->\n",
    "<?xml version='1.0'?><!-- <cpf:flux> -->", "\ufeff\ufeff", " ", "\n", "<!---->", "<!--->-->",
    "<?XML version='1.0'?>", "<?xml version='1.0'?><?p <cpf:flux?>", "<!DOCTYPE cpf:flux>",
    "\ufeff<?xml version='1.0' encoding='UTF-16'?>", "<?xml version='1.0'?><!-- \U0001f600 -->",
)  # fmt: skip
_LEAF = re.compile(r">([^<>]+)</cpf:")
_TAG = re.compile(r"<cpf:\w+(?= ?[>x/])")
_BYTES = (
    b"\xff", b"\xc0\x80", b"\xc1\xbf", b"\xe0\x80\x80", b"\xed\xa0\x80", b"\xed\xb0\x80", b"\x80",
    b"\xf0\x80\x80\x80", b"\xf4\x90\x80\x80", b"\xf5\x80\x80\x80", b"\xf8\x88\x80\x80\x80", b"\xe9",
    b"\xc3", b"\xe2\x82", b"\xf0\x9f\x98", b"\xef\xbf\xbe", b"\xef\xbf\xbf", b"\xc2\x80",
    b"\xc2\x85", b"\xe2\x80\xa8", b"\xef\xbb\xbf", b"\xf0\x9f\xbf\xbe", b"\xc3\xa9",
)  # fmt: skip


def tricky_files() -> Iterator[Mutant]:
    """Yield the files, some ten thousand, always the same."""
    for text in _texts():
        yield Mutant("1.1.2", text.encode("utf-8", "surrogatepass"))
    before, after = _BASE.encode().split(b"MARTIN", 1)
    for odd in _BYTES:
        yield Mutant("1.1.2", before + b"MARTIN" + odd + after)
        yield Mutant("1.1.2", before + odd + b"MARTIN" + after)
        end = b"</cpf:passageCertification>"
        yield Mutant("1.1.2", _BASE.encode().replace(end, end + odd, 1))


def _texts() -> Iterator[str]:
    yield _BASE
    yield from _twice()
    yield from _inside()
    body = _BASE[_BASE.index("?>") + 2 :]
    for declaration in _DECLARATIONS:
        yield declaration + body
    for prefix in ("p", "_", "a.b-c", "xml", "xmlns", "\u00e9", "p" * 980, "p" * 1100, "1"):
        renamed = re.sub("(</?)cpf:", rf"\g<1>{prefix}:", _BASE)
        yield renamed.replace("xmlns:cpf", f"xmlns:{prefix}")
    for tail in (" ", "\n\n", "<!-- -->", "x", "<x/>", "\x00", "&#32;", "<?p?>", "\ufeff"):
        yield _BASE + tail


def _twice() -> Iterator[str]:
    """Yield files in which one name, or one attribute, is written in two ways."""
    two = _BASE.replace("<cpf:flux ", '<cpf:flux xmlns:x="{}" ', 1)
    same = two.replace("{}", "urn:cdc:cpf:pc5:schema:1.0.0")
    nil = two.replace("{}", "http://www.w3.org/2001/XMLSchema-instance")
    yield nil.replace('xsi:nil="true"/>', 'xsi:nil="true" x:nil="true"/>', 1)
    yield nil.replace('xsi:nil="true"/>', 'xsi:nil="true" xsi:nil="true"/>', 1)
    yield nil.replace("xsi:nil", "x:nil")
    for tag in _TAG.finditer(same):
        yield f"{same[: tag.start()]}{tag[0].replace('cpf:', 'x:')}{same[tag.end() :]}"
    yield re.sub("(</?)cpf:(?!flux)", r"\1x:", same)
    yield re.sub("(</?)cpf:passageCertification>", r"\1x:passageCertification>", same)


def _inside() -> Iterator[str]:
    for leaf in _LEAF.finditer(_BASE):
        for value in (*_NUMBERS, *_DATES, *_MOMENTS, *_WORDS, *_TEXTS):
            yield _BASE[: leaf.start(1)] + value + _BASE[leaf.end(1) :]
    for tag in _TAG.finditer(_BASE):
        for attribute in _ATTRIBUTES:
            yield f"{_BASE[: tag.end()]} {attribute}{_BASE[tag.end() :]}"
        for text in _BETWEEN:
            yield _BASE[: tag.start()] + text + _BASE[tag.start() :]
    for empty in re.finditer(r'(<cpf:\w+ xsi:nil="true")/>', _BASE):
        name = empty[1].split()[0][1:]
        for content in ("", " ", "\n", "&#32;", "<!-- -->", "<![CDATA[]]>", "<?p?>", "x"):
            yield f"{_BASE[: empty.start()]}{empty[1]}>{content}</{name}>{_BASE[empty.end() :]}"
