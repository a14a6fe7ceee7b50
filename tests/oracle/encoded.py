"""Fluxes in all encodings: each name that an XML declaration may have, with several kinds of file.

``python -m tests.oracle.compare --encodings 1`` takes all of them, ``--encodings 40`` one in forty.
"""

from collections.abc import Callable, Iterator
from random import Random

from mockportal.wire.validation.charsets import Charset, charset_named, is_charset, table_of
from mockportal.wire.validation.decoders import decoder_of
from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire
from tests.oracle.charsets import Name, names_of_java
from tests.oracle.mutations import Mutant

_NO_NAMES = ("no-such", "utf", "utf-7", "ansi", "Unicode-1", "cp65001", "windows1252", "latin-42")
_TEXTS = (
    "ZOÉ",
    "Œuvre à 5 €",
    "é",
    "D'OÙ",
    "ÿ\u0178",
    "Łódź",
    "Ж",
    "日本",
    "ｱ",
    "한",
    "~^[]{}|$@#\\",
)
_BASE = a_flux_xml(a_passage_xml("A", a_titulaire(nomUsage="{}")), a_passage_xml("B"))
_LINES = _BASE.decode().partition("?>")[2].strip().replace("><", ">\n<")
_ASCII_LINE_ENDS = (b"\n", b"\n", b"\r\n", b"\r")
_EBCDIC_LINE_ENDS = (b"\x15", b"\x25", b"\x0d\x15", b"\x0d\x25", b"\x0d")
_FAULTS = (("<cpf:sexe>F", "<cpf:sexe>{}"), ("true</cpf:donneeCertifiee>", "{}</cpf:x>"))
_EBCDIC = "cp037"
_SIX = 6


class _Writer:
    """Writes text in a charset."""

    def __init__(self, charset: Charset | None) -> None:
        self._charset = charset
        self._known: dict[str, bytes] = {}
        if charset and charset.kind in ("single", "pairs", "sequences", "shifts"):
            singles = table_of(charset).singles
            self._known = {char: bytes((byte,)) for byte, char in enumerate(singles)}

    @property
    def is_ebcdic(self) -> bool:
        """Whether letters are not where ASCII has them."""
        return self._known.get("<") == "<".encode(_EBCDIC)

    def written(self, text: str) -> bytes:
        """Return a text as bytes; a character that the charset lacks as a reference."""
        return b"".join(map(self._one, text))

    def _one(self, char: str) -> bytes:
        if char not in self._known:
            self._known[char] = self._by_codec(char)
        return self._known[char]

    def _by_codec(self, char: str) -> bytes:
        if self._charset is None:
            return char.encode("ascii", "xmlcharrefreplace")
        kind, details = self._charset.kind, self._charset.details
        of_utf = "-".join((kind, *details[:1]))
        for codec in (of_utf, *details, "ascii"):
            try:
                sequence = char.encode(codec)
            except (LookupError, UnicodeError):
                continue
            if decoder_of(self._charset).decode(sequence, final=True) == char:
                return sequence
        return char.encode() if char.isascii() else self.written(f"&#{ord(char)};")


_Kind = Callable[[Random, _Writer, bytes], bytes]


def encoded_files() -> Iterator[Mutant]:
    """Yield the files, some ten thousand, always the same for one JDK."""
    names = names_of_java()
    for name in (*names, *_NO_NAMES):
        charset = _charset_of(names[name]) if name in names else None
        writer = _Writer(charset)
        for kind in _KINDS:
            random = Random(f"{name}/{kind.__name__}")
            declared = random.choice((name, name.upper(), name.title()))
            version = random.choice(("1.0", "1.0", "1.1"))
            declaration = f"<?xml version='{version}' encoding='{declared}'?>".encode()
            yield Mutant("1.1.2", kind(random, writer, declaration))


def _charset_of(name: Name) -> Charset | None:
    """Return how the portal reads a charset of Java, if both can."""
    if not is_charset(name.charset):
        return None
    charset = charset_named(name.charset)
    return charset if charset.is_known else None


