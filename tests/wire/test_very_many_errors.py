"""A file with very many errors: the first hundred are told, and the rest is left unread."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from mockportal.resources import schema_path
from mockportal.wire.first_control import first_control
from mockportal.wire.surveying import surveyed
from mockportal.wire.validation import compile_schema, validate
from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire

SCHEMA = schema_path("1.1.2")
PIECE = 20_000
"""Bytes: some fifteen passages, so that two thousand make more than a hundred pieces."""


def a_flux_with_faults(wrong: Callable[[int], bool]) -> bytes:
    sexes = ["H" if wrong(n) else "F" for n in range(2_000)]
    return a_flux_xml(
        *(a_passage_xml(f"T-{n}", a_titulaire(sexe=sex)) for n, sex in enumerate(sexes))
    )


@pytest.mark.parametrize(
    "wrong",
    [
        lambda n: n % 2 == 0,
        lambda n: n % 40 == 0,
        lambda n: n > 1_990,
        lambda n: n % 200 == 5,
    ],
    ids=["every other", "one in forty", "the last ten", "ten, far apart"],
)
def test_the_errors_told_are_those_of_the_exact_check(
    tmp_path: Path, wrong: Callable[[int], bool]
) -> None:
    flux = a_flux_with_faults(wrong)
    path = tmp_path / "flux.xml"
    path.write_bytes(flux)

    with (tmp_path / "copy.xml").open("w+b") as copy:
        told = first_control(path, SCHEMA, copy, PIECE)

    exact = validate(BytesIO(flux), compile_schema(SCHEMA))
    assert isinstance(told, tuple)
    assert [(one.line, one.column, one.message) for one in told] == [
        (one.line, one.column, one.message) for one in exact
    ]
    assert [one.place and one.place.technical_id for one in told] == [
        one.place and one.place.technical_id for one in exact
    ]


def test_the_rest_is_left_unread_once_enough_is_known() -> None:
    flux = a_flux_with_faults(lambda n: n % 2 == 0)
    asked: list[int] = []

    def enough(_sure: object, end: int) -> bool:
        asked.append(end)
        return True

    survey = surveyed(BytesIO(flux), len(flux), SCHEMA, PIECE, enough)

    assert not survey.good
    assert survey.reading is None
    assert len(asked) == 1
    assert asked[0] < len(flux) / 5
