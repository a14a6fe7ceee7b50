"""Where libxml2 and Java surely read alike, so that a « good » of the fast one can be believed.

Each thing named here is one that the two are known to see differently, or that nobody has compared
(``tests/oracle`` compares). Being too careful costs time, never the right verdict.
"""

import re

from mockportal.wire.cutting import nil_alone

_FOUR_BYTES = tuple(bytes([first]) for first in range(0xF0, 0xF5))
"""What begins a character that Java counts as two and libxml2 as one."""
_LARGE_REFERENCE = re.compile(rb"&#(?:x[0-9a-fA-F]{5}|[0-9]{5})")
"""A reference to such a character, perhaps."""
_ODD_ATTRIBUTE = re.compile(rb"(?:type|[lL]ocation)\s*=")
"""``xsi:type``, and places of schemas: libxml2 would follow them, Java's validator does not."""

_TWO_ATTRIBUTES = re.compile(rb"<[^<>=]*=[^<>=]*=")
"""Perhaps the same one twice under two prefixes: libxml2 keeps silent about that."""


def surely_read_alike(content: bytes) -> bool:
    """Return whether libxml2 and Java surely give the same verdict on these bytes."""
    if not content.isascii() and any(first in content for first in _FOUR_BYTES):
        return False
    if b"#" in content and _LARGE_REFERENCE.search(content):
        return False
    return nil_alone(content) or not (
        _ODD_ATTRIBUTE.search(content) or _TWO_ATTRIBUTES.search(content)
    )
