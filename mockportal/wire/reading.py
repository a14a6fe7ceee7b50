"""Passages read back from a kept file, a piece at a time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from lxml import etree

from mockportal.domain.deposits import Piece
from mockportal.domain.flux import AwardedCertification, Passage
from mockportal.wire.cutting import recut
from mockportal.wire.frames import Frame, frame_of
from mockportal.wire.passages import read_passage


@dataclass(frozen=True, slots=True)
class Placed:
    """A passage, and the ordinal of its certification in the file."""

    passage: Passage
    certification: int


class KeptFile:
    """A regular file, open to read passages from; use it in a ``with`` block."""

    def __init__(self, path: Path) -> None:
        """Open the file; raises OddShapeError when it is not of regular shape."""
        self._file = path.open("rb")
        self._frame: Frame = frame_of(self._file, path.stat().st_size)

    def __enter__(self) -> Self:
        """Return the open file."""
        return self

    def __exit__(
        self, _t: type[BaseException] | None, _e: BaseException | None, _b: TracebackType | None
    ) -> None:
        """Close the file."""
        self._file.close()

    def passages(
        self, piece: Piece, certifications: Callable[[int, int], list[AwardedCertification]]
    ) -> list[Placed]:
        """Return the passages of a piece in order.

        ``certifications(first, last)`` gives those of the file by ordinal, ``last`` included.
        """
        self._file.seek(piece.offset)
        cut = recut(piece, self._file.read(piece.length), self._frame)
        first, last = cut.ordinals[0], cut.ordinals[-1]
        awarded = certifications(first, last)
        document = b"".join((self._frame.root, *cut.runs, self._frame.closing))
        elements = etree.fromstring(document, etree.XMLParser(huge_tree=True)).iterchildren("*")
        return [
            Placed(read_passage(element, awarded[ordinal - first]), ordinal)
            for element, ordinal in zip(
                elements, self._ordinals(cut.runs, cut.ordinals), strict=True
            )
        ]

    def element(self, piece: Piece, position: int) -> etree._Element:
        """Return the whole element of one passage of a piece; only that one is parsed."""
        self._file.seek(piece.offset)
        content, start, end = self._file.read(piece.length), self._frame.start, self._frame.end
        at = 0
        for _ in range(position):
            at = content.index(end, at) + len(end)
        begins = content.index(start, at)
        stops = content.index(end, begins) + len(end)
        document = b"".join((self._frame.root, content[begins:stops], self._frame.closing))
        return next(etree.fromstring(document, etree.XMLParser(huge_tree=True)).iterchildren("*"))

    def _ordinals(self, runs: list[bytes], ordinals: list[int]) -> Iterator[int]:
        for run, ordinal in zip(runs, ordinals, strict=True):
            for _ in range(run.count(self._frame.end)):
                yield ordinal
