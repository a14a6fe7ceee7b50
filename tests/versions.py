"""Run a smoke suite with the lowest releases of all ranges, and with each Python that is there.

    python -m tests.versions [--only-lowest]

Each environment is made by uv in a scratch folder. The oldest Python gets the lowest releases of
what the project names itself; the others get the releases of ``tests/constraints.txt``.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_OLDEST = (3, 11)
_SMOKE = (
    "tests/testing/test_pytest_plugin.py",
    "tests/cli/test_commands.py",
    "tests/cli/test_junit.py",
    "tests/cli/test_coverage.py",
    "tests/web/test_reference.py",
    "tests/web/api/test_deposits.py",
)
_LOWEST_PYTEST = "pytest==8.0.0"


def main() -> None:
    """Try each environment; exit with 1 when a suite fails in one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only-lowest", action="store_true")
    arguments = parser.parse_args()
    lowest, *others = pythons()
    failed = [] if passes(lowest, lowest_releases=True) else [f"{lowest}, lowest releases"]
    if not arguments.only_lowest:
        failed += [python for python in others if not passes(python, lowest_releases=False)]
    if failed:
        raise SystemExit(f"the smoke suite fails with {'; '.join(failed)}")


def pythons() -> list[str]:
    """Return the interpreters of this machine that the project runs on, the oldest first."""
    named = (shutil.which(f"python3.{minor}") for minor in range(_OLDEST[1], 20))
    installed = sorted(Path.home().glob(".pyenv/versions/3.*/bin/python3"))
    found: dict[tuple[int, int], str] = {sys.version_info[:2]: sys.executable}
    for path in [*filter(None, named), "/usr/bin/python3", *map(str, installed)]:
        version = version_of(path)
        if version and version >= _OLDEST:
            found.setdefault(version, path)
    return [found[version] for version in sorted(found)]


def version_of(python: str) -> tuple[int, int] | None:
    """Return the major and minor version of an interpreter, None for one that does not run."""
    asking = [python, "-c", "import sys; print(*sys.version_info[:2])"]
    try:
        answer = subprocess.run(asking, check=True, capture_output=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    major, minor = answer.split()
    return int(major), int(minor)


def passes(python: str, *, lowest_releases: bool) -> bool:
    """Tell whether the smoke suite passes in a new environment."""
    with tempfile.TemporaryDirectory(prefix="mockportal-versions-") as folder:
        own = Path(folder) / "bin" / "python"
        # The certificates that the system trusts: a company's own among them. Older uv says TLS.
        trusting = os.environ | {"UV_SYSTEM_CERTS": "true", "UV_NATIVE_TLS": "true"}
        making = [*uv(), "venv", "--quiet", "--python", python, folder]
        subprocess.run(making, check=True, env=trusting)
        releases = ["--constraint", str(_ROOT / "tests" / "constraints.txt")]
        wanted = [f"{_ROOT}[postgresql,processes]", "pytest-xdist>=3.5", "pytest"]
        if lowest_releases:
            releases = ["--resolution", "lowest-direct"]
            wanted[-1] = _LOWEST_PYTEST
        installing = [*uv(), "pip", "install", "--quiet", "--python", str(own), *releases]
        subprocess.run([*installing, *wanted], check=True, env=trusting)
        print(f"{python}{', lowest releases' if lowest_releases else ''}", flush=True)
        # Releases of another day warn of what this one need not know.
        tested = subprocess.run(
            [own, "-m", "pytest", "-q", "-n", "2", "-o", "filterwarnings=default", *_SMOKE],
            cwd=_ROOT, env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}, check=False,
        )  # fmt: skip
        return tested.returncode == 0


def uv() -> list[str]:
    """Return the command of uv that stands beside this interpreter."""
    return [sys.executable, "-m", "uv"]


if __name__ == "__main__":
    main()
