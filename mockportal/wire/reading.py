"""Passages read back from a kept file, a piece at a time."""

from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, NamedTuple, Self

from lxml import etree

from mockportal.domain.deposits import Piece
from mockportal.domain.flux import AwardedCertification, Passage
from mockportal.wire.cutting import Cut, recut
from mockportal.wire.frames import Frame, frame_of
from mockportal.wire.leaves import Leaves
from mockportal.wire.packing import PackedPieces
from mockportal.wire.passage_patterns import PassagePattern, pattern_for
from mockportal.wire.passages import LeavesReader, leaves_of, passage_of, read_passage
from mockportal.wire.plain_reading import plain_leaves

Certifications = Callable[[int, int], list[AwardedCertification]]
"""Gives the certifications of a file from one ordinal to another, that one included."""


class MiscountedError(ValueError):
    """A piece does not hold as many passages as the first control has counted in it."""


class Placed(NamedTuple):
    """A passage, and the ordinal of its certification in the file."""

    passage: Passage
    certification: int


class KeptFile:
    """A regular file, open to read passages from; use it in a ``with`` block."""

    def __init__(self, source: Path | PackedPieces, *, schema: Path | None = None) -> None:
        """Open the file, or what is left of it; raises OddShapeError for one of another shape.

        With the schema that it is good by, ``passages`` reads it faster.
        """
        self._file: BinaryIO = BytesIO() if isinstance(source, PackedPieces) else source.open("rb")
        self._schema = schema
        self._pattern: PassagePattern | None = None
        self._reader = LeavesReader(())
        self._last: tuple[int, AwardedCertification] | None = None
        self._pieces: PackedPieces | None = None
        if isinstance(source, PackedPieces):
            self._pieces, self._frame = source, source.frame
            return
        try:
            self._frame = frame_of(self._file, source.stat().st_size)
        except BaseException:
            self._file.close()
            raise

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
                return self._in_runs(piece, content, certifications)
        ordinal = piece.first_certification
        if self._last is None or self._last[0] != ordinal:
            (award,) = certifications(ordinal, ordinal)
            self._last = ordinal, award
        award = self._last[1]
        passages = self._reader_of(leaves.names).passages(leaves.said, award)
        return [Placed(passage, ordinal) for passage in passages]

    def _leaves(self, piece: Piece, content: bytes) -> Leaves | None:
        if self._schema is not None:
            run = recut(piece, content, self._frame).runs[0]
            self._pattern = pattern_for(self._schema, self._frame, run)
            self._schema = None
        leaves = self._pattern.leaves(content) if self._pattern else None
        return leaves if leaves is not None and len(leaves.said) == piece.passages else None

    def _in_runs(
        self, piece: Piece, content: bytes, certifications: Certifications
    ) -> list[Placed]:
        cut = recut(piece, content, self._frame)
        awarded = certifications(cut.ordinals[0], cut.ordinals[-1])
        placed = list(_placed(cut, awarded, self._read))
        if len(placed) != piece.passages:  # the exact way then, or a fault
            placed = list(_placed(cut, awarded, self._parsed))
        if len(placed) != piece.passages:
            counts = f"{len(placed)} passages instead of {piece.passages}"
            raise MiscountedError(f"piece {piece.number} holds {counts}")
        return placed

    def _read(self, run: bytes, awarded: AwardedCertification) -> Iterator[Passage]:
        if self._pattern is None:
            yield from self._quickly(run, awarded)
            return
        reader = self._reader_of(self._pattern.names)
        for part in self._pattern.read(run):
            if isinstance(part, bytes):
                yield from self._quickly(part, awarded)
            else:
                yield reader.passage(part, awarded)

    def _reader_of(self, names: tuple[str, ...]) -> LeavesReader:
        if names != self._reader.leaves:
            self._reader = LeavesReader(names)
        return self._reader

    def _quickly(self, run: bytes, awarded: AwardedCertification) -> Iterator[Passage]:
        said = plain_leaves(run, self._frame)
        if said is not None:
            return (passage_of(one, awarded) for one in said)
        return self._parsed(run, awarded)

    def _parsed(self, run: bytes, awarded: AwardedCertification) -> Iterator[Passage]:
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

    def values(self, passage: bytes) -> Mapping[str, str]:
        """Return what the leaves of a passage say, by local name, from its bytes."""
        plain = plain_leaves(passage, self._frame)
        if plain is not None:
            return next(plain)
        document = b"".join((self._frame.root, passage, self._frame.closing))
        element = next(
            etree.fromstring(document, etree.XMLParser(huge_tree=True)).iterchildren("*")
        )
        return leaves_of(element)

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


def _placed(
    cut: Cut,
    awarded: list[AwardedCertification],
    read: Callable[[bytes, AwardedCertification], Iterator[Passage]],
) -> Iterator[Placed]:
    for run, ordinal in zip(cut.runs, cut.ordinals, strict=True):
        for passage in read(run, awarded[ordinal - cut.ordinals[0]]):
            yield Placed(passage, ordinal)
