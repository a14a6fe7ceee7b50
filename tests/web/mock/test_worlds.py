"""Worlds by program: made, listed, looked at, reset, deleted."""

import pytest

from tests.fluxes import a_flux_xml, a_passage_xml
from tests.web.program import Program

FLUX = a_flux_xml(a_passage_xml("T-1"))


def test_a_world_is_a_copy_of_the_seeds_with_accounts_of_its_own(program: Program) -> None:
    answer = program.mock("POST", "/worlds", {"name": "copy"})

    made = answer.json or {}
    assert (answer.status_code, made["name"]) == (201, "copy")
    assert [one["seed_id"] for one in made["accounts"]] == ["CERT00001", "CERT00002", "DEPO00001"]
    first = made["accounts"][0]
    assert len(first["account_id"]) == 9
    assert (first["password"], first["client_id"], first["contracts"]) == (
        "mockportal",
        "03TST001",
        ["MCFCER100001"],
    )
    auth = (first["account_id"], first["password"])
    assert program.client.get("/api/v1/deposits", auth=auth).status_code == 200
    program.mock("DELETE", "/worlds/copy")


def test_an_empty_world_holds_nothing(program: Program) -> None:
    program.mock("POST", "/worlds", {"name": "empty", "seeds": False})

    state = program.mock("GET", "/state", world="empty").json or {}

    assert (state["accounts"], state["people"], state["certifications"]) == ([], 0, 0)
    program.mock("DELETE", "/worlds/empty")


def test_a_world_without_a_name_gets_one(program: Program) -> None:
    made = program.mock("POST", "/worlds", {}).json or {}

    assert made["name"] in (program.mock("GET", "/worlds").json or {})["items"]
    assert program.mock("DELETE", f"/worlds/{made['name']}").status_code == 204


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/worlds", {"name": "default"}, 409),
        ("POST", "/worlds", {"name": "à côté"}, 422),
        ("DELETE", "/worlds/default", None, 409),
        ("DELETE", "/worlds/nowhere", None, 404),
    ],
)
def test_what_cannot_be_done_to_a_world_is_refused(
    program: Program, method: str, path: str, body: object, status: int
) -> None:
    assert program.mock(method, path, body).status_code == status


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/state"), ("POST", "/reset"), ("GET", "/clock"), ("GET", "/outbox")],
)
def test_a_world_that_is_not_there_is_a_problem(program: Program, method: str, path: str) -> None:
    answer = program.mock(method, path, world="nowhere")

    assert answer.status_code == 404


def test_the_state_counts_what_a_world_holds(program: Program) -> None:
    program.mock("PUT", "/processing", {"mode": "manual"})
    program.deposit(FLUX)
    program.deposit(b"<not-a-flux/>")

    state = program.mock("GET", "/state").json or {}

    assert state["world"] == program.world.name
    assert state["processing"] == {"mode": "manual"}
    assert state["deposits"] == {
        "failed": 0,
        "processing": 1,
        "refused": 1,
        "accepted": 0,
        "partly_rejected": 0,
    }
    assert [one["client_id"] for one in state["accounts"]] == ["03TST001", "03TST002", "03TST003"]
    assert state["people"] > 300


def test_a_reset_leaves_the_accounts_and_nothing_else(program: Program) -> None:
    program.mock("POST", "/clock/advance", {"seconds": 90_000})
    program.deposit(FLUX)

    made = program.mock("POST", "/reset").json or {}

    assert [one["account_id"] for one in made["accounts"]] == [
        one.id for one in program.world.accounts
    ]
    assert (program.get("/deposits").json or {})["total"] == 0
    assert program.deposit(FLUX)["processing_id"] == 1


def test_what_went_with_its_world_is_a_problem_and_no_fault(program: Program) -> None:
    program.mock("DELETE", f"/worlds/{program.world.name}")

    assert program.get("/deposits").status_code == 401
    assert program.mock("GET", "/state").status_code == 404
