"""What the first control reads of a large file, kept for the second: the leaves of its passages.

A file of leaves has a block for each piece in order, after its length: the names of the leaves, and
what they say in each passage. It is only ever a help: a piece whose block is empty, or missing, is
read from the flux itself.
"""

from collections.abc import Sequence
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, NamedTuple, Self

from mockportal.domain.comparing import filing
from mockportal.wire.names import HOLDER_FIELDS

_LENGTH = 8
"""Bytes of the length of a block."""
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

    def filed(self, world: int) -> "Leaves":
        """Return the same with how each holder is filed in a world, where it is plain to see."""
        if any(self.names.count(name) != 1 for name in _FILED_BY):
            return self
        by = itemgetter(*map(self.names.index, _FILED_BY))
        return Leaves((*self.names, FILING), [(*one, _filed(world, *by(one))) for one in self.said])


def block_of(leaves: Leaves) -> bytes:
    """Return a block, never empty."""
    rows = map(_BETWEEN_LEAVES.join, (leaves.names, *leaves.said))
    return _BETWEEN_PASSAGES.join(rows).encode()


def write_block(out: BinaryIO, block: bytes) -> None:
    """Write a block after its length."""
    out.write(len(block).to_bytes(_LENGTH, "big"))
    out.write(block)


def read_block(file: BinaryIO) -> bytes | None:
    """Return the next block; None at the end, or where the rest of it is missing."""
    length = file.read(_LENGTH)
    size = int.from_bytes(length, "big")
    block = file.read(size)
    return block if len(length) == _LENGTH and len(block) == size else None


class KeptLeaves:
    """A file of leaves, if there is one, read in the order of its pieces; for a ``with`` block."""

    def __init__(self, path: Path) -> None:
        """Open the file."""
        try:
            self._file: BinaryIO | None = path.open("rb")
        except FileNotFoundError:
            self._file = None
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
