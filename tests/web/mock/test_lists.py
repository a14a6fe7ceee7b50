"""Lists of ``/_mock``: one envelope, also for several things that are given at once."""

from typing import Any

import pytest

from tests.web.program import Program

ENVELOPE = ["items", "page", "size", "total"]
PERSON = {"nomNaissance": "QUIDAM", "prenom1": "Zoé", "anneeNaissance": 1991, "sexe": "F"}
FAULT = {"stage": "upload", "kind": "status"}
SEVERAL = [
    ("/accounts", {}, "kind"),
    ("/holders", PERSON, "sexe"),
    ("/certifications", {"code": "RS4321"}, "code"),
    ("/faults", FAULT, "stage"),
]


@pytest.mark.parametrize("path", ["/worlds", "/faults", "/outbox", "/requests"])
def test_every_list_has_the_same_envelope(program: Program, path: str) -> None:
    answer = program.mock("GET", path).json or {}

    assert sorted(answer) == ENVELOPE


def test_a_list_is_cut_into_pages(program: Program) -> None:
    program.mock("PUT", "/faults", [{**FAULT, "name": f"f-{number}"} for number in range(3)])

    pages = [
        program.mock("GET", "/faults", query={"page": page, "size": 2}).json or {}
        for page in (1, 2, 3)
    ]

    assert [[one["name"] for one in page["items"]] for page in pages] == [
        ["f-0", "f-1"],
        ["f-2"],
        [],
    ]
    assert [(page["total"], page["size"]) for page in pages] == [(3, 2)] * 3


@pytest.mark.parametrize(("path", "thing", "key"), SEVERAL)
def test_several_are_given_and_answered_in_items(
    program: Program, path: str, thing: dict[str, Any], key: str
) -> None:
    answer = program.mock("POST", path, {"items": [thing, thing]})

    made = answer.json or {}
    assert answer.status_code == 201
    assert (sorted(made), made["total"], len(made["items"])) == (ENVELOPE, 2, 2)
    assert all(key in one for one in made["items"])


@pytest.mark.parametrize(("path", "thing", "key"), SEVERAL)
def test_a_bare_list_is_taken_and_answered_as_before(
    program: Program, path: str, thing: dict[str, Any], key: str
) -> None:
    made = program.mock("POST", path, [thing, thing]).json

    assert [key in one for one in made or []] == [True, True]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"items": [{}, {"kind": "other"}]}, "items.1.kind"),
        ({"items": [{}, {"schema": "9.9.9"}]}, "items.1.schema"),
        ([{}, {"schema": "9.9.9"}], "1.schema"),
        ({"schema": "9.9.9"}, "schema"),
    ],
)
def test_a_problem_names_the_field_as_it_was_given(
    program: Program, given: object, field: str
) -> None:
    answer = program.mock("POST", "/accounts", given).json or {}

    assert [error["field"] for error in answer["errors"]] == [field]
