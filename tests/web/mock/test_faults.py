"""Faults as they are set, listed and removed."""

from typing import Any

import pytest

from mockportal.domain.faults import POSSIBLE, Fault, Stage, Trouble, falls
from tests.fluxes import a_flux_xml, a_passage_xml
from tests.web.program import Program, a_program

UPLOAD = {"stage": "upload", "kind": "status"}
FLUX = a_flux_xml(a_passage_xml("T-1"))


def listed(program: Program) -> list[dict[str, Any]]:
    return list(program.mock("GET", "/faults").get_json()["items"])


def test_there_are_none_at_first(program: Program) -> None:
    assert listed(program) == []
    assert "X-Mockportal-Fault" not in program.get("/deposits").headers


def test_one_is_added_to_those_there_are_and_told_with_all_that_was_left_out(
    program: Program,
) -> None:
    program.mock("POST", "/faults", UPLOAD)

    answer = program.mock("POST", "/faults", {**UPLOAD, "name": "second", "times": 3})

    assert answer.status_code == 201
    assert answer.json == listed(program)[1]
    assert {**(answer.json or {}), "id": 0} == {
        "id": 0,
        "name": "second",
        "stage": "upload",
        "kind": "status",
        "account": None,
        "status": 500,
        "seconds": 1.0,
        "times": 3,
        "probability": None,
        "seed": None,
        "left": 3,
        "struck": 0,
    }


def test_a_list_takes_the_place_of_those_there_were(program: Program) -> None:
    program.mock("POST", "/faults", [UPLOAD, UPLOAD])

    program.mock("PUT", "/faults", [{"stage": "page", "kind": "drop"}])

    assert [one["name"] for one in listed(program)] == ["page-drop"]


def test_one_is_removed_or_all(program: Program) -> None:
    made = program.mock("POST", "/faults", [UPLOAD, UPLOAD, UPLOAD]).get_json()

    one = program.mock("DELETE", f"/faults/{made[1]['id']}").status_code
    left = [fault["id"] for fault in listed(program)]
    all_ = program.mock("DELETE", "/faults").status_code

    assert (one, all_) == (204, 204)
    assert left == [made[0]["id"], made[2]["id"]]
    assert listed(program) == []
    assert program.mock("DELETE", f"/faults/{made[1]['id']}").status_code == 404


def test_one_of_another_world_cannot_be_removed(program: Program, shared: tuple[Any, Any]) -> None:
    other = a_program(shared[1], shared[0], f"{program.world.name}-b")
    theirs = other.mock("POST", "/faults", UPLOAD).json or {}

    assert program.mock("DELETE", f"/faults/{theirs['id']}").status_code == 404
    assert len(listed(other)) == 1


def test_a_world_that_is_reset_has_none(program: Program) -> None:
    program.mock("POST", "/faults", UPLOAD)

    program.mock("POST", "/reset")

    assert listed(program) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"stage": "login", "kind": "late"},
        {"stage": "second_control", "kind": "status"},
        {"stage": "upload", "kind": "status", "status": 200},
        {"stage": "page", "kind": "slow", "seconds": 61},
        {"stage": "page", "kind": "drop", "probability": 0.5},
        {"stage": "page", "kind": "drop", "seed": 1},
        {"stage": "page", "kind": "drop", "name": "two words"},
        {"stage": "page", "kind": "drop", "times": 0},
        {"stage": "page", "kind": "earthquake"},
        {"stage": "page", "kind": "drop", "account": "NOBODY"},
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_set(
    program: Program, wrong: dict[str, Any]
) -> None:
    answer = program.mock("POST", "/faults", [UPLOAD, wrong])

    assert answer.status_code == 422
    assert (answer.get_json())["errors"]
    assert listed(program) == []


def test_an_account_of_another_world_is_refused(program: Program) -> None:
    answer = program.mock("PUT", "/faults", [{**UPLOAD, "account": "CERT00001"}])

    assert answer.status_code == 422


def test_chance_follows_from_the_seed_and_the_name_of_the_world(program: Program) -> None:
    program.mock(
        "PUT", "/faults", [{"stage": "page", "kind": "status", "probability": 0.5, "seed": 7}]
    )

    struck = [program.get("/deposits").status_code == 500 for _ in range(20)]

    assert struck == [falls(7, program.world.name, turn, 0.5) for turn in range(1, 21)]
    assert 0 < sum(struck) < 20


@pytest.mark.parametrize(("probability", "often"), [(0.0, 0), (1.0, 200)])
def test_never_and_always_are_no_chance(probability: float, often: int) -> None:
    assert sum(falls(1, "w", turn, probability) for turn in range(200)) == often


def test_each_stage_has_its_troubles_and_each_trouble_a_stage() -> None:
    assert set(POSSIBLE) == set(Stage)
    assert set().union(*POSSIBLE.values()) == set(Trouble)


def test_of_two_that_could_strike_the_first_does(program: Program) -> None:
    program.mock(
        "PUT",
        "/faults",
        [{**UPLOAD, "status": 501, "times": 1}, {**UPLOAD, "status": 502, "times": 1}],
    )

    assert [program.send(FLUX).status_code for _ in range(3)] == [501, 502, 201]


def test_what_strikes_is_logged(program: Program, caplog: pytest.LogCaptureFixture) -> None:
    program.mock("PUT", "/faults", [{**UPLOAD, "name": "my-fault", "times": 1}])

    program.send(FLUX)

    assert f"fault 'my-fault' (status) strikes {program.account} at upload" in caplog.text


def test_a_fault_without_a_name_is_called_by_what_it_does() -> None:
    assert Fault(stage=Stage.PAGE, trouble=Trouble.CUT).title == "page-cut"
