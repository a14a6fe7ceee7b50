"""A second opinion on well-formedness, without a JDK: expat's."""

import re
from xml.parsers import expat

from mockportal.wire.validation import CompiledSchema
from tests.oracle.mutations import mutants
from tests.wire.validation.asking import texts_of

_OF_THE_SCHEMA = re.compile(r"cvc-|UndeclaredPrefix")
_JAVA_ALONE = re.compile(r"DOCTYPE|JAXP|La version XML|déclaration|encodage|pseudo-attribut")
"""Faults that expat does not know, or judges otherwise."""


def is_well_formed(document: bytes) -> bool:
    parser = expat.ParserCreate(namespace_separator=" ")
    try:
        parser.Parse(document, True)
    except expat.ExpatError:
        return False
    return True


def test_a_file_is_well_formed_for_the_check_when_it_is_for_expat(schema: CompiledSchema) -> None:
    compared = 0
    for _, document in mutants(5, 600):
        texts = texts_of(document, schema)
        if len(texts) == 100 or (texts and _JAVA_ALONE.search(texts[-1])) or b"<:a" in document:
            continue
        fault = texts and not _OF_THE_SCHEMA.match(texts[-1])
        assert is_well_formed(document) == (not fault), (texts[-1:], document)
        compared += 1
    assert compared > 400
