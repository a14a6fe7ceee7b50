"""Packed files: what is left of a kept file when its deposit is cleaned away.

Each piece keeps its accepted passages byte for byte; every other one is an empty element, so that
positions hold. A packed file is a magic word; the file's frame; the pieces; an index of where each
lies; and the index's length. Frame, pieces and index are compressed one by one, so that whoever
reads one passage reads one piece.
"""

import json
import zlib
from collections.abc import Collection, Iterable
from io import SEEK_END, BytesIO
from typing import BinaryIO

from mockportal.domain.deposits import Piece
from mockportal.wire.frames import Frame, frame_of

_MAGIC = b"mockportal packed 1\n"
_NUMBER = 8
"""Bytes of a length."""


def pack(
    out: BinaryIO, frame: Frame, pieces: Iterable[tuple[Piece, bytes, Collection[int]]]
) -> None:
    """Write a packed file from pieces, their bytes, and the positions of what is kept of them.

    A piece of which nothing is kept is left out. Memory holds one piece at a time.
    """
    out.write(_MAGIC)
    _write(out, frame.head + frame.start + frame.end + frame.foot)
    index: dict[int, int] = {}
    for piece, content, positions in pieces:
        if positions:
            index[piece.number] = out.tell()
            _write(out, stubbed(content, frame, positions))
    at = out.tell()
    _write(out, json.dumps(index).encode())
    out.write(at.to_bytes(_NUMBER, "big"))


class PackedPieces:
    """The pieces of a packed file that is open."""

    def __init__(self, file: BinaryIO) -> None:
        """Read the frame and the index; raises ValueError for any other file."""
        self._file = file
        file.seek(0)
        if file.read(len(_MAGIC)) != _MAGIC:
            raise ValueError("this is no packed file")
        around = _read(file)
        self.frame = frame_of(BytesIO(around), len(around))
        file.seek(-_NUMBER, SEEK_END)
        file.seek(int.from_bytes(file.read(_NUMBER), "big"))
        self._index: dict[str, int] = json.loads(_read(file))

    def content(self, piece: Piece) -> bytes:
        """Return the bytes of a piece; raises LookupError for one of which nothing is kept."""
        self._file.seek(self._index[str(piece.number)])
        return _read(self._file)


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


def _write(out: BinaryIO, content: bytes) -> None:
    packed = zlib.compress(content)
    out.write(len(packed).to_bytes(_NUMBER, "big"))
    out.write(packed)


def _read(file: BinaryIO) -> bytes:
    return zlib.decompress(file.read(int.from_bytes(file.read(_NUMBER), "big")))
