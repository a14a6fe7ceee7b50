"""Decoders that read as Java's do: what is no text in the charset becomes U+FFFD."""

import codecs
import re
from typing import Protocol

from mockportal.wire.validation.charsets import NO_CHARACTER, Charset, table_of
from mockportal.wire.validation.iso2022 import Iso2022
from mockportal.wire.validation.multibyte import Gb18030, OneByte, Sequences, Shifts

_HALF_PAIR = re.compile("[\ud800-\udbff]([^\ud800-\udbff]?)|[\ud800-\udfff]", re.DOTALL)
_HIGH_HALF = re.compile("[\ud800-\udbff]$")
_UTF_MARKS = {
    "utf-16": {b"\xfe\xff": "utf-16-be", b"\xff\xfe": "utf-16-le"},
    "utf-32": {b"\x00\x00\xfe\xff": "utf-32-be", b"\xff\xfe\x00\x00": "utf-32-le"},
}
_HALVES = "mockportal.halves"
_SURROGATES = range(0xD800, 0xE000)
_HALF_IN_UTF8 = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]?")
_HALF_BEGUN = re.compile(rb"\xed[\xa0-\xbf]?$")


class Decoder(Protocol):
    """Turns bytes that come in blocks into text."""

    def decode(self, data: bytes, final: bool = False) -> str:
        """Return the text of what can be read so far; ``final``: nothing follows."""


def decoder_of(charset: Charset) -> Decoder:
    """Return what reads a charset."""
    if charset.kind == "single":
        return OneByte(table_of(charset))
    if charset.kind in ("pairs", "sequences"):
        return Sequences(table_of(charset), anew=charset.kind == "pairs")
    if charset.kind == "gb18030":
        return Gb18030(table_of(charset))
    if charset.kind == "shifts":
        return Shifts(table_of(charset))
    if charset.kind == "escapes":
        return Iso2022(*charset.details)
    if charset.kind == "codec":
        return codecs.getincrementaldecoder(charset.details[0])("replace")
    if charset.kind == "utf-8":
        return _Utf8()
    return _Utf(charset.kind, *charset.details)


class _Utf8:
    """UTF-8 as ``java.nio.charset`` reads it, not the XML reader: nothing stops it."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = b""

    def decode(self, data: bytes, final: bool = False) -> str:
        data = self._rest + data
        begun = None if final else _HALF_BEGUN.search(data)
        self._rest = begun[0] if begun else b""
        # Half of a surrogate pair is one fault for Java: 0xFF is one, too, whatever surrounds it.
        whole = _HALF_IN_UTF8.sub(b"\xff", data[: len(data) - len(self._rest)])
        return self._decoder.decode(whole, final)


class _Utf:
    """UTF-16 and UTF-32, in an order of bytes or in that which a mark tells.

    ``marks``: those that are no text at the start, « both », that of its « own » order, or none.
    """

    def __init__(self, codec: str, order: str, marks: str = "") -> None:
        self._codec = f"{codec}-{order}"
        known = _UTF_MARKS[codec].items() if marks else ()
        self._marks = {m: named for m, named in known if marks == "both" or named == self._codec}
        self._start = b""
        self._decoder: codecs.IncrementalDecoder | None = None
        self._rest = ""

    def decode(self, data: bytes, final: bool = False) -> str:
        if self._decoder is None:
            data = self._start + data
            length = max(map(len, self._marks), default=0)
            if len(data) < length and not final:
                self._start = data
                return ""
            codec = self._marks.get(data[:length])
            data = data[length:] if codec else data
            errors = _HALVES if self._codec.startswith("utf-32") else "surrogatepass"
            self._decoder = codecs.getincrementaldecoder(codec or self._codec)(errors)
        text = self._rest + self._decoder.decode(data)
        if final and self._decoder.getstate()[0]:
            text += NO_CHARACTER
        if self._codec.startswith("utf-32"):
            return text
        begun = None if final else _HIGH_HALF.search(text)
        self._rest = begun[0] if begun else ""
        return _HALF_PAIR.sub(_no_pair, text[: len(text) - len(self._rest)])


class Ucs:
    """ISO 10646 as the XML reader's own reader has it: the last 16 bits of each unit."""

    def __init__(self, size: int, *, big: bool) -> None:
        """Take the bytes of a unit, and whether the first is the highest."""
        self._size = size
        self._low = slice(size - 2, size) if big else slice(0, 2)
        self._decoder = codecs.getincrementaldecoder("utf-16-be" if big else "utf-16-le")(
            "surrogatepass"
        )
        self._rest = b""

    def decode(self, data: bytes, final: bool = False) -> str:
        """Return the text of what can be read so far; ``final``: nothing follows."""
        data = self._rest + data
        if final:
            data += bytes(-len(data) % self._size)
        stop = len(data) - len(data) % self._size
        self._rest = data[stop:]
        low = bytearray(stop // self._size * 2)
        low[0::2] = data[self._low.start : stop : self._size]
        low[1::2] = data[self._low.start + 1 : stop : self._size]
        return self._decoder.decode(bytes(low), final)


def _half_or_none(error: UnicodeError) -> tuple[str, int]:
    """Return half of a surrogate pair as it is, which Java does not look at in UTF-32."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    unit = error.object[error.start : error.end]
    code = int.from_bytes(unit, "little" if error.encoding.endswith("le") else "big")
    return chr(code) if code in _SURROGATES else NO_CHARACTER, error.end


codecs.register_error(_HALVES, _half_or_none)


def _no_pair(half: re.Match[str]) -> str:
    # Java takes what follows a first half as its second one, half of a pair if there is one.
    return NO_CHARACTER * 2 if (half[1] or "") > "\uffff" else NO_CHARACTER
