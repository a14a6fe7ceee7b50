"""The worker beside a portal: started again when it dies, told of once, seen by each process."""

import logging
import os
import time
from collections.abc import Callable

import pytest

from mockportal import workers
from mockportal.domain.storage_failures import StorageError, StorageFailure
from mockportal.workers import Faults, WorkerProcess

_PATIENCE = 30.0


def comes_true(so: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE
    while not so():
        assert time.monotonic() < end, "it never comes true"
        time.sleep(0.01)


def test_a_worker_that_cannot_start_is_started_ever_less_often_and_told_of_once_at_last(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(workers, "_PAUSE", 0.01)
    monkeypatch.setattr(workers, "_LONGEST_PAUSE", 0.3)
    monkeypatch.setattr(workers, "_HOPELESS", 2)
    died: list[float] = []

    with (
        caplog.at_level(logging.WARNING, workers.__name__),
        WorkerProcess(["no-such-command"], lambda _pid: died.append(time.monotonic())) as keeper,
    ):
        comes_true(lambda: len(died) > 3)
        comes_true(lambda: keeper.trouble() is not None)

    words = [record.getMessage() for record in caplog.records]
    assert len(words) == 2, "that it is started again, then that nobody will say so"
    assert words[-1].startswith("the worker ended with 3, soon after its start, 2 times")


def test_each_process_that_was_forked_sees_whether_the_worker_is_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if not hasattr(os, "fork"):
        pytest.skip("this system does not fork")
    monkeypatch.setattr(workers, "_PAUSE", 30.0)
    keeper = WorkerProcess(["no-such-command"], lambda _pid: None)
    before = os.pipe()
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:  # a process that answers, forked before the worker ends
        os.read(before[0], 1)
        os.write(writes, (keeper.trouble() or "").encode())
        os._exit(0)
    with keeper:
        assert keeper.trouble() is None
        comes_true(lambda: keeper.trouble() is not None)
        os.write(before[1], b"\n")
        sentence = os.read(reads, 200)
    os.waitpid(child, 0)
    for descriptor in (*before, reads, writes):
        os.close(descriptor)

    assert sentence == b"the worker has ended with 3; what is deposited waits"


def test_the_same_fault_is_logged_once_and_its_end_too(caplog: pytest.LogCaptureFixture) -> None:
    faults = Faults()
    trouble = StorageError(StorageFailure.FULL, "the disk is full")

    with caplog.at_level(logging.WARNING, workers.__name__):
        pauses = [faults.pause_after(trouble) for _ in range(6)]
        faults.over()
        faults.over()
        faults.pause_after(trouble)

    assert pauses == sorted(pauses)
    assert pauses[0] < pauses[-1] == pauses[-2]
    assert [record.getMessage().partition(":")[0] for record in caplog.records] == [
        "the worker rests, and tries again",
        "the worker works again",
        "the worker rests, and tries again",
    ]
    assert all(record.exc_info is None for record in caplog.records), "a sentence is enough"


def test_another_fault_is_logged_with_where_it_was(caplog: pytest.LogCaptureFixture) -> None:
    faults = Faults()

    with caplog.at_level(logging.WARNING, workers.__name__):
        faults.pause_after(ValueError("a"))
        faults.pause_after(ValueError("b"))

    assert [bool(record.exc_info) for record in caplog.records] == [True, True]
