"""The first control (« contrôle XML »): well-formed, and accepted by the schema, or not.

libxml2 is fast and Java is right: the real portal runs Java. A file is good when libxml2 says so
where both surely agree (``surveying``); in every other case the exact check (``validation``)
decides, which goes through the parts that are not surely good.
"""

from collections.abc import Sequence
from functools import lru_cache
from io import BufferedReader, FileIO, RawIOBase
from pathlib import Path
from typing import Any, BinaryIO

from mockportal.domain.deposits import FileError
from mockportal.domain.file_errors import Fault
from mockportal.wire.contexts import with_contexts
from mockportal.wire.cutting import PIECE_SIZE, cuts
from mockportal.wire.frames import frame_of
from mockportal.wire.outlines import OutlineTarget
from mockportal.wire.passage_checks import KeepLeaves, parser
from mockportal.wire.recognising import recognised
from mockportal.wire.surveying import Reading, surveyed
from mockportal.wire.validation import (
    MOST_ERRORS,
    CompiledSchema,
    Range,
    compile_schema,
    validate,
)
from mockportal.wire.validation.opening import text_of

__all__ = ["KeepLeaves", "Reading", "first_control"]


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
    What ``keep`` says is kept of its passages; it fits the pieces of the file itself.
    """
    with path.open("rb") as file:
        told: list[FileError] = []

        def enough(sure: list[Range], end: int) -> bool:
            told.extend(_errors_before(path, end, schema, sure))
            return bool(told)

        survey = surveyed(file, path.stat().st_size, schema, piece_size, enough, keep)
        if told:
            return with_contexts(file, tuple(told))
        if not survey.good:
            errors = _errors(file, schema, survey.sure)
            if errors:
                return with_contexts(file, errors)
        return survey.reading or _transcribed(file, copy, piece_size)


def _errors(file: BinaryIO, schema: Path, sure: Sequence[Range]) -> tuple[FileError, ...]:
    file.seek(0)
    errors = validate(file, _compiled(schema), sure=sure)
    if sure and errors and recognised(errors[-1].message).fault is Fault.NO_TEXT:
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


def _transcribed(file: BinaryIO, copy: BinaryIO, piece_size: int) -> Reading:
    """Return the reading of a file that the exact check has found good, whatever its shape."""
    target = OutlineTarget(copy)
    reader = parser(target, None)
    file.seek(0)
    for text in text_of(file):
        reader.feed(text.encode())
    reader.close()
    copy.flush()
    size = copy.seek(0, 2)
    pieces = [cut.piece for cut in cuts(copy, frame_of(copy, size), piece_size)]
    return Reading(target.outline(target.passages), pieces, target.certifications, True)


@lru_cache(maxsize=8)
def _compiled(schema: Path) -> CompiledSchema:
    return compile_schema(schema)
