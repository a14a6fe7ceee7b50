"""Java's charsets: which of them a name in an XML declaration means, and how each is read.

``charsets.txt`` holds a line for each: Java's name, how it is read, the names that the XML reader's
own table has for it, which are all that XML 1.1 may use, and those that it has in Java besides. How
it is read: a kind, the codec of Python that is nearest, and where that differs. All are facts about
a JDK 17, asked for by ``tests/oracle/charsets.py``.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

_KEPT = Path(__file__).with_name("charsets.txt")
NO_CHARACTER = "\ufffd"
_FIRST_OF_PAIRS = 0x80
"""From here on, bytes begin the pairs of Python's codecs."""


class Charset(NamedTuple):
    """A charset, and how it is read."""

    name: str
    """Java's own for it."""
    kind: str
    """How its bytes make characters; « unknown »: it has a name alone."""
    details: tuple[str, ...]

    @property
    def is_known(self) -> bool:
        """Whether Java reads it."""
        return self.kind != "unknown"


class Table(NamedTuple):
    """What bytes mean."""

    codec: str
    singles: str
    """The characters of the 256 bytes; U+FFFD: none."""
    sequences: Mapping[bytes, str]
    """Those of sequences that the codec reads otherwise."""
    lengths: Mapping[int, int]
    """The bytes that begin a sequence, and how long that is."""

    def read(self, sequence: bytes) -> str:
        """Return the character of a sequence, U+FFFD if it has none."""
        text = self.sequences.get(sequence)
        return read_by(self.codec, sequence) if text is None else text


@lru_cache(maxsize=1)
def _charsets() -> tuple[Mapping[str, Charset], ...]:
    """Return the charsets by their own names, and in lower case by those of XML and of Java."""
    by_name: tuple[dict[str, Charset], ...] = ({}, {}, {})
    for line in _KEPT.read_text(encoding="utf-8").splitlines():
        name, form, *names = line.split("\t")
        kind, *details = form.split(" ")
        charset = Charset(name, kind, tuple(details))
        by_name[0][name] = charset
        for charsets, called in zip(by_name[1:], names, strict=False):
            charsets.update(dict.fromkeys(called.split(" "), charset))
    return by_name


def charset_called(name: str, *, of_xml: bool) -> Charset | None:
    """Return the charset of a name; ``of_xml``: those that Java alone knows are none."""
    _, in_xml, in_java = _charsets()
    lower = name.lower()
    return in_xml.get(lower) or (None if of_xml else in_java.get(lower))


def is_charset(name: str) -> bool:
    """Return whether a charset has this very name of its own."""
    return name in _charsets()[0]


def charset_named(name: str) -> Charset:
    """Return the charset that has this very name of its own."""
    return _charsets()[0][name]


def read_by(codec: str, sequence: bytes) -> str:
    """Return what a codec of Python has for one byte, or for several that are one character."""
    if len(sequence) > 1 and sequence[0] < _FIRST_OF_PAIRS:
        return NO_CHARACTER
    try:
        return sequence.decode(codec)
    except UnicodeDecodeError:
        return NO_CHARACTER


@lru_cache(maxsize=16)
def table_of(charset: Charset) -> Table:
    """Return the table of a charset that has one."""
    codec, *details = charset.details
    lengths = {}
    if charset.kind in ("pairs", "sequences"):
        for bounds in details.pop(0).split(","):
            span, _, length = bounds.partition("/")
            first, last = span.split("-")
            lengths.update(
                dict.fromkeys(range(int(first, 16), int(last, 16) + 1), int(length or 2))
            )
    changed = {}
    for difference in details:
        span, _, points = difference.partition(":")
        first, _, last = span.partition("-")
        start = int(first, 16)
        for number in range(start, int(last or first, 16) + 1):
            changed[number.to_bytes(len(first) // 2)] = _characters(points, number - start)
    singles = [changed.get(bytes((byte,))) or read_by(codec, bytes((byte,))) for byte in range(256)]
    return Table(codec, "".join(singles), changed, lengths)


def _characters(points: str, distance: int) -> str:
    """Return the characters of these code points, the only one moved on by a distance."""
    if not points:
        return NO_CHARACTER
    first, *others = (int(point, 16) for point in points.split("+"))
    return "".join(map(chr, (first + distance, *others)))
