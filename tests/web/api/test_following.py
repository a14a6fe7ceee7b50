"""Lists that a program follows to their end by ``after``, while what they list goes away."""

from collections.abc import Iterator
from typing import Any

import pytest

from mockportal.domain.keeping import Keeping
from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire
from tests.web.program import Program

KNOWN = a_titulaire(
    nomNaissance="KERVELLANT", prenom1="Jean-François", anneeNaissance="1974", sexe="M"
)
NAMES = ["T-1", "T-2", "T-3", "T-4", "T-5"]


def a_page(program: Program, path: str, after: object = "") -> list[dict[str, Any]]:
    answer = program.get(f"{path}size=2&after={after}" if after else f"{path}size=2")
    assert answer.status_code == 200, answer.text
    return list((answer.json or {})["items"])


def followed(program: Program, path: str) -> Iterator[list[dict[str, Any]]]:
    """Yield page after page as a program asks for them; one too many fails."""
    after = ""
    for _ in range(len(NAMES)):
        page = a_page(program, path, after)
        if not page:
            return
        yield page
        after = page[-1]["id"]
    pytest.fail("the list has no end")


def treated(program: Program, *names: str) -> str:
    deposit = program.deposit(a_flux_xml(*(a_passage_xml(name, KNOWN) for name in names)))["id"]
    answer = program.get(f"/deposits/{deposit}?wait=20").json or {}
    assert answer["status"] == "accepted", answer
    return str(deposit)


def keep(program: Program, newest: int) -> None:
    """Take away all deposits of the program's world but so many."""
    desk, world = program.portal.desk, program.world.id
    now = desk.circumstances.now(world)
    while gone := desk.stores.retention.begin(world, Keeping(deposits=newest), now):
        desk.stores.retention.forget(gone)


def delete(program: Program, passage: int) -> None:
    auth = (program.account, program.password)
    answer = program.client.delete(f"/api/v1/passages/{passage}", auth=auth)
    assert answer.status_code == 204


def names_of(page: list[dict[str, Any]]) -> list[str]:
    return [one["technical_id"] for one in page]


def test_deposits_are_followed_to_the_end_while_the_oldest_goes(program: Program) -> None:
    made = [treated(program, name) for name in NAMES]

    pages = followed(program, "/deposits?")
    seen = [[one["id"] for one in next(pages)]]
    keep(program, 4)
    seen += [[one["id"] for one in page] for page in pages]

    assert seen == [[made[4], made[3]], [made[2], made[1]]]


def test_after_a_deposit_that_was_taken_away_the_list_goes_on_from_where_it_was(
    program: Program,
) -> None:
    made = [treated(program, name) for name in NAMES]
    keep(program, 1)

    assert a_page(program, "/deposits?", made[3]) == []
    assert [one["id"] for one in a_page(program, "/deposits?")] == [made[4]]


@pytest.mark.parametrize("gone", [1, 2], ids=["the last one seen", "the next one"])
@pytest.mark.parametrize("at_once", [True, False], ids=["of one deposit", "of many"])
def test_passages_are_followed_to_the_end_while_one_is_deleted(
    program: Program, at_once: bool, gone: int
) -> None:
    for names in [NAMES] if at_once else [[name] for name in reversed(NAMES)]:
        treated(program, *names)
    listed = (program.get("/passages").json or {})["items"]
    assert names_of(listed) == NAMES

    pages = followed(program, "/passages?")
    seen = names_of(next(pages))
    delete(program, listed[gone]["id"])
    seen += [name for page in pages for name in names_of(page)]

    assert seen == [name for number, name in enumerate(NAMES) if gone == 1 or number != gone]


def test_the_passages_of_one_deposit_are_followed_to_their_end(program: Program) -> None:
    deposit = treated(program, *NAMES[:3])
    treated(program, "T-9")

    pages = followed(program, f"/passages?deposit={deposit}&")

    assert [names_of(page) for page in pages] == [["T-1", "T-2"], ["T-3"]]


@pytest.mark.parametrize(("path", "after"), [("/deposits", "none"), ("/passages", "999999999")])
def test_after_what_never_was_there_is_no_page(program: Program, path: str, after: str) -> None:
    treated(program, "T-1")

    answer = program.get(f"{path}?after={after}")

    assert answer.status_code == 422
    assert [one["field"] for one in (answer.json or {})["errors"]] == ["after"]


def test_what_others_may_see_leads_to_no_page_either(program: Program) -> None:
    treated(program, "T-1")
    deposit = (program.get("/deposits").json or {})["items"][0]["id"]
    passage = (program.get("/passages").json or {})["items"][0]["id"]

    answers = [
        program.get(f"/{path}", account="CERT00002").status_code
        for path in (f"deposits?after={deposit}", f"passages?after={passage}")
    ]

    assert answers == [422, 422]


@pytest.mark.parametrize(
    "filtered",
    [
        "technical_id=T-1",
        "technical_id=",
        "q=T",
        "certification=RNCP90001",
        "awarded_from=2026-01-01",
        "awarded_until=2026-12-31",
        "deposit=none&q=T",
    ],
)
def test_what_is_in_no_order_to_go_on_in_is_not_followed(program: Program, filtered: str) -> None:
    answer = program.get(f"/passages?after=1&{filtered}")

    problem = answer.json or {}
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    (field,) = problem["errors"]
    assert (field["part"], field["field"]) == ("query", "after")
    assert "goes with a list that is not filtered" in field["detail"]


def test_empty_filters_are_none(program: Program) -> None:
    treated(program, "T-1")
    (one,) = (program.get("/passages").json or {})["items"]

    assert a_page(program, "/passages?q=&certification=&deposit=&", one["id"]) == []


@pytest.mark.parametrize("path", ["/deposits", "/passages"])
def test_the_openapi_document_names_what_turns_the_pages(program: Program, path: str) -> None:
    document = program.get("/openapi.json").json or {}

    operation = document["paths"][f"/api/v1{path}"]["get"]

    said = {one["name"]: one.get("description", "") for one in operation["parameters"]}
    assert {"page", "size", "after"} <= said.keys()
    assert "after the last page comes an empty one" in said["after"]
    assert "422" in operation["responses"]
