"""Opening a file: its encoding, its XML declaration, and the text that follows."""

from collections.abc import Generator, Iterator, Sequence
from itertools import chain
from typing import AnyStr, BinaryIO, NamedTuple

from mockportal.wire.validation import faults
from mockportal.wire.validation.declaration import OPENING, DeclarationReader, is_encoding_name
from mockportal.wire.validation.decoding import (
    BLOCK,
    FIRST_PORTION,
    PORTION,
    Ending,
    blocks_of,
    decoded,
    filled,
    pieces,
    rest_of_portion,
)
from mockportal.wire.validation.encodings import (
    EncodingError,
    declared_codec,
    detected,
    length_in,
    text_in,
    width_of,
)
from mockportal.wire.validation.messages import worded
from mockportal.wire.validation.omitting import Range, pieces_but
from mockportal.wire.validation.source import MalformedError, Omitted, UnreadableError


class Opened(NamedTuple):
    """The text after the XML declaration, and the place where it begins."""

    text: Iterator[str | Omitted]
    place: tuple[int, int]
    newer: bool = False
    """The file is XML 1.1."""


def opened(file: BinaryIO, sure: Sequence[Range] = ()) -> Opened:
    """Return the text of a file; raises MalformedError for a faulty declaration.

    The ranges that are ``sure`` are left out of the text of a UTF-8 file.
    """
    start = filled(file, BLOCK)
    shown = detected(start)
    body = start[shown.mark :]
    head_bytes = _Head(shown.codec, body, file)
    portion = (FIRST_PORTION - shown.mark) // width_of(shown.codec)
    head = DeclarationReader(head_bytes.pieces(), portion)
    if not head.is_there():
        # Java counts the five characters twice when they begin an instruction.
        place = (1, 1 + (len(OPENING) if head.begins else 0))
        if sure and shown.codec == "utf-8":
            return Opened(pieces_but(sure, body, shown.mark, file), place)
        first = rest_of_portion(shown.mark)
        second = PORTION if shown.codec == "utf-8" else PORTION - FIRST_PORTION
        portions = chain([body[:first]], blocks_of(body[first:], file, second))
        return Opened(pieces(shown.codec, portions), place)
    declaration = head.read()
    place = head.place(head.pos)
    codec = shown.codec
    newer = declaration.version == "1.1"
    if declaration.encoding is not None:
        if not is_encoding_name(declaration.encoding):
            raise MalformedError(
                *place, worded(faults.ENCODING_INVALID, encoding=declaration.encoding)
            )
        try:
            codec = declared_codec(declaration.encoding, shown.codec, newer=newer)
        except EncodingError as error:
            raise MalformedError(*place, error.message) from None
    body = head_bytes.rest
    if sure and codec == "utf-8" and not newer:
        return Opened(_placed(pieces_but(sure, body, shown.mark + head_bytes.taken, file)), place)
    read = shown.mark + head_bytes.taken
    blocks = blocks_of(body, file, rest_of_portion(read) if codec == "utf-8" else PORTION)
    text = _placed(pieces(codec, blocks, newer=newer))
    return Opened(text, place, newer)


def _placed(
    text: Generator[str | Omitted, None, Ending] | Generator[str, None, Ending],
) -> Generator[str | Omitted, None, Ending]:
    """Yield the text after a declaration, where Java has a place for all that is no text."""
    try:
        return (yield from text)
    except UnreadableError as fault:
        fault.placed = True
        raise


def text_of(file: BinaryIO) -> Iterator[str]:
    """Yield the text of a file after its XML declaration, whatever its encoding is."""
    return (piece for piece in opened(file).text if isinstance(piece, str))


class _Head:
    """The beginning of a file, given out up to one end of a declaration after the other."""

    def __init__(self, codec: str, body: bytes, file: BinaryIO) -> None:
        self.taken = 0
        """The bytes given out so far."""
        self._codec = codec
        self._block = body
        self._given = 0
        self._file = file

    @property
    def rest(self) -> bytes:
        """Return the bytes that have been read and not been given out."""
        return self._block[self._given :]

    def pieces(self) -> Iterator[str]:
        if self._codec == "utf-8":
            yield from decoded(self._codec, self._parts())
            return
        while self._block:
            broken = self._broken_end()
            whole = self._block[:-1] if broken else self._block
            for part in _cut(text_in(self._codec, whole), "?>"):
                self._give(length_in(self._codec, part))
                yield part
            if broken:
                raise broken
            self._read_on()

    def _broken_end(self) -> UnreadableError | None:
        """Return what is wrong where the file ends within a character of UTF-16."""
        if not (self._codec.startswith("utf-16") and len(self._block) % 2):
            return None
        message = worded(faults.BYTE_EXPECTED, position="2", length="2")
        return UnreadableError(message, placed=len(self._block) > 2 * len(OPENING))

    def _parts(self) -> Iterator[bytes]:
        while self._block:
            for part in _cut(self._block, b"?>"):
                self._give(len(part))
                yield part
            self._read_on()

    def _give(self, count: int) -> None:
        self.taken += count
        self._given += count

    def _read_on(self) -> None:
        self._block, self._given = filled(self._file, BLOCK), 0


def _cut(text: AnyStr, end: AnyStr) -> Iterator[AnyStr]:
    """Yield a text in parts that each end with ``end``, or with its first half cut in two."""
    start = 0
    second = end[1:]
    if text.startswith(second):  # the first half may have ended the block before
        yield second
        start = len(second)
    while start < len(text):
        at = text.find(end, start)
        stop = at + len(end) if at >= 0 else len(text)
        yield text[start:stop]
        start = stop
