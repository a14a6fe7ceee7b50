"""The recipes of the README and of the documents do what they say, at a served portal."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from mockportal.cli.serve import serve
from mockportal.testing import MockPortal, PortalServer
from tests.fluxes import a_flux_xml
from tests.recipes.blocks import SERVED, blocks

pytest_plugins = ["pytester"]
pytestmark = pytest.mark.slow


@pytest.fixture
def portal() -> Iterator[MockPortal]:
    with PortalServer(registry="open") as server:
        yield server.default


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "export.xml").write_bytes(a_flux_xml())
    return tmp_path


def run(command: list[str], folder: Path) -> str:
    """Run a recipe beside ``export.xml``, and return what it prints."""
    if not shutil.which(command[0]):
        pytest.skip(f"{command[0]} is not installed")
    ran = subprocess.run(command, cwd=folder, check=False, capture_output=True, encoding="utf-8")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def the_recipe(language: str, portal: MockPortal) -> str:
    (recipe,) = [block for block in blocks(language) if SERVED in block]
    assert SERVED in recipe
    return recipe.replace(SERVED, portal.url)


def test_with_curl(portal: MockPortal, folder: Path) -> None:
    printed = run(["sh", "-euc", the_recipe("sh", portal)], folder)

    (deposit,) = portal.deposits
    assert '"status": "accepted"' in printed or '"status":"accepted"' in printed
    assert (folder / "receipt.xml").read_bytes() == deposit.receipt


def test_with_node(portal: MockPortal, folder: Path) -> None:
    (folder / "recipe.mjs").write_text(the_recipe("js", portal), encoding="utf-8")

    assert run(["node", "recipe.mjs"], folder).split() == ["accepted", "1", "0"]


def test_with_php(portal: MockPortal, folder: Path) -> None:
    (folder / "recipe.php").write_text(the_recipe("php", portal), encoding="utf-8")

    assert run(["php", "recipe.php"], folder).split() == ["accepted", "1", "0"]


def test_with_a_robot_at_the_pages(portal: MockPortal, folder: Path) -> None:
    (robot,) = [one for one in blocks("python") if "playwright" in one]
    if not shutil.which("chromium"):
        pytest.skip("chromium is not installed")
    # Chromium has no sandbox for root, whom CI often is.
    alone = robot.replace('chromium"', 'chromium", args=["--no-sandbox"]')
    (folder / "robot.py").write_text(alone.replace(SERVED, portal.url), encoding="utf-8")

    run([sys.executable, "robot.py"], folder)

    assert [one.status for one in portal.deposits] == ["accepted"]


@pytest.mark.parametrize("document", ["README.md", "tests.md"])
def test_with_pytest(pytester: pytest.Pytester, document: str) -> None:
    tests = [block for block in blocks("python", document) if "def test_" in block]
    pytester.makepyfile("\n".join(tests))
    (pytester.path / "export.xml").write_bytes(a_flux_xml())

    pytester.runpytest_subprocess("-W", "error").assert_outcomes(passed=len(tests))


@pytest.mark.parametrize("document", ["README.md", "commands.md"])
def test_with_a_file_of_ones_own(
    folder: Path, monkeypatch: pytest.MonkeyPatch, document: str
) -> None:
    flux = a_flux_xml(sender="99TST999", certifier="99TST999")
    (folder / "flux.xml").write_bytes(flux)
    monkeypatch.setenv("MOCKPORTAL_DATA", str(folder / "data"))
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
    (recipe,) = [block for block in blocks("sh", document) if "registry learn" in block]

    printed = run(["sh", "-uc", recipe], folder)

    before, _, after = printed.partition('"account')
    assert "0 OK, 1 KO" in before
    assert "ACCEPTED - 1 OK" in after


@pytest.mark.parametrize("document", ["README.md", "programs.md"])
def test_with_one_call_of_curl(portal: MockPortal, folder: Path, document: str) -> None:
    (folder / "flux.xml").write_bytes(a_flux_xml())
    (recipe,) = [block for block in blocks("sh", document) if "/api/v1/deposits" in block]

    run(["sh", "-euc", recipe.replace(SERVED, portal.url)], folder)

    assert len(portal.deposits) == 1


def test_without_pytest(folder: Path) -> None:
    (script,) = [one for one in blocks("python") if "PortalServer" in one]

    run([sys.executable, "-W", "error", "-c", script], folder)


def test_every_block_of_python_is_one_of_these() -> None:
    known = [
        one for one in blocks("python") if any(w in one for w in ("def test_", "Server", "sync"))
    ]

    assert known == blocks("python")


class TestTheServicesOfACI:
    @pytest.mark.parametrize("number", range(3))
    def test_are_configured_by_options_of_serve(self, number: int) -> None:
        known = {str(one.envvar) for one in serve.params if hasattr(one, "envvar")}

        assert set(settings_of(blocks("yaml", "ci.md")[number])) <= known

    @pytest.mark.parametrize("number", range(3))
    def test_serve_with_these_settings_alone(self, number: int, tmp_path: Path) -> None:
        settings = settings_of(blocks("yaml", "ci.md")[number])
        entry = [sys.executable, "-m", "mockportal", "serve", "--host", "0.0.0.0", "--data"]  # noqa: S104  # as the image does
        with subprocess.Popen(
            [*entry, str(tmp_path / "data"), "--port", "0"],
            env={**os.environ, **settings},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        ) as served:
            assert served.stdout is not None
            port = served.stdout.readline().split(":")[3].split('"')[0]
            key = f"X-Mockportal-Key: {settings['MOCKPORTAL_CONTROL_KEY']}"
            asked = f"http://127.0.0.1:{port}/_mock/state"
            host = ["-H", "Host: portal:8000"]
            with_key = subprocess.run(["curl", "-fsS", *host, "-H", key, asked], check=False)
            without = subprocess.run(["curl", "-fsS", *host, asked], check=False)
            served.terminate()

        assert with_key.returncode == 0
        assert without.returncode != 0
        assert not (tmp_path / "data").exists()


def settings_of(recipe: str) -> dict[str, str]:
    """Return what a service is told by its environment, wherever a CI writes that."""

    def told(part: object) -> Iterator[tuple[str, str]]:
        if isinstance(part, dict):
            for key, value in part.items():
                if str(key).startswith("MOCKPORTAL_"):
                    assert isinstance(value, str), f"{key} must be a text"
                    yield key, value
                yield from told(value)
        elif isinstance(part, list):
            for one in part:
                yield from told(one)

    found = dict(told(yaml.safe_load(recipe)))
    assert "MOCKPORTAL_CONTROL_KEY" in found
    return found
