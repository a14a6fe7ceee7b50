"""The XML declaration at the start of a file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from mockportal.wire.validation import faults
from mockportal.wire.validation.characters import INVALID, utf16_length
from mockportal.wire.validation.decoding import with_line_feeds
from mockportal.wire.validation.markup import Markup

OPENING = "<?xml"
_PARTS = ("version", "encoding", "standalone")
_QUOTED_VERSION = len("'1.0'")
_BEFORE_VERSION = "<?xml version='"
_BLANKS = " \t\n\r"
_VERSIONS = ("1.0", "1.1")
_VALUE = {quote: re.compile(f"[^{quote}{INVALID}]*") for quote in "\"'"}
_ENCODING_NAME = re.compile(r"[A-Za-z][A-Za-z0-9._\-]*")


@dataclass(slots=True)
class Declaration:
    """What an XML declaration says."""

    version: str = "1.0"
    encoding: str | None = None


class DeclarationReader(Markup):
    """Reads the declaration; faults are those of Java, at its places.

    Java looks for the version first, in the bare text. It then puts back what it has passed over,
    the white space of it gathered behind the version, and reads all again: so the ends of lines
    before that are none.
    """

    def __init__(self, pieces: Iterator[str], portion: int) -> None:
        """Take the decoded text from the beginning of the file, its ends of lines as they are.

        ``portion``: so many characters Java reads at once, and then each alone.
        """
        super().__init__(pieces)
        self._portion = portion
        self.begins = False
        """The file begins like a declaration, whether it is one or not."""
        self._bare = pieces
        self._first_place: tuple[int, int] | None = None
        """Where reading stands while the version is looked for."""

    def is_there(self) -> bool:
        """Return whether the file begins with a declaration."""
        self.begins = self.skip(OPENING)
        return self.begins and self._first_peek() in _BLANKS

    def place(self, at: int) -> tuple[int, int]:
        """Return the line and the column of an offset in ``text``."""
        return self._first_place or super().place(at)

    def read(self) -> Declaration:
        """Read the declaration once it is known to be there; leaves ``pos`` after it."""
        self._read_again(self._version())
        said = Declaration()
        awaited = "version"
        spaced = self.skip_spaces()
        while self._peek() != "?":
            awaited = self._part(said, awaited, spaced=spaced)
            spaced = self.skip_spaces()
        if awaited == "version":
            self.fail(faults.VERSION_REQUIRED)
        self.pos += 1
        if self._peek() != ">":
            self.fail(faults.DECLARATION_UNTERMINATED)
        self.pos += 1
        return said

    def _version(self) -> str:
        """Read up to and with the version; return what Java puts back."""
        self._first_place = (1, len(OPENING) + 1)
        length = len(OPENING) + self._first_blanks()
        if not self.skip(_PARTS[0]):
            return self._padded(f"{OPENING} ", length)
        self._pass_first(len(_PARTS[0]))
        length += len(_PARTS[0]) + self._first_blanks()
        start = f"{OPENING} {_PARTS[0]}"
        if self._first_peek() != "=":
            return self._padded(start, length)
        self.pos += 1
        self._pass_first(1)
        length += 1 + self._first_blanks()
        start += "="
        read = 0
        while read < _QUOTED_VERSION:
            char = self._first_peek()
            end = self._first_end_of_line()
            if end:
                self.peek()
            else:
                self.pos += 1
            self._pass_first(1)  # Java counts the end of a line as a column, too
            start += "\n" if end else char
            length += len(end or char)
            read += utf16_length(char)
        return self._padded(start, length, ahead=0)

    def _padded(self, start: str, length: int, ahead: int = 1) -> str:
        """Return ``start`` as long as what was read, if Java has all that at hand."""
        return start.ljust(length) if length + ahead <= self._portion else start

    def _first_peek(self) -> str:
        if not self.peek():
            self.fail(faults.PREMATURE_END)
        return self.text[self.pos]

    def _first_blanks(self) -> int:
        """Pass over white space; return its length."""
        length = 0
        while (char := self._first_peek()) in _BLANKS:
            end = self._first_end_of_line()
            if not end:
                self.pos += 1
                self._pass_first(1)
            length += len(end or char)
        return length

    def _first_end_of_line(self) -> str:
        """Pass over an end of a line if it comes next; return it."""
        char = self.text[self.pos]
        if char not in "\r\n":
            return ""
        self.pos += 1
        if self._first_place:
            self._first_place = (self._first_place[0] + 1, 1)
        if char == "\r" and self.peek() == "\n":
            self.pos += 1
            return "\r\n"
        return char

    def _pass_first(self, columns: int) -> None:
        if self._first_place:
            line, column = self._first_place
            self._first_place = (line, column + columns)

    def _read_again(self, start: str) -> None:
        """Begin anew with what is put back, and let lines end with line feeds from now on."""
        newer = start.startswith("1.1", len(_BEFORE_VERSION))
        lines = with_line_feeds(chain([start + self.text[self.pos :]], self._bare), newer=newer)
        self._first_place = None
        super().__init__(piece.replace("\r", "\n") for piece in lines)
        self.skip(OPENING)

    def _peek(self) -> str:
        if not self.peek():
            self.cut()
        return self.text[self.pos]

    def _part(self, said: Declaration, awaited: str, *, spaced: bool) -> str:
        """Read one pseudo-attribute; return the name of the one that may come next."""
        part = next((part for part in _PARTS if part[0] == self.peek()), "")
        if not part or not self.skip(part):
            self.fail(faults.PART_EXPECTED)
        value = self._value(part)
        if awaited == "version":
            if part != "version":
                self.fail(faults.VERSION_REQUIRED)
            if value not in _VERSIONS:
                self.fail(faults.VERSION_UNKNOWN, version=value)
            said.version = value
            return "encoding"
        if not awaited:
            self.fail(faults.NO_MORE_PARTS)
        if part == "version" or (part == "encoding" and awaited == "standalone"):
            wrong = faults.ENCODING_REQUIRED
            self.fail(wrong if awaited == "encoding" else faults.STANDALONE_MISSPELT)
        if not spaced:
            self.fail(faults.SPACE_BEFORE_PART, part="encoding")
        if part == "encoding":
            said.encoding = value
            return "standalone"
        if value not in ("yes", "no"):
            self.fail(faults.STANDALONE_INVALID, value=value)
        return ""

    def _value(self, part: str) -> str:
        self.skip_spaces()
        if self._peek() != "=":
            self.fail(faults.EQUALS_IN_DECLARATION, part=part)
        self.pos += 1
        self.skip_spaces()
        quote = self._peek()
        if quote not in _VALUE:
            self.fail(faults.QUOTE_IN_DECLARATION, part=part)
        self.pos += 1
        parts = []
        while (char := self._peek()) != quote:
            match = _VALUE[quote].match(self.text, self.pos)
            assert match is not None  # noqa: S101  # for mypy: a form that ends in * matches anywhere
            if not match[0]:
                self.fail_at(char, faults.CHARACTER_IN_DECLARATION)
            parts.append(match[0])
            self.pos = match.end()
        self.pos += 1
        return "".join(parts)


def is_encoding_name(name: str) -> bool:
    """Return whether a declared encoding is written as one."""
    return _ENCODING_NAME.fullmatch(name) is not None
