"""Reading a flux the quick ways, as the portal does, and comparing that with an exact reading."""

import io
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from random import Random
from typing import NamedTuple

from lxml import etree

from mockportal.domain.deposits import FileError
from mockportal.domain.flux import AwardedCertification
from mockportal.domain.identifiers import WorldId
from mockportal.resources import schema_path
from mockportal.wire.first_control import KeepLeaves, Reading, first_control
from mockportal.wire.leaves import KeptLeaves
from mockportal.wire.reading import KeptFile
from mockportal.wire.validation import compile_schema, validate
from tests.differential.exact import (
    ExactReading,
    Row,
    certification_rows,
    exact_reading,
    leaves_of,
    outline_row,
    row_of,
)

_WORLD = WorldId(7)


class Case(NamedTuple):
    """A file, and how the portal reads it."""

    document: bytes
    version: str
    piece_size: int
    keeps_leaves: bool
    knows_schema: bool = True
    """The second control reads by the schema; learning a flux reads without it."""
    apart: bool = False
    """A second process reads beside."""
    surely_good: bool = False
    """It was made so: the exact check need not say it once more."""


class Compared(NamedTuple):
    """How many passages were compared, of a file that is good, and what differs."""

    passages: int
    good: bool
    quick: bool
    """The file was cut as it is, not transcribed."""
    differences: list[str]


def compared(case: Case, folder: Path, seed: int = 0) -> Compared:
    """Return how the quick reading of a file differs from the exact one."""
    quick = _controlled(case, folder)
    good = case.surely_good and isinstance(quick, Reading)
    exact = [] if good else _errors(case)
    if not isinstance(quick, Reading):
        places = [(error.line, error.column, error.message) for error in quick]
        if places == exact:
            return Compared(0, False, False, [])
        return Compared(0, False, False, [f"errors: {places[:2]} instead of {exact[:2]}"])
    if exact:
        return Compared(0, False, False, [f"good, instead of {exact[:2]}"])
    try:
        whole = exact_reading(case.document)
    except etree.XMLSyntaxError as fault:
        return Compared(0, True, False, [f"the tree: {fault}"])
    differences = list(_differences(case, folder, quick, whole, Random(seed)))
    return Compared(len(whole.passages), True, not quick.regular_copy, differences)


def _controlled(case: Case, folder: Path) -> Reading | tuple[FileError, ...]:
    path, schema = folder / "deposit.xml", schema_path(case.version)
    path.write_bytes(case.document)
    with (folder / "regular.xml").open("w+b") as copy, (folder / "leaves").open("w+b") as out:
        keep = KeepLeaves(out, path, _WORLD, case.apart) if case.keeps_leaves else None
        return first_control(path, schema, copy, case.piece_size, keep)


def _errors(case: Case) -> list[tuple[int, int, str]]:
    errors = validate(io.BytesIO(case.document), compile_schema(schema_path(case.version)))
    return [(error.line, error.column, error.message) for error in errors]


def _differences(
    case: Case, folder: Path, quick: Reading, whole: ExactReading, random: Random
) -> Iterator[str]:
    outline = outline_row(quick.outline)
    if outline != whole.outline:
        yield f"outline: {outline} instead of {whole.outline}"
    counts = quick.outline.passages, quick.outline.certifications
    if counts != (len(whole.passages), len(whole.certifications)):
        yield f"counts: {counts} instead of {len(whole.passages), len(whole.certifications)}"
    certifications = list(certification_rows(quick.certifications))
    if certifications != whole.certifications:
        yield f"certifications: {certifications[:3]} instead of {whole.certifications[:3]}"
    rows = _rows(case, folder, quick)
    for number, (row, exact) in enumerate(zip_longest(rows, whole.passages)):
        if row != exact:
            yield f"passage {number}: {row} instead of {exact}"
            break
    yield from _differences_of_some(folder, quick, whole, random)


def _rows(case: Case, folder: Path, quick: Reading) -> list[Row]:
    schema = schema_path(case.version) if case.knows_schema else None
    kept_leaves = folder / "leaves" if case.keeps_leaves else None

    def awarded(first: int, last: int) -> list[AwardedCertification]:
        return quick.certifications[first : last + 1]

    with KeptFile(_kept(folder, quick), schema=schema) as kept, KeptLeaves(kept_leaves) as leaves:
        return [
            row_of(placed.passage, placed.certification)
            for piece in quick.pieces
            for placed in kept.passages(piece, awarded, leaves.of(piece.number))
        ]


def _differences_of_some(
    folder: Path, quick: Reading, whole: ExactReading, random: Random
) -> Iterator[str]:
    """Compare a passage read alone, and all of one piece byte for byte."""
    piece = random.choice(quick.pieces)
    before = sum(one.passages for one in quick.pieces[: piece.number])
    position = random.randrange(piece.passages)
    with KeptFile(_kept(folder, quick)) as kept:
        element = leaves_of(kept.element(piece, position))
        raw = kept.raw(piece)
        bare = b"".join(passage for passage, _ in raw)
        alone = etree.fromstring(kept.frame.root + bare + kept.frame.closing)
    exact = whole.passages[before : before + piece.passages]
    if element != leaves_of(whole.elements[before + position]):
        yield f"passage {before + position} alone: {element}"
    identifiers = [leaves_of(one).get("idTechnique") for one in alone]
    if identifiers != [row[0] for row in exact]:
        yield f"bytes of piece {piece.number}: {identifiers[:5]} instead of {exact[:5]}"
    if [ordinal for _, ordinal in raw] != [row[1] for row in exact]:
        yield f"ordinals of piece {piece.number}"


def _kept(folder: Path, quick: Reading) -> Path:
    return folder / ("regular.xml" if quick.regular_copy else "deposit.xml")
