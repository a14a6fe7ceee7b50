"""The fast way through a file: which parts of it are surely good, and what it says.

The file is good when its skeleton is (all of it, but one passage for each run of them) and each
passage is: nothing in the schema ties passages together.

It is believed as long as all counts agree (passages, their identifiers, certifications), and for a
limited time: else the exact check has the word, which lets other threads work meanwhile.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import BinaryIO

from lxml import etree

from mockportal.domain.deposits import Piece
from mockportal.domain.flux import AwardedCertification, Outline
from mockportal.wire.agreement import as_java_counts, surely_read_alike
from mockportal.wire.cutting import PIECE_SIZE, Cut, cuts
from mockportal.wire.frames import Frame, OddShapeError, frame_of
from mockportal.wire.leaves import write_block
from mockportal.wire.outlines import OutlineTarget
from mockportal.wire.passage_checks import KeepLeaves, PassageChecks, Verdict, parser, whole_schema
from mockportal.wire.validation import Range

_MANY = 8
"""Pieces that fail before it is worth a look whether they hold all the errors that are told."""
_PATIENCE, _PATIENCE_A_BYTE = 10.0, 1e-6
"""Seconds that the fast way may take, and more for each byte: it needs a fortieth of them."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that passed: its outline, the pieces to treat it by, its certifications in order."""

    outline: Outline
    pieces: list[Piece]
    certifications: list[AwardedCertification]
    regular_copy: bool
    """The pieces are those of the copy, not of the file itself."""


@dataclass(slots=True)
class Survey:
    """What the fast way knows of a file."""

    good: bool = False
    """The whole file is surely good."""
    sure: list[Range] = field(default_factory=list)
    """Parts that are surely good, whatever the others are: ``validate`` can leave them out."""
    reading: Reading | None = None
    """What the file says if it is good; None when it must be transcribed to be read."""
    odd: bool = False
    """Nothing bad was met, but what the fast way cannot judge: a regular copy may tell."""

    @property
    def good_reading(self) -> Reading | None:
        """Return what the file says, if all of it is surely good."""
        return self.reading if self.good else None


def surveyed(
    file: BinaryIO,
    size: int,
    schema: Path,
    piece_size: int = PIECE_SIZE,
    enough: Callable[[list[Range], int], bool] = lambda _sure, _end: False,
    keep: KeepLeaves | None = None,
) -> Survey:
    """Return what the fast way finds; memory does not grow with the file.

    ``keep`` says what is to be kept of what it reads of the passages.
    ``enough`` is asked once, when many pieces have failed, with what is sure by then and where the
    last of them ends: whoever knows enough of the file by that leaves the rest unread.
    """
    try:
        frame = frame_of(file, size)
        checks = PassageChecks(schema, frame, keep)
    except OddShapeError:
        return Survey(odd=True)
    with (
        closing(cuts(file, frame, piece_size, checks.read)) as pieces,
        whole_schema(schema) as validator,
    ):
        regular = _RegularPart(pieces)
        return _surveyed(checks, regular, _Skeleton(frame, validator), enough, keep and keep.out)


def _surveyed(
    checks: PassageChecks,
    regular: "_RegularPart",
    skeleton: "_Skeleton",
    enough: Callable[[list[Range], int], bool],
    out: BinaryIO | None,
) -> Survey:
    survey = Survey()
    pieces: list[Piece] = []
    survey.good = True
    certain = True
    failed = 0
    doubtful = False
    for cut, verdict in checks.verdicts(regular):
        good = verdict is Verdict.GOOD and cut.certain
        certain = certain and cut.certain
        bad = verdict is Verdict.BAD and cut.certain
        doubtful = doubtful or not (good or bad)
        failed += bad
        if bad and failed == _MANY and enough(survey.sure, cut.piece.offset + cut.piece.length):
            survey.good = False
            return survey
        pieces.append(cut.piece)
        if out is not None:
            write_block(out, cut.leaves or b"")
        skeleton.take(cut)
        survey.good = survey.good and good
        if good:
            survey.sure.extend(_sure_parts(cut, skeleton.frame))
    skeleton.end()
    survey.good = survey.good and regular.whole and skeleton.good
    if not failed and not survey.good:
        survey.odd = doubtful or regular.odd or skeleton.doubtful
    if regular.whole and certain and skeleton.agrees(pieces):
        survey.reading = skeleton.reading(pieces)
    return survey


