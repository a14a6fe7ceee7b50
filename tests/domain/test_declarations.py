"""Which questions the form of one passage asks, and what the flux says of the answers."""

from datetime import UTC, date, datetime

import pytest

from mockportal.domain.declarations import (
    FOR_WHOM,
    WAY,
    Page,
    date_faults,
    fields_asked,
    file_name,
    missing,
    page_of,
    pages_asked,
    proposed_id,
    said,
    type_told_by,
)
from mockportal.domain.uploads import refusal_of_name


def test_details_are_asked_for_only_where_an_answer_calls_for_them() -> None:
    assert Page.DETAILS not in pages_asked({WAY: "holder", "has_language_level": "false"})
    assert Page.DETAILS in pages_asked({WAY: "holder", "has_language_level": "true"})


@pytest.mark.parametrize(
    ("answer", "fields"),
    [
        ({"has_language_level": "true"}, ["language_level"]),
        ({"has_digital_level": "true"}, ["digital_score", "digital_results"]),
        ({"way_in": "VAE"}, ["vae_way"]),
        ({"way_in": "CANDIDAT_LIBRE"}, []),
    ],
)
def test_each_answer_calls_for_its_own_details(answer: dict[str, str], fields: list[str]) -> None:
    assert fields_asked(Page.DETAILS, answer) == fields


@pytest.mark.parametrize(
    ("way", "first", "number"),
    [
        ("holder", "birth_name", 15),
        ("training_file", "training_file", 3),
        ("national_id", "nir", 2),
        ("", None, 0),
    ],
)
def test_each_way_to_name_a_holder_has_its_fields(way: str, first: str | None, number: int) -> None:
    asked = fields_asked(Page.HOLDER, {WAY: way})

    assert len(asked) == number
    assert next(iter(asked), None) == first


def test_what_does_not_apply_is_kept_and_not_said() -> None:
    values = {WAY: "training_file", "birth_name": "MARTIN", "training_file": "31", "scoring": ""}

    told = said(values)

    assert told["birth_name"] is None
    assert told["training_file"] == "31"
    assert told["scoring"] is None
    assert "certifier" not in told


def test_what_has_to_be_filled_in_is_missed_but_the_type_that_the_code_tells() -> None:
    asked = fields_asked(Page.CERTIFICATION, {})

    faults = missing({"technical_id": "T-1"}, asked)

    assert [one.field for one in faults] == [FOR_WHOM, "certification_code"]


def test_a_fault_is_mended_on_the_page_that_asks_for_its_field() -> None:
    assert page_of("mention", {}) is Page.AWARD
    assert page_of("", {}) is Page.SUMMARY


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"valid_from": "2026-10-02", "valid_until": "2026-10-01"}, ["valid_until"]),
        ({"exam_from": "2026-10-02", "exam_until": "2026-10-01"}, ["exam_until"]),
        ({"exam_from": "2026-10-02", "exam_until": "2026-10-02"}, []),
        ({"valid_from": "soon", "valid_until": "2026-10-01"}, []),
    ],
)
def test_a_period_does_not_end_before_it_begins(values: dict[str, str], fields: list[str]) -> None:
    assert [one.field for one in date_faults(values)] == fields


@pytest.mark.parametrize(
    ("code", "type_"), [("RNCP90001", "RNCP"), ("RS1710", "RS"), ("1710", ""), ("", "")]
)
def test_a_code_tells_its_type(code: str, type_: str) -> None:
    assert type_told_by(code) == type_


@pytest.mark.parametrize("technical_id", ["2026/5?#%_é <b>", "///", "x" * 255, ".."])
def test_the_name_of_the_file_is_one_that_the_portal_takes(technical_id: str) -> None:
    name = file_name(technical_id, datetime(2026, 11, 24, 9, 8, 7, tzinfo=UTC))

    assert refusal_of_name(name) is None
    assert name.startswith("declaration-")
    assert name.endswith("-20261124090807.xml")


def test_the_identifier_that_is_proposed_tells_the_day() -> None:
    assert proposed_id("abcdefghijkl", date(2026, 11, 24)) == "DECL-20261124-abcdefgh"
