"""Passages by program: listed, looked up, changed, deleted, each by whom it may."""

from typing import Any

import pytest

from mockportal.domain.identifiers import ClientId
from mockportal.domain.organisations import Kind
from mockportal.journeys.mandates import end_mandate
from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire
from tests.web.program import Program

KNOWN = a_titulaire(
    nomNaissance="KERVELLANT", prenom1="Jean-François", anneeNaissance="1974", sexe="M"
)
OTHER = a_titulaire(nomNaissance="OEUVRARD", prenom1="Anaëlle", anneeNaissance="2000", sexe="F")
NASTY = "A/B?c=d#e%20 é&amp;&lt;b&gt;"
NASTY_READ = "A/B?c=d#e%20 é&<b>"


def treated(program: Program, flux: bytes) -> None:
    deposit = program.deposit(flux)["id"]
    answer = program.get(f"/deposits/{deposit}?wait=20").json or {}
    assert answer["status"] == "accepted", answer


@pytest.fixture
def filled(program: Program) -> Program:
    """Return a program that has deposited three passages."""
    treated(
        program,
        a_flux_xml(
            a_passage_xml("T-1", KNOWN), a_passage_xml("T-2", OTHER), a_passage_xml(NASTY, KNOWN)
        ),
    )
    return program


def ids(answer: Any) -> list[str]:
    return sorted(one["technical_id"] for one in (answer.json or {})["items"])


def the_passage(program: Program, technical_id: str) -> dict[str, Any]:
    answer = ask(program, technical_id=technical_id)
    (one,) = (answer.json or {})["items"]
    return dict(one)


def ask(program: Program, **query: str) -> Any:
    auth = (program.account, program.password)
    return program.client.get("/api/v1/passages", query_string=query, auth=auth)


def patch(program: Program, number: int, changes: object, query: str = "") -> Any:
    auth = (program.account, program.password)
    return program.client.patch(f"/api/v1/passages/{number}{query}", json=changes, auth=auth)


def test_the_list_says_whom_and_what_each_passage_is_about(filled: Program) -> None:
    answer = ask(filled).json or {}

    assert (answer["total"], answer["page"], answer["size"], answer["more"]) == (3, 1, 25, False)
    one = the_passage(filled, "T-1")
    assert one["holder"]["nomNaissance"] == "KERVELLANT"
    assert "nir" not in one["holder"]
    assert (one["certification"]["code"], one["sender"]) == ("RNCP90001", "03TST001")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"technical_id": "T-1"}, ["T-1"]),
        ({"technical_id": NASTY_READ}, [NASTY_READ]),
        ({"technical_id": "t-1"}, []),
        ({"q": "T-"}, ["T-1", "T-2"]),
        ({"q": "oeuvrard"}, ["T-2"]),
        ({"q": "nobody"}, []),
        ({"certification": "RNCP90001"}, [NASTY_READ, "T-1", "T-2"]),
        ({"certification": "RNCP1"}, []),
        ({"awarded_from": "2026-10-02"}, []),
        ({"deposit": "none"}, []),
        ({"size": "1", "page": "4"}, []),
    ],
)
def test_passages_are_found_by_what_is_asked(
    filled: Program, query: dict[str, str], found: list[str]
) -> None:
    assert ids(ask(filled, **query)) == found


def test_a_passage_tells_all_that_it_says_by_the_names_of_the_flux(filled: Program) -> None:
    number = the_passage(filled, "T-1")["id"]

    detail = filled.get(f"/passages/{number}").json or {}

    assert detail["said"]["dateDebutValidite"] == "2026-10-01"
    assert detail["said"]["mentionValidee"] is None
    assert (detail["history"], detail["deleted"]) == ([], False)


def test_a_change_is_kept_and_remembered(filled: Program) -> None:
    number = the_passage(filled, "T-1")["id"]

    answer = patch(filled, number, {"mentionValidee": "MENTION_BIEN"})

    detail = answer.json or {}
    assert (answer.status_code, detail["said"]["mentionValidee"]) == (200, "MENTION_BIEN")
    (happened,) = detail["history"]
    assert happened["changes"] == [
        {"field": "mentionValidee", "before": None, "after": "MENTION_BIEN"}
    ]
    assert (happened["what"], happened["account_id"]) == ("modified", filled.account)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"mentionValidee": "TRES_BIEN"}, "mentionValidee"),
        ({"idTechnique": "T-9"}, "idTechnique"),
        ({"couleur": "rouge"}, "couleur"),
        ({"dateFinValidite": "2020-01-01"}, "dateFinValidite"),
        ({"mentionValidee": 3}, "mentionValidee"),
    ],
)
def test_what_the_first_control_refuses_is_told_by_field_and_changes_nothing(
    filled: Program, changes: dict[str, object], field: str
) -> None:
    number = the_passage(filled, "T-1")["id"]

    answer = patch(filled, number, changes)

    assert answer.status_code == 422
    errors = (answer.json or {})["errors"]
    assert field in {one["field"].split(".")[0] for one in errors}
    assert not any(set("éèêàç«»’") & set(error["detail"]) for error in errors), "in English"
    assert (filled.get(f"/passages/{number}").json or {})["history"] == []


