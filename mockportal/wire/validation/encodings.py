"""The encoding of a file: what its first bytes show, and what its XML declaration makes of it.

Java's XML reader has readers of its own, which stop at what is no text; they are named here as
Python's codecs are. For all other encodings it takes Java's decoders, which stop at nothing; they
are named by their charset. The very name UTF-8, in whatever case, means its own reader, UTF8 does
not; so do the names of ASCII in its own table.
"""

import codecs
from typing import NamedTuple

from mockportal.wire.validation import faults
from mockportal.wire.validation.charsets import charset_called, charset_named, is_charset
from mockportal.wire.validation.decoders import Decoder, Ucs, decoder_of
from mockportal.wire.validation.messages import Message, worded

BOM_UTF8 = b"\xef\xbb\xbf"
_EBCDIC = "IBM037"
_STARTS = (
    (BOM_UTF8, 3, "utf-8"),
    (b"\xfe\xff", 2, "utf-16-be"),
    (b"\xff\xfe", 2, "utf-16-le"),
    (b"\x00\x00\x00<", 0, "utf-32-be"),
    (b"<\x00\x00\x00", 0, "utf-32-le"),
    (b"\x00<\x00?", 0, "utf-16-be"),
    (b"<\x00?\x00", 0, "utf-16-le"),
    (b"\x4c\x6f\xa7\x94", 0, _EBCDIC),
)
_OF_TWO_BYTES = {"utf-16-be": "UTF-16BE", "utf-16-le": "UTF-16LE"}
"""The encodings that the first bytes show, and the name by which Java keeps them."""
_OF_FOUR_BYTES = ("utf-32-be", "utf-32-le")
_ERRORS = dict.fromkeys(_OF_TWO_BYTES, "surrogatepass")
_UCS_2 = ("ucs-2-be", "ucs-2-le")
_ORDER_LENGTH = len("-be")


class EncodingError(Exception):
    """A file declares an encoding that Java does not take."""

    def __init__(self, template: str, encoding: str) -> None:
        """Take what Java says, and of which name."""
        super().__init__(template)
        self.message: Message = worded(template, encoding=encoding)


class Detected(NamedTuple):
    """What the first bytes show."""

    codec: str
    mark: int
    """The length of the byte-order mark."""


def detected(start: bytes) -> Detected:
    """Return the encoding that the first bytes of a file show: UTF-8 unless they say otherwise."""
    for first, mark, codec in _STARTS:
        if start.startswith(first):
            return Detected(codec, mark)
    return Detected("utf-8", 0)


def width_of(codec: str) -> int:
    """Return how many bytes a character of ASCII has."""
    if codec in _OF_FOUR_BYTES:
        return 4
    return 2 if codec in _OF_TWO_BYTES else 1


def declared_codec(name: str, shown: str, *, newer: bool = False) -> str:
    """Return the encoding that a declared name means; raises EncodingError where Java knows none.

    ``shown`` is the encoding that the first bytes show. ``newer``: the file is XML 1.1, where the
    names of the XML reader's own table count alone.
    """
    upper = name.upper()
    if upper == "UTF-8":
        return "utf-8"
    if shown in _OF_TWO_BYTES and (upper == "UTF-16" or name == _OF_TWO_BYTES[shown]):
        return shown
    if upper in ("ISO-10646-UCS-2", "ISO-10646-UCS-4"):
        return _in_order(name, shown)
    charset = charset_called(name, of_xml=True)
    if charset and charset.name == "US-ASCII":
        return "ascii"
    charset = charset or charset_called(name, of_xml=newer)
    if charset is None:
        raise EncodingError(faults.ENCODING_INVALID if newer else faults.ENCODING_UNKNOWN, name)
    if not charset.is_known:
        raise EncodingError(faults.ENCODING_UNKNOWN, charset.name)
    return charset.name


def _in_order(name: str, shown: str) -> str:
    """Return the encoding of two or four bytes in the order that the first bytes show."""
    if shown in _OF_FOUR_BYTES and name == "ISO-10646-UCS-4":
        return shown
    if shown not in _OF_TWO_BYTES:
        raise EncodingError(faults.BYTE_ORDER_UNKNOWN, name)
    return ("utf-32" if name.endswith("4") else "ucs-2") + shown[-_ORDER_LENGTH:]


def decoder_for(codec: str) -> Decoder:
    """Return what reads an encoding and stops at nothing: what is no text is U+FFFD."""
    if is_charset(codec):
        return decoder_of(charset_named(codec))
    if codec in _OF_FOUR_BYTES or codec in _UCS_2:
        return Ucs(2 if codec in _UCS_2 else 4, big=codec.endswith("-be"))
    return codecs.getincrementaldecoder(codec)("replace")


def text_in(shown: str, content: bytes) -> str:
    """Return the text of bytes in an encoding that the first bytes of a file show."""
    if shown == _EBCDIC:
        return decoder_for(shown).decode(content)
    return content.decode(shown, _ERRORS.get(shown, "replace"))


def length_in(shown: str, text: str) -> int:
    """Return how many bytes such a text has."""
    if shown == _EBCDIC:
        return len(text)
    return len(text.encode(shown, _ERRORS.get(shown, "replace")))
