"""What only a walk through the whole text of a file shows."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_OPENINGS = {"<!--": "-->", "<![CDATA[": "]]>", "<?": "?>"}
_OPENING = re.compile("|".join(map(re.escape, _OPENINGS)))
_OVERLAP = 9
"""As many characters as the longest opening has, which may be cut between two pieces."""
_SHOWN = 200
_LINE = 400
_LONGEST_TAG = 8192
"""Characters of a tag that is cut between two pieces."""


class Unclosed(NamedTuple):
    """A comment, a section of CDATA or an instruction that never ends."""

    opening: str
    ending: str
    line: int
    text: str
    """What follows the opening, its beginning."""


def unclosed(pieces: Iterator[str]) -> Unclosed | None:
    """Return what begins and never ends, else None."""
    begun: Unclosed | None = None
    text, line = "", 1
    for piece in pieces:
        text += piece
        at = counted = 0
        while True:
            if begun is None:
                match = _OPENING.search(text, at)
                if match is None:
                    at = max(at, len(text) - _OVERLAP)
                    break
                line += text.count("\n", counted, match.start())
                start = counted = match.end()
                shown = text[start : start + _SHOWN]
                begun = Unclosed(match[0], _OPENINGS[match[0]], line, shown)
                at = start
            end = text.find(begun.ending, at)
            if end < 0:
                at = max(at, len(text) - _OVERLAP)
                break
            at = end + len(begun.ending)
            begun = None
        line += text.count("\n", counted, at)
        text = text[at:]
    return begun


def opened_line(pieces: Iterator[str], raw: str, before: int) -> int:
    """Return the line where the element of a name that is open at a line begins; 0: none is."""
    tag = re.compile(rf"<(/?){re.escape(raw)}(?=[\s/>])[^<>]*?(/?)>")
    lines: list[int] = []
    text, line = "", 1
    for piece in pieces:
        text += piece
        counted = done = 0
        for match in tag.finditer(text):
            line += text.count("\n", counted, match.start())
            counted, done = match.span()
            if line > before:
                return lines[-1] if lines else 0
            if match[1]:
                if lines:
                    lines.pop()
            elif not match[2]:
                lines.append(line)
        rest = text.rfind("<", done)
        if rest < 0 or len(text) - rest > _LONGEST_TAG:
            rest = len(text)
        line += text.count("\n", counted, rest)
        text = text[rest:]
    return lines[-1] if lines else 0


def text_from(pieces: Iterator[str], line: int) -> str:
    """Return the text that begins with a line, a little of it; empty past the end."""
    text, here = "", 1
    for piece in pieces:
        text += piece
        ends = text.count("\n")
        if here + ends >= line:
            at = 0
            for _ in range(line - here):
                at = text.index("\n", at) + 1
            text, here = text[at:], line
            if len(text) >= _LINE:
                break
        else:
            here += ends
            text = ""
    return text[:_LINE] if here == line else ""
