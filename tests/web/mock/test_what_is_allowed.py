"""Errors of ``/_mock`` list all that is allowed in the place of what was given."""

import pytest

from tests.web.program import Program


@pytest.mark.parametrize(
    ("method", "path", "given", "allowed"),
    [
        ("POST", "/worlds", {"nam": "x"}, ["name", "seeds"]),
        ("POST", "/accounts", {"kind": "x"}, ["certifier", "depositor"]),
        ("POST", "/accounts", {"schema": "9"}, ["1.1.1", "1.1.2", "1.1.5"]),
        ("POST", "/accounts", [{"nam": "x"}], ["name", "client_id", "contract_id", "mandates"]),
        ("POST", "/accounts", {"items": [{"nam": "x"}]}, ["name", "client_id", "schema"]),
        ("POST", "/holders", {"nom": "x"}, ["nomNaissance", "prenom1", "codeInsee", "lieuNir"]),
        ("POST", "/faults", {"stage": "x", "kind": "drop"}, ["login", "upload", "second_control"]),
        ("POST", "/faults", {"stage": "page", "kind": "x"}, ["status", "answer_lost", "stuck"]),
        ("POST", "/faults", {"stage": "login", "kind": "late"}, ["cut", "drop", "slow"]),
        ("POST", "/faults", {"stage": "page", "kind": "drop", "time": 1}, ["times", "probability"]),
        ("PUT", "/faults", {"stage": "page", "kind": "drop"}, ["items"]),
        ("POST", "/faults", {"stage": "page", "kind": "drop", "account": "X"}, ["{account}"]),
        ("PUT", "/processing", {"mode": "x"}, ["immediate", "manual", "delay", "polls", "null"]),
        ("PUT", "/processing", {"mode": "delay"}, ["seconds", "working_days"]),
        ("PUT", "/processing?account=X", {"mode": "manual"}, ["{account}"]),
        ("PUT", "/clock", {"time": "x"}, ["now", "frozen"]),
        ("POST", "/clock/advance", {}, ["seconds", "to", "next"]),
        ("POST", "/clock/advance", {"hours": 1}, ["seconds", "to", "next"]),
        ("POST", "/learn", {}, ["flux", "flux_base64"]),
        ("GET", "/coverage?schema=9", None, ["1.1.1", "1.1.2", "1.1.5"]),
        ("DELETE", "/faults/999999", None, ["none"]),
        ("POST", "/deposits/x/retry", None, ["none"]),
        ("PATCH", "/worlds", {}, ["GET", "POST"]),
        ("GET", "/people", None, ["/_mock/docs"]),
    ],
)
def test_an_error_lists_all_that_is_allowed(
    program: Program, method: str, path: str, given: object, allowed: list[str]
) -> None:
    path, _, query = path.partition("?")
    name, _, value = query.partition("=")

    answer = program.mock(method, path, given, query={name: value} if name else {})

    problem = answer.json or {}
    errors = [f"{one['field']}: {one['detail']}" for one in problem.get("errors", ())]
    told = " ".join([problem["detail"], *errors])
    assert answer.status_code >= 400
    assert [word for word in allowed if word.format(account=program.account) not in told] == [], (
        told
    )


def test_a_world_that_is_not_there_is_answered_with_those_that_are(program: Program) -> None:
    answers = [
        program.mock("GET", "/state", world="nowhere"),
        program.mock("DELETE", "/worlds/nowhere"),
        program.mock("POST", "/reset", world="nowhere"),
    ]

    assert [one.status_code for one in answers] == [404, 404, 404]
    assert all("default" in (one.json or {})["detail"] for one in answers)
