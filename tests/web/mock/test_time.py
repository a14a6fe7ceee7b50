"""Clocks and processing by program."""

from datetime import datetime

import pytest

from tests.fluxes import a_flux_xml, a_passage_xml
from tests.web.program import Program

FLUX = a_flux_xml(a_passage_xml("T-1"))
FRIDAY = "2026-04-03T10:00:00+02:00"


def status_of(program: Program, deposit: str) -> str:
    return str((program.get(f"/deposits/{deposit}").json or {})["status"])


def test_a_clock_is_real_until_it_is_set_and_again_afterwards(program: Program) -> None:
    program.mock("PUT", "/clock", {"now": FRIDAY, "frozen": True})
    frozen = program.mock("GET", "/clock").json
    program.mock("PUT", "/clock", {"now": None})
    real = program.mock("GET", "/clock").json or {}

    assert frozen == {"now": FRIDAY, "frozen": True}
    assert real["frozen"] is False
    shown = datetime.fromisoformat(real["now"])
    assert abs((datetime.now(shown.tzinfo) - shown).total_seconds()) < 60


def test_a_clock_that_was_set_goes_on(program: Program) -> None:
    answer = program.mock("PUT", "/clock", {"now": "2030-01-01T00:00:00+01:00"}).json or {}

    assert answer["now"].startswith("2030-01-01T00:00:0")
    assert answer["frozen"] is False


def test_advancing_runs_all_that_falls_due_on_the_way_each_at_its_time(program: Program) -> None:
    program.mock("PUT", "/clock", {"now": FRIDAY, "frozen": True})
    program.mock("PUT", "/processing", {"mode": "delay", "seconds": 3600})
    deposit = program.deposit(FLUX)["id"]

    answer = program.mock("POST", "/clock/advance", {"seconds": 200_000})

    assert answer.json == {
        "now": "2026-04-05T17:33:20+02:00",
        "frozen": True,
        "settled": True,
    }
    receipt = program.get(f"/deposits/{deposit}/receipt")
    assert "20260403.xml" in str(receipt.headers["Content-Disposition"])


def test_the_next_due_time_can_be_gone_to(program: Program) -> None:
    program.mock("PUT", "/clock", {"now": FRIDAY, "frozen": True})
    program.mock("PUT", "/processing", {"mode": "delay", "working_days": 1})
    deposit = program.deposit(FLUX)

    answer = program.mock("POST", "/clock/advance", {"next": True}).json or {}

    # The 6th of April 2026 is Easter Monday.
    assert deposit["receipt_due_at"] == "2026-04-07T10:00:00+02:00"
    assert answer["now"] == "2026-04-07T10:00:00+02:00"
    assert status_of(program, deposit["id"]) == "partly_rejected"


def test_the_next_of_nothing_moves_nothing(program: Program) -> None:
    program.mock("PUT", "/clock", {"now": FRIDAY, "frozen": True})

    answer = program.mock("POST", "/clock/advance", {"next": True}).json

    assert answer == {"now": FRIDAY, "frozen": True, "settled": True}


def test_a_clock_is_not_advanced_backwards(program: Program) -> None:
    program.mock("PUT", "/clock", {"now": FRIDAY, "frozen": True})

    answer = program.mock("POST", "/clock/advance", {"to": "2026-04-02T10:00:00+02:00"})

    assert answer.status_code == 409


def test_a_clock_goes_so_far_and_no_farther(program: Program) -> None:
    program.mock("PUT", "/clock", {"now": "2199-12-01T00:00:00+01:00", "frozen": True})

    answer = program.mock("POST", "/clock/advance", {"seconds": 3_000_000_000})

    assert answer.status_code == 409


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"seconds": -1},
        {"seconds": 1, "next": True},
        {"next": False},
        {"to": "2026-04-02T10:00:00"},
        {"to": "9999-12-31T23:59:59Z"},
        {"seconds": "1e999"},
    ],
)
def test_an_advance_that_says_nothing_clear_is_refused(program: Program, given: object) -> None:
    assert program.mock("POST", "/clock/advance", given).status_code == 422


