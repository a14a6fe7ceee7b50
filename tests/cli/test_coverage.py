"""``mockportal coverage``."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mockportal.assembly import assemble
from mockportal.cli.main import commands
from mockportal.settings import Settings
from tests.passages import deposits
from tests.served_here import served_here


def run(*words: str) -> Result:
    return CliRunner().invoke(commands, ["coverage", *words], standalone_mode=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a data folder with a deposit in it."""
    with assemble(Settings(data=tmp_path)) as portal:
        deposits(portal, "T-1")
    return tmp_path


def test_it_prints_what_is_exercised_and_what_is_not(folder: Path) -> None:
    result = run("--data", str(folder))

    assert result.return_value == 0
    assert "deposits: 1" in result.stdout
    assert "…/identificationTitulaire/titulaire/prenom2 present" in result.stdout
    assert "LEVEL3" in result.stdout


def test_json_is_what_programs_read(folder: Path) -> None:
    found = json.loads(run("--data", str(folder), "--json").stdout)

    assert [one["part"] for one in found["parts"]] == [
        "elements", "branches", "values", "messages", "file_errors", "levels",
    ]  # fmt: skip
    for one in found["parts"]:
        assert one["covered"] == len(one["exercised"])
        assert one["total"] == len(one["exercised"]) + len(one["missing"])
    assert list(found) == ["world", "schema", "deposits", "percent", "parts"]


@pytest.mark.parametrize(("least", "status"), [("1", 0), ("99", 1)])
def test_too_little_is_an_exit_status(folder: Path, least: str, status: int) -> None:
    result = run("--data", str(folder), "--fail-under", least)

    assert result.return_value == status
    assert ("is less than" in result.output) is bool(status)


def test_a_served_portal_is_asked(folder: Path) -> None:
    with served_here(data=folder) as served:
        url = f"http://127.0.0.1:{served.port}"
        asked = run("--url", url, "--json")
        nowhere = run("--url", url, "--world", "nowhere")

    assert json.loads(asked.stdout)["deposits"] == 1
    assert "there is no world 'nowhere'" in str(nowhere.exception).lower()


def test_a_world_that_there_is_not_is_said(folder: Path) -> None:
    assert "no world 'nowhere'" in str(run("--data", str(folder), "--world", "nowhere").exception)
