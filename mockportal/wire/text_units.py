"""A text in which one sign stands for each unit that Java counts, and none for markup.

References are resolved, characters beyond U+FFFF, which are two units of UTF-16, stand there twice,
and ``&``, ``<`` and ``>`` of a text are signs that XML forbids: expressions can then check lengths
and find tags. ``restored`` gives the text back.
"""

import re
from functools import lru_cache
from typing import NamedTuple

_FORBIDDEN = b"\xef\xbf"
"""What begins U+FFC0 to U+FFFF, among which are those that XML forbids."""
_STAND_INS = {"&": "\uffc0", "<": "\uffc1", ">": "\uffc8"}
_MEANT = {stands: meant for meant, stands in _STAND_INS.items()}
_WRITTEN = {"\uffc0": "&amp;", "\uffc1": "&lt;", "\uffc8": "&gt;"}
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_FOUR_BYTES = tuple(bytes([first]) for first in range(0xF0, 0xF5))
"""What begins a character beyond U+FFFF."""
_BEYOND = re.compile("[\U00010000-\U0010ffff]")
_TWICE = re.compile("([\U00010000-\U0010ffff])\\1")
_REFERRING = re.compile("(?<=>)[^<>&]*+&[^<>]*+(?=<)")
"""A text with a reference, between two tags: a reference in a tag is none."""
_REFERENCE = re.compile("&[#a-zA-Z0-9]{2,20}+;")
_PARTS = re.compile("&(?:#x([0-9a-fA-F]+)|#([0-9]+)|(amp|lt|gt|quot|apos));")
_SURROGATES, _AFTER_SURROGATES = 0xD800, 0xE000
_FIRST_FORBIDDEN, _BEYOND_BMP, _LAST = 0xFFC0, 0x10000, 0x10FFFF

RARE = 10
"""Bytes for each character beyond U+FFFF, at least: to put many in units takes long."""
_FEW = 30
"""Characters that are looked for one by one."""


class Units(NamedTuple):
    """A text in units; ``altered`` where it is not the text itself."""

    text: str
    altered: bool


def units_of(content: bytes) -> Units | None:
    """Return the units of UTF-8 bytes; None where they may hold what XML forbids.

    None as well where many characters are beyond U+FFFF: no file of people is so.

    A reference to the end of a line, to a control character or to none stays as it is written.
    """
    # A byte alone is found in a fraction of the time that two take.
    if _FORBIDDEN[:1] in content and _FORBIDDEN in content:
        return None
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return None
    beyond = beyond_bmp(content)
    if beyond * RARE > len(content):
        return None
    altered = beyond > 0
    if b"&" in content:
        text, altered = _REFERRING.sub(_resolved, text), True
    return Units(_doubled(text) if altered else text, altered)


def beyond_bmp(content: bytes) -> int:
    """Return how many characters of UTF-8 bytes are beyond U+FFFF."""
    if content.isascii():
        return 0
    return sum(content.count(first) for first in _FOUR_BYTES if first in content)


def restored(text: str) -> str:
    """Return what a value in units says."""
    return _joined(text, _MEANT)


def as_bytes(text: str) -> bytes:
    """Return bytes that say the same as a part of a text in units."""
    return _joined(text, _WRITTEN).encode()


def _joined(text: str, written: dict[str, str]) -> str:
    if text.isascii():
        return text
    for stands, meant in written.items():
        if stands in text:
            text = text.replace(stands, meant)
    chars = _beyond(text)
    if len(chars) > _FEW:
        return _TWICE.sub(lambda char: char[1], text)
    for char in chars:
        text = text.replace(char + char, char)
    return text


def _resolved(text: re.Match[str]) -> str:
    return _REFERENCE.sub(_referred, text[0])


def _referred(reference: re.Match[str]) -> str:
    return _unit_of(reference[0])


@lru_cache(maxsize=2048)
def _unit_of(written: str) -> str:
    """Return what stands for a reference, itself where nothing does."""
    reference = _PARTS.fullmatch(written)
    if reference is None:
        return written
    hexadecimal, decimal, name = reference.groups()
    if name:
        char = _NAMED[name]
    else:
        code = int(hexadecimal, 16) if hexadecimal else int(decimal)
        if not (
            ord(" ") <= code < _SURROGATES
            or _AFTER_SURROGATES <= code < _FIRST_FORBIDDEN
            or _BEYOND_BMP <= code <= _LAST
        ):
            return written
        char = chr(code)
    return _STAND_INS.get(char, char)


def _doubled(text: str) -> str:
    chars = _beyond(text)
    if len(chars) > _FEW:
        return _BEYOND.sub(lambda char: 2 * char[0], text)
    for char in chars:
        text = text.replace(char, char + char)
    return text


def _beyond(text: str) -> set[str]:
    return {char for char in set(text) if char > "\uffff"}
