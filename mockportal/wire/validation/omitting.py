"""Leaving out parts of a file that are known to be good."""

from collections.abc import Generator, Iterator, Sequence
from typing import BinaryIO, NamedTuple

from mockportal.wire.validation.decoding import BLOCK, Ending, blocks_of, pieces, rest_of_portion
from mockportal.wire.validation.source import Omitted


class Range(NamedTuple):
    """Bytes of a file, from ``start`` to before ``stop``."""

    start: int
    stop: int
    elements: int = 0
    """How many whole elements it holds, those within them not counted."""


def pieces_but(
    sure: Sequence[Range], start: bytes, offset: int, file: BinaryIO
) -> Generator[str | Omitted, None, Ending]:
    """Yield the text of a UTF-8 file, with what is left out of it; return what ``pieces`` returns.

    ``start`` has been read already, and stands ``offset`` bytes from the beginning.
    """
    begin = offset
    bytes_left = _Bytes(start, file)
    for omitted in sure:
        yield from pieces("utf-8", bytes_left.up_to(omitted.start - offset))
        left_out = pieces("utf-8", bytes_left.up_to(omitted.stop - omitted.start))
        yield Omitted(left_out, omitted.elements)
        offset = omitted.stop
    blocks = blocks_of(bytes_left.start, file, rest_of_portion(begin, offset))
    return (yield from pieces("utf-8", blocks))


class _Bytes:
    """The bytes of a file that are left, the first of them in memory."""

    def __init__(self, start: bytes, file: BinaryIO) -> None:
        self.start = start
        self._file = file

    def up_to(self, count: int) -> Iterator[bytes]:
        """Yield this many bytes, or those that there are."""
        while count > 0:
            block = self.start[:count] or self._file.read(min(count, BLOCK))
            self.start = self.start[len(block) :]
            count -= len(block)
            if not block:
                return
            yield block
