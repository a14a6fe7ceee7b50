"""The kept answers of a JDK: the same errors at the same places, without one."""

import re

from tests.oracle.compare import compiled_schemas, is_same, our_answer
from tests.oracle.vectors import kept_vectors

_KINDS = (
    "cvc-attribute.3",
    "cvc-complex-type.2.3",
    "cvc-complex-type.2.4.a",
    "cvc-complex-type.2.4.b",
    "cvc-complex-type.2.4.d",
    "cvc-complex-type.3.2.2",
    "cvc-datatype-valid.1.2.1",
    "cvc-elt.1.a",
    "cvc-elt.3.1",
    "cvc-elt.3.2.1",
    "cvc-elt.4.1",
    "cvc-elt.4.2",
    "cvc-elt.4.3",
    "cvc-enumeration-valid",
    "cvc-length-valid",
    "cvc-maxInclusive-valid",
    "cvc-maxLength-valid",
    "cvc-minInclusive-valid",
    "cvc-minLength-valid",
    "cvc-pattern-valid",
    "cvc-type.3.1.1",
    "cvc-type.3.1.2",
    "cvc-type.3.1.3",
)


def test_every_kept_file_gets_the_very_errors_of_java() -> None:
    schemas = compiled_schemas()

    different = [
        (number, ours, java)
        for number, (mutant, java) in enumerate(kept_vectors())
        if not is_same(ours := our_answer(mutant.document, schemas[mutant.version]), java)
    ]

    assert different == []


def test_the_kept_files_show_every_kind_of_schema_error() -> None:
    texts = [text for vector in kept_vectors() for _, _, text in vector.java]

    shown = {match[0] for text in texts if (match := re.match(r"cvc-[\w.\-]*\w", text))}

    assert shown >= set(_KINDS)
