"""Deposits by program: what is sent, what is answered, and when."""

from datetime import datetime

import pytest

from mockportal.domain.processing import Mode, Processing
from mockportal.web import create_app
from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire
from tests.web.conftest import PutTogether
from tests.web.program import Program, a_program

KNOWN = a_titulaire(
    nomNaissance="KERVELLANT", prenom1="Jean-François", anneeNaissance="1974", sexe="M"
)
NEARLY = a_titulaire(
    nomNaissance="KERVELLAN", prenom1="Jean-François", anneeNaissance="1974", sexe="M"
)
GOOD = a_flux_xml(a_passage_xml("T-1", KNOWN))
MIXED = a_flux_xml(a_passage_xml("T-1", KNOWN), a_passage_xml("T-2", NEARLY))
DEPOSIT_KEYS = [
    "id", "processing_id", "file_name", "flux_id", "status", "status_label", "accepted",
    "rejected", "received_at", "receipt_due_at", "late", "warnings",
]  # fmt: skip


def wait_for(program: Program, deposit: str) -> dict[str, object]:
    answer = program.get(f"/deposits/{deposit}?wait=20")
    assert answer.status_code == 200, answer.text
    return dict(answer.json or {})


def test_a_deposit_is_made_and_says_where_it_is(program: Program) -> None:
    answer = program.send(MIXED, "export.xml")

    assert answer.status_code == 201
    assert list(answer.json or {}) == DEPOSIT_KEYS
    assert answer.headers["Location"] == f"/api/v1/deposits/{(answer.json or {})['id']}"
    assert (answer.json or {})["file_name"] == "export.xml"


def test_a_treated_deposit_counts_its_passages_and_speaks_as_the_portal(program: Program) -> None:
    deposit = wait_for(program, program.deposit(MIXED)["id"])

    assert (deposit["accepted"], deposit["rejected"]) == (1, 1)
    assert (deposit["status"], deposit["status_label"]) == (
        "partly_rejected",
        "Traité avec erreurs",
    )
    assert deposit["flux_id"] == "flux-1"
    assert datetime.fromisoformat(str(deposit["received_at"])).utcoffset() is not None


def test_a_file_that_fails_the_first_control_is_a_deposit_with_its_errors(
    program: Program,
) -> None:
    deposit = program.deposit(b"<flux/>")

    explanation = program.get(f"/deposits/{deposit['id']}/explanation").json or {}
    assert (deposit["status"], deposit["flux_id"]) == ("refused", None)
    assert explanation["passages"] == []
    assert explanation["errors"][0]["message"].startswith("cvc-elt.1.a")
    assert explanation["errors"][0]["line"] == 1


def test_a_flux_sent_twice_warns(program: Program) -> None:
    program.deposit(GOOD)

    assert program.deposit(GOOD)["warnings"] == ["flux_id_seen_before"]


def test_the_list_has_the_newest_first_and_counts_them_all(program: Program) -> None:
    first, second, third = (program.deposit(GOOD)["id"] for _ in range(3))

    pages = [program.get(f"/deposits?page={n}&size=2").json or {} for n in (1, 2)]

    assert [[one["id"] for one in page["items"]] for page in pages] == [[third, second], [first]]
    assert [(page["total"], page["page"], page["size"]) for page in pages] == [(3, 1, 2), (3, 2, 2)]


def test_the_receipt_is_that_of_the_pages_to_the_byte_and_by_name(program: Program) -> None:
    deposit = program.deposit(MIXED)["id"]
    wait_for(program, deposit)

    receipt = program.get(f"/deposits/{deposit}/receipt")

    kept = program.portal.desk.stores.files.receipt(deposit).read_bytes()
    assert receipt.data == kept
    assert receipt.mimetype == "application/xml"
    assert "filename*=UTF-8''Accus%C3%A9%20de%20traitement_flux.xml_" in str(
        receipt.headers["Content-Disposition"]
    )


def test_the_explanation_says_what_was_searched_and_who_comes_near(program: Program) -> None:
    deposit = program.deposit(MIXED)["id"]
    wait_for(program, deposit)

    explanation = program.get(f"/deposits/{deposit}/explanation").json or {}

    (passage,) = explanation["passages"]
    assert (passage["technical_id"], passage["verdict"], passage["code"]) == (
        "T-2",
        "rejected",
        "LEVEL1",
    )
    assert passage["message"] == "Aucun titulaire ne correspond aux critères obligatoires"
    searched = passage["levels"][0].pop("searched")
    assert list(searched) == ["nomNaissance", "prenom1", "sexe", "anneeNaissance"]
    assert searched["nomNaissance"] == "KERVELLAN"
    assert passage["causes"] == []
    assert passage["levels"][0] == {
        "level": 1,
        "criteria": ["nomNaissance", "prenom1", "sexe", "anneeNaissance"],
        "matches": 0,
    }
    nearest = passage["nearest"][0]
    assert nearest["holder"]["nomNaissance"] == "KERVELLANT"
    assert "nir" not in nearest["holder"]
    assert {"field": "nomNaissance", "given": "KERVELLAN", "found": "KERVELLANT"}.items() <= (
        nearest["differences"][0].items()
    )
    assert (explanation["errors"], explanation["total"], explanation["truncated"]) == ([], 1, False)


