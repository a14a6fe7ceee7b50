"""Fluxes that are odd: legally, so that nothing may get lost of them, or in any way at all."""

import bz2
import gzip
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from zlib import compress

from mockportal.resources import seeds_folder
from tests.fluxes import SAMPLES, a_certification_xml, a_flux_xml, a_passage_xml, a_titulaire
from tests.hostile.odd import an_odd_text

_EXAMPLES = SAMPLES.parent / "examples"
_LARGEST = 300_000
_MOST_STEPS = 4
_TOKEN = re.compile(rb"<[^<>]*>|[^<]+|<")
_TAG = re.compile(rb"</?[\w:.-]+")
_START = re.compile(rb"<[\w:.-]+(?=[ />\r\n\t])")
_END = re.compile(rb"</[\w:.-]+(?=>)")
_VALUE = re.compile(rb">([^<>\s&][^<>&]*)</")
_PASSAGE = re.compile(rb"<(?:[\w.-]+:)?passageCertification[ >].*?</(?:[\w.-]+:)?passage"
                      rb"Certification\s*>", re.DOTALL)  # fmt: skip
_ID = re.compile(rb"(idTechnique>)([^<]*)")
_BLANK = (b" ", b"\n", b"\t", b"\r\n", b"\r")
_RUNS = (
    b" ", b"\n", b"\t", b"\r", b"\r\n", b"0", b"9", b"<", b">", b"&", b'"', b"'", b"]]>", b"]",
    b"[",
    b"<!--", b"-->", b"-", b"<!---->", b"<?a?>", b"<![CDATA[", b"<![CDATA[]]>", b"x", "é".encode(),
    "😀".encode(), b"&amp;", b"&#32;", b"&#x20;", b";", b"{", b"}", b"=", b"/", b"\\", b"\x00",
    b"\xff", b"<a>", b"</a>", b"<a/>", b"&lt;", b"-valid : La valeur '", b"#", b"%", b":",
)  # fmt: skip
_ATTRIBUTES = (
    b'xmlns:n%d="u"', b'a%d="1"', b"a%d='>'", b'xsi:nil="true" b%d="1"', b'xmlns:n%d="urn:%%"',
    b'xml:lang%d="fr"', b'a%d="&#10;&amp;"', b'a%d = "\n"',
)  # fmt: skip
_DECLARATIONS = (
    b"", b'<?xml version="1.0"?>', b'<?xml version="1.1"?>', b'<?xml version="2.0"?>', b"<?xml?>",
    b'<?xml version="1.0" encoding="UTF-16"?>', b'<?xml version="1.0" encoding="utf8"?>',
    b'<?xml version="1.0" encoding="ISO-8859-1"?>',
    b'<?xml version="1.0" encoding="windows-1252"?>',
    b'<?xml version="1.0" encoding="cp037"?>', b'<?xml version="1.0" encoding=""?>',
    b'<?xml version="1.0" encoding="x-unknown"?>', b'<?xml version="1.0" encoding="UTF-7"?>',
    b'<?xml version="1.0" standalone="perhaps"?>', b'<?xml version="1.0" encoding="base64"?>',
    b'<?xml version="1.0" encoding="rot13"?>', b'<?xml version="1.0" encoding="\xff"?>',
    b'<?xml version="1.0" encoding="' + b"x" * 5_000 + b'"?>', b'<?XML version="1.0"?>',
    b"\n<?xml version='1.0'?>", b"<?xml version='1.0' ?>  <!-- -->  <?a b?>",
    b'<?xml version="1.0" encoding="UTF-8"?>' * 2, b"\xef\xbb\xbf", b"\xef\xbb\xbf" * 2,
)  # fmt: skip
_LAUGHS = (
    b'<!DOCTYPE flux [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>'
)
_DOCTYPES = (
    b"<!DOCTYPE flux>", b'<!DOCTYPE flux SYSTEM "file:///etc/passwd">',
    b'<!DOCTYPE flux SYSTEM "http://127.0.0.1:9/x.dtd">', b"<!DOCTYPE html>", b"<!DOCTYPE",
    b"<!DOC",
    _LAUGHS,
    b'<!DOCTYPE flux [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    b'<!DOCTYPE flux [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
    b"<!DOCTYPE flux [" + b"<!-- x -->" * 2_000 + b"]>", b"<!DOCTYPE flux [" * 500,
)  # fmt: skip
_ENCODINGS = (
    ("utf-16", b"UTF-16"), ("utf-16-le", b"UTF-16"), ("utf-16-be", b"UTF-16BE"),
    ("utf-32", b"UTF-32"),
    ("latin-1", b"ISO-8859-1"), ("cp1252", b"windows-1252"), ("utf-7", b"UTF-7"),
    ("ascii", b"US-ASCII"),
    ("cp037", b"cp037"), ("utf-8-sig", b"UTF-8"), ("utf-8", b"UTF-16"), ("shift_jis", b"Shift_JIS"),
)  # fmt: skip
_DECLARATION = re.compile(rb"^\s*(?:\xef\xbb\xbf)?<\?xml[^>]*\?>")

Mutation = Callable[[Random, bytes, int], bytes]


@cache
def corpus() -> tuple[bytes, ...]:
    """Return the files that are made odd: samples, examples, seeds, and some of our own."""
    paths = [
        *SAMPLES.glob("*.xml"),
        *_EXAMPLES.glob("*/deposit.xml"),
        *seeds_folder().glob("*.xml"),
    ]
    files = [content for path in sorted(paths) if len(content := path.read_bytes()) <= _LARGEST]
    return (*files, *(_generated(Random(number)) for number in range(20)))


def _generated(rng: Random) -> bytes:
    claims = (
        a_titulaire(),
        a_titulaire(nomNaissance="KERVELLANT", prenom1="Jean-François", anneeNaissance="1974",
                    sexe="M"),
        a_titulaire(nomNaissance="O'NEIL &amp; FILS", prenom1="Zoé", moisNaissance="05"),
    )  # fmt: skip
    groups = "".join(
        a_certification_xml(
            "".join(
                a_passage_xml(f"{group}-{number}", rng.choice(claims))
                for number in range(rng.randrange(1, 40))
            )
        )
        for group in range(rng.randrange(1, 4))
    )
    return a_flux_xml(certifications=groups, flux_id=f"hostile-{rng.randrange(100)}")


def an_odd_flux(rng: Random, most: int) -> tuple[bytes, bool]:
    """Return a file of at most so many bytes, and whether only what XML allows was done to it."""
    content = rng.choice(corpus())
    legal = rng.random() < 0.5
    if rng.random() < 0.7:
        content = _with_new_identifiers(rng, content)
    for _ in range(rng.randrange(1, _MOST_STEPS + 1)):
        changed = rng.choice(_LEGAL if legal or rng.random() < 0.2 else _ANY)(rng, content, most)
        content = changed if len(changed) <= most else content
    return content, legal


def _with_new_identifiers(rng: Random, content: bytes) -> bytes:
    mark = b"%x-" % rng.randrange(1 << 40)
    return _ID.sub(
        lambda met: met[1] + (mark + met[2])[:200] if met[2].strip() else met[0], content
    )


def _some(
    rng: Random, pattern: re.Pattern[bytes], content: bytes, most: int = 50
) -> list[re.Match[bytes]]:
    """Return some places, the last one first."""
    places = list(pattern.finditer(content))
    chosen = rng.sample(places, min(len(places), rng.choice((1, 2, most))))
    return sorted(chosen, key=lambda place: -place.start())


def _put(content: bytes, start: int, stop: int, put: bytes) -> bytes:
    return content[:start] + put + content[stop:]


def _length(rng: Random, most: int) -> int:
    """Return a length, short ones as likely as long ones."""
    return int(2 ** rng.uniform(0, max(most, 2).bit_length()))


# --- What XML allows -----------------------------------------------------------------------------


def _blank_in_end_tags(rng: Random, content: bytes, _most: int) -> bytes:
    for place in _some(rng, _END, content):
        blank = rng.choice(_BLANK) * rng.choice((1, 1, 2, 300))
        content = _put(content, place.end(), place.end(), blank)
    return content


def _blank_in_start_tags(rng: Random, content: bytes, _most: int) -> bytes:
    for place in _some(rng, _START, content):
        blank = rng.choice(_BLANK) * rng.choice((1, 1, 2, 300))
        content = _put(content, place.end(), place.end(), blank)
    return content


def _between(rng: Random, content: bytes, most: int) -> bytes:
    """Put comments, instructions and white space between tags."""
    fake = b"</cpf:passageCertification><cpf:passageCertification>"
    put = rng.choice(
        (b"<!-- -->", b"<!--" + fake + b"-->", b"<?a " + fake + b"?>", b"<!-- <![CDATA[ -->",
         b"<?x?>",
         *(one * _length(rng, most // 8) for one in (b" ", b"\n", b"\t", b"\r\n"))),
    )  # fmt: skip
    for place in _some(rng, re.compile(rb">(?=<[^!?])"), content, 20):
        content = _put(content, place.end(), place.end(), put)
    return content


def _in_values(rng: Random, content: bytes, _most: int) -> bytes:
    """Write values in other words: references, CDATA, comments in their midst."""
    for place in _some(rng, _VALUE, content):
        value = place[1]
        if not value.isascii():
            continue
        at = rng.randrange(len(value) + 1)
        put = rng.choice(
            (
                b"<![CDATA[" + value + b"]]>",
                value[:at] + b"<!-- </cpf:idTechnique> -->" + value[at:],
                value[:at] + b"<?a?>" + value[at:],
                value[:at] + b"<![CDATA[]]>" + value[at:],
                b"".join(b"&#%d;" % sign for sign in value),
                value[:at] + b"".join(b"&#x%x;" % sign for sign in value[at:]),
            )
        )
        content = _put(content, place.start(1), place.end(1), put)
    return content


def _line_ends(rng: Random, content: bytes, _most: int) -> bytes:
    return content.replace(b"\r\n", b"\n").replace(b"\n", rng.choice((b"\r\n", b"\r", b"\n\n")))


def _quotes(rng: Random, content: bytes, _most: int) -> bytes:
    nil = rng.choice((b"xsi:nil='true'", b'xsi:nil = "1"', b"xsi:nil\n=\n'1'", b'xsi:nil="true"  '))
    return content.replace(b'xsi:nil="true"', nil)


def _own_prefix(rng: Random, content: bytes, _most: int) -> bytes:
    """Give some leaves a prefix, or a default namespace, of their own."""
    leaf = re.compile(rb"<cpf:(\w+)>([^<]*)</cpf:\1>")
    space = b'="urn:cdc:cpf:pc5:schema:1.0.0"'
    for place in _some(rng, leaf, content):
        name, value = place[1], place[2]
        put = rng.choice(
            (
                b"<q:%s xmlns:q%s>%s</q:%s>" % (name, space, value, name),
                b"<%s xmlns%s>%s</%s>" % (name, space, value, name),
                b"<cpf:%s xmlns:z='>'>%s</cpf:%s>" % (name, value, name),
            )
        )
        content = _put(content, place.start(), place.end(), put)
    return content


def _more_passages(rng: Random, content: bytes, most: int) -> bytes:
    """Repeat passages; most of them are duplicates, each with a verdict of its own."""
    places = list(_PASSAGE.finditer(content))
    if not places:
        return content
    place = rng.choice(places)
    times = min(_length(rng, 300), max(1, most // (2 * len(place[0]) + 1)))
    return _put(content, place.end(), place.end(), place[0] * times)


def _around(rng: Random, content: bytes, _most: int) -> bytes:
    put = rng.choice((b"\n", b"<!-- end -->", b"<?end?>", b" " * 5_000, b"\n" * 5_000))
    return content + put


_LEGAL: tuple[Mutation, ...] = (
    _blank_in_end_tags, _blank_in_start_tags, _between, _in_values, _line_ends, _quotes,
    _own_prefix,
    _more_passages, _around,
)  # fmt: skip


# --- What it does not ----------------------------------------------------------------------------


def _cut(rng: Random, content: bytes, _most: int) -> bytes:
    return content[: rng.randrange(len(content) + 1)]


def _flip(rng: Random, content: bytes, _most: int) -> bytes:
    flipped = bytearray(content)
    for _ in range(min(len(content), rng.choice((1, 1, 3, 30)))):
        flipped[rng.randrange(len(content))] = rng.choice((rng.randrange(256), *b"<>&\"'/=\x00 "))
    return bytes(flipped)


def _slice(rng: Random, content: bytes, most: int) -> bytes:
    """Leave a part out, or repeat it."""
    start = rng.randrange(len(content) + 1)
    part = content[start : start + _length(rng, 2_000)]
    times = rng.choice((0, 0, 2, 3, 1 + most // (4 * len(part) + 4)))
    return _put(content, start, start + len(part), part * times)


def _tokens(rng: Random, content: bytes, _most: int) -> bytes:
    """Swap, repeat or leave out tags and texts."""
    tokens = _TOKEN.findall(content)
    if len(tokens) < 2:
        return content
    for _ in range(rng.choice((1, 1, 2, 10))):
        first, second = rng.randrange(len(tokens)), rng.randrange(len(tokens))
        if (way := rng.random()) < 0.5:
            tokens[first], tokens[second] = tokens[second], tokens[first]
        elif way < 0.75:
            tokens[first] = b""
        else:
            tokens[first] *= 2
    return b"".join(tokens)


def _run(rng: Random, content: bytes, most: int) -> bytes:
    """Put a long run of something somewhere."""
    pattern = rng.choice((_START, _END, _TAG, _VALUE, re.compile(rb">"), re.compile(rb"\"")))
    places = list(pattern.finditer(content))
    at = (
        rng.choice(places).end()
        if places and rng.random() < 0.8
        else rng.randrange(len(content) + 1)
    )
    one = rng.choice(_RUNS)
    return _put(content, at, at, one * max(1, _length(rng, most // 2) // len(one)))


def _attributes(rng: Random, content: bytes, most: int) -> bytes:
    places = list(_START.finditer(content))
    if not places:
        return content
    at, one = rng.choice(places).end(), rng.choice(_ATTRIBUTES)
    count = _length(rng, most // 60)
    same = rng.random() < 0.1
    return _put(content, at, at, b"".join(b" " + one % (0 if same else n) for n in range(count)))


def _deep(rng: Random, content: bytes, most: int) -> bytes:
    """Nest something very deep."""
    name = rng.choice((b"a", b"cpf:flux", b"cpf:passageCertification", b"x" * 990, b"q:x"))
    scope = rng.choice((b"", b"", b' xmlns:q="u"', b' xmlns="u"', b' a="1"'))
    opening, closing = b"<" + name + scope + b">", b"</" + name + b">"
    depth = _length(rng, most // (len(opening) + len(closing)))
    places = [place.end() for place in re.finditer(rb">", content)] or [0]
    at = rng.choice(places)
    whole = rng.random() < 0.7
    return _put(content, at, at, opening * depth + (closing * depth if whole else b""))


def _value(rng: Random, content: bytes, most: int) -> bytes:
    """Give some values others."""
    for place in _some(rng, _VALUE, content, 10):
        text = an_odd_text(rng, min(most // 4, 200_000)).encode()
        if rng.random() < 0.8:
            text = text.replace(b"&", b"&amp;").replace(b"<", b"&lt;")
        if rng.random() < 0.2:
            text = rng.choice((b"0", b"9", b" ")) * _length(rng, most // 20) + place[1]
        content = _put(content, place.start(1), place.end(1), text)
    return content


def _declaration(rng: Random, content: bytes, _most: int) -> bytes:
    rest = _DECLARATION.sub(b"", content, count=1)
    return rng.choice(_DECLARATIONS) + rest


def _doctype(rng: Random, content: bytes, _most: int) -> bytes:
    head = _DECLARATION.match(content)
    at = head.end() if head else 0
    content = _put(content, at, at, rng.choice(_DOCTYPES))
    for place in _some(rng, _VALUE, content, 3):
        put = rng.choice(
            (b"&d;", b"&x;", b"&unknown;", b"&#0;", b"&#x110000;", b"&#xD800;", b"&", b"&;")
        )
        content = _put(content, place.start(1), place.end(1), put)
    return content


def _encoded(rng: Random, content: bytes, _most: int) -> bytes:
    encoding, name = rng.choice(_ENCODINGS)
    text = _DECLARATION.sub(b"", content, count=1).decode(errors="replace")
    shown = name if rng.random() < 0.8 else rng.choice(_ENCODINGS)[1]
    head = f'<?xml version="1.0" encoding="{shown.decode()}"?>' if rng.random() < 0.9 else ""
    return (head + text).encode(encoding, errors="xmlcharrefreplace")


def _packed(rng: Random, content: bytes, _most: int) -> bytes:
    return rng.choice((gzip.compress, bz2.compress, compress))(content)


def _nothing(rng: Random, _content: bytes, most: int) -> bytes:
    """Return what is no flux at all."""
    return rng.choice(
        (
            b"", b" ", b"\n" * 1_000, b"<", b"<a", b"<a>", b"<a/>", b"<?xml", b"\x00" * 1_000,
            b"{}",
            b"%PDF-1.4", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"a;b;c\n1;2;3\n", b"&", b"]]>",
            b"<!--",
            b"<![CDATA[", b"<" * min(most, 50_000), rng.randbytes(_length(rng, 5_000)),
            b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xff\xfe\x00\x00",
            b"<?xml version='1.0'?>",
        )
    )  # fmt: skip


_ANY: tuple[Mutation, ...] = (
    _cut, _flip, _flip, _slice, _tokens, _tokens, _run, _run, _run, _attributes, _deep, _value,
    _value,
    _declaration, _doctype, _encoded, _packed, _nothing,
)  # fmt: skip


def files_in(folder: Path) -> list[Path]:
    """Return the files of a folder that are thrown as they are, in their order."""
    return sorted(path for path in folder.rglob("*.xml") if path.is_file())
