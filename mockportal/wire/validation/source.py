"""A window that slides over the text of a file, and the places in it as Java counts them."""

from collections.abc import Iterator
from typing import NoReturn

from mockportal.wire.validation.simple_types import utf16_length


class Malformed(Exception):  # noqa: N818
    """The file is not well-formed: where reading stops, and why."""

    def __init__(self, line: int, column: int, message: str) -> None:
        """Take a 1-based place and Java's text."""
        super().__init__(message)
        self.line = line
        self.column = column
        self.message = message


class Unreadable(Exception):  # noqa: N818
    """The next bytes of the file are no text in its encoding."""

    def __init__(self, message: str, *, placed: bool = True) -> None:
        """Take Java's text; ``placed``: Java says where its reader stands."""
        super().__init__(message)
        self.message = message
        self.placed = placed


class Source:
    """Text at hand in ``text``, read up to ``pos``.

    Lines end with a line feed, or with a carriage return that is alone. Java counts such a
    carriage return once too often: the columns of the line after it are one too small, save
    where white space is passed over between the parts of markup.
    """

    def __init__(self, pieces: Iterator[str], place: tuple[int, int] = (1, 1)) -> None:
        """Take the decoded text and where it begins; the iterator may raise Unreadable."""
        self.text = ""
        self.pos = 0
        self.spaces_end = 0
        """Where the white space that was passed over last ends."""
        self._pieces = pieces
        self._line, self._column = place
        self._returns = False

    def more(self) -> bool:
        """Forget what is read and add a piece; False at the end of the file.

        Raises Malformed where the next bytes are no text.
        """
        try:
            piece = next(self._pieces, "")
        except Unreadable as fault:
            at = self.pos if fault.placed else len(self.text)
            line, column = self.place(at)
            raise Malformed(line, column, fault.message) from None
        if not piece:
            return False
        self._line, self._column = self.place(self.pos)
        self.text = self.text[self.pos :] + piece
        self.spaces_end = max(self.spaces_end - self.pos, 0)
        self.pos = 0
        self._returns = self._returns or "\r" in piece
        return True

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
        newlines = self.text.count("\n", 0, at)
        if self._returns:
            newlines += self.text.count("\r", 0, at)
        if not newlines:
            return self._line, self._column + utf16_length(self.text[:at])
        start = self.text.rfind("\n", 0, at) + 1
        column = 1
        if self._returns:
            start = max(start, self.text.rfind("\r", 0, at) + 1)
            if start > self.spaces_end:
                ends = self.text[:start]
                column -= ends[len(ends.rstrip("\r\n")) :].count("\r")
        return self._line + newlines, column + utf16_length(self.text[start:at])

    def fail(self, message: str) -> NoReturn:
        """Raise Malformed at the place where reading stands."""
        line, column = self.place(self.pos)
        raise Malformed(line, column, message)
