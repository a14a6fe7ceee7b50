"""The change to a file that an advice proposes: what a person writes, and what a test applies."""

from dataclasses import dataclass
from enum import Enum, auto

_REFERENCES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
XSI = "http://www.w3.org/2001/XMLSchema-instance"


class ChangeKind(Enum):
    """What to do with the faulty element, or with the one around it that ``Change.around`` names.

    ``Change.text`` is what to write; where nothing is told of it here, it is empty.
    """

    VALUE = auto()
    """Write ``text`` between its tags, in the place of all that stands there."""
    NIL = auto()
    """Write it as an unknown value; ``text`` is the whole element."""
    RENAME = auto()
    """Give it the name ``text``; what it holds stays."""
    REMOVE = auto()
    REPLACE = auto()
    """Write ``text``, which is XML, in its place."""
    INSERT = auto()
    """Write ``text``, which is XML, before its end tag."""
    MOVE = auto()
    """Put it into ``text``, the nearest element of that name; remove it where it is there."""
    WRAP = auto()
    """Put the elements around it whose names ``text`` gives, from the outside inwards."""
    ENCLOSE = auto()
    """Put the element ``text`` around all that it holds."""
    UNWRAP = auto()
    """Keep the text that it holds, without the tags within."""
    CLEAR = auto()
    """Remove the text that stands between the elements that it holds."""
    JOIN = auto()
    """Put what it holds at the end of the one of the same name before it."""
    REMOVE_ATTRIBUTE = auto()
    """Remove the attribute ``text``."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change to one element of a file."""

    kind: ChangeKind
    text: str = ""
    around: str = ""
    """The local name of the element that it is about, one around the faulty one; empty: itself."""
    shown: str = ""
    """What a person reads of it: the text to write; empty where nothing is to be written."""
    to_complete: bool = False
    """It holds an example where only the person's own value is right."""


def escaped(text: str) -> str:
    """Return a text as it stands between two tags."""
    return "".join(_REFERENCES.get(sign, sign) for sign in text)


@dataclass(frozen=True, slots=True)
class Tags:
    """How one file writes its tags."""

    prefix: str = "cpf"
    xsi: str = "xsi"

    def name(self, local: str) -> str:
        """Return the name of an element with the file's prefix."""
        return f"{self.prefix}:{local}" if self.prefix else local

    def leaf(self, local: str, value: str) -> str:
        """Return an element with a value."""
        name = self.name(local)
        return f"<{name}>{escaped(value)}</{name}>"

    def nil(self, local: str) -> str:
        """Return an element whose value is unknown, with the declaration that the file lacks."""
        if self.xsi:
            return f'<{self.name(local)} {self.xsi}:nil="true"/>'
        return f'<{self.name(local)} xmlns:xsi="{XSI}" xsi:nil="true"/>'

    def around(self, local: str, *inner: str) -> str:
        """Return an element that holds others."""
        name = self.name(local)
        return f"<{name}>{''.join(inner)}</{name}>"