def _body(random: Random, writer: _Writer, text: str, fault: tuple[str, str] = ("F", "F")) -> bytes:
    lines = _LINES.replace(*fault)
    ends = _EBCDIC_LINE_ENDS if writer.is_ebcdic else _ASCII_LINE_ENDS
    end = random.choice(ends)
    if not writer.is_ebcdic:
        end = writer.written(end.decode())
    body = [writer.written(line) for line in lines.replace("{}", text).split("\n")]
    return end.join(body)


def _head(writer: _Writer, declaration: bytes) -> bytes:
    return declaration.decode().encode(_EBCDIC) if writer.is_ebcdic else declaration


def _valid(random: Random, writer: _Writer, declaration: bytes) -> bytes:
    return _head(writer, declaration) + _body(random, writer, random.choice(_TEXTS))


def _faulty(random: Random, writer: _Writer, declaration: bytes) -> bytes:
    text = random.choice(_TEXTS)
    return _head(writer, declaration) + _body(random, writer, text, random.choice(_FAULTS))


def _with_bytes(random: Random, writer: _Writer, declaration: bytes) -> bytes:
    """Put any bytes where a name is."""
    file = _valid(random, writer, declaration)
    before, name, after = file.partition(writer.written("MARTIN"))
    odd = bytes(random.randrange(0x80, 0x100) for _ in range(random.randrange(1, _SIX)))
    return before + odd + name + after


def _with_bytes_and_fault(random: Random, writer: _Writer, declaration: bytes) -> bytes:
    """Put any bytes on the line of a fault."""
    file = _faulty(random, writer, declaration)
    before, name, after = file.partition(writer.written("<cpf:sexe>"))
    odd = bytes(random.randrange(0x80, 0x100) for _ in range(random.randrange(1, _SIX)))
    return before + name + odd + after


def _cut(random: Random, writer: _Writer, declaration: bytes) -> bytes:
    file = _valid(random, writer, declaration)
    return file[: random.randrange(len(declaration) + 2, len(file))]


def _as_utf8(random: Random, _writer: _Writer, declaration: bytes) -> bytes:
    """Write UTF-8, whatever is declared."""
    return declaration + _LINES.replace("{}", random.choice(_TEXTS)).encode()


def _as_latin1(random: Random, _writer: _Writer, declaration: bytes) -> bytes:
    """Write ISO-8859-1, whatever is declared."""
    return declaration + _LINES.replace("{}", random.choice(("é", "ZOÉ ", "ÿ"))).encode("latin-1")


def _as_utf16(random: Random, _writer: _Writer, declaration: bytes) -> bytes:
    """Write UTF-16, whatever is declared."""
    text = declaration.decode() + _LINES.replace("{}", random.choice(_TEXTS))
    order = random.choice(("utf-16-be", "utf-16-le"))
    return random.choice(("", "\ufeff")).encode(order) + text.encode(order)


def _as_utf32(random: Random, _writer: _Writer, declaration: bytes) -> bytes:
    """Write UTF-32, whatever is declared."""
    text = declaration.decode() + _LINES.replace("{}", random.choice((*_TEXTS, "\U0001f600")))
    file = text.encode(random.choice(("utf-32-be", "utf-32-le")))
    return file[: len(file) - random.choice((0, 0, 1, 6))]


def _after_mark(random: Random, _writer: _Writer, declaration: bytes) -> bytes:
    """Begin with the mark of UTF-8, whatever is declared."""
    return b"\xef\xbb\xbf" + _as_utf8(random, _writer, declaration)


def _as_ebcdic(random: Random, _writer: _Writer, declaration: bytes) -> bytes:
    """Write EBCDIC, whatever is declared."""
    text = declaration.decode() + _LINES.replace("{}", random.choice(("x", "é")))
    return text.encode(_EBCDIC).replace(b"\x25", random.choice(_EBCDIC_LINE_ENDS))


_KINDS: tuple[_Kind, ...] = (
    _valid,
    _faulty,
    _with_bytes,
    _with_bytes_and_fault,
    _cut,
    _as_utf8,
    _as_latin1,
    _as_utf16,
    _as_utf32,
    _after_mark,
    _as_ebcdic,
)
