"""Packed pieces: what is left of a kept file when its deposit is cleaned away.

Each piece keeps its accepted passages byte for byte; every other one is an empty element, so that
positions hold. What surrounds the passages and each piece are compressed one by one, so that who
reads one passage reads one piece. They are kept under their numbers; older versions have put them
into a file: a magic word; what surrounds; the pieces; an index of where each lies; its length.
"""

import json
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator
from io import SEEK_END, BytesIO
from typing import BinaryIO

from mockportal.domain.deposits import AROUND, Piece
from mockportal.wire.frames import Frame, frame_of

_MAGIC = b"mockportal packed 1\n"
_NUMBER = 8
"""Bytes of a length."""


def packed(
    frame: Frame, pieces: Iterable[tuple[Piece, bytes, Collection[int]]]
) -> Iterator[tuple[int, bytes]]:
    """Yield what is to be kept, by its number, of pieces, their bytes and the positions that stay.

    A piece of which nothing is kept is left out; what surrounds comes last. Memory holds one piece
    at a time.
    """
    for piece, content, positions in pieces:
        if positions:
            yield piece.number, zlib.compress(stubbed(content, frame, positions))
    yield AROUND, zlib.compress(frame.head + frame.start + frame.end + frame.foot)


class PackedPieces:
    """The pieces of a deposit that was cleaned away, read by their numbers."""

    def __init__(self, read: Callable[[int], bytes | None]) -> None:
        """Read the frame; raises LookupError where nothing is kept."""
        self._read = read
        around = self._content(AROUND)
        self.frame = frame_of(BytesIO(around), len(around))

    def content(self, piece: Piece) -> bytes:
        """Return the bytes of a piece; raises LookupError for one of which nothing is kept."""
        return self._content(piece.number)

    def _content(self, number: int) -> bytes:
        content = self._read(number)
        if content is None:
            raise LookupError(f"nothing is kept of piece {number}")
        return zlib.decompress(content)


def packed_before(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield what an older version has packed into a file; raises ValueError for any other file."""
    file.seek(0)
    if file.read(len(_MAGIC)) != _MAGIC:
        raise ValueError("this is no packed file")
    around = _read(file)
    file.seek(-_NUMBER, SEEK_END)
    file.seek(int.from_bytes(file.read(_NUMBER), "big"))
    try:
        index: dict[str, int] = json.loads(zlib.decompress(_read(file)))
    except zlib.error as fault:
        raise ValueError("this packed file is damaged") from fault
    for number, at in index.items():
        file.seek(at)
        yield int(number), _read(file)
    yield AROUND, around


def stubbed(content: bytes, frame: Frame, positions: Collection[int]) -> bytes:
    """Return a piece with all passages emptied but those at these positions."""
    kept: list[bytes] = []
    position = at = 0
    while (begins := content.find(frame.start, at)) >= 0:
        stops = content.index(frame.end, begins) + len(frame.end)
        if not content[at:begins].isspace():
            kept.append(content[at:begins])
        kept.append(content[begins:stops] if position in positions else frame.start + frame.end)
        position, at = position + 1, stops
    return b"".join(kept)


def _read(file: BinaryIO) -> bytes:
    return file.read(int.from_bytes(file.read(_NUMBER), "big"))