def test_the_explanation_warns_of_what_is_doubtful_in_an_accepted_file(program: Program) -> None:
    flux = a_flux_xml(a_passage_xml("T-1", a_titulaire(codeInsee="29200")))
    deposit = program.deposit(flux)["id"]
    wait_for(program, deposit)

    (warning,) = (program.get(f"/deposits/{deposit}/explanation").json or {})["value_warnings"]

    assert (warning["kind"], warning["field"], warning["count"]) == ("commune_code", "codeInsee", 1)
    assert warning["passages"][0]["suggestion"] == "29019"
    assert "code postal de Brest" in warning["passages"][0]["reason"]


def test_a_long_explanation_comes_by_pages_that_say_that_more_follow(program: Program) -> None:
    flux = a_flux_xml(*(a_passage_xml(f"T-{n}", NEARLY) for n in range(5)))
    deposit = program.deposit(flux)["id"]
    wait_for(program, deposit)

    pages = [
        program.get(f"/deposits/{deposit}/explanation?page={n}&size=2").json or {}
        for n in (1, 2, 3)
    ]

    assert [[p["technical_id"] for p in page["passages"]] for page in pages] == [
        ["T-0", "T-1"],
        ["T-2", "T-3"],
        ["T-4"],
    ]
    assert [page["truncated"] for page in pages] == [True, True, False]


def test_while_a_deposit_is_treated_its_acknowledgement_is_there_and_its_receipt_is_not(
    program: Program,
) -> None:
    program.mock("PUT", "/processing", {"mode": "manual"})
    deposit = program.deposit(GOOD)

    receipt, explanation, acknowledgement = (
        program.get(f"/deposits/{deposit['id']}/{what}")
        for what in ("receipt", "explanation", "acknowledgement")
    )

    assert deposit["status_label"] == "Traitement en cours"
    assert (receipt.status_code, explanation.status_code) == (409, 409)
    assert (receipt.json or {})["type"] == "/api/v1/problems#not-treated-yet"
    assert b"<statut>OK</statut>" in acknowledgement.data


def test_each_look_counts_where_the_portal_waits_for_looks(program: Program) -> None:
    program.mock("PUT", "/processing", {"mode": "polls", "polls": 3})
    deposit = program.deposit(GOOD)["id"]

    seen = [(program.get(f"/deposits/{deposit}?wait=60").json or {})["status"] for _ in range(3)]

    assert seen == ["processing", "processing", "accepted"]


def test_a_list_is_no_look(program: Program) -> None:
    program.mock("PUT", "/processing", {"mode": "polls", "polls": 1})
    program.deposit(GOOD)

    listed = program.get("/deposits").json or {}

    assert listed["items"][0]["status"] == "processing"


@pytest.mark.parametrize(
    ("name", "status", "sentence"),
    [
        ("flux.txt", 422, "Seuls les fichiers dont le nom se termine par « .xml »"),
        ("a/b.xml", 422, "ni barre oblique"),
        ("", 400, "Aucun fichier n'a été reçu"),
        ("x" * 252 + ".xml", 422, "dépasse 255 caractères"),
    ],
)
def test_what_is_refused_at_the_upload_is_no_deposit(
    program: Program, name: str, status: int, sentence: str
) -> None:
    answer = program.send(GOOD, name)

    problem = answer.json or {}
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert sentence in problem["portal_message"]
    assert (program.get("/deposits").json or {})["total"] == 0


def test_a_form_without_the_field_file_is_told_which_field_is_missing(program: Program) -> None:
    answer = program.send(GOOD, field="fichier")

    assert answer.status_code == 422
    assert {"part": "form", "field": "file", "detail": "Field required"} in (answer.json or {})[
        "errors"
    ]


@pytest.mark.parametrize("size", [300, 2_000_000])
def test_a_file_that_is_too_large_is_refused_in_both_languages(
    put_together: PutTogether, size: int
) -> None:
    portal = put_together(max_upload=200)
    program = a_program(create_app(portal), portal, "small")

    answer = program.send(b"<a>" + b" " * size, "large.xml")

    problem = answer.json or {}
    assert answer.status_code == 413
    assert problem["detail"] == "The file is larger than the portal takes."
    assert problem["portal_message"].startswith("Le fichier dépasse la taille maximale")


def test_a_due_time_is_told_with_an_offset(put_together: PutTogether) -> None:
    portal = put_together(processing=str(Processing(Mode.DELAY, 3600)))
    program = a_program(create_app(portal), portal, "later")

    deposit = program.deposit(GOOD)

    due, received = (datetime.fromisoformat(deposit[k]) for k in ("receipt_due_at", "received_at"))
    assert (due - received).total_seconds() == 3600