class _RegularPart:
    """The pieces of a file up to the first that is not of regular shape, or comes too late."""

    def __init__(self, pieces: Iterator[Cut], clock: Callable[[], float] = monotonic) -> None:
        self.whole = self.odd = False
        self._cuts = pieces
        self._clock = clock

    def __iter__(self) -> Iterator[Cut]:
        begun = self._clock()
        try:
            for cut in self._cuts:
                yield cut
                read = cut.piece.offset + cut.piece.length
                if self._clock() - begun > _PATIENCE + _PATIENCE_A_BYTE * read:
                    return
            self.whole = True
        except OddShapeError:
            self.odd = True


class _Skeleton:
    """A file with one passage for each run of them, checked and read on the way."""

    def __init__(self, frame: Frame, validator: etree.XMLSchema) -> None:
        self.good = False
        self.doubtful = not surely_read_alike(frame.undeclared_head)
        self.frame = frame
        self._target = _SkeletonTarget()
        self._ordinals: list[int] = []
        self._parser = parser(self._target, validator)
        self._well_formed = True
        self._counted = len(frame.certification.findall(frame.head))
        self._parse(frame.bare_head)

    def take(self, cut: Cut) -> None:
        """Take the next piece."""
        for glue, run, ordinal in zip(cut.glues, cut.runs, cut.ordinals, strict=True):
            if glue or not cut.piece.number:
                # What a passage says is not read here.
                first = as_java_counts(run[: _first_passage(run, self.frame)])
                self._feed(glue + first)
                self._ordinals.append(ordinal)
        self._counted = cut.ordinals[-1] + 1

    def end(self) -> None:
        """Take the foot."""
        self._feed(self.frame.foot)
        if self._well_formed:
            try:
                self._parser.close()
            except etree.XMLSyntaxError:
                self._well_formed = False
        self.good = not self.doubtful and self._well_formed and not self._parser.feed_error_log

    def agrees(self, pieces: list[Piece]) -> bool:
        """Return whether the bytes were cut where elements are: no other prefix, no comment."""
        target = self._target
        counted = self._counted == len(target.certifications) and target.ordinals == self._ordinals
        return self._well_formed and bool(pieces) and counted

    def reading(self, pieces: list[Piece]) -> Reading:
        """Return what the file says."""
        outline = self._target.outline(sum(piece.passages for piece in pieces))
        return Reading(outline, pieces, self._target.certifications, regular_copy=False)

    def _feed(self, content: bytes) -> None:
        self.doubtful = self.doubtful or not surely_read_alike(content)
        self._parse(content)

    def _parse(self, content: bytes) -> None:
        if self._well_formed:
            try:
                self._parser.feed(content)
            except etree.XMLSyntaxError:
                self._well_formed = False


class _SkeletonTarget(OutlineTarget):
    """Notes of which certification, by its ordinal, each passage of the skeleton is."""

    def __init__(self) -> None:
        super().__init__()
        self.ordinals: list[int] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        before = self.passages
        super().start(tag, attributes)
        if self.passages > before:
            self.ordinals.append(len(self.certifications))


def _sure_parts(cut: Cut, frame: Frame) -> Iterator[Range]:
    """Yield the runs of a good piece, without the first passage where a run begins."""
    at = cut.piece.offset
    for glue, run in zip(cut.glues, cut.runs, strict=True):
        at += len(glue)
        begins = bool(glue) or not cut.piece.number
        start = at + (_first_passage(run, frame) if begins else 0)
        # Java's columns after a carriage return that is alone depend on what it stands in.
        if b"\r" not in run or run.count(b"\r") == run.count(b"\r\n"):
            yield Range(start, at + len(run), run.count(frame.end) - begins)
        at += len(run)


def _first_passage(run: bytes, frame: Frame) -> int:
    """Return where the first passage of a run ends."""
    return run.index(frame.end) + len(frame.end)
