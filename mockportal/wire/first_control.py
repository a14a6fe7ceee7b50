"""The first control (« contrôle XML »): well-formed, and accepted by the schema, or not.

libxml2 is fast and Java is right: the real portal runs Java. A file is good when libxml2 says so
where both surely agree (``surveying``), or says so of its regular copy (``transcription``); in
every other case the exact check (``validation``) decides, which goes through the parts that are
not surely good.
"""

import logging
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from io import SEEK_END, BufferedReader, FileIO, RawIOBase
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from mockportal.domain.deposits import FileError
from mockportal.domain.file_errors import Fault, Place
from mockportal.wire.cutting import PIECE_SIZE, cuts
from mockportal.wire.frames import OddShapeError, frame_of
from mockportal.wire.outlines import OutlineTarget
from mockportal.wire.passage_checks import KeepLeaves, parser
from mockportal.wire.schema_elements import schema_elements
from mockportal.wire.surveying import Reading, Survey, surveyed
from mockportal.wire.transcription import transcribe
from mockportal.wire.validation import (
    MOST_ERRORS,
    CompiledSchema,
    Range,
    compile_schema,
    faults,
    validate,
)
from mockportal.wire.validation.kinds import facts_of
from mockportal.wire.validation.messages import worded
from mockportal.wire.validation.opening import text_of

if TYPE_CHECKING:
    from mockportal.wire.diagnosis import Names

__all__ = ["KeepLeaves", "Reading", "first_control", "too_many_passages"]
log = logging.getLogger(__name__)


def first_control(
    path: Path,
    schema: Path,
    copy: BinaryIO,
    piece_size: int = PIECE_SIZE,
    keep: KeepLeaves | None = None,
) -> Reading | tuple[FileError, ...]:
    """Return the reading of a valid file, or its errors (1 to 100) in the order of the file.

    Each error has its place, with the lines around it.
    ``copy`` is an empty file open for reading and writing: a file of odd shape is transcribed
    there. Memory does not grow with the file. The file is cut about every ``piece_size`` bytes.
    What ``keep`` says is kept of its passages; it fits the pieces that are returned.
    """
    with path.open("rb") as file:
        return _Control(path, file, schema, copy, piece_size, keep).result()


def too_many_passages(count: int, limit: int) -> tuple[FileError, ...]:
    """Return the error of a file that the schema accepts and that holds more than ``limit``.

    No place in it is to blame: it stands at the beginning.
    """
    message = worded(faults.TOO_MANY_PASSAGES, length=_grouped(count), limit=_grouped(limit))
    return (FileError(1, 1, message.text, Place(), facts_of(message)),)


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")


class _Control:
    """The first control of one file."""

    def __init__(
        self,
        path: Path,
        file: BinaryIO,
        schema: Path,
        copy: BinaryIO,
        piece_size: int,
        keep: KeepLeaves | None,
    ) -> None:
        self._path, self._file, self._schema, self._copy = path, file, schema, copy
        self._piece_size, self._keep = piece_size, keep
        self._told: tuple[FileError, ...] = ()

    def result(self) -> Reading | tuple[FileError, ...]:
        survey = self._surveyed()
        if survey.odd and (reading := self._read_by_copy()):
            log.debug("%s was read by its regular copy", self._path)
            return reading
        errors = self._told
        if not (survey.good or errors):
            log.debug("the exact check has the word on %s", self._path)
            errors = _errors(self._file, self._schema, survey.sure)
        if errors:
            # It is of use for what is refused alone, and a start waits for no more than it needs.
            from mockportal.wire.contexts import with_contexts  # noqa: PLC0415

            return with_contexts(self._file, errors, names_of(self._schema))
        return survey.reading or self._transcribed()

    def _surveyed(self) -> Survey:
        def enough(sure: list[Range], end: int) -> bool:
            self._told = _errors_before(self._path, end, self._schema, sure)
            return bool(self._told)

        size = self._path.stat().st_size
        return surveyed(self._file, size, self._schema, self._piece_size, enough, self._keep)

    def _read_by_copy(self) -> Reading | None:
        """Return the reading of a file whose regular copy is surely good, else None."""
        reading = None
        if transcribe(self._file, self._copy, self._schema):
            size = self._copy.seek(0, SEEK_END)
            keep = self._keep and self._keep.anew(Path(self._copy.name))
            reading = surveyed(
                self._copy, size, self._schema, self._piece_size, lambda _sure, _end: True, keep
            ).good_reading
        if reading is None:
            self._forget()
            return None
        return replace(reading, regular_copy=True)

    def _transcribed(self) -> Reading | tuple[FileError, ...]:
        """Return the reading of a file that the exact check has found good."""
        self._forget()
        try:
            return _transcribed(self._file, self._copy, self._piece_size, self._schema)
        except OddShapeError:
            # It is as regular as it can be: a passage is larger than what is read at once.
            facts = facts_of(worded(faults.PASSAGE_TOO_LARGE))
            return (FileError(1, 1, faults.PASSAGE_TOO_LARGE, Place(), facts),)

    def _forget(self) -> None:
        """Forget the copy, and what was kept of the leaves."""
        self._copy.seek(0)
        self._copy.truncate()
        if self._keep is not None:
            self._keep.forget()