def test_a_clock_moves_in_its_own_world_alone(program: Program) -> None:
    before = (program.mock("GET", "/clock", world="default").json or {})["now"][:10]

    program.mock("PUT", "/clock", {"now": FRIDAY, "frozen": True})

    after = program.mock("GET", "/clock", world="default").json or {}
    assert after["frozen"] is False
    assert after["now"][:10] >= before


@pytest.mark.parametrize(
    "said",
    [
        {"mode": "immediate"},
        {"mode": "manual"},
        {"mode": "delay", "seconds": 0},
        {"mode": "delay", "working_days": 2},
        {"mode": "polls", "polls": 3},
    ],
)
def test_processing_is_answered_as_it_was_said(program: Program, said: dict[str, object]) -> None:
    put = program.mock("PUT", "/processing", said)

    assert (put.status_code, put.json) == (200, said)
    assert program.mock("GET", "/processing").json == said


@pytest.mark.parametrize(
    "said",
    [
        {"mode": "delay"},
        {"mode": "delay", "seconds": 1, "working_days": 1},
        {"mode": "polls", "polls": 0},
        {"mode": "polls", "polls": True},
        {"mode": "immediate", "seconds": 1},
        {"mode": "sometimes"},
        {},
        [],
    ],
)
def test_processing_that_says_nothing_clear_is_refused(program: Program, said: object) -> None:
    assert program.mock("PUT", "/processing", said).status_code == 422


def test_an_account_may_be_treated_otherwise_than_its_world(program: Program) -> None:
    whose = {"account": program.account}
    program.mock("PUT", "/processing", {"mode": "manual"}, query=whose)
    waits = program.deposit(FLUX)

    own = program.mock("GET", "/processing", query=whose).json
    world = program.mock("GET", "/processing").json
    program.mock("PUT", "/processing", {"mode": None}, query=whose)

    assert waits["receipt_due_at"] is None
    assert (own, world) == ({"mode": "manual"}, {"mode": "immediate"})
    assert program.mock("GET", "/processing", query=whose).json == {"mode": "immediate"}


def test_an_account_of_another_world_is_not_there(program: Program) -> None:
    answer = program.mock("GET", "/processing", query={"account": "CERT00001"})

    assert answer.status_code == 404


@pytest.mark.parametrize(
    "said",
    [
        {"mode": "manual"},
        {"mode": "polls", "polls": 9},
        {"mode": "delay", "seconds": 9000},
        {"mode": "delay", "working_days": 2},
    ],
)
def test_what_waits_is_treated_when_told_in_every_mode(
    program: Program, said: dict[str, object]
) -> None:
    program.mock("PUT", "/processing", said)
    deposits = [program.deposit(FLUX)["id"] for _ in range(2)]

    answer = program.mock("POST", "/process").json

    assert answer == {"released": 2, "settled": True}
    assert {status_of(program, one) for one in deposits} == {"partly_rejected"}


@pytest.mark.parametrize("before", ["2026-03-28T12:00:00+01:00", "2026-10-24T12:00:00+02:00"])
def test_a_delay_and_a_clock_moved_on_by_as_much_agree_over_a_change_of_hour(
    program: Program, before: str
) -> None:
    program.mock("PUT", "/clock", {"now": before, "frozen": True})
    program.mock("PUT", "/processing", {"mode": "delay", "seconds": 172_800})
    deposit = program.deposit(FLUX)["id"]

    program.mock("POST", "/clock/advance", {"seconds": 172_799})
    assert status_of(program, deposit) == "processing"
    answer = program.mock("POST", "/clock/advance", {"seconds": 1}).json or {}

    assert status_of(program, deposit) == "partly_rejected"
    gone = datetime.fromisoformat(answer["now"]) - datetime.fromisoformat(before)
    assert gone.total_seconds() == 172_800
