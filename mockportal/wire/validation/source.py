"""A window that slides over the text of a file, and the places in it as Java counts them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

from mockportal.wire.validation.characters import utf16_length
from mockportal.wire.validation.messages import Message, worded


class MalformedError(Exception):
    """The file is not well-formed: where reading stops, and why."""

    def __init__(self, line: int, column: int, message: Message) -> None:
        """Take a 1-based place and what Java says."""
        super().__init__(message.template)
        self.line = line
        self.column = column
        self.message = message


class UnreadableError(Exception):
    """The next bytes of the file are no text in its encoding."""

    def __init__(self, message: Message, *, placed: bool = True) -> None:
        """Take what Java says; ``placed``: where its reader stands, before these bytes."""
        super().__init__(message.template)
        self.message = message
        self.placed = placed
        self.tail = ""
        """The last characters before them, with the ends of lines as they are."""

    @property
    def follows_line(self) -> bool:
        """Whether they follow a line that ends with two characters: Java has passed over both."""
        return self.tail.endswith("\r\n")


@dataclass(frozen=True, slots=True)
class Omitted:
    """A part of a file that nobody reads; its text is gone through to know its size."""

    text: Iterator[str]
    elements: int
    """How many whole elements it holds, those within them not counted."""


class Source:
    """Text at hand in ``text``, read up to ``pos``.

    ``newer``: it is read by the rules of XML 1.1.

    Lines end with a line feed, or with a carriage return that is alone. Java counts such a
    carriage return once too often: the columns of the line after it are one too small, save
    where white space is passed over between the parts of markup.
    """

    def __init__(
        self,
        pieces: Iterator[str | Omitted],
        place: tuple[int, int] = (1, 1),
        *,
        newer: bool = False,
    ) -> None:
        """Take the decoded text and where it begins; the iterator may raise UnreadableError."""
        self.newer = newer
        self.text = ""
        self.pos = 0
        self.spaces_end = 0
        """Where the white space that was passed over last ends."""
        self.tail = ""
        """At the end of the file, its last characters with the ends of lines as they are."""
        self.portion = ""
        """At the end of the file, the beginning of the last portion that Java has read of it."""
        self._forgiven = -1
        """Where the last character of all stands, if the end of a line stands before it."""
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
            return self.extend()
        except UnreadableError as fault:
            raise self.unreadable(fault) from None

    def unreadable(self, fault: UnreadableError) -> MalformedError:
        """Return the error that the next bytes are no text, with its place."""
        passed = fault.follows_line and self.pos == len(self.text) - 1
        at = len(self.text) if passed or not fault.placed else self.pos
        line, column = self.place(at)
        return MalformedError(line, column, fault.message)

    def extend(self) -> bool:
        """Do as ``more``, but raise UnreadableError, and nothing is forgotten then."""
        try:
            piece = next(self._pieces)
            while isinstance(piece, Omitted):
                self._omit(piece)
                piece = next(self._pieces)
        except StopIteration as end:
            if end.value:
                self.tail, self.portion = end.value
            self._forgive_return()
            return False
        except UnreadableError:
            self._forgive_return()
            raise
        self._place = self.place(self.pos)
        self._jumps = [(at - self.pos, place) for at, place in self._jumps if at >= self.pos]
        self.omissions = [(at - self.pos, elements) for at, elements in self.omissions]
        self._passed -= self.pos
        self.text = self.text[self.pos :] + piece
        self.spaces_end = max(self.spaces_end - self.pos, 0)
        self.pos = 0
        return True

    def _forgive_return(self) -> None:
        """Let carriage returns before the last character of all count once, as Java has it."""
        if self.text.endswith(("\r", "\n"), 0, -1):
            self._forgiven = len(self.text) - 1

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
        spaces_end = at if 0 <= self._forgiven <= at else self.spaces_end
        return _advanced(place, self.text[base:at], spaces_end - base)

    def fail(self, template: str, **facts: str) -> NoReturn:
        """Raise MalformedError at the place where reading stands."""
        line, column = self.place(self.pos)
        raise MalformedError(line, column, worded(template, **facts))


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
