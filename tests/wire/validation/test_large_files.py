"""Files of any size: in portions, in bounded memory, and no further than needed."""

import io
import tracemalloc
from typing import BinaryIO, cast

import pytest

from mockportal.domain.deposits import FileError
from mockportal.wire.validation import CompiledSchema, Range, validate
from mockportal.wire.validation.decoding import BLOCK
from tests.fluxes import a_flux_xml, a_passage_xml
from tests.oracle.vectors import kept_vectors
from tests.wire.validation.asking import FOOT, HEAD, errors_of

_MEGABYTES = 20
_CEILING = 9 << 20


class Endless(io.RawIOBase):
    """A file made while it is read: a head, many times the same bytes, a foot."""

    def __init__(self, head: str, unit: str, foot: str) -> None:
        self._next = head.encode()
        self._unit = unit.encode() * (1 + 10_000 // len(unit))
        self._left = _MEGABYTES << 20
        self._foot = foot.encode()

    def read(self, size: int = -1) -> bytes:
        while len(self._next) < size and self._left > 0:
            self._next += self._unit
            self._left -= len(self._unit)
        if self._left <= 0:
            self._next, self._foot = self._next + self._foot, b""
        taken, self._next = self._next[:size], self._next[size:]
        return taken


@pytest.mark.parametrize(
    ("head", "unit", "foot"),
    [
        (f"{HEAD}<cpf:idFlux>", "abc é", f"</cpf:idFlux>{FOOT}"),
        (f"{HEAD}<!--", "abc é\n", f"-->{FOOT}"),
        (f"{HEAD}<![CDATA[", "abc é\n", f"]]>{FOOT}"),
        (f"{HEAD}<?p ", "abc é\n", f"?>{FOOT}"),
        (HEAD, "\n \t", FOOT),
        ("<flux a='", "abc é\n", "'/>"),
        ("<flux", " \n", "/>"),
        ("", " \n", "<flux/>"),
        ("<flux", "abc", "/>"),
        ("<flux ", "a='1' ", "/>"),
        ("", "<a>", ""),
        ("", "<a xmlns='u'>", ""),
    ],
    ids=lambda part: part[:20],
)
def test_memory_does_not_grow_with_the_file(
    head: str, unit: str, foot: str, schema: CompiledSchema
) -> None:
    file = cast("BinaryIO", Endless(head, unit, foot))
    tracemalloc.start()

    errors = validate(file, schema)

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert errors
    assert peak < _CEILING


def test_the_portions_that_a_file_is_read_in_change_nothing(schema: CompiledSchema) -> None:
    documents = [
        vector.mutant.document.decode()
        for vector in kept_vectors()
        if vector.mutant.version == "1.1.2" and vector.mutant.document.startswith(b"<cpf:flux")
        if b"\xe9" not in vector.mutant.document and b"\xff" not in vector.mutant.document
    ]
    assert len(documents) > 20

    for document in documents:
        plain = errors_of(document, schema)
        middle = len(document.encode()) // 2
        for cut in range(middle, middle + 40, 3):
            padding = f"<!--{'x' * (BLOCK - cut - 8)}-->\n"
            moved = errors_of(padding + document, schema)
            assert moved == [FileError(e.line + 1, e.column, e.message) for e in plain]


def test_a_file_with_50_000_errors_gives_the_first_100(schema: CompiledSchema) -> None:
    document = HEAD + "<cpf:idFlux/>\n" * 50_000

    errors = errors_of(document, schema)

    assert len(errors) == 100
    assert errors[-1].line == 51


def test_parts_that_are_surely_good_are_left_out_and_still_counted(
    schema: CompiledSchema,
) -> None:
    passages = [a_passage_xml(f"É-{number} 😀") + "\r\n" * (number % 3) for number in range(60)]
    wrong = a_passage_xml("x").replace("PAR_ADMISSION", "?")
    content = a_flux_xml("".join([*passages[:40], wrong, *passages[40:], wrong, passages[0]]))
    starts = [content.index(passage.encode()) for passage in passages]
    sure = [
        Range(starts[1], starts[20]),
        Range(starts[20], starts[40] - len(wrong.encode())),
        Range(starts[41], starts[59]),
    ]

    errors = validate(io.BytesIO(content), schema, sure=sure)

    assert len(errors) == 4
    assert errors == validate(io.BytesIO(content), schema)


def test_elements_may_be_as_deep_as_anybody_writes_them(schema: CompiledSchema) -> None:
    deep = 20_000

    whole = errors_of("<a>" * deep + "</a>" * deep, schema)
    cut = errors_of("<a>" * deep, schema)

    assert [error.message[:11] for error in whole] == ["cvc-elt.1.a"]
    assert [(error.line, error.column) for error in cut] == [(1, 4), (1, 3 * deep + 1)]


def test_many_names_deep_within_each_other_are_too_many(schema: CompiledSchema) -> None:
    errors = errors_of("".join(f"<a{number}>" for number in range(30_000)), schema)

    assert "profondeur" in errors[-1].message
    assert len(errors) == 2


def test_a_long_value_is_told_whole(schema: CompiledSchema) -> None:
    value = "é" * 200_000

    errors = errors_of(f"{HEAD}<cpf:idFlux>{value}</cpf:idFlux>{FOOT}", schema)

    assert f"'{value}', ayant pour longueur '200000'" in errors[0].message
    assert f"'{value}'" in errors[1].message
