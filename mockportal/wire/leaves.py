"""What the first control reads of a large file, kept for the second: the leaves of its passages.

A file of leaves has a block for each piece in order: the names of the leaves, and what they say in
each passage. It is only ever a help: a piece whose block is empty, missing or damaged is read from
the flux itself.
"""

import struct
import zlib
from collections.abc import Sequence
from contextlib import suppress
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, NamedTuple, Self

from mockportal.domain.comparing import filing
from mockportal.wire.names import HOLDER_FIELDS

_FORMAT = 1
"""To be raised when blocks, or what people are filed by, change: older files are passed over."""
_HEAD = struct.Struct(">HIQ")
"""Before a block: the format, a checksum, the length."""
_LONGEST = 1 << 28
_BETWEEN_PASSAGES, _BETWEEN_LEAVES = "\x1e", "\x1f"
"""XML forbids both, so that no leaf holds them."""
_FILED_BY = tuple(HOLDER_FIELDS[one] for one in ("birth_name", "first_name", "sex", "birth_year"))
FILING = "=filing"
"""Stands among the names of leaves for how the holder is filed: no element has such a name."""


class Leaves(NamedTuple):
    """What the passages of a piece say: all of one certification, and all plain."""

    names: tuple[str, ...]
    """The local name of the leaf at each place; one may stand in several branches."""
    said: Sequence[tuple[str, ...]]
    """The leaves of each passage in order, empty where they are nil or left out."""

    def with_filings(self, world: int) -> "Leaves":
        """Return the same with how each holder is filed in a world, where it is plain to see."""
        if any(self.names.count(name) != 1 for name in _FILED_BY):
            return self
        by = itemgetter(*map(self.names.index, _FILED_BY))
        return Leaves((*self.names, FILING), [(*one, _filed(world, *by(one))) for one in self.said])


def block_of(leaves: Leaves) -> bytes:
    """Return a block, never empty."""
    rows = map(_BETWEEN_LEAVES.join, (leaves.names, *leaves.said))
    return _BETWEEN_PASSAGES.join(rows).encode()


def passages_in(block: bytes) -> int:
    """Return how many passages a block holds."""
    return block.count(_BETWEEN_PASSAGES.encode())


def write_block(out: BinaryIO, block: bytes) -> None:
    """Write a block after its head."""
    out.write(_HEAD.pack(_FORMAT, zlib.crc32(block), len(block)))
    out.write(block)


def read_block(file: BinaryIO) -> bytes | None:
    """Return the next block; None at the end, and where it is not what was written."""
    head = file.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    version, checksum, length = _HEAD.unpack(head)
    if version != _FORMAT or length > _LONGEST:
        return None
    block = file.read(length)
    return block if len(block) == length and zlib.crc32(block) == checksum else None


class KeptLeaves:
    """A file of leaves, if there is one, read in the order of its pieces; for a ``with`` block."""

    def __init__(self, path: Path | None) -> None:
        """Open the file, or none."""
        self._file: BinaryIO | None = None
        if path is not None:
            with suppress(FileNotFoundError):
                self._file = path.open("rb")
        self._next = 0

    def __enter__(self) -> Self:
        """Return the open file."""
        return self

    def __exit__(
        self, _t: type[BaseException] | None, _e: BaseException | None, _b: TracebackType | None
    ) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()

    def of(self, number: int) -> Leaves | None:
        """Return the leaves of a piece, by its number; None where it must be read from the flux."""
        if self._file is None:
            return None
        block = None
        while self._next <= number:
            block = read_block(self._file)
            if block is None:
                self._file.close()
                self._file = None
                return None
            self._next += 1
        if not block:
            return None
        names, *said = block.decode().split(_BETWEEN_PASSAGES)
        return Leaves(
            tuple(names.split(_BETWEEN_LEAVES)),
            [tuple(one.split(_BETWEEN_LEAVES)) for one in said],
        )


def _filed(world: int, birth_name: str, first_name: str, sex: str, birth_year: str) -> str:
    # A year of five digits may be written with a sign or zeros before it.
    if not birth_year.isdecimal() or birth_year.startswith("0"):
        return ""
    return filing(world, birth_name, first_name, sex, birth_year)
