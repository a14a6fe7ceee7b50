"""Opening a file: its encoding, its XML declaration, and the text that follows."""

import io
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from mockportal.wire.validation import faults
from mockportal.wire.validation.declaration import OPENING, DeclarationReader, is_encoding_name
from mockportal.wire.validation.decoding import BLOCK, FIRST_PORTION, pieces
from mockportal.wire.validation.encodings import declared_codec, detected
from mockportal.wire.validation.source import Malformed


class Opened(NamedTuple):
    """The text after the XML declaration, and the place where it begins."""

    text: Iterator[str]
    place: tuple[int, int]


def opened(file: BinaryIO) -> Opened:
    """Return the text of a file; raises Malformed for a faulty declaration."""
    start = file.read(BLOCK)
    shown = detected(start)
    body = start[shown.mark :]
    head = DeclarationReader(pieces(shown.codec, body, io.BytesIO(), first=FIRST_PORTION))
    if not head.is_there():
        # Java counts the five characters twice when they begin an instruction.
        column = 1 + (len(OPENING) if head.text.startswith(OPENING) else 0)
        return Opened(pieces(shown.codec, body, file, first=FIRST_PORTION), (1, column))
    said = head.read()
    place = head.place(head.pos)
    codec: str | None = shown.codec
    if said.encoding is not None:
        if not is_encoding_name(said.encoding):
            raise Malformed(*place, faults.ENCODING_INVALID.format(encoding=said.encoding))
        codec = declared_codec(said.encoding, shown.codec)
        if codec is None:
            raise Malformed(*place, said.encoding)
        if not codec:
            raise Malformed(*place, faults.BYTE_ORDER_UNKNOWN.format(encoding=said.encoding))
    newer = said.version == "1.1"
    rest = body[_length(body, shown.codec, head.text[: head.pos].count(">")) :]
    return Opened(pieces(codec or shown.codec, rest, file, newer=newer), place)


def _length(body: bytes, codec: str, brackets: int) -> int:
    """Return the bytes up to and with the closing bracket that has this ordinal."""
    if codec != "utf-8":
        text = body.decode(codec, "replace")
        end = 0
        for _ in range(brackets):
            end = text.index(">", end) + 1
        return len(text[:end].encode(codec))
    end = 0
    for _ in range(brackets):
        end = body.index(b">", end) + 1
    return end
