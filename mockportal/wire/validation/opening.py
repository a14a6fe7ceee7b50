"""Opening a file: its encoding, its XML declaration, and the text that follows."""

import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO, NamedTuple

from mockportal.wire.validation import faults
from mockportal.wire.validation.declaration import OPENING, DeclarationReader, is_encoding_name
from mockportal.wire.validation.decoding import BLOCK, FIRST_PORTION, blocks_of, filled, pieces
from mockportal.wire.validation.encodings import declared_codec, detected
from mockportal.wire.validation.omitting import Range, pieces_but
from mockportal.wire.validation.source import MalformedError, Omitted


class Opened(NamedTuple):
    """The text after the XML declaration, and the place where it begins."""

    text: Iterator[str | Omitted]
    place: tuple[int, int]


def opened(file: BinaryIO, sure: Sequence[Range] = ()) -> Opened:
    """Return the text of a file; raises MalformedError for a faulty declaration.

    The ranges that are ``sure`` are left out of the text of a UTF-8 file.
    """
    start = filled(file, BLOCK)
    shown = detected(start)
    body = start[shown.mark :]
    head_bytes = _Head(shown.codec, body)
    head = DeclarationReader(head_bytes.pieces())
    if not head.is_there():
        # Java counts the five characters twice when they begin an instruction.
        place = (1, 1 + (len(OPENING) if head.text.startswith(OPENING) else 0))
        if sure and shown.codec == "utf-8":
            return Opened(pieces_but(sure, body, shown.mark, file), place)
        blocks = blocks_of(body, file, FIRST_PORTION - shown.mark)
        return Opened(pieces(shown.codec, blocks), place)
    said = head.read()
    place = head.place(head.pos)
    codec = shown.codec
    if said.encoding is not None:
        if not is_encoding_name(said.encoding):
            raise MalformedError(*place, faults.ENCODING_INVALID.format(encoding=said.encoding))
        declared = declared_codec(said.encoding, shown.codec)
        if declared is None:
            raise MalformedError(*place, said.encoding)
        if not declared:
            raise MalformedError(*place, faults.BYTE_ORDER_UNKNOWN.format(encoding=said.encoding))
        codec = declared
    body = body[head_bytes.taken :]
    newer = said.version == "1.1"
    if sure and codec == "utf-8" and not newer:
        return Opened(pieces_but(sure, body, shown.mark + head_bytes.taken, file), place)
    return Opened(pieces(codec, blocks_of(body, file), newer=newer), place)


def text_of(file: BinaryIO) -> Iterator[str]:
    """Yield the text of a file after its XML declaration, whatever its encoding is."""
    return (piece for piece in opened(file).text if isinstance(piece, str))


class _Head:
    """A file's first block, given out up to one closing bracket after the other."""

    def __init__(self, codec: str, body: bytes) -> None:
        self.taken = 0
        """The bytes given out so far."""
        self._codec = codec
        self._body = body

    def pieces(self) -> Iterator[str]:
        if self._codec == "utf-8":
            yield from pieces(self._codec, self._parts())
            return
        for part in re.finditer("[^>]*>|[^>]+", self._body.decode(self._codec, "replace")):
            self.taken += len(part[0].encode(self._codec, "replace"))
            yield part[0].replace("\r\n", "\n")

    def _parts(self) -> Iterator[bytes]:
        for part in re.finditer(b"[^>]*>|[^>]+", self._body):
            self.taken = part.end()
            yield part[0]
