"""Accounts, people and certifications by program, and what is learned from a flux."""

from base64 import b64encode

import pytest

from tests.fluxes import a_certification_xml, a_flux_xml, a_passage_xml, a_titulaire
from tests.web.program import Program

SOMEBODY = {"nomNaissance": "QUIDAM", "prenom1": "Zoé", "anneeNaissance": 1991, "sexe": "F"}


def flux_of(name: str, code: str = "RNCP90001", **header: str) -> bytes:
    passage = a_passage_xml("T-1", a_titulaire(nomNaissance=name, prenom1="Zoé"))
    return a_flux_xml(
        certifications=a_certification_xml(passage, type_=code[:4], code=code), **header
    )


def test_an_account_needs_nothing_and_repeats_all_that_was_drawn(program: Program) -> None:
    made = program.mock("POST", "/accounts", {}).json or {}

    assert list(made) == [
        "account_id", "kind", "name", "client_id", "contract_id", "mandates", "password", "schema",
    ]  # fmt: skip
    assert (len(made["account_id"]), len(made["client_id"])) == (9, 8)
    auth = (made["account_id"], made["password"])
    assert program.client.get("/api/v1/deposits", auth=auth).status_code == 200


def test_a_list_of_accounts_may_mandate_one_another(program: Program) -> None:
    given = [
        {"kind": "certifier", "client_id": "77AAA111", "contract_id": "MY-CONTRACT"},
        {"kind": "depositor", "client_id": "77AAA222", "mandates": ["77AAA111"], "password": "pw"},
    ]

    certifier, depositor = program.mock("POST", "/accounts", given).json or []

    assert (certifier["contract_id"], depositor["password"]) == ("MY-CONTRACT", "pw")
    accounts = (program.mock("GET", "/state").json or {})["accounts"]
    by_client = {one["client_id"]: one for one in accounts}
    assert by_client["77AAA222"]["mandated_by"] == ["77AAA111"]
    assert by_client["77AAA111"]["contracts"] == ["MY-CONTRACT"]


def test_an_account_of_an_organisation_that_is_there_joins_it(program: Program) -> None:
    made = program.mock("POST", "/accounts", {"client_id": "03TST001"}).json or {}

    assert made["name"] == "Institut imaginaire des métiers de Valclair"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"kind": "depositor", "mandates": ["NOBODY00"]}, "mandates"),
        ({"kind": "depositor", "contract_id": "X"}, "contract_id"),
        ({"schema": "9.9.9"}, "schema"),
        ({"client_id": "short"}, "client_id"),
        ({"unknown": 1}, "unknown"),
        ([{}, {"kind": "other"}], "1.kind"),
    ],
)
def test_an_account_that_does_not_fit_is_named_and_none_is_made(
    program: Program, given: object, field: str
) -> None:
    answer = program.mock("POST", "/accounts", given)

    assert answer.status_code == 422
    assert [one["field"] for one in (answer.json or {})["errors"]] == [field]
    assert len((program.mock("GET", "/state").json or {})["accounts"]) == 3


def test_a_person_without_a_nir_gets_one(program: Program) -> None:
    one = program.mock("POST", "/holders", SOMEBODY).json or {}
    other = program.mock("POST", "/holders", SOMEBODY).json or {}

    assert one["nomNaissance"] == "QUIDAM"
    assert one["moisNaissance"] is None
    assert (len(one["nir"]), one["nir"][:3]) == (15, "291")
    assert one["nir"] != other["nir"]


def test_a_list_of_people_is_answered_by_a_list(program: Program) -> None:
    made = program.mock("POST", "/holders", [SOMEBODY, {**SOMEBODY, "prenom1": "Ada"}]).json

    assert [one["prenom1"] for one in made or []] == ["Zoé", "Ada"]


@pytest.mark.parametrize(
    ("given", "status", "field"),
    [
        ([SOMEBODY, {**SOMEBODY, "nir": "291043155500100"}], 422, "1.nir"),
        ({"nomNaissance": "QUIDAM"}, 422, "prenom1"),
        ({**SOMEBODY, "sexe": "X"}, 422, "sexe"),
        ({**SOMEBODY, "anneeNaissance": 1800}, 422, "anneeNaissance"),
        ({**SOMEBODY, "postcode": "31000"}, 422, "postcode"),
    ],
)
def test_a_person_who_does_not_fit_is_named_and_nobody_is_added(
    program: Program, given: object, status: int, field: str
) -> None:
    before = (program.mock("GET", "/state").json or {})["people"]

    answer = program.mock("POST", "/holders", given)

    assert answer.status_code == status
    assert field in [one["field"] for one in (answer.json or {})["errors"]]
    assert (program.mock("GET", "/state").json or {})["people"] == before


