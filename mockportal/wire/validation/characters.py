"""Which characters XML 1.0 allows: in a document, and in names."""

import re
from functools import lru_cache
from xml.parsers import expat

INVALID = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
"""Characters that no document may hold, as the inside of a class of a regular expression."""
MAYBE_INVALID = INVALID + "\r\x7f-\x9f"
"""The same, with those that only XML 1.1 refuses, and ends of lines that want care."""
PLAIN_NAME = r"[A-Za-z_][A-Za-z0-9_.\-]*"
"""A name without colon, in the letters that nearly all files use."""

_CANDIDATE = re.compile("[A-Za-z0-9_.:\\-\x80-\uffff]+")
_LAST_ASCII = "\x7f"


@lru_cache(maxsize=4096)
def _is_name(name: str) -> bool:
    parser = expat.ParserCreate()
    try:
        parser.Parse(f"<{name}/>".encode("utf-8", "replace"), True)
    except expat.ExpatError:
        return False
    return True


def starts_name(char: str) -> bool:
    """Return whether a name may begin with this character; a colon is one of them."""
    if char <= _LAST_ASCII:
        return char.isalpha() or char in ("_", ":")
    return _is_name(char)


def name_end(text: str, start: int, *, colons: bool) -> int:
    """Return where the name that begins at ``start`` ends: ``start`` itself when none does."""
    match = _CANDIDATE.match(text, start)
    if match is None or not starts_name(text[start]) or (text[start] == ":" and not colons):
        return start
    end = match.end()
    if not colons:
        colon = text.find(":", start, end)
        end = colon if colon >= 0 else end
    if not text[start:end].isascii():
        for at in range(start, end):
            if text[at] > _LAST_ASCII and not _is_name("a" + text[at]):
                return at
    return end


def is_valid_code(code: int) -> bool:
    """Return whether a numeric reference may stand for this character."""
    if code < 0x20:
        return code in (0x9, 0xA, 0xD)
    return code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF and code not in (0xFFFE, 0xFFFF)
