"""Deposits at which the portal failed: told, explained to nobody, and tried again."""

import pytest
from flask import Flask

from mockportal.assembly import Portal
from mockportal.domain.deposits import Status
from mockportal.domain.identifiers import DepositId
from mockportal.journeys.failure import give_up
from mockportal.web import create_app
from tests.fluxes import a_flux_xml, a_passage_xml
from tests.web.conftest import PutTogether
from tests.web.program import Program, a_program
from tests.web.visitor import Visitor
from tests.working import seen

REASON = "OSError: le disque ne répond plus"


@pytest.fixture
def portal(put_together: PutTogether) -> Portal:
    return put_together(processing="manual")


@pytest.fixture
def app(portal: Portal) -> Flask:
    return create_app(portal)


@pytest.fixture
def program(app: Flask, portal: Portal) -> Program:
    return a_program(app, portal, "failed")


@pytest.fixture
def failed(program: Program, portal: Portal) -> str:
    """Return a deposit at which the portal has failed."""
    made = program.deposit(a_flux_xml(a_passage_xml("T-1")))["id"]
    give_up(portal.desk, seen(portal.desk, DepositId(made)), REASON)
    return str(made)


def test_a_program_reads_that_it_failed_and_that_there_is_no_receipt(
    program: Program, failed: str
) -> None:
    deposit = program.get(f"/deposits/{failed}").json or {}

    assert (deposit["status"], deposit["status_label"]) == ("failed", "Non traité")
    assert (deposit["accepted"], deposit["rejected"]) == (0, 0)
    for what in ("receipt", "explanation"):
        answer = program.get(f"/deposits/{failed}/{what}")
        assert answer.status_code == 409
        assert "says nothing of the file" in (answer.json or {})["detail"]


def test_the_state_tells_it_with_its_reason(program: Program, failed: str) -> None:
    state = program.mock("GET", "/state").json or {}

    (told,) = state["failed"]
    assert (told["id"], told["reason"]) == (failed, REASON)
    assert state["deposits"]["failed"] == 1


def test_it_is_tried_again(program: Program, failed: str) -> None:
    answer = program.mock("POST", f"/deposits/{failed}/retry", {})

    assert answer.status_code == 200
    assert answer.json == {"status": "partly_rejected", "reason": None}
    assert program.get(f"/deposits/{failed}/receipt").status_code == 200
    assert program.mock("POST", f"/deposits/{failed}/retry", {}).status_code == 404


@pytest.mark.parametrize("which", ["nothing", "treated"])
def test_only_what_failed_is_tried_again(program: Program, which: str) -> None:
    made = program.deposit(a_flux_xml(a_passage_xml("T-1")))["id"]
    name = made if which == "treated" else which

    answer = program.mock("POST", f"/deposits/{name}/retry", {})

    assert answer.status_code == 404


def test_the_back_stage_lists_it_and_has_it_tried_again(
    app: Flask, portal: Portal, failed: str
) -> None:
    visitor = Visitor(app)
    page = visitor.page("/coulisses?world=failed")

    card = page.xpath('//section[@aria-labelledby="non-traites"]')[0]
    assert REASON in card.text_content()
    (form,) = card.xpath(".//form")
    assert form.xpath("normalize-space(.//button)") == "Essayer encore"
    answer = visitor.fill("/coulisses?world=failed", form.get("action"))
    assert answer.status_code == 303
    assert "remis dans la file" in visitor.page(answer.location).text_content()
    assert seen(portal.desk, DepositId(failed)).status is not Status.FAILED


def test_its_page_says_that_this_is_no_verdict(put_together: PutTogether) -> None:
    portal = put_together(processing="manual")
    visitor = Visitor(create_app(portal))
    visitor.log_in("CERT00001")
    address = visitor.upload("flux.xml", a_flux_xml(a_passage_xml("T-1"))).location
    name = DepositId(address.rpartition("/")[2])
    give_up(portal.desk, seen(portal.desk, name), REASON)

    page = visitor.page(address)

    words = " ".join(page.text_content().split())
    assert "Non traité" in words
    assert "aucun passage n'est OK ni KO" in words
    assert not page.xpath('//main//a[contains(@href, "accuse-de-traitement")]')
    assert "panne du portail" in visitor.page("/depots").text_content()
    for document in ("accuse-de-traitement", "accuse-de-traitement.csv", "passages-ko.xml"):
        assert visitor.get(f"{address}/{document}").status_code == 404
