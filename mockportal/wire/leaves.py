"""What the first control reads of a large file, kept for the second: the leaves of its passages.

A file of leaves has a block for each piece in order: its length, then the names of the leaves and
what they say in each passage. It is only ever a help: a block that is empty, or missing, is read
from the flux itself.
"""

from pathlib import Path
from types import TracebackType
from typing import BinaryIO, NamedTuple, Self

_LENGTH = 8
"""Bytes of the length of a block."""
_BETWEEN_PASSAGES, _BETWEEN_LEAVES = "\x1e", "\x1f"
"""XML forbids both, so that no leaf holds them."""


class Leaves(NamedTuple):
    """What the passages of a piece say: all of one certification, and all plain."""

    names: tuple[str, ...]
    """The local name of the leaf at each place; one may stand in several branches."""
    said: list[tuple[str, ...]]
    """The leaves of each passage in order, empty where they are nil or left out."""


def write_leaves(out: BinaryIO, leaves: Leaves | None) -> None:
    """Write the block of the next piece."""
    block = b""
    if leaves is not None:
        rows = map(_BETWEEN_LEAVES.join, (leaves.names, *leaves.said))
        block = _BETWEEN_PASSAGES.join(rows).encode()
    out.write(len(block).to_bytes(_LENGTH, "big") + block)


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
        block = b""
        while self._next <= number:
            size = int.from_bytes(self._file.read(_LENGTH), "big")
            block = self._file.read(size)
            self._next += 1
            if len(block) != size:  # the disk was full, or the machine went down
                return None
        if not block:
            return None
        names, *said = block.decode().split(_BETWEEN_PASSAGES)
        return Leaves(
            tuple(names.split(_BETWEEN_LEAVES)),
            [tuple(one.split(_BETWEEN_LEAVES)) for one in said],
        )
