"""Whatever is sent to the doors for programs, what is answered is what their documents say.

A bounded number of cases, the same in each run. Clocks, faults and all else that is asked of
``/_mock`` change a world of its own, which is made anew before each operation: a fault that strikes
would answer in the place of the portal, and nobody asks about that world at ``/api/v1`` here.
"""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy
from schemathesis import Case, GenerationMode
from schemathesis.checks import (
    ignored_auth,
    negative_data_rejection,
    positive_data_acceptance,
)
from schemathesis.core.transport import Response
from werkzeug.wsgi import ClosingIterator

from mockportal.assembly import assemble
from mockportal.settings import Settings
from mockportal.web import create_app
from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire
from tests.web.program import Program, a_program
from tests.working import at_work

TROUBLED = "troubled"
"""The world that a clock is moved in, and faults are set in."""
UNFIT = [positive_data_acceptance, negative_data_rejection, ignored_auth]
"""Checks that are about more than answers: a right form with a file whose name does not end in
.xml is refused, credentials that were made wrong are put right again by this test, and after ten
wrong ones whoever asks is told to wait."""
AnyCase = Case[Any]
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
KNOWN = a_titulaire(
    nomNaissance="KERVELLANT", prenom1="Jean-François", anneeNaissance="1974", sexe="M"
)
FLUX = a_flux_xml(a_passage_xml("T-1", KNOWN), a_passage_xml("T-2"))
bounded = settings(
    max_examples=25,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@dataclass
class Served:
    """A portal at work with a deposit in it, its application, and a program."""

    app: Flask
    program: Program
    deposit: str
    passage: int


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with assemble(Settings(max_upload=100_000)) as portal, at_work(portal):
        app = create_app(portal)
        program = a_program(app, portal, "contracts")
        deposit = program.deposit(FLUX)["id"]
        assert (program.get(f"/deposits/{deposit}?wait=20").json or {})["accepted"] == 1
        (passage,) = (program.get("/passages").json or {})["items"]
        yield Served(app, program, deposit, passage["id"])


def buffered(app: Flask) -> WSGIApplication:
    """Return an application whose answers are read to their end, and closed."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        with closing(ClosingIterator(app(environ, start_response))) as parts:
            return list(parts)

    return answer


def cases_of(app: Flask, door: str) -> Iterator[tuple[str, SearchStrategy[AnyCase]]]:
    """Yield each endpoint of a door with a source of requests, right ones and wrong ones."""
    schema = schemathesis.openapi.from_wsgi(f"{door}/openapi.json", buffered(app))
    for path, methods in schema.raw_schema["paths"].items():
        for method in methods:
            operation = schema[path][method.upper()]
            right, wrong = (operation.as_strategy(generation_mode=one) for one in MODES)
            yield f"{method.upper()} {path}", right | wrong


def hold(source: SearchStrategy[AnyCase], ask: Callable[[AnyCase], object]) -> None:
    """Ask a bounded number of times, and hold each answer to the document."""

    @bounded
    @given(source)
    def each(case: AnyCase) -> None:
        ask(case)

    each()


def is_of_a_kind_that_is_told(case: AnyCase, answer: Response) -> None:
    """Fail where a problem is of a kind that its operation does not tell of."""
    if answer.status_code >= 400:
        told = case.operation.definition.raw["responses"][str(answer.status_code)]
        kinds = told["content"]["application/problem+json"]["examples"]
        assert answer.json()["type"].partition("#")[2] in kinds, (case.path, answer.json())


def test_api_v1_answers_as_it_says(served: Served, subtests: pytest.Subtests) -> None:
    auth = (served.program.account, served.program.password)
    real = {"deposit_id": served.deposit, "passage_id": served.passage}

    def about_what_is_there(case: AnyCase) -> AnyCase:
        known = case.path_parameters or {}
        known.update({name: value for name, value in real.items() if name in known})
        return case

    for name, source in cases_of(served.app, "/api/v1"):
        with subtests.test(name):
            hold(
                source | source.map(about_what_is_there),
                lambda case: is_of_a_kind_that_is_told(
                    case, case.call_and_validate(auth=auth, excluded_checks=UNFIT)
                ),
            )


def test_mock_answers_as_it_says(served: Served, subtests: pytest.Subtests) -> None:
    def about_the_troubled_world(case: AnyCase) -> AnyCase:
        if not case.path.startswith("/_mock/worlds"):
            case.query["world"] = TROUBLED
        return case

    for name, source in cases_of(served.app, "/_mock"):
        served.program.mock("DELETE", f"/worlds/{TROUBLED}")
        assert served.program.mock("POST", "/worlds", {"name": TROUBLED}).status_code == 201
        with subtests.test(name):
            hold(
                source | source.map(about_the_troubled_world),
                lambda case: is_of_a_kind_that_is_told(case, case.call_and_validate()),
            )
