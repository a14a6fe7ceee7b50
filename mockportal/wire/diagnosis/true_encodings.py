"""The encoding that a file announces beside the one that its bytes show."""

import codecs
import re
from typing import BinaryIO, NamedTuple

from mockportal.domain.fault_causes import Cause
from mockportal.domain.file_errors import Fault
from mockportal.wire.diagnosis.texts import readable, wide_codec
from mockportal.wire.diagnosis.view import Diagnosis, quoted
from mockportal.wire.validation.encodings import detected

_BLOCK = 1 << 17
_DECLARATION = re.compile(r"\s*(<\?xml\s[^<>]*>?)")
_ENCODING = re.compile(r"encoding\s*=\s*[\"'“”«]?\s*([^\"'“”»?>]*?)\s*[\"'“”»?>]")
_WRITTEN = re.compile(r"encoding\s*=\s*(?:\"[^\">]*\"|'[^'>]*')")
_LABELS = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16 (« Unicode » dans le Bloc-notes)",
    "utf-16-be": "UTF-16 gros-boutiste (« Unicode big endian » dans le Bloc-notes)",
    "utf-32-le": "UTF-32",
    "utf-32-be": "UTF-32",
    "cp1252": "Windows-1252 (« ANSI » dans le Bloc-notes)",
    "cp850": "page de codes 850 (celle de MS-DOS)",
    "mac_roman": "MacRoman (des anciens Macintosh)",
}
_NAMES = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1252": "windows-1252",
    "cp850": "IBM850",
    "mac_roman": "x-MacRoman",
}
"""What to announce, by what is true: names that Java knows."""
_OF_ONE_BYTE = ("utf-8", "cp1252", "cp850", "mac_roman")
_WIDE = re.compile(
    r"(?:x-)?(?:utf[-_]?(?P<width>16|32)|unicode(?!-1-1)|iso-10646-ucs-(?P<bytes>[24])).*?"
    r"(?P<order>be|le)?\Z",
    re.IGNORECASE,
)
"""Names of the encodings of two or four bytes a sign."""
_FRENCH = set("àâäæçéèêëîïôöœùûüÿÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜŸ«»°’“”–—€ñáíóúãõåøß\xa0")
_OF_TWO_BYTES = re.compile(rb"[\xc2-\xc5][\x80-\xbf]|\xe2\x80[\x80-\xbf]")
_LONGEST_WORD = 60
_WORD = re.compile(rb"[^\s<>\"';,]*\Z"), re.compile(rb"[^\s<>\"';,]*")


class Damage(NamedTuple):
    """Where a file ceases to be UTF-8."""

    line: int
    mixed: bool
    """There is text of UTF-8 as well."""
    written: str
    """The word there as a reader of UTF-8 sees it, and as it is meant."""
    meant: str
    sample: bytes
    at_end: bool
    """It is but the last character of the file, cut."""


class Encodings(NamedTuple):
    """What is announced, and what is true."""

    declaration: str
    """As the file writes it; empty where there is none."""
    announced: str
    """The name in it; empty where it has none."""
    actual: str
    """Python's name."""
    damage: Damage | None
    conflict: bool

    @property
    def label(self) -> str:
        """Return the true encoding's name for a reader."""
        return _LABELS[self.actual]

    @property
    def right_declaration(self) -> str:
        """Return the declaration that this file ought to have."""
        name = _NAMES.get(self.actual, "UTF-8")
        return f'<?xml version="1.0" encoding="{name}"?>'


def encodings_of(file: BinaryIO) -> Encodings:
    """Return what a file announces and what its bytes show; the file is read as far as needed."""
    file.seek(0)
    start = file.read(_BLOCK)
    match = _DECLARATION.match(readable(start[:1000]))
    declaration = match[1] if match else ""
    encoding = _ENCODING.search(declaration)
    announced = encoding[1] if encoding else ""
    damage, plain = None, False
    actual = wide_codec(start)
    if not actual:
        damage, plain = _damage(file)
        unlike = damage and not (damage.mixed or damage.at_end)
        actual = _of_one_byte(damage.sample) if damage and unlike else "utf-8"
    conflict = _differs(announced, actual, detected(start).codec, plain=plain)
    return Encodings(declaration, announced, actual, damage, conflict)


