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
from mockportal.wire.passages import passage_of, read_passage
from mockportal.wire.plain_reading import plain_leaves


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
        return [
            Placed(passage, ordinal)
            for run, ordinal in zip(cut.runs, cut.ordinals, strict=True)
            for passage in self._read(run, awarded[ordinal - first])
        ]

    def _read(self, run: bytes, awarded: AwardedCertification) -> Iterator[Passage]:
        said = plain_leaves(run, self._frame)
        if said is not None:
            return (passage_of(one, awarded) for one in said)
        document = b"".join((self._frame.root, run, self._frame.closing))
        elements = etree.fromstring(document, etree.XMLParser(huge_tree=True)).iterchildren("*")
        return (read_passage(element, awarded) for element in elements)
