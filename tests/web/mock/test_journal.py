"""What was asked and answered, looked up by a program."""

import zipfile
from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from mockportal.assembly import Portal
from tests.fluxes import a_flux_xml, a_passage_xml
from tests.web.program import Program, a_program
from tests.web.visitor import Visitor

FLUX = a_flux_xml(a_passage_xml("T-1"))


def entries(program: Program, **query: object) -> list[dict[str, Any]]:
    answer = program.mock("GET", "/requests", query=query)
    assert answer.status_code == 200, answer.text
    return list((answer.get_json())["items"])


def test_a_deposit_by_program_is_there_with_what_it_became(program: Program) -> None:
    deposit = program.deposit(FLUX)["id"]
    program.get(f"/deposits/{deposit}?wait=20")

    kept = entries(program)

    (posted,) = [one for one in kept if one["method"] == "POST"]
    changes = [one["method"] for one in kept if one["source"] == "world"]
    assert posted["path"] == "/api/v1/deposits"
    assert (posted["source"], posted["status"]) == ("api", 201)
    assert posted["account"] == program.account
    assert posted["deposit_id"] == deposit
    assert posted["request_type"] == "multipart/form-data"
    assert posted["response_type"] == "application/json"
    assert posted["request_size"] > len(FLUX)
    assert posted["response_size"] > 0
    assert posted["milliseconds"] > 0
    assert posted["change"] is None
    assert changes == ["treated", "deposited"]


def test_calls_that_set_the_portal_up_are_there_and_what_they_changed(program: Program) -> None:
    program.mock("PUT", "/clock", {"now": "2026-04-03T10:00:00+02:00", "frozen": True})

    kept = entries(program)

    assert [(one["source"], one["method"]) for one in kept] == [("mock", "PUT"), ("world", "clock")]
    assert kept[1]["change"] == {"frozen": True}


@pytest.mark.parametrize(
    ("query", "statuses"),
    [
        ({"q": "/passages"}, [200]),
        ({"q": "%"}, []),
        ({"status": 404}, [404]),
        ({"account": "NOBODY"}, []),
        ({"since": "2999-01-01T00:00:00Z"}, []),
        ({"size": 1}, [404]),
        ({"size": 1, "page": 2}, [200]),
        ({"since": "2020-01-01T00:00:00Z"}, [404, 200]),
    ],
)
def test_entries_are_looked_up(
    program: Program, query: dict[str, object], statuses: list[int]
) -> None:
    program.get("/passages")
    program.get("/deposits/none")

    assert [one["status"] for one in entries(program, **query)] == statuses


def test_another_world_keeps_its_own(program: Program, shared: tuple[Portal, Flask]) -> None:
    other = a_program(shared[1], shared[0], f"{program.world.name}-other")

    program.get("/passages")

    assert [one["path"] for one in entries(program)] == ["/api/v1/passages"]
    assert entries(other) == []


def test_no_secret_is_in_it(program: Program, shared: tuple[Portal, Flask]) -> None:
    visitor = Visitor(shared[1])
    visitor.log_in(program.account, program.password)
    visitor.get("/mot-de-passe/SECRET-OF-A-LINK")
    program.mock("POST", "/accounts", {"password": "PASSWORD-OF-AN-ACCOUNT"})

    kept = program.mock("GET", "/requests").text
    served = program.mock("GET", "/requests", world="default").text

    for secret in (program.password + '"', "SECRET-OF-A-LINK", "PASSWORD-OF-AN-ACCOUNT"):
        assert secret not in kept
        assert secret not in served
    assert "/connexion" in kept


def test_wrong_passwords_are_told_by_their_status(program: Program) -> None:
    program.client.get("/api/v1/deposits", auth=(program.account, "wrong"))

    (one,) = entries(program)

    assert (one["status"], one["account"]) == (401, program.account)


def test_a_fault_is_in_it(program: Program) -> None:
    program.mock("PUT", "/faults", [{"stage": "page", "kind": "status", "name": "mine"}])
    program.get("/deposits")

    assert entries(program, status=500)[0]["fault"].endswith(" mine")


def test_the_world_is_one_file_to_replay(program: Program) -> None:
    deposit = program.deposit(FLUX)["id"]
    program.get(f"/deposits/{deposit}?wait=20")

    answer = program.mock("GET", "/journal", buffered=True)

    assert answer.mimetype == "application/zip"
    with zipfile.ZipFile(BytesIO(answer.data)) as archive:
        assert archive.read("deposits/1.xml") == FLUX
        assert "receipts/1.xml" in archive.namelist()


def test_a_world_whose_deposit_has_no_file_is_not_exported(
    program: Program, shared: tuple[Portal, Flask]
) -> None:
    deposit = program.deposit(FLUX)["id"]
    program.get(f"/deposits/{deposit}?wait=20")
    shared[0].desk.stores.files.original(deposit).unlink()

    assert program.mock("GET", "/journal").status_code == 409
