"""``mockportal journal``."""

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mockportal.assembly import assemble
from mockportal.cli.main import commands, main
from mockportal.client import ApiClient
from mockportal.settings import Settings
from tests.fluxes import a_flux_xml
from tests.passages import deposits
from tests.served_here import served_here


def run(*words: str) -> Result:
    return CliRunner().invoke(commands, ["journal", *words], standalone_mode=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a data folder with a deposit in it."""
    data = tmp_path / "data"
    with assemble(Settings(data=data)) as portal:
        deposits(portal, "T-1")
    return data


@pytest.fixture
def archive(folder: Path, tmp_path: Path) -> Path:
    """Return the world of that folder as a file."""
    path = tmp_path / "world.zip"
    assert run("export", str(path), "--data", str(folder), "--seed", "7").return_value == 0
    return path


def test_a_world_is_exported_and_replayed(archive: Path) -> None:
    result = run("replay", str(archive))

    assert result.return_value == 0
    assert "1 deposit replayed, 1 receipt compared, 0 different." in result.stdout


def test_the_seed_is_noted(archive: Path) -> None:
    with zipfile.ZipFile(archive) as content:
        assert json.loads(content.read("world.json"))["seed"] == 7


def test_a_receipt_that_differs_is_an_exit_status(folder: Path, tmp_path: Path) -> None:
    (receipt,) = folder.glob("files/*/receipt.xml")
    receipt.write_bytes(receipt.read_bytes().replace(b"T-1", b"T-2"))
    path = tmp_path / "other.zip"
    run("export", str(path), "--data", str(folder))

    result = run("replay", str(path), "--json")

    assert result.return_value == 1
    assert len(json.loads(result.stdout)["differences"]) == 1


def test_it_is_restored_in_a_folder(archive: Path, tmp_path: Path) -> None:
    data = tmp_path / "restored"

    result = run("replay", str(archive), "--data", str(data))

    assert result.return_value == 0
    assert len(list(data.glob("files/*/receipt.xml"))) == 1


def test_a_served_portal_is_exported(tmp_path: Path) -> None:
    path = tmp_path / "served.zip"
    with served_here(seed=3) as served:
        url = f"http://127.0.0.1:{served.port}"
        made = ApiClient(url, "CERT00001", "mockportal").deposit(BytesIO(a_flux_xml()), "f.xml")
        ApiClient(url, "CERT00001", "mockportal").look(made["id"], 20)
        result = run("export", str(path), "--url", url)

    assert result.return_value == 0
    assert run("replay", str(path)).return_value == 0


def test_misuse_ends_with_three(tmp_path: Path) -> None:
    path = tmp_path / "no.zip"
    path.write_bytes(b"no")

    with pytest.raises(SystemExit) as end:
        main(["journal", "replay", str(path)])

    assert end.value.code == 3
