"""Where Java stands when it finds an error: lines from 1, columns in UTF-16 units."""

import pytest

from mockportal.wire.validation import CompiledSchema
from tests.wire.validation.asking import FOOT, HEAD, errors_of

_WRONG = "<cpf:emetteur a='1'/>"


def place_of_first(document: str | bytes, schema: CompiledSchema) -> tuple[int, int]:
    first = errors_of(document, schema)[0]
    return first.line, first.column


@pytest.mark.parametrize(
    ("before", "place"),
    [
        ("", (2, 22)),
        ("\n", (3, 22)),
        ("\n   ", (3, 25)),
        ("\r\n", (3, 22)),
        ("\t", (2, 23)),
        ("<!-- é -->", (2, 32)),
        ("<!-- 😀 -->", (2, 33)),
        ("<!-- \n\n -->", (4, 26)),
        ("&#10;", (2, 27)),
    ],
)
def test_an_unexpected_attribute_is_placed_after_its_tag(
    before: str, place: tuple[int, int], schema: CompiledSchema
) -> None:
    assert place_of_first(HEAD + before + _WRONG + FOOT, schema) == place


def test_a_wrong_value_is_placed_after_the_end_tag(schema: CompiledSchema) -> None:
    document = f"{HEAD}<cpf:idFlux>\n{'x' * 51}\n  </cpf:idFlux  >{FOOT}"

    assert place_of_first(document, schema) == (4, 18)


def test_a_lone_carriage_return_shifts_the_columns_of_the_next_line_as_in_java(
    schema: CompiledSchema,
) -> None:
    assert place_of_first(f"{HEAD}\r{_WRONG}{FOOT}", schema) == (3, 21)


def test_a_byte_order_mark_does_not_count(schema: CompiledSchema) -> None:
    assert place_of_first("\ufeff<flux/>", schema) == place_of_first("<flux/>", schema) == (1, 8)


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "windows-1252", "UTF-16", "UTF-8"])
def test_a_declared_encoding_changes_no_place(encoding: str, schema: CompiledSchema) -> None:
    document = f"<?xml version='1.0' encoding='{encoding}'?>{HEAD}<!-- éà -->{_WRONG}{FOOT}"

    assert place_of_first(document.encode(encoding), schema) == (2, 33)


def test_bytes_that_java_gives_no_place_for_are_placed_themselves(schema: CompiledSchema) -> None:
    assert place_of_first(b"<a>\xe9</a>", schema) == (1, 4)
    assert place_of_first(b"\x89PNG", schema) == (1, 1)
