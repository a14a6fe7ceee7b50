"""Where libxml2 and Java surely read alike, so that a « good » of the fast one can be believed.

Each thing named here is one that the two are known to see differently, or that nobody has compared
(``tests/oracle`` compares). Being too careful costs time, never the right verdict.
"""

import re

from mockportal.wire.cutting import nil_alone
from mockportal.wire.text_units import RARE, beyond_bmp

_FOUR_BYTES = tuple(bytes([first]) for first in range(0xF0, 0xF5))
"""What begins a character that Java counts as two and libxml2 as one."""
_BEYOND = re.compile(
    rb"\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
_TWO = "\ue000\ue000".encode()
"""Signs that are of no name, as the one that they stand for."""
_LARGE_REFERENCE = re.compile(rb"&#(?:x[0-9a-fA-F]{5}|[0-9]{5})")
"""A reference to such a character, perhaps."""
_ODD_ATTRIBUTE = re.compile(rb"(?:type|[lL]ocation)\s*=")
"""``xsi:type``, and places of schemas: libxml2 would follow them, Java's validator does not."""

_TWO_ATTRIBUTES = re.compile(rb"<[^<>=]*=[^<>=]*=")
"""Perhaps the same one twice under two prefixes: libxml2 keeps silent about that."""


_MANY_REFERENCES = 1000
"""In one value: libxml2 puts it together anew at each, so that time grows with their square."""


def as_java_counts(content: bytes) -> bytes:
    """Return bytes of which libxml2 says what it says of these, but for the length of values.

    It then counts two signs for each character beyond U+FFFF, as Java does. Where those are many,
    they stay: libxml2 takes long over what Java refuses.
    """
    beyond = beyond_bmp(content)
    return _BEYOND.sub(_TWO, content) if 0 < beyond * RARE <= len(content) else content


def surely_read_alike(content: bytes) -> bool:
    """Return whether libxml2 and Java surely give the same verdict on these bytes."""
    if not content.isascii() and any(first in content for first in _FOUR_BYTES):
        return False
    if b"#" in content and _LARGE_REFERENCE.search(content):
        return False
    if _many_references(content):
        return False
    return nil_alone(content) or not (
        _ODD_ATTRIBUTE.search(content) or _TWO_ATTRIBUTES.search(content)
    )


def _many_references(content: bytes) -> bool:
    return content.count(b"&") > _MANY_REFERENCES and any(
        part.count(b"&") > _MANY_REFERENCES for part in content.split(b"<")
    )
