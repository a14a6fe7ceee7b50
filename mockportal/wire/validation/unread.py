"""What Java leaves unread where a file ends within a comment, a CDATA section or an instruction.

Java reads such text a line at a time, and wants at least as many characters as the delimiter has
before it goes on. So the last few characters before the end of the file, or before bytes that are
no text, stay unread when an end of a line is among them: they are columns, and no line.
"""

import re

_BEYOND_BMP = re.compile("[\U00010000-\U0010ffff]")
_ENDS = "\r\n"
_NEWER_ENDS = "\r\n\x85\u2028"


def unread(tail: str, delimiter: str, *, begins: bool, newer: bool) -> str:
    """Return the end of ``tail`` that stays unread, in UTF-16 units.

    ``tail`` are the last characters, their ends of lines as they are; ``begins``: with them begins
    the text that the delimiter ends.
    """
    units = _BEYOND_BMP.sub(lambda pair: _halves(pair[0]), tail)
    ends = _NEWER_ENDS if newer else _ENDS
    least = len(delimiter) + newer  # for XML 1.1, Java wants one more
    at, count = 0, len(units)
    while at < count:
        if count - at < least and (begins or units[at] in ends):
            return units[at:]
        if units[at] in ends:
            at = _after_ends(units, at, ends, newer=newer)
            begins = False
            if at == count - 1:
                return units[at:]
        elif count - at < len(delimiter) and delimiter.startswith(units[at:]):
            return units[at:]
        else:
            begins = "\ud800" <= units[at] <= "\udbff"  # after such a pair, Java begins anew
            at += 1 + (begins or skips_bracket(units, at, delimiter, newer=newer))
    return ""


def skips_bracket(text: str, at: int, delimiter: str, *, newer: bool) -> bool:
    """Return whether Java takes two brackets at once: in XML 1.1, it looks at each but once."""
    return newer and delimiter == "]]>" and text.startswith("]]", at)


def _after_ends(units: str, at: int, ends: str, *, newer: bool) -> int:
    """Return where the ends of lines stop that Java passes over at once."""
    pairs = ("\r\n", "\r\x85") if newer else ("\r\n",)
    while True:
        at += 2 if units.startswith(pairs, at) else 1
        if at >= len(units) - 1 or units[at] not in ends:
            return at


def _halves(char: str) -> str:
    code = ord(char) - 0x10000
    return chr(0xD800 + (code >> 10)) + chr(0xDC00 + (code & 0x3FF))


def with_line_ends(units: str) -> str:
    """Return such a text as ``pieces`` gives it: ends of lines are one character, no pair is."""
    text = units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return text.replace("\r\n", "\n").replace("\r\x85", "\n")