def test_errors_of_a_change_are_in_english_with_the_sentence_of_the_pages(filled: Program) -> None:
    number = the_passage(filled, "T-1")["id"]

    answer = patch(filled, number, {"mentionValidee": "TRES_BIEN"})

    problem = answer.json or {}
    (error, *_more) = problem["errors"]
    assert problem["type"] == "/api/v1/problems#first-control"
    assert error["detail"].startswith("'TRES_BIEN' is none of the values that the schema allows: ")
    assert "MENTION_TRES_BIEN" in error["detail"]
    assert "La valeur" in error["portal_message"]


def test_a_holder_who_is_not_found_leaves_the_passage_as_it_was(filled: Program) -> None:
    number = the_passage(filled, "T-1")["id"]

    answer = patch(filled, number, {"nomNaissance": "KERVELLAN"})

    problem = answer.json or {}
    assert answer.status_code == 422
    assert problem["portal_message"].startswith("Aucun titulaire ne correspond")
    assert problem["explanation"]["nearest"][0]["holder"]["nomNaissance"] == "KERVELLANT"


def test_a_change_made_on_an_old_version_is_refused(filled: Program) -> None:
    one = the_passage(filled, "T-1")
    patch(filled, one["id"], {"mentionValidee": "MENTION_BIEN"})

    answer = patch(filled, one["id"], {"scoring": "12"}, f"?version={one['version']}")

    assert answer.status_code == 409


def test_a_deleted_passage_is_gone_from_the_list_and_may_be_sent_again(filled: Program) -> None:
    number = the_passage(filled, "T-1")["id"]
    auth = (filled.account, filled.password)

    answers = [filled.client.delete(f"/api/v1/passages/{number}", auth=auth) for _ in range(2)]

    assert [one.status_code for one in answers] == [204, 404]
    assert ids(ask(filled, technical_id="T-1")) == []
    treated(filled, a_flux_xml(a_passage_xml("T-1", KNOWN)))


def test_a_stranger_finds_changes_and_deletes_nothing(filled: Program) -> None:
    number = the_passage(filled, "T-1")["id"]
    filled.account, filled.password = filled.credentials("CERT00002")
    auth = (filled.account, filled.password)

    answers = [
        filled.get(f"/passages/{number}"),
        filled.client.get(f"/api/v1/passages/{number}", auth=auth),
        patch(filled, number, {"scoring": "12"}),
        filled.client.delete(f"/api/v1/passages/{number}", auth=auth),
    ]

    assert [one.status_code for one in answers] == [404] * 4
    assert ids(ask(filled)) == []


def test_a_deposant_whose_mandate_has_ended_sees_its_passages_and_changes_none(
    program: Program,
) -> None:
    program.account, program.password = program.credentials("DEPO00001")
    treated(program, a_flux_xml(a_passage_xml("T-1", KNOWN), sender="03TST003"))
    number = the_passage(program, "T-1")["id"]
    organisations = program.portal.desk.stores.organisations
    world = program.world.id
    certifier = organisations.with_client_id(world, ClientId("03TST001"), Kind.CERTIFIER)
    depositor = organisations.with_client_id(world, ClientId("03TST003"), Kind.DEPOSITOR)
    assert certifier is not None
    assert depositor is not None

    assert end_mandate(program.portal.desk, certifier, depositor)

    answer = patch(program, number, {"scoring": "12"})
    assert answer.status_code == 403
    assert "ne mandate plus" in (answer.json or {})["portal_message"]
    assert program.get(f"/passages/{number}").status_code == 200


@pytest.mark.parametrize("number", ["0", "99999999999999999999999", "x", "-1"])
def test_a_number_of_no_passage_is_a_problem(program: Program, number: str) -> None:
    assert program.get(f"/passages/{number}").status_code == 404
