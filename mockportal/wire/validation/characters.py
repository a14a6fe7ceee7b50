"""Which characters XML allows: in a document, and in names."""

import re
from functools import lru_cache
from xml.parsers import expat

INVALID = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
"""Characters that no document may hold, as the inside of a class of a regular expression."""
NEWER_INVALID = INVALID + "\x7f-\x9f"
"""Those that no document of XML 1.1 may hold as they are (U+0085 ends a line, and is none here)."""
MAYBE_INVALID = INVALID + "\r\x7f-\x9f"
"""The same, with those that only XML 1.1 refuses, and ends of lines that want care."""
PLAIN_NAME = r"[A-Za-z_][A-Za-z0-9_.\-]*"
"""A name without colon, in the letters that nearly all files use."""

_NEWER_START = (
    "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
"""What a name of XML 1.1 may begin with, a colon aside."""
_NEWER_NAME = re.compile(f"[:{_NEWER_START}][:{_NEWER_START}0-9.\\-\xb7\u0300-\u036f\u203f\u2040]*")
_CANDIDATE = re.compile("[A-Za-z0-9_.:\\-\x80-\uffff]+")
_LAST_ASCII = "\x7f"


def invalid(*, newer: bool) -> str:
    """Return which characters no document of XML 1.0, or 1.1, may hold."""
    return NEWER_INVALID if newer else INVALID


@lru_cache(maxsize=4096)
def _is_name(name: str) -> bool:
    parser = expat.ParserCreate()
    try:
        parser.Parse(f"<{name}/>".encode("utf-8", "replace"), True)
    except expat.ExpatError:
        return False
    return True


def starts_name(char: str, *, newer: bool = False) -> bool:
    """Return whether a name may begin with this character; a colon is one of them."""
    if char <= _LAST_ASCII:
        return char.isalpha() or char in ("_", ":")
    if newer:
        return bool(_NEWER_NAME.match(char)) or begins_no_name(char)
    return _is_name(char)


def begins_no_name(char: str) -> bool:
    """Return whether a name of XML 1.1 seems to begin with this character, and none is read then.

    A colon, or the first half of a surrogate pair without the second.
    """
    return char == ":" or "\ud800" <= char <= "\udb7f"


def name_end(text: str, start: int, *, newer: bool = False) -> int:
    """Return where the name that begins at ``start`` ends: ``start`` itself when none does."""
    match = (_NEWER_NAME if newer else _CANDIDATE).match(text, start)
    if match is None or not starts_name(text[start], newer=newer):
        return start
    end = match.end()
    if not newer and not text[start:end].isascii():
        for at in range(start, end):
            if text[at] > _LAST_ASCII and not _is_name("a" + text[at]):
                return at
    return end


def is_valid_code(code: int, *, newer: bool = False) -> bool:
    """Return whether a numeric reference may stand for this character."""
    if code < 0x20 and newer:
        return code > 0
    if code < 0x20:
        return code in (0x9, 0xA, 0xD)
    return code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF and code not in (0xFFFE, 0xFFFF)


def utf16_length(text: str) -> int:
    """Return the length that Java sees: characters beyond U+FFFF count twice."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
