"""The wheel is all that a user needs: it is installed alone, away from the checkout, and run."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

import mockportal

ROOT = Path(__file__).parents[1]
SAMPLE = Path(__file__).parent / "samples" / "csv-exporter-clean.xml"
OURS = ("COVERAGE", "MOCKPORTAL_", "PYTEST", "PYTHON", "VIRTUAL_ENV")

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command with nothing of this process's Python about it."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(OURS)}
    return subprocess.run(
        command, cwd=cwd, env=environment, check=False, capture_output=True, encoding="utf-8"
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel of this tree."""
    folder = tmp_path_factory.mktemp("wheel")
    build = (sys.executable, "-m", "build", "--wheel", "--no-isolation")
    built = run(*build, "--outdir", folder, ROOT, cwd=folder)
    assert built.returncode == 0, built.stdout + built.stderr
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel and what it asks for in a new environment; return its commands' folder."""
    folder = tmp_path_factory.mktemp("alone")
    venv.create(folder, with_pip=True)
    commands = folder / ("Scripts" if os.name == "nt" else "bin")
    constraints = ROOT / "tests" / "constraints.txt"
    pip = (commands / "python", "-m", "pip", "--disable-pip-version-check")
    installed = run(*pip, "install", "--quiet", "-c", constraints, wheel, cwd=folder)
    assert installed.returncode == 0, installed.stderr
    return commands


def test_the_wheel_carries_every_schema_and_every_seed(wheel: Path) -> None:
    carried = {Path(name) for name in zipfile.ZipFile(wheel).namelist()}

    for folder in ("xsd", "seeds"):
        here = {p.relative_to(ROOT) for p in (ROOT / folder).rglob("*") if p.is_file()}
        assert here
        assert {Path("mockportal", "_data") / p for p in here} <= carried


def test_the_wheel_carries_nothing_but_the_package(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}

    assert tops == {"mockportal", f"mockportal-{mockportal.__version__}.dist-info"}


def test_the_wheel_carries_what_is_said_of_security(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as carried:
        for name in ("security.md", "asvs.md"):
            written = (ROOT / "mockportal" / "docs" / name).read_bytes()
            assert carried.read(f"mockportal/docs/{name}") == written


def test_the_wheel_brings_its_pytest_plugin_and_its_types(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as carried:
        (entries,) = (one for one in carried.namelist() if one.endswith("/entry_points.txt"))
        told = carried.read(entries).decode()

        assert "mockportal/py.typed" in carried.namelist()
    assert "[pytest11]\nmockportal = mockportal.pytest_plugin\n" in told


def test_the_installed_command_tells_its_version(programs: Path, tmp_path: Path) -> None:
    told = run(programs / "mockportal", "--version", cwd=tmp_path)

    assert told.returncode == 0, told.stderr
    assert mockportal.__version__ in told.stdout


def test_the_installed_command_runs_the_first_control(programs: Path, tmp_path: Path) -> None:
    options: list[str | Path] = ["--schema-only", "--data", tmp_path / "none"]

    checked = run(programs / "mockportal", "check", SAMPLE, *options, cwd=tmp_path)

    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_installed_command_judges_a_file_by_its_own_seeds(
    programs: Path, tmp_path: Path
) -> None:
    options: list[str | Path] = ["--receipt", tmp_path / "receipt.xml", "--data", tmp_path / "none"]

    checked = run(programs / "mockportal", "check", SAMPLE, *options, cwd=tmp_path)

    assert checked.returncode == 1, checked.stdout + checked.stderr  # nobody in it is in the seeds
    assert "registry learn" in checked.stdout + checked.stderr
    assert "<PassagesKO>" in (tmp_path / "receipt.xml").read_text(encoding="utf-8")
    assert not (tmp_path / "none").exists()
