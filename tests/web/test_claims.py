"""What pages and the README claim of a whole (« chaque », « tous », a number) is so."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from mockportal.assembly import Portal, assemble
from mockportal.domain.declarations import STEPS
from mockportal.domain.journal import MOST_REQUESTS
from mockportal.domain.letters import CONFIRMATION_HOLDS, INVITATION_HOLDS, PASSWORD_LINK_HOLDS
from mockportal.domain.messages import CATALOGUE, OF_ORGANISATIONS, Basis, Code
from mockportal.domain.passwords import LEAST_PASSWORD, MOST_PASSWORD
from mockportal.journeys.assistance import people_to_try
from mockportal.journeys.failure import MOST_ATTEMPTS, PAUSES
from mockportal.journeys.figures import KEPT_FOR, LARGE
from mockportal.journeys.login import (
    FAILURES_COUNT_FOR,
    MOST_FAILURES,
    MOST_FAILURES_OF_SOURCE,
    WAIT,
)
from mockportal.journeys.passport import PEOPLE_SHOWN
from mockportal.journeys.sessions import SESSION_IDLE, SESSION_LONGEST
from mockportal.resources import seeds_folder
from mockportal.settings import Settings
from mockportal.web import create_app
from mockportal.web.display import grouped
from mockportal.wire.cases import read_cases
from mockportal.wire.validation import MOST_ERRORS
from tests.web.furnished import deposited, logged_in
from tests.web.visitor import Visitor, words
from tests.working import at_work

FLUX = seeds_folder() / "flux-demonstration.xml"
ROOT = Path(__file__).parents[2]
TOLD = "\n".join(
    path.read_text(encoding="utf-8")
    for path in (ROOT / "README.md", *sorted((ROOT / "mockportal" / "docs").glob("*.md")))
)
IDS = re.compile(rb"<cpf:idTechnique>(.*?)</cpf:idTechnique>")
NUMBERS = {4: "quatre", 5: "cinq", 10: "Dix", 12: "douze", 100: "cent"}


def identifiers(path: Path) -> list[str]:
    """Return the technical identifiers of a flux of the seeds."""
    return [one.decode() for one in IDS.findall(path.read_bytes())]


@pytest.fixture
def demonstrated(portal: Portal) -> set[Code]:
    """Return the messages that the demonstration flux gets."""
    made = deposited(portal, "CERT00001", FLUX.name, FLUX.read_bytes())
    reasons = portal.desk.stores.deposits.rejections_by_reason(made.id)
    return {Code(code) for code, _ in reasons}


def test_the_backstage_page_counts_the_messages_of_the_demonstration(
    visitor: Visitor, demonstrated: set[Code]
) -> None:
    said = words(visitor.get("/coulisses"))

    assert f"où paraissent {len(demonstrated)} des {len(CATALOGUE)} messages" in said


def test_the_demonstration_brings_all_that_a_passage_can_get_under_its_schema(
    portal: Portal, demonstrated: set[Code]
) -> None:
    cases = people_to_try(portal.desk)
    of_newer = {one.code for one in cases if one.code and one.schema != "1.1.2"}
    of_older = {one.code for one in cases if one.code and one.schema == "1.1.2"}

    assert demonstrated == set(Code) - OF_ORGANISATIONS - (of_newer - of_older)


def test_the_page_of_messages_counts_those_that_are_real(visitor: Visitor) -> None:
    said = words(visitor.get("/aide/messages"))

    real = sum(Basis.ASSUMED not in one.basis for one in CATALOGUE.values())
    assert f"De ces {len(CATALOGUE)} phrases, {real} sont celles du vrai portail" in said
    assert f"les {len(CATALOGUE) - real} autres" in said


@pytest.mark.parametrize("path", sorted(seeds_folder().glob("flux-*.xml")), ids=lambda p: p.name)
def test_each_passage_of_a_demonstration_is_a_case_of_the_table(path: Path) -> None:
    explained = {one.technical_id for one in read_cases(seeds_folder() / "cases.json")}

    assert set(identifiers(path)) <= explained


def test_the_readme_counts_the_demonstration_and_the_people() -> None:
    people = len((seeds_folder() / "holders.csv").read_text(encoding="utf-8").splitlines()) - 1

    assert f"{len(identifiers(FLUX))} passages, with every message" in TOLD
    (told,) = re.findall(r"some (\d+) invented people", TOLD)
    assert abs(people - int(told)) <= int(told) / 10
    assert 200 <= people < 1000  # « quelques centaines », /aide/personnes


def test_a_declaration_has_the_steps_that_pages_count(certifier: Visitor) -> None:
    assert f"en {NUMBERS[len(STEPS)]} étapes" in words(certifier.get("/transmettre/passage"))


def test_the_help_tells_the_limits_of_passwords_and_sessions(visitor: Visitor) -> None:
    said = words(visitor.get("/aide"))

    hours, longest = (int(one / timedelta(hours=1)) for one in (SESSION_IDLE, SESSION_LONGEST))
    assert f"compte de {LEAST_PASSWORD} à {MOST_PASSWORD} caractères" in said
    assert f"Sans activité pendant {NUMBERS[hours]} heures" in said
    assert f"au bout de {NUMBERS[longest]}, il faut" in said
    minutes = int(FAILURES_COUNT_FOR / timedelta(minutes=1))
    assert f"{NUMBERS[MOST_FAILURES]} mots de passe faux en {NUMBERS[minutes]} minutes" in said
    assert timedelta(minutes=1) == WAIT
    assert "font attendre une minute" in said
    assert f"{NUMBERS[MOST_FAILURES_OF_SOURCE]} pour une même machine" in said
    assert f"{CONFIRMATION_HOLDS // timedelta(hours=1)} heures pour confirmer" in said
    assert f"{PASSWORD_LINK_HOLDS // timedelta(minutes=1)} minutes pour un mot de passe" in said
    assert f"{INVITATION_HOLDS // timedelta(days=1)} jours pour un nouvel" in said


@pytest.mark.parametrize(
    ("path", "claim"),
    [
        ("/aide/accuse", f"Une panne du portail, {MOST_ATTEMPTS} fois de suite"),
        ("/passages/suppression", f"{grouped(200_000)} au plus"),
        ("/chiffres", f"Au-delà de {grouped(LARGE)} fichiers et passages"),
    ],
)
def test_a_number_on_a_page_is_the_one_that_counts(
    certifier: Visitor, path: str, claim: str
) -> None:
    assert " ".join(claim.split()) in words(certifier.get(path))


def test_numbers_that_templates_write_are_those_of_the_code() -> None:
    templates = Path(__file__).parents[2] / "mockportal" / "web" / "templates"

    assert timedelta(minutes=10) == KEPT_FOR
    assert "toutes les dix minutes" in (templates / "figures/figures.html").read_text("utf-8")
    assert f"people|length == {PEOPLE_SHOWN}" in (templates / "passport/search.html").read_text(
        "utf-8"
    )
    errors = (templates / "deposits/_errors.html").read_text("utf-8")
    assert f"errors|length == {MOST_ERRORS}" in errors
    assert f"Les {MOST_ERRORS} premières erreurs" in errors


def test_the_limit_on_passages_is_told_where_files_are_sent() -> None:
    with assemble(Settings(max_passages=1_234)) as portal, at_work(portal):
        app: Flask = create_app(portal)

        for path in ("/transmettre/fichier", "/aide/deposer"):
            assert "1 234 passages au plus" in words(logged_in(app, "CERT00001").get(path))


def test_the_readme_tells_the_limits_of_treatments_and_of_the_journal() -> None:
    settings = Settings()

    said = " ".join(TOLD.split())
    assert f"Each request is kept ({MOST_REQUESTS:,} a world".replace(",", " ") in said
    assert MOST_ATTEMPTS == 5
    assert sum(PAUSES) < 60
    assert "it is tried five times in a minute or so" in said
    assert settings.stall == timedelta(minutes=10).total_seconds()
    assert "comes no further for ten minutes" in said
    assert f"take over after `--lease` seconds ({settings.lease:g})" in said
    assert f"{settings.max_passages:,} by default".replace(",", " ") in said
