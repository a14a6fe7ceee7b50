"""The first control (« contrôle XML »): well-formed, and accepted by the schema, or not."""

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from mockportal.domain.deposits import FileError, Piece
from mockportal.domain.flux import AwardedCertification, Outline
from mockportal.wire.cutting import Frame, OddShapeError, cuts, frame_of
from mockportal.wire.outlines import DoctypeFoundError, OutlineTarget

MOST_ERRORS = 100
"""About the first 100 errors are reported (OBSERVED)."""
_BLOCK = 1 << 20
_EMPTY = "Fin prématurée du fichier."
_DOCTYPE = (
    "DOCTYPE n'est pas autorisé lorsque la fonctionnalité "
    '"http://apache.org/xml/features/disallow-doctype-decl" est définie sur True.'
)
_NOT_XML = "Contenu non autorisé dans le prologue."
_NOT_UTF8 = "Octet 1 de la séquence UTF-8 à 1 octets non valide."
_XML_STARTS = (b"<", b"\xff\xfe", b"\xfe\xff", b"\x00<", b"\x00\x00\x00<", b"\x4c\x6f\xa7")
"""An angle bracket in the encodings that XML parsers know."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that passed: its outline, the pieces to treat it by, its certifications in order."""

    outline: Outline
    pieces: list[Piece]
    certifications: list[AwardedCertification]
    regular_copy: bool
    """The pieces are those of the copy, not of the file itself."""


def first_control(path: Path, schema: Path, copy: BinaryIO) -> Reading | tuple[FileError, ...]:
    """Return the reading of a valid file, or its errors (1 to 100) in the order of the file.

    ``copy`` is an empty file open for reading and writing: a file of odd shape is transcribed
    there. Memory does not grow with the file.
    """
    with schema.open("rb") as source:
        validator = etree.XMLSchema(etree.parse(source))
    with path.open("rb") as file:
        try:
            frame = frame_of(file, path.stat().st_size)
            reading = _read_regular(file, frame, validator)
        except OddShapeError:
            reading = None
        if reading is not None:
            return reading
        return _read_any(file, validator, copy)


def _read_regular(file: BinaryIO, frame: Frame, validator: etree.XMLSchema) -> Reading | None:
    """Return the reading of a regular file; None where this way is not sure that it is good.

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
            tree = etree.fromstring(document, etree.XMLParser(huge_tree=True))
            if not validator.validate(tree):
                return None
            for glue, run in zip(cut.glues, cut.runs, strict=True):
                if glue or not pieces:
                    skeleton.feed(glue + run[: run.index(frame.end) + len(frame.end)])
            pieces.append(cut.piece)
        skeleton.feed(frame.foot)
        skeleton.close()
    except etree.XMLSyntaxError:
        return None
    if skeleton.feed_error_log or not pieces:
        return None
    outline = target.outline(sum(piece.passages for piece in pieces))
    return Reading(outline, pieces, target.certifications, regular_copy=False)


def _read_any(
    file: BinaryIO, validator: etree.XMLSchema, copy: BinaryIO
) -> Reading | tuple[FileError, ...]:
    target = OutlineTarget(copy)
    parser = _parser(target, validator)
    file.seek(0)
    block = file.read(_BLOCK)
    stranger = _no_xml(block)
    if stranger:
        return (stranger,)
    try:
        while block:
            parser.feed(block)
            block = file.read(_BLOCK)
            if len(parser.feed_error_log) >= MOST_ERRORS:
                return _errors(parser)
        parser.close()
    except DoctypeFoundError:
        return (FileError(1, 1, _DOCTYPE),)
    except etree.XMLSyntaxError as fault:
        return _errors(parser) or (FileError(fault.lineno or 1, fault.offset or 1, fault.msg),)
    if parser.feed_error_log:
        return _errors(parser)
    copy.flush()
    copy.seek(0)
    size = copy.seek(0, 2)
    pieces = [cut.piece for cut in cuts(copy, frame_of(copy, size))]
    return Reading(target.outline(target.passages), pieces, target.certifications, True)


def _parser(target: OutlineTarget, validator: etree.XMLSchema) -> etree.XMLParser:
    return etree.XMLParser(
        target=target,  # type: ignore[arg-type]  # the stubs ask for more than lxml does
        schema=validator,
        huge_tree=True,
        resolve_entities=False,
        no_network=True,
    )


def _no_xml(block: bytes) -> FileError | None:
    """Return Java's one error for what does not even begin like XML, None for what may be XML."""
    start = block.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(_XML_STARTS):
        return None
    try:
        text = block.decode()
    except UnicodeDecodeError as fault:
        before = block[: fault.start].decode()
        return FileError(before.count("\n") + 1, len(before) - before.rfind("\n"), _NOT_UTF8)
    if text.strip():
        return FileError(1, 1, _NOT_XML)
    return FileError(text.count("\n") + 1, len(text) - text.rfind("\n"), _EMPTY)


def _errors(parser: etree.XMLParser) -> tuple[FileError, ...]:
    return tuple(
        FileError(max(entry.line, 1), max(entry.column, 1), entry.message.strip())
        for entry in list(parser.feed_error_log)[:MOST_ERRORS]
    )
