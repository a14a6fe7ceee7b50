"""Passages read back from a kept file, a piece at a time."""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from lxml import etree

from mockportal.domain.deposits import Piece
from mockportal.domain.flux import AwardedCertification, Passage
from mockportal.wire.cutting import Cut, recut
from mockportal.wire.frames import Frame, frame_of
from mockportal.wire.leaves import Leaves
from mockportal.wire.packing import PackedPieces
from mockportal.wire.passage_patterns import PassagePattern, pattern_for
from mockportal.wire.passages import LeavesReader, passage_of, read_passage
from mockportal.wire.plain_reading import plain_leaves

Certifications = Callable[[int, int], list[AwardedCertification]]
"""Gives the certifications of a file from one ordinal to another, that one included."""


class Placed(NamedTuple):
    """A passage, and the ordinal of its certification in the file."""

    passage: Passage
    certification: int


class KeptFile:
    """A regular file, open to read passages from; use it in a ``with`` block."""

    def __init__(self, path: Path, *, packed: bool = False, schema: Path | None = None) -> None:
        """Open the file; raises OddShapeError when it is not of regular shape.

        With the schema that it is good by, ``passages`` reads it faster.
        """
        self._file = path.open("rb")
        self._schema = schema
        self._pattern: PassagePattern | None = None
        self._reader = LeavesReader(())
        self._last: tuple[int, AwardedCertification] | None = None
        self._pieces = PackedPieces(self._file) if packed else None
        self._frame: Frame = (
            self._pieces.frame if self._pieces else frame_of(self._file, path.stat().st_size)
        )

    def __enter__(self) -> Self:
        """Return the open file."""
        return self

    def __exit__(
        self, _t: type[BaseException] | None, _e: BaseException | None, _b: TracebackType | None
    ) -> None:
        """Close the file."""
        self._file.close()

    @property
    def frame(self) -> Frame:
        """Return what surrounds the passages."""
        return self._frame

    def content(self, piece: Piece) -> bytes:
        """Return the bytes of a piece: of a packed file, with what was KO emptied."""
        if self._pieces:
            return self._pieces.content(piece)
        self._file.seek(piece.offset)
        return self._file.read(piece.length)

    def passages(
        self,
        piece: Piece,
        certifications: Certifications,
        leaves: Leaves | None = None,
    ) -> list[Placed]:
        """Return the passages of a piece in order.

        ``leaves`` are those of the piece, where they have been read already.
        Of a packed file, passages are read one by one (``element``).
        """
        if leaves is None or len(leaves.said) != piece.passages:
            content = self.content(piece)
            leaves = self._leaves(piece, content)
            if leaves is None:
                return self._in_runs(recut(piece, content, self._frame), certifications)
        ordinal = piece.first_certification
        if self._last is None or self._last[0] != ordinal:
            (award,) = certifications(ordinal, ordinal)
            self._last = ordinal, award
        award = self._last[1]
        read = self._reader_of(leaves.names).passage
        return [Placed(read(said, award), ordinal) for said in leaves.said]

    def _leaves(self, piece: Piece, content: bytes) -> Leaves | None:
        if self._schema is not None:
            run = recut(piece, content, self._frame).runs[0]
            self._pattern = pattern_for(self._schema, self._frame, run)
            self._schema = None
        return self._pattern.leaves(content) if self._pattern else None

    def _in_runs(self, cut: Cut, certifications: Certifications) -> list[Placed]:
        first, last = cut.ordinals[0], cut.ordinals[-1]
        awarded = certifications(first, last)
        return [
            Placed(passage, ordinal)
            for run, ordinal in zip(cut.runs, cut.ordinals, strict=True)
            for passage in self._read(run, awarded[ordinal - first])
        ]

    def _read(self, run: bytes, awarded: AwardedCertification) -> Iterator[Passage]:
        if self._pattern is None:
            yield from self._parsed(run, awarded)
            return
        reader = self._reader_of(self._pattern.names)
        for part in self._pattern.read(run):
            if isinstance(part, bytes):
                yield from self._parsed(part, awarded)
            else:
                yield reader.passage(part, awarded)

    def _reader_of(self, names: tuple[str, ...]) -> LeavesReader:
        if names != self._reader.leaves:
            self._reader = LeavesReader(names)
        return self._reader

    def _parsed(self, run: bytes, awarded: AwardedCertification) -> Iterator[Passage]:
        said = plain_leaves(run, self._frame)
        if said is not None:
            return (passage_of(one, awarded) for one in said)
        document = b"".join((self._frame.root, run, self._frame.closing))
        elements = etree.fromstring(document, etree.XMLParser(huge_tree=True)).iterchildren("*")
        return (read_passage(element, awarded) for element in elements)

    def element(self, piece: Piece, position: int) -> etree._Element:
        """Return the whole element of one passage of a piece; only that one is parsed."""
        content, start, end = self.content(piece), self._frame.start, self._frame.end
        at = 0
        for _ in range(position):
            at = content.index(end, at) + len(end)
        begins = content.index(start, at)
        stops = content.index(end, begins) + len(end)
        document = b"".join((self._frame.root, content[begins:stops], self._frame.closing))
        return next(etree.fromstring(document, etree.XMLParser(huge_tree=True)).iterchildren("*"))

    def raw(self, piece: Piece) -> list[tuple[bytes, int]]:
        """Return the passages of a piece byte for byte, each with its certification's ordinal."""
        cut, end = self._cut(piece), self._frame.end
        return [
            (passage.lstrip() + end, ordinal)
            for run, ordinal in zip(cut.runs, cut.ordinals, strict=True)
            for passage in run.split(end)[:-1]
        ]

    def _cut(self, piece: Piece) -> Cut:
        return recut(piece, self.content(piece), self._frame)
