"""Compares the portal's first control with a JDK, message by message, on fresh mutated files.

``python -m tests.oracle.compare --count 2000 --seed 7`` prints the share of files with the same
verdict, the share with the same list, and the first differences. ``--family cuts`` takes files of
one of the hardest kinds, ``--folder PATH`` the documents of a folder, for instance those of the
W3C's conformance suite.
"""

import argparse
import io
import sys
import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from mockportal.wire.first_control import Reading, first_control
from mockportal.wire.validation import CompiledSchema, compile_schema, validate
from tests.oracle.encoded import encoded_files
from tests.oracle.families import FAMILIES, family_files
from tests.oracle.mutations import VERSIONS, Mutant, mutants
from tests.oracle.oracle import Answer, Oracle
from tests.oracle.tricky import tricky_files

SCHEMAS = Path(__file__).parents[2] / "xsd"
_VERSION_OF_FOLDERS = "1.1.2"


class Difference(NamedTuple):
    """A file on which the two do not say the same."""

    mutant: Mutant
    ours: Answer
    java: Answer


class Comparison(NamedTuple):
    """What came out of a round."""

    compared: int
    same_verdict: int
    same_list: int
    differences: list[Difference]


def schema_path(version: str) -> Path:
    """Return the schema file of a version."""
    return SCHEMAS / f"flux-{version}.xsd"


def compiled_schemas() -> dict[str, CompiledSchema]:
    """Return all versions, compiled."""
    return {version: compile_schema(schema_path(version)) for version in VERSIONS}


def our_answer(document: bytes, schema: CompiledSchema) -> Answer:
    """Return what the portal says of a file."""
    errors = validate(io.BytesIO(document), schema)
    return [(error.line, error.column, error.message) for error in errors]


def controlled_answer(document: bytes, version: str, piece_size: int, folder: Path) -> Answer:
    """Return what the first control says of a file, cut into pieces of about this size."""
    kept = folder / "deposit.xml"
    kept.write_bytes(document)
    with (folder / "regular.xml").open("w+b") as copy:
        result = first_control(kept, schema_path(version), copy, piece_size)
    errors = () if isinstance(result, Reading) else result
    return [(error.line, error.column, error.message) for error in errors]


def is_same(ours: Answer, java: Answer) -> bool:
    """Return whether two lists are the same; a place that Java does not give is free."""
    return len(ours) == len(java) and all(
        mine == its or (its[0] == -1 and mine[2] == its[2])
        for mine, its in zip(ours, java, strict=True)
    )


def compared(files: Iterable[Mutant], piece_size: int | None = None) -> Comparison:
    """Compare on these files: the exact check, or the whole first control in pieces of a size."""
    schemas = compiled_schemas()
    count = verdicts = lists = 0
    differences = []
    with Oracle() as oracle, tempfile.TemporaryDirectory() as folder:
        for mutant in files:
            if piece_size is None:
                ours = our_answer(mutant.document, schemas[mutant.version])
            else:
                ours = controlled_answer(mutant.document, mutant.version, piece_size, Path(folder))
            java = oracle.answer(mutant.document, schema_path(mutant.version))
            count += 1
            verdicts += bool(ours) == bool(java)
            if is_same(ours, java):
                lists += 1
            else:
                differences.append(Difference(mutant, ours, java))
    return Comparison(count, verdicts, lists, differences)


def folder_files(folder: Path) -> Iterator[Mutant]:
    """Yield the documents below a folder, those of XML's conformance suite for instance."""
    for path in sorted(folder.rglob("*.xml")):
        yield Mutant(_VERSION_OF_FOLDERS, path.read_bytes())


def main() -> None:
    """Run one round and print what came out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=10)
    parser.add_argument("--pieces", type=int, help="go through the first control, in such pieces")
    parser.add_argument("--tricky", type=int, help="take one in so many of the tricky files")
    parser.add_argument("--encodings", type=int, help="take one in so many of the encoded files")
    parser.add_argument("--family", choices=FAMILIES, help="take files of this kind alone")
    parser.add_argument("--folder", type=Path, help="take the documents (.xml) below this folder")
    parser.add_argument("--keep", type=Path, help="a folder for the files that differ")
    asked = parser.parse_args()
    files = mutants(asked.seed, asked.count)
    if asked.tricky:
        files = islice(tricky_files(), 0, None, asked.tricky)
    if asked.encodings:
        files = islice(encoded_files(), 0, None, asked.encodings)
    if asked.family:
        files = family_files(asked.family, asked.seed, asked.count)
    if asked.folder:
        files = folder_files(asked.folder)
    result = compared(files, asked.pieces)
    _tell(f"files:        {result.compared}")
    _tell(f"same verdict: {result.same_verdict / result.compared:.2%}")
    _tell(f"same list:    {result.same_list / result.compared:.2%}")
    for number, difference in enumerate(result.differences):
        if asked.keep:
            asked.keep.mkdir(exist_ok=True)
            (asked.keep / f"{number}.xml").write_bytes(difference.mutant.document)
        if number < asked.show:
            show(number, difference)


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def show(number: int, difference: Difference) -> None:
    """Print the first error that differs."""
    ours, java = difference.ours, difference.java
    at = next(
        (at for at, pair in enumerate(zip(ours, java, strict=False)) if pair[0] != pair[1]),
        min(len(ours), len(java)),
    )
    _tell(f"\n#{number} (schema {difference.mutant.version}): {len(ours)} errors, Java {len(java)}")
    _tell(f"  ours: {ours[at] if at < len(ours) else 'no more'}")
    _tell(f"  java: {java[at] if at < len(java) else 'no more'}")


if __name__ == "__main__":
    main()