def test_a_nir_belongs_to_one_person(program: Program) -> None:
    nir = (program.mock("POST", "/holders", SOMEBODY).json or {})["nir"]

    answer = program.mock("POST", "/holders", {**SOMEBODY, "nir": nir})

    assert answer.status_code == 409


def test_a_person_who_was_added_is_found_by_a_deposit(program: Program) -> None:
    program.mock("POST", "/holders", {**SOMEBODY, "anneeNaissance": 1990})

    deposit = program.deposit(flux_of("QUIDAM"))

    assert (program.get(f"/deposits/{deposit['id']}?wait=20").json or {})["status"] == "accepted"


def test_a_certification_is_listed_and_can_be_withdrawn(program: Program) -> None:
    program.mock("POST", "/holders", {**SOMEBODY, "anneeNaissance": 1990})
    made = program.mock("POST", "/certifications", {"code": "RNCP77777"}).json
    program.mock("POST", "/certifications", [{"code": "RNCP77777", "active": False}])

    deposit = program.deposit(flux_of("QUIDAM", "RNCP77777"))

    assert made == {
        "type": "RNCP",
        "code": "RNCP77777",
        "label": "Certification RNCP77777",
        "active": True,
    }
    program.get(f"/deposits/{deposit['id']}?wait=20")
    explanation = program.get(f"/deposits/{deposit['id']}/explanation").json or {}
    assert [one["code"] for one in explanation["passages"]] == ["CERTIFICATION"]


@pytest.mark.parametrize("way", ["text", "base64", "xml"])
def test_a_flux_is_learned_in_whichever_way_it_is_carried(program: Program, way: str) -> None:
    flux = flux_of("INCONNUE", sender="88BBB888", certifier="88BBB888", contract="C-1")
    body = {"flux": flux.decode()} if way == "text" else {"flux_base64": b64encode(flux).decode()}
    more = {"data": flux, "content_type": "application/xml"} if way == "xml" else {"json": body}

    learned = program.mock("POST", "/learn", **more)

    told = learned.json or {}
    assert learned.status_code == 201
    assert (told["sender"], told["contract"], told["people_added"]) == ("88BBB888", "C-1", 1)
    program.account, program.password = told["account"], told["password"]
    deposit = program.deposit(flux)
    assert (program.get(f"/deposits/{deposit['id']}?wait=20").json or {})["status"] == "accepted"


def test_a_flux_that_fails_the_first_control_is_not_learned(program: Program) -> None:
    answer = program.mock("POST", "/learn", {"flux": "<flux/>"})

    assert answer.status_code == 422
    (error,) = (answer.json or {})["flux_errors"]
    assert error["message"].startswith("cvc-elt.1.a")


@pytest.mark.parametrize("given", [{}, {"flux_base64": "é"}, {"flux": 1}, []])
def test_what_carries_no_flux_is_not_learned(program: Program, given: object) -> None:
    assert program.mock("POST", "/learn", given).status_code == 422


def test_what_is_no_json_is_told_so(program: Program) -> None:
    answer = program.client.post(
        "/_mock/worlds", data=b'{"name": NaN', content_type="application/json"
    )

    assert (answer.status_code, (answer.json or {})["detail"][:20]) == (400, "The body is not JSON")


def test_the_outbox_tells_the_mails_of_its_own_world(program: Program) -> None:
    empty = {"items": [], "total": 0, "page": 1, "size": 25}
    assert program.mock("GET", "/outbox").json == empty


def test_past_999_people_alike_the_nir_names_another_place_and_says_so(program: Program) -> None:
    alike = {**SOMEBODY, "moisNaissance": 5, "codeInsee": "29019"}
    people = [{**alike, "nomNaissance": f"QUIDAM {number}"} for number in range(1_000)]

    answer = program.mock("POST", "/holders", people)

    assert answer.status_code == 201
    *others, last = answer.json or []
    assert {one["nir"][5:10] for one in others} == {"29019"}
    assert last["nir"][5:10] == last["lieuNir"] != "29019"
