"""A portal ends whatever it is at and however it is told, and leaves nothing running or lying."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.fluxes import a_flux_xml, a_passage_xml
from tests.stories.served import ServedPortal, comes_true
from tests.stories.test_a_treatment_that_hangs import counted
from tests.stories.test_the_end_of_a_portal import SECONDS, deposit

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such signals"),
]
_PATIENCE = 30.0
ENDS = [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT]


class Started:
    """A command of ours, alone in its session, with a folder of its own for what is temporary."""

    def __init__(self, folder: Path, *words: str, ready: bool = True) -> None:
        self.temporary = folder / "temporary"
        self.temporary.mkdir()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "mockportal", *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={**os.environ, "TMPDIR": str(self.temporary)},
        )
        assert self.process.stdout is not None
        self.pid = json.loads(self.process.stdout.readline())["pid"] if ready else self.process.pid

    def end(self, number: signal.Signals) -> float:
        """Send a signal; return how many seconds the process lived on."""
        began = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(_PATIENCE)
        return time.monotonic() - began

    @property
    def session(self) -> list[int]:
        """Return who is left of it, and of what it started in its session."""
        left = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == self.process.pid and fields[0] != "Z":
                left.append(int(stat.parent.name))
        return left

    def close(self) -> None:
        for pid in self.session:
            os.kill(pid, signal.SIGKILL)
        self.process.wait(_PATIENCE)
        assert self.process.stdout is not None
        self.process.stdout.close()


Start = Callable[..., Started]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    started: list[Started] = []

    def one(*words: str, ready: bool = True) -> Started:
        started.append(Started(tmp_path, *words, ready=ready))
        return started[-1]

    yield one
    for each in started:
        each.close()


@pytest.mark.parametrize("number", [*ENDS, signal.SIGKILL])
def test_a_portal_that_keeps_nothing_leaves_nothing(start: Start, number: signal.Signals) -> None:
    portal = start("serve", "--port", "0", "--ephemeral")
    assert any(portal.temporary.iterdir())

    assert portal.end(number) < SECONDS

    assert comes_true(lambda: not any(portal.temporary.iterdir()), SECONDS)
    assert portal.session == []


@pytest.mark.parametrize("number", [*ENDS, signal.SIGKILL])
def test_a_portal_on_a_folder_leaves_no_process_and_no_temporary_folder(
    start: Start, tmp_path: Path, number: signal.Signals
) -> None:
    portal = start("serve", "--port", "0", "--data", str(tmp_path / "data"))
    assert len(portal.session) > 1, "there is a worker"

    assert portal.end(number) < SECONDS

    assert comes_true(lambda: portal.session == [], SECONDS)
    assert not any(portal.temporary.iterdir())


@pytest.mark.parametrize("number", [*ENDS, signal.SIGKILL])
def test_several_processes_end_together(
    start: Start, tmp_path: Path, number: signal.Signals
) -> None:
    pytest.importorskip("gunicorn")
    portal = start("serve", "--port", "0", "--data", str(tmp_path / "data"), "--processes", "2")
    assert len(portal.session) > 3

    assert portal.end(number) < SECONDS

    assert comes_true(lambda: portal.session == [], SECONDS)


def a_deposit_that_hangs(data: Path, portal: ServedPortal) -> None:
    """Deposit a file whose treatment waits for ever, in C code."""
    made = deposit(portal, a_flux_xml(a_passage_xml("T-1")))
    kept = data / "files" / made / "deposit.xml"
    kept.unlink()
    os.mkfifo(kept)


def fall_due(data: Path) -> None:
    with closing(sqlite3.connect(data / "portal.db")) as connection:
        connection.execute("UPDATE deposits SET due_at = 0")
        connection.commit()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_worker_ends_in_the_midst_of_what_never_ends(
    start: Start, tmp_path: Path, number: signal.Signals
) -> None:
    data = tmp_path / "data"
    with ServedPortal(data, "--no-worker", "--processing", "manual") as portal:
        a_deposit_that_hangs(data, portal)
    fall_due(data)
    worker = start("worker", "--data", str(data), ready=False)
    assert comes_true(lambda: counted(data)[0] > 0, _PATIENCE)

    assert worker.end(number) < SECONDS


def test_a_worker_that_hangs_ends_with_its_portal(start: Start, tmp_path: Path) -> None:
    data = tmp_path / "data"
    with ServedPortal(data, "--no-worker", "--processing", "manual") as portal:
        a_deposit_that_hangs(data, portal)
    fall_due(data)
    again = start("serve", "--port", "0", "--data", str(data), "--processing", "manual")
    assert comes_true(lambda: counted(data)[0] > 0, _PATIENCE)

    again.end(signal.SIGKILL)

    assert comes_true(lambda: again.session == [], 2 * SECONDS)
