"""The words that a test may use, as types: what a type checker says of them."""

import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from mockportal import resources
from mockportal.domain.deposits import Status
from mockportal.domain.faults import Stage, Trouble
from mockportal.domain.journal import Source
from mockportal.domain.organisations import Kind
from mockportal.testing import types
from mockportal.wire.person_keys import PERSON_KEYS

HEAD = """
from mockportal.testing import MockPortal

def test_it(mock_portal: MockPortal) -> None:
    deposit = mock_portal.deposit("export.xml")
    {line}
"""
RIGHT = [
    'mock_portal.people.add(nomNaissance="A", prenom1="B", anneeNaissance=1990, sexe="F")',
    'mock_portal.faults.add("receipt", "late", times=1)',
    'deposit.assert_status("partly_rejected")',
    'mock_portal.add_account("depositor", schema="1.1.5")',
    'assert deposit.status == "processing"; mock_portal.treat(); assert deposit.status == "failed"',
    "paths: list[str] = [request.path for request in mock_portal.requests]",
]
WRONG = [
    'mock_portal.people.add(nom="A", prenom1="B", anneeNaissance=1990, sexe="F")',
    'mock_portal.people.add(nomNaissance="A", prenom1="B", anneeNaissance=1990, sexe="H")',
    'mock_portal.people.add(nomNaissance="A", sexe="F")',
    'mock_portal.faults.add("reciept", "late")',
    'mock_portal.faults.add("receipt", "later")',
    'deposit.assert_status("rejected")',
    'mock_portal.add_account("certifer")',
    'mock_portal.add_account(schema="1.1.3")',
]


@pytest.mark.parametrize(
    ("words", "known"),
    [
        (types.SchemaVersion, resources.schema_versions()),
        (types.AccountKind, [kind.value for kind in Kind]),
        (types.DepositStatus, [status.value for status in Status]),
        (types.RequestSource, [s.value for s in Source if s is not Source.WORLD]),
        (types.FaultStage, [stage.value for stage in Stage]),
        (types.FaultKind, [trouble.value for trouble in Trouble]),
    ],
)
def test_the_words_are_those_that_the_portal_knows(words: object, known: list[str]) -> None:
    assert sorted(get_args(words)) == sorted(known)


def test_the_keys_of_a_person_are_those_that_the_portal_knows() -> None:
    assert set(types.Person.__annotations__) == {key.name for key in PERSON_KEYS}
    assert types.Person.__required_keys__ == {key.name for key in PERSON_KEYS if key.required}


@pytest.mark.slow
def test_a_type_checker_lets_through_what_is_right_and_names_each_slip(tmp_path: Path) -> None:
    files = []
    for number, line in enumerate(RIGHT + WRONG):
        file = tmp_path / f"test_{number}.py"
        file.write_text(HEAD.format(line=line), encoding="utf-8")
        files.append(file)

    options = ["--strict", "--config-file=", "--follow-imports=silent"]
    cache = ["--cache-dir", str(tmp_path / "cache")]
    checked = subprocess.run(  # our own interpreter
        [sys.executable, "-m", "mypy", *options, *cache, *map(str, files)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    wrong = {
        number for number, file in enumerate(files) if f"{file.name}:6: error" in checked.stdout
    }
    assert wrong == set(range(len(RIGHT), len(files))), checked.stdout + checked.stderr
