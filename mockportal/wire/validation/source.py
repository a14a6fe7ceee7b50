"""A window that slides over the text of a file, and the places in it as Java counts them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

from mockportal.wire.validation.simple_types import utf16_length


class MalformedError(Exception):
    """The file is not well-formed: where reading stops, and why."""

    def __init__(self, line: int, column: int, message: str) -> None:
        """Take a 1-based place and Java's text."""
        super().__init__(message)
        self.line = line
        self.column = column
        self.message = message


class UnreadableError(Exception):
    """The next bytes of the file are no text in its encoding."""

    def __init__(self, message: str, *, placed: bool = True) -> None:
        """Take Java's text; ``placed``: Java says where its reader stands, before these bytes."""
        super().__init__(message)
        self.message = message
        self.placed = placed
        self.follows_line = False
        """They follow a line that ends with two characters: Java has passed over both."""


@dataclass(frozen=True, slots=True)
class Omitted:
    """A part of a file that nobody reads; its text is gone through to know its size."""

    text: Iterator[str]
    elements: int
    """How many whole elements it holds, those within them not counted."""


class Source:
    """Text at hand in ``text``, read up to ``pos``.

    Lines end with a line feed, or with a carriage return that is alone. Java counts such a
    carriage return once too often: the columns of the line after it are one too small, save
    where white space is passed over between the parts of markup.
    """

    def __init__(self, pieces: Iterator[str | Omitted], place: tuple[int, int] = (1, 1)) -> None:
        """Take the decoded text and where it begins; the iterator may raise UnreadableError."""
        self.text = ""
        self.pos = 0
        self.spaces_end = 0
        """Where the white space that was passed over last ends."""
        self.omissions: list[tuple[int, int]] = []
        """Parts left out that are not counted yet: offsets in ``text``, and their elements."""
        self._passed = -1
        """Where the last part that is counted was left out: what is there comes after it."""
        self._pieces = pieces
        self._place = place
        self._jumps: list[tuple[int, tuple[int, int]]] = []
        """Offsets in ``text`` before which a part of the file is left out, and places there."""

    def more(self) -> bool:
        """Forget what is read and add a piece; False at the end of the file.

        Raises MalformedError where the next bytes are no text.
        """
        try:
            piece = next(self._pieces, "")
            while isinstance(piece, Omitted):
                self._omit(piece)
                piece = next(self._pieces, "")
        except UnreadableError as fault:
            at = self.pos if fault.placed and not fault.follows_line else len(self.text)
            line, column = self.place(at)
            raise MalformedError(line, column, fault.message) from None
        if not piece:
            return False
        self._place = self.place(self.pos)
        self._jumps = [(at - self.pos, place) for at, place in self._jumps if at >= self.pos]
        self.omissions = [(at - self.pos, elements) for at, elements in self.omissions]
        self._passed -= self.pos
        self.text = self.text[self.pos :] + piece
        self.spaces_end = max(self.spaces_end - self.pos, 0)
        self.pos = 0
        return True

    def _omit(self, omitted: Omitted) -> None:
        """Leave out a part of the file; what follows it is placed as if it had been read."""
        end = len(self.text)
        place = self.place(end)
        if self._jumps and self._jumps[-1][0] == end:
            place = self._jumps.pop()[1]
        for piece in omitted.text:
            place = _advanced(place, piece, 0)
        self._jumps.append((end, place))
        self.omissions.append((end, omitted.elements))

    def count_omissions(self) -> int:
        """Return how many elements were left out just before the place where reading stands."""
        elements = 0
        while self.omissions and self.omissions[0][0] <= self.pos:
            self._passed, count = self.omissions.pop(0)
            elements += count
        return elements

    def has(self, count: int) -> bool:
        """Return whether ``count`` more characters are there."""
        while len(self.text) - self.pos < count:
            if not self.more():
                return False
        return True

    def peek(self) -> str:
        """Return the next character, an empty string at the end of the file."""
        if self.pos < len(self.text) or self.more():
            return self.text[self.pos]
        return ""

    def skip(self, wanted: str) -> bool:
        """Pass over ``wanted`` when it comes next, whole."""
        if not self.has(len(wanted)) or not self.text.startswith(wanted, self.pos):
            return False
        self.pos += len(wanted)
        return True

    def place(self, at: int) -> tuple[int, int]:
        """Return the line and the column, in UTF-16 units, of an offset in ``text``."""
        base, place = 0, self._place
        for jump, landing in self._jumps:
            if jump < at or jump == at == self._passed:
                base, place = jump, landing
        return _advanced(place, self.text[base:at], self.spaces_end - base)

    def fail(self, message: str) -> NoReturn:
        """Raise MalformedError at the place where reading stands."""
        line, column = self.place(self.pos)
        raise MalformedError(line, column, message)


def _advanced(place: tuple[int, int], text: str, spaces_end: int) -> tuple[int, int]:
    """Return the place after a text that begins at ``place``."""
    line, column = place
    newlines = text.count("\n") + text.count("\r")
    if not newlines:
        return line, column + utf16_length(text)
    start = max(text.rfind("\n"), text.rfind("\r")) + 1
    column = 1
    if start > spaces_end:
        last = text[max(start - 1000, 0) : start]
        column -= last[len(last.rstrip("\r\n")) :].count("\r")
    return line + newlines, column + utf16_length(text[start:])
