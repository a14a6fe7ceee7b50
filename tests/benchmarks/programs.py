"""Measure what programs wait for: the start of a portal, and a test that deposits.

    python -m tests.benchmarks.programs [--runs 7] [--tests 60]

A start is wall time from the command to its line of JSON, beside that of a process that imports
the libraries it stands on, one after the other in each run. A test is what pytest says of its
set-up, its call and its end together, the first one left out: it starts the session's portal.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

_YARDSTICK = "import flask, sqlalchemy, lxml.etree, alembic"
_SERVE = ("-m", "mockportal", "serve", "--port", "0", "--ephemeral")
_MOST_SECONDS_MORE, _MOST_TIMES = 0.7, 1.5
_MOST_FOR_A_TEST = 0.050
_TEST = """
import pytest
from tests.fluxes import a_flux_xml, a_passage_xml

FLUX = a_flux_xml(*(a_passage_xml(f"T-{number}") for number in range(3)))

@pytest.mark.parametrize("number", range({tests}))
def test_three_passages(mock_portal, number):
    mock_portal.people.add(nomNaissance="MARTIN", prenom1="Léa", anneeNaissance=1990, sexe="F")
    mock_portal.deposit(FLUX).assert_all_accepted()
"""


class Durations:
    """Adds up what pytest measures of each test."""

    def __init__(self) -> None:
        self.of: dict[str, float] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add a phase of a test."""
        if report.failed:
            raise SystemExit(report.longreprtext)
        self.of[report.nodeid] = self.of.get(report.nodeid, 0) + report.duration


def main() -> None:
    """Run the measures, or one of them in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--tests", type=int, default=60)
    parser.add_argument("--suite", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.suite:
        print(json.dumps(durations_in(arguments.suite)))
        return
    print(f"{'what':44}{'median s':>10}{'lowest':>9}{'highest':>9}{'at most':>9}")
    starts = [(seconds_of_imports(), seconds_to_ready()) for _ in range(arguments.runs)]
    imports, ready = zip(*starts, strict=True)
    row("the imports alone", imports)
    row(
        f"serve --port 0 --ephemeral, {_MOST_TIMES} times and {_MOST_SECONDS_MORE} s",
        ready,
        _MOST_TIMES * statistics.median(imports) + _MOST_SECONDS_MORE,
    )
    tests = [one for _ in range(3) for one in suite_of(arguments.tests)]
    row("a test with a deposit of three passages", tests, _MOST_FOR_A_TEST)


def row(name: str, seconds: "tuple[float, ...] | list[float]", most: float | None = None) -> None:
    """Print one measure, beside what it may take."""
    allowed = f"{most:>9.3f}" if most else ""
    middle = statistics.median(seconds)
    print(f"{name:44}{middle:>10.3f}{min(seconds):>9.3f}{max(seconds):>9.3f}{allowed}")


def seconds_of_imports() -> float:
    """Return how long a process takes that imports the libraries and ends."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", _YARDSTICK], check=True)
    return time.perf_counter() - begun


def seconds_to_ready() -> float:
    """Return how long a portal takes until it says where it is."""
    begun = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, *_SERVE], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as portal:
        line = portal.stdout.readline() if portal.stdout else b""
        seconds = time.perf_counter() - begun
        portal.terminate()
    if "url" not in json.loads(line):
        raise SystemExit(f"the portal says {line!r}")
    return seconds


def suite_of(tests: int) -> list[float]:
    """Return the seconds of each test of a suite but the first, run in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="mockportal-benchmark-") as folder:
        path = Path(folder) / "test_deposits.py"
        path.write_text(_TEST.replace("{tests}", str(tests)), encoding="utf-8")
        told = subprocess.run(  # ourselves
            [sys.executable, "-m", "tests.benchmarks.programs", "--suite", path],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
    found: list[float] = json.loads(told.splitlines()[-1])
    return found[1:]


def durations_in(path: Path) -> list[float]:
    """Run a suite here, and return the seconds of each of its tests."""
    measured = Durations()
    status = pytest.main(
        ["-q", "-p", "no:cacheprovider", "--rootdir", str(path.parent), str(path)], [measured]
    )
    if status:
        raise SystemExit(f"pytest ended with {status}")
    return list(measured.of.values())


if __name__ == "__main__":
    main()