def _errors(file: BinaryIO, schema: Path, sure: Sequence[Range]) -> tuple[FileError, ...]:
    file.seek(0)
    errors = validate(file, _compiled(schema), sure=sure)
    last = errors[-1].facts if errors else None
    if sure and last and last.fault is Fault.NO_TEXT:
        # Java's place for it depends on the portions that it reads: none may be left out.
        return _errors(file, schema, ())
    return errors


def _errors_before(
    path: Path, end: int, schema: Path, sure: Sequence[Range]
) -> tuple[FileError, ...]:
    """Return the errors of a file if there are as many as are told before ``end``, else none.

    One more is asked for: the last may be that the file seems to be cut off there.
    """
    with path.open("rb", buffering=0) as raw, BufferedReader(_Beginning(raw, end)) as beginning:
        errors = validate(beginning, _compiled(schema), MOST_ERRORS + 1, sure)
    return errors[:MOST_ERRORS] if len(errors) > MOST_ERRORS else ()


class _Beginning(RawIOBase):
    """The first bytes of a file, so many."""

    def __init__(self, raw: FileIO, left: int) -> None:
        self._raw = raw
        self._left = left

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        read = self._raw.readinto(memoryview(buffer)[: self._left]) or 0
        self._left -= read
        return read


def _transcribed(file: BinaryIO, copy: BinaryIO, piece_size: int, schema: Path) -> Reading:
    """Return the reading of a file that the exact check has found good, whatever its shape."""
    from mockportal.wire.validation.events import is_newer, tell  # noqa: PLC0415  # likewise

    target = OutlineTarget(copy)
    if is_newer(file):
        tell(file, _compiled(schema), target)
    else:
        reader = parser(target, None)
        file.seek(0)
        for text in text_of(file):
            reader.feed(text.encode())
        reader.close()
    copy.flush()
    size = copy.seek(0, SEEK_END)
    frame = frame_of(copy, size)
    pieces = [cut.piece for cut in cuts(copy, frame, piece_size, longest=inf)]
    if sum(piece.passages for piece in pieces) != target.passages:
        raise AssertionError("the copy does not hold the passages that were written to it")
    return Reading(target.outline(target.passages), pieces, target.certifications, True)


@lru_cache(maxsize=8)
def names_of(schema: Path) -> "Names":
    """Return the names of a schema's elements, by which mistakes in a file are recognised."""
    from mockportal.wire.diagnosis import Names  # noqa: PLC0415  # as in ``_Control.result``

    paths = [element.path for element in schema_elements(schema)]
    return Names(
        frozenset(path[-1] for path in paths),
        frozenset(name for path in paths for name in path[:-1]),
    )


@lru_cache(maxsize=8)
def _compiled(schema: Path) -> CompiledSchema:
    return compile_schema(schema)
