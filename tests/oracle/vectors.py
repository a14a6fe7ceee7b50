"""The kept vectors: files, and what Java says of each, so that tests need no JDK.

``python -m tests.oracle.vectors`` asks a JDK and writes them anew.
"""

import gzip
import json
import sys
from base64 import b64decode, b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.oracle.cases import short_files
from tests.oracle.compare import schema_path
from tests.oracle.families import FAMILIES, family_files
from tests.oracle.mutations import Mutant, mutants
from tests.oracle.oracle import Answer, Oracle

KEPT = Path(__file__).parents[1] / "wire" / "validation" / "vectors.jsonl.gz"
_SEED = 1
_MUTANTS = 450
_LONGEST = 12_000
_OF_A_FAMILY = 40


class Vector(NamedTuple):
    """A file and Java's errors."""

    mutant: Mutant
    java: Answer


def kept_vectors() -> list[Vector]:
    """Return the kept vectors."""
    lines = gzip.decompress(KEPT.read_bytes()).decode().splitlines()
    vectors = []
    for line in lines:
        version, document, java = json.loads(line)
        answer = [(row, column, text) for row, column, text in java]
        vectors.append(Vector(Mutant(version, b64decode(document)), answer))
    return vectors


def _files() -> Iterator[Mutant]:
    for document in short_files():
        yield Mutant("1.1.2", document)
    fresh = (mutant for mutant in mutants(_SEED, 10 * _MUTANTS) if len(mutant.document) <= _LONGEST)
    for _, mutant in zip(range(_MUTANTS), fresh, strict=False):
        yield mutant
    for family in FAMILIES:
        yield from family_files(family, _SEED, _OF_A_FAMILY)


def main() -> None:
    """Ask Java and write the file."""
    lines = []
    with Oracle() as oracle:
        for version, document in _files():
            java = oracle.answer(document, schema_path(version))
            lines.append(json.dumps([version, b64encode(document).decode(), java]))
    KEPT.write_bytes(gzip.compress("\n".join(lines).encode(), 9, mtime=0))
    sys.stdout.write(f"{len(lines)} vectors, {KEPT.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
