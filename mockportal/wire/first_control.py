"""The first control (« contrôle XML »): well-formed, and accepted by the schema, or not.

libxml2 is fast and Java is right: the real portal runs Java. A file is good when libxml2 says so
where both surely agree; in every other case the exact check (``validation``) decides.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from mockportal.domain.deposits import FileError, Piece
from mockportal.domain.flux import AwardedCertification, Outline
from mockportal.wire.cutting import Frame, OddShapeError, cuts, frame_of
from mockportal.wire.outlines import DoctypeFoundError, OutlineTarget
from mockportal.wire.validation import CompiledSchema, compile_schema, validate

_BLOCK = 1 << 20
_DISAGREEMENT = re.compile(rb"[\xf0-\xf4]|&#(?:x[0-9a-fA-F]{5}|[0-9]{5})|type\s*=")
"""Where libxml2 and Java may differ: characters that Java counts as two, and ``xsi:type``."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that passed: its outline, the pieces to treat it by, its certifications in order."""

    outline: Outline
    pieces: list[Piece]
    certifications: list[AwardedCertification]
    regular_copy: bool
    """The pieces are those of the copy, not of the file itself."""


class _UnsureError(Exception):
    """The fast way does not surely say that the file is good."""


def first_control(path: Path, schema: Path, copy: BinaryIO) -> Reading | tuple[FileError, ...]:
    """Return the reading of a valid file, or its errors (1 to 100) in the order of the file.

    ``copy`` is an empty file open for reading and writing: a file of odd shape is transcribed
    there. Memory does not grow with the file.
    """
    with path.open("rb") as file:
        try:
            return _read_regular(file, frame_of(file, path.stat().st_size), _loaded(schema))
        except (OddShapeError, _UnsureError):
            pass
        file.seek(0)
        errors = validate(file, _compiled(schema))
        return errors or _transcribed(file, copy)


def _read_regular(file: BinaryIO, frame: Frame, validator: etree.XMLSchema) -> Reading:
    """Return the reading of a regular file that is surely good; raises _UnsureError otherwise.

    The file is valid when its skeleton is (all of it, but one passage for each run of them), and
    each passage is: nothing in the schema ties passages together.
    """
    target = OutlineTarget()
    skeleton = _parser(target, validator)
    pieces: list[Piece] = []
    try:
        skeleton.feed(frame.head)
        for cut in cuts(file, frame):
            document = b"".join((frame.head, *cut.runs, frame.foot))
            _agreed(document)
            if not validator.validate(etree.fromstring(document, etree.XMLParser(huge_tree=True))):
                raise _UnsureError
            for glue, run in zip(cut.glues, cut.runs, strict=True):
                if glue or not pieces:
                    _agreed(glue)
                    skeleton.feed(glue + run[: run.index(frame.end) + len(frame.end)])
            pieces.append(cut.piece)
        skeleton.feed(frame.foot)
        skeleton.close()
    except (etree.XMLSyntaxError, DoctypeFoundError) as fault:
        raise _UnsureError from fault
    if skeleton.feed_error_log or not pieces:
        raise _UnsureError
    outline = target.outline(sum(piece.passages for piece in pieces))
    return Reading(outline, pieces, target.certifications, regular_copy=False)


def _agreed(content: bytes) -> None:
    if _DISAGREEMENT.search(content):
        raise _UnsureError


def _transcribed(file: BinaryIO, copy: BinaryIO) -> Reading:
    """Return the reading of a file that the exact check has found good, whatever its shape."""
    target = OutlineTarget(copy)
    parser = _parser(target, None)
    file.seek(0)
    while block := file.read(_BLOCK):
        parser.feed(block)
    parser.close()
    copy.flush()
    size = copy.seek(0, 2)
    pieces = [cut.piece for cut in cuts(copy, frame_of(copy, size))]
    return Reading(target.outline(target.passages), pieces, target.certifications, True)


def _parser(target: OutlineTarget, validator: etree.XMLSchema | None) -> etree.XMLParser:
    return etree.XMLParser(
        target=target,  # type: ignore[arg-type]  # the stubs ask for more than lxml does
        schema=validator,
        huge_tree=True,
        resolve_entities=False,
        no_network=True,
    )


def _loaded(schema: Path) -> etree.XMLSchema:
    """Return a schema of libxml2's: one a check, since threads would mix up its errors."""
    with schema.open("rb") as source:
        return etree.XMLSchema(etree.parse(source))


@lru_cache(maxsize=8)
def _compiled(schema: Path) -> CompiledSchema:
    return compile_schema(schema)
