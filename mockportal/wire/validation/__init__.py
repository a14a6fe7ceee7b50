"""The first control in the words and at the places of the real portal, which runs Java.

``validate`` says of any file what the XML validator built into JDK 17 says in French: the same
errors, in the same order, at the same line and column (``receipts.md``, form B).
"""

from collections.abc import Callable, Sequence
from typing import BinaryIO

from mockportal.domain.deposits import FileError
from mockportal.domain.file_errors import Facts
from mockportal.wire.validation.checking import Checker
from mockportal.wire.validation.compiling import compile_schema
from mockportal.wire.validation.components import CompiledSchema, SchemaNotSupportedError
from mockportal.wire.validation.kinds import facts_of
from mockportal.wire.validation.messages import Message
from mockportal.wire.validation.omitting import Range
from mockportal.wire.validation.open_elements import Subject
from mockportal.wire.validation.opening import opened
from mockportal.wire.validation.placing import Spot, spot_of
from mockportal.wire.validation.reading import Reader
from mockportal.wire.validation.source import MalformedError

__all__ = ["CompiledSchema", "Range", "SchemaNotSupportedError", "compile_schema", "validate"]

MOST_ERRORS = 100
"""About the first 100 errors are reported (OBSERVED)."""
MOST_TOLD = 4_000_000
"""Characters of all messages of a file together: Java tells every value whole, however long.

Beyond them, what a message quotes of the file is told without its middle.
"""
_LONGEST_BEYOND = 1_000


class _EnoughError(Exception):
    """As many errors as were asked for."""


def validate(
    file: BinaryIO,
    schema: CompiledSchema,
    most: int = MOST_ERRORS,
    sure: Sequence[Range] = (),
) -> tuple[FileError, ...]:
    """Return the errors of a file, at most ``most`` and in the order of the file; none: it is good.

    The file is read once, from its beginning to its end; memory does not grow with it.

    ``sure`` are parts that are known to be good, in order: they are not checked, which saves
    time. Each begins after an element that may be repeated and is not left out itself, and holds
    nothing but more such elements, whole, with white space around them. They count only in a file
    of UTF-8.
    """
    found = _Findings(schema, most)
    try:
        source = opened(file, sure)
        reader = Reader(source.text, source.place, found.checker, newer=source.newer)
        found.place = reader.place
        reader.document()
    except MalformedError as fault:
        found.end(fault)
    except _EnoughError:
        pass
    return found.errors()


class _Findings:
    """The errors so far, each with its spot."""

    def __init__(self, schema: CompiledSchema, most: int) -> None:
        self.checker = Checker(schema, self._take)
        self.place: Callable[[int], tuple[int, int]] = lambda _: (1, 1)
        self._schema = schema
        self._most = most
        self._room = MOST_TOLD
        self._found: list[tuple[int, int, str, Facts, Spot]] = []

    def errors(self) -> tuple[FileError, ...]:
        return tuple(
            FileError(line, column, text, spot.settled(), facts)
            for line, column, text, facts, spot in self._found
        )

    def end(self, fault: MalformedError) -> None:
        if len(self._found) < self._most:
            spot = spot_of(self.checker, self._schema, None)
            self._note((fault.line, fault.column), fault.message, spot)

    def _note(self, place: tuple[int, int], message: Message, spot: Spot) -> None:
        if sum(map(len, message.facts.values())) > self._room:
            message = message.abridged(_LONGEST_BEYOND)
        text = message.text
        self._room = max(self._room - len(text), 0)
        self._found.append((*place, text, facts_of(message), spot))

    def _take(self, message: Message, at: int, about: Subject) -> None:
        if len(self._found) >= self._most:
            return
        spot = spot_of(self.checker, self._schema, about)
        self._note(self.place(at), message, spot)
        if len(self._found) < self._most:
            return
        if (
            spot.passage is None
            or spot.passage.identifier is not None
            or spot.passage is about.here
        ):
            raise _EnoughError
        # Its identifier may follow: read on to the end of the passage, and note nothing more.
        self.checker.last = spot.passage