def encoding_cause(encodings: Encodings, fault: Fault) -> Diagnosis | None:
    """Return the cause of a fault that comes of the encoding, else None."""
    damage = encodings.damage
    if fault is Fault.NO_TEXT and damage and damage.mixed and not damage.at_end:
        words = {"written": damage.written, "instead": damage.meant, "line": str(damage.line)}
        return Diagnosis(Cause.MIXED_ENCODINGS, words)
    part = _WRITTEN.search(encodings.declaration)
    words = {
        "actual": encodings.label,
        "announced": quoted(encodings.announced),
        "announces": f"annonce {quoted(encodings.announced)}"
        if encodings.announced
        else "n'annonce rien, ce qui veut dire UTF-8",
        "written": quoted(part[0] if part else encodings.declaration),
        "instead": f'encoding="{_NAMES.get(encodings.actual, "UTF-8")}"'
        if part
        else encodings.right_declaration,
    }
    if fault is Fault.ENCODING_NAME and part:
        return Diagnosis(Cause.ENCODING_UNKNOWN, words)
    wide = _WIDE.match(encodings.announced) or encodings.actual not in _OF_ONE_BYTE
    if not encodings.conflict or (fault is not Fault.NO_TEXT and not wide):
        return None
    if encodings.actual.startswith("utf-32"):
        return Diagnosis(Cause.UTF_32, words)
    if not encodings.declaration:
        return Diagnosis(Cause.NO_ENCODING, words)
    announced_wrongly = encodings.actual == "utf-8"
    return Diagnosis(Cause.ANNOUNCED_WRONGLY if announced_wrongly else Cause.OTHER_ENCODING, words)


def _differs(announced: str, actual: str, shown: str, *, plain: bool) -> bool:
    """Return whether a file can not be read by what it announces; ``plain``: it is all ASCII."""
    if not announced:
        return actual != shown and shown in _LABELS
    wide = _WIDE.match(announced)
    if wide or actual.startswith(("utf-16", "utf-32")):
        return (
            wide is None
            or not actual.startswith(_width(wide))
            or not actual.endswith((wide["order"] or "").lower())
        )
    try:
        codec = codecs.lookup(announced).name
        sign = b"<".decode(announced, "replace")
    except (LookupError, ValueError):
        return False  # Java may know it
    if codec == "utf-8":
        return actual != "utf-8"
    return not plain if codec == "ascii" else sign != "<"


def _width(wide: re.Match[str]) -> str:
    return "utf-32" if wide["width"] == "32" or wide["bytes"] == "4" else "utf-16"


def _damage(file: BinaryIO) -> tuple[Damage | None, bool]:
    """Return where a file ceases to be UTF-8, if it does, and whether it is all ASCII."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    line, rest, plain = 1, b"", True
    while True:
        block = file.read(_BLOCK)
        try:
            text = decoder.decode(block, final=not block)
        except UnicodeDecodeError as fault:
            return _damage_at(rest + block, fault, line, file.read(1), wide=not plain), False
        if not block:
            return None, plain
        plain = plain and text.isascii()
        line += text.count("\n")
        rest = decoder.getstate()[0]


def _damage_at(
    block: bytes, fault: UnicodeDecodeError, line: int, following: bytes, *, wide: bool
) -> Damage:
    at_end = fault.reason == "unexpected end of data" and not following
    before, after = _WORD
    left = before.search(block[max(fault.start - _LONGEST_WORD, 0) : fault.start])
    right = after.match(block, fault.start, fault.start + _LONGEST_WORD)
    word = (left[0] if left else b"") + (right[0] if right else b"")
    bytes_of_two = _OF_TWO_BYTES.search(block)
    return Damage(
        line=line + block.count(b"\n", 0, fault.start),
        mixed=wide or bytes_of_two is not None,
        written=quoted(word.decode("utf-8", "replace")),
        meant=quoted(_mended(word)),
        sample=block,
        at_end=at_end,
    )


def _mended(word: bytes) -> str:
    """Return a word of UTF-8 and Windows-1252 mixed, as it is meant."""
    text = ""
    while word:
        try:
            return text + word.decode("utf-8")
        except UnicodeDecodeError as fault:
            stop = fault.start + 1
            text += word[: fault.start].decode() + word[fault.start : stop].decode(
                "cp1252", "replace"
            )
            word = word[stop:]
    return text


def _of_one_byte(sample: bytes) -> str:
    """Return the encoding in which most of the bytes beyond ASCII are French letters."""
    high = bytes(byte for byte in sample if byte >= 0x80)

    def letters(codec: str) -> int:
        return sum(sign in _FRENCH for sign in high.decode(codec, "replace"))

    return max(("cp1252", "cp850", "mac_roman"), key=letters)
