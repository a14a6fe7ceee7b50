"""Measure what programs wait for: the start of a portal, and a test that deposits.

    python -m tests.benchmarks.programs [--runs 7] [--tests 60]

A start is wall time from the command to its line of JSON, on a data folder that is new, beside that
of a process that imports the libraries it stands on, one after the other in each run; then until
the API has answered for the first time, which loads the rest. Memory is the PSS of the process that
answers, some seconds after it is ready, before anybody has asked it anything. A test is what pytest
says of its set-up, its call and its end together, the first one left out: it starts the session's
portal.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.benchmarks.memory import pss

_YARDSTICK = "import flask, sqlalchemy, lxml.etree"
_SERVE = ("-m", "mockportal", "serve", "--port", "0")
_MOST_TIMES = 1.3
_MOST_MEGABYTES = 60
_AT_REST = 3.0
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
    starts = [(seconds_of_imports(), started()) for _ in range(arguments.runs)]
    imports, begun = zip(*starts, strict=True)
    row("the imports alone", imports)
    most = _MOST_TIMES * statistics.median(imports)
    row(f"serve, until it is ready, {_MOST_TIMES:g} times", [one.ready for one in begun], most)
    row("serve, until the API has answered", [one.answered for one in begun])
    row("memory of a serve that waits, MB", [waiting_memory()], _MOST_MEGABYTES)
    tests = [one for _ in range(3) for one in suite_of(arguments.tests)]
    row("a test with a deposit of three passages", tests, _MOST_FOR_A_TEST)


def row(name: str, seconds: Sequence[float], most: float | None = None) -> None:
    """Print one measure, beside what it may take."""
    allowed = f"{most:>9.3f}" if most else ""
    middle = statistics.median(seconds)
    print(f"{name:44}{middle:>10.3f}{min(seconds):>9.3f}{max(seconds):>9.3f}{allowed}")


def seconds_of_imports() -> float:
    """Return how long a process takes that imports the libraries and ends."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", _YARDSTICK], check=True)
    return time.perf_counter() - begun


class Start(NamedTuple):
    """The seconds from the command on."""

    ready: float
    answered: float


def started() -> Start:
    """Return how long a portal takes until it says where it is, and until its API answers."""
    begun = time.perf_counter()
    with serving() as (url, _):
        ready = time.perf_counter() - begun
        with suppress(HTTPError):  # who asks has no account
            urlopen(f"{url}/api/v1/deposits", timeout=60)  # noqa: S310  # our own address
        return Start(ready, time.perf_counter() - begun)


def waiting_memory() -> float:
    """Return the PSS of a process that serves and waits, in MB; 0 where the system tells none."""
    with serving() as (_, process):
        time.sleep(_AT_REST)
        return pss(process) / 1_000_000


@contextmanager
def serving() -> Iterator[tuple[str, int]]:
    """Give the address of a portal on a new data folder, and its process."""
    with (
        tempfile.TemporaryDirectory(prefix="mockportal-benchmark-") as folder,
        subprocess.Popen(
            [sys.executable, *_SERVE, "--data", folder],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as portal,
    ):
        try:
            line = portal.stdout.readline() if portal.stdout else b""
            yield json.loads(line)["url"], portal.pid
        finally:
            portal.terminate()
            portal.wait(60)


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
