"""Who may call, who sees what, and how errors are said."""

from collections.abc import Callable
from time import perf_counter

import pytest

from mockportal.domain.identifiers import AccountId
from mockportal.domain.organisations import Account
from mockportal.journeys.login import hashed
from mockportal.web import create_app
from mockportal.web.api.callers import Remembered
from tests.fluxes import a_flux_xml, a_passage_xml
from tests.web.conftest import PutTogether
from tests.web.program import Program

FLUX = a_flux_xml(a_passage_xml("T-1"))


@pytest.mark.parametrize(
    "auth",
    [None, ("CERT00001", "wrong"), ("NOBODY000", "mockportal"), ("CERT00001", ""), ("", "")],
)
def test_who_has_no_account_is_asked_to_sign_in(
    program: Program, auth: tuple[str, str] | None
) -> None:
    answer = program.client.get("/api/v1/deposits", auth=auth)

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Basic ")
    assert answer.mimetype == "application/problem+json"


def test_an_identifier_opens_its_own_world_alone(program: Program) -> None:
    program.deposit(FLUX)

    elsewhere = program.client.get("/api/v1/deposits", auth=("CERT00001", "mockportal"))

    assert (elsewhere.json or {})["total"] == 0


def test_a_stranger_finds_nothing_where_a_deposit_is(program: Program) -> None:
    deposit = program.deposit(FLUX)["id"]

    answers = [
        program.get(f"/deposits/{deposit}{what}", account="CERT00002")
        for what in ("", "/receipt", "/acknowledgement", "/explanation")
    ]

    assert [one.status_code for one in answers] == [404] * 4
    assert "no deposit of that id" in (answers[0].json or {})["detail"]


def test_no_cookie_is_set_and_none_opens_the_door(program: Program) -> None:
    signed_in = program.get("/deposits")

    again = program.client.get("/api/v1/deposits")

    assert "Set-Cookie" not in signed_in.headers
    assert again.status_code == 401


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}, 201),
    ],
)
def test_a_form_of_another_site_deposits_nothing_with_remembered_credentials(
    program: Program, headers: dict[str, str], status: int
) -> None:
    answer = program.send(FLUX, headers=headers)

    assert answer.status_code == status
    made = 1 if status == 201 else 0
    assert (program.get("/deposits").json or {})["total"] == made


def test_a_link_of_another_site_leads_to_what_can_be_read(program: Program) -> None:
    auth = (program.account, program.password)

    answer = program.client.get(
        "/api/v1/deposits", auth=auth, headers={"Sec-Fetch-Site": "cross-site"}
    )

    assert answer.status_code == 200


def test_credentials_are_remembered_until_the_password_changes(program: Program) -> None:
    assert program.get("/deposits").status_code == 200

    stores = program.portal.desk.stores
    stores.accounts.set_password(AccountId(program.account), hashed("another"))

    assert program.get("/deposits").status_code == 401
    program.password = "another"
    assert program.get("/deposits").status_code == 200


def test_a_remembered_call_pays_no_password_hash(program: Program) -> None:
    remembered = Remembered()
    with program.client.application.test_request_context():
        first = timed(lambda: remembered.account(program.account, program.password))
        again = min(
            timed(lambda: remembered.account(program.account, program.password)) for _ in range(5)
        )

    assert again < first / 2


def timed(do: Callable[[], object]) -> float:
    began = perf_counter()
    assert isinstance(do(), Account)
    return perf_counter() - began


def test_no_more_credentials_are_remembered_than_are_wanted(program: Program) -> None:
    remembered = Remembered(most=2)
    with program.client.application.test_request_context():
        for seed_id in ("CERT00001", "CERT00002", "DEPO00001"):
            assert isinstance(remembered.account(*program.credentials(seed_id)), Account)

    assert len(remembered._known) == 2


def test_a_wrong_password_is_not_remembered_as_right(program: Program) -> None:
    assert program.get("/deposits").status_code == 200

    answer = program.client.get("/api/v1/deposits", auth=(program.account, "wrong"))

    assert answer.status_code == 401


def test_who_guesses_passwords_is_told_to_wait(put_together: PutTogether) -> None:
    client = create_app(put_together(public=True)).test_client()

    answers = [client.get("/api/v1/deposits", auth=("CERT00001", f"guess-{n}")) for n in range(11)]

    assert {one.status_code for one in answers[:-1]} == {401}
    assert (answers[-1].status_code, answers[-1].headers["Retry-After"]) == (429, "60")


@pytest.mark.parametrize(
    ("method", "path", "status", "slug"),
    [
        ("GET", "/api/v1/nothing", 404, "not-found"),
        ("GET", "/api/v1", 404, "not-found"),
        ("PUT", "/api/v1/deposits", 405, "method-not-allowed"),
        ("GET", "/api/v1/deposits?page=0", 422, "invalid-request"),
        ("GET", "/api/v1/deposits/x?wait=61", 422, "invalid-request"),
        ("GET", "/api/v1/deposits/x?wait=NaN", 422, "invalid-request"),
        ("GET", "/api/v1/deposits?after=none", 422, "invalid-request"),
        ("GET", "/api/v1/passages?after=999999999", 422, "invalid-request"),
    ],
)
def test_errors_are_problem_documents_in_english(
    program: Program, method: str, path: str, status: int, slug: str
) -> None:
    answer = program.client.open(path, method=method, auth=(program.account, program.password))

    problem = answer.json or {}
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert (problem["status"], problem["type"]) == (status, f"/api/v1/problems#{slug}")
    assert problem["title"]
    assert problem["detail"]


def test_a_problem_names_the_field_that_is_wrong(program: Program) -> None:
    problem = program.get("/deposits?size=1000").json or {}

    (error,) = problem["errors"]
    assert (error["part"], error["field"]) == ("query", "size")
