"""Things that are repeated while others are under way."""

import logging
from threading import Event, Thread
from threading import enumerate as enumerate_threads

import pytest

from mockportal.pacing import Beats

_SOON = 0.01
_PATIENCE = 10.0


class Counted:
    """Counts how often it is done; ``often`` is set from the second time on."""

    def __init__(self) -> None:
        self.times, self.often = 0, Event()

    def __call__(self) -> None:
        self.times += 1
        if self.times > 1:
            self.often.set()


def test_several_things_are_repeated_at_once() -> None:
    beats, one, other = Beats(_SOON), Counted(), Counted()

    with beats.repeating(one), beats.repeating(other):
        assert one.often.wait(_PATIENCE)
        assert other.often.wait(_PATIENCE)


def test_what_is_over_is_not_done_any_more_while_others_are() -> None:
    beats, over, other = Beats(_SOON), Counted(), Counted()
    with beats.repeating(over):
        assert over.often.wait(_PATIENCE)
    times = over.times

    with beats.repeating(other):
        assert other.often.wait(_PATIENCE)

    assert over.times == times


def test_the_block_does_not_end_while_the_thing_is_being_done() -> None:
    begun, goes_on, done = Event(), Event(), Event()

    def slowly() -> None:
        begun.set()
        goes_on.wait(_PATIENCE)
        done.set()

    with Beats(_SOON).repeating(slowly):
        assert begun.wait(_PATIENCE)
        goes_on.set()

    assert done.is_set()


def test_a_fault_is_logged_and_stops_nothing(caplog: pytest.LogCaptureFixture) -> None:
    counted = Counted()

    def fails() -> None:
        counted()
        raise ValueError("once more")

    with caplog.at_level(logging.ERROR), Beats(_SOON).repeating(fails):
        assert counted.often.wait(_PATIENCE)

    assert "a repeated action failed" in caplog.text


def test_after_a_thread_that_could_not_start_the_next_one_beats(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    beats, counted = Beats(_SOON), Counted()

    def fail(_: Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patched:
        patched.setattr(Thread, "start", fail)
        with pytest.raises(RuntimeError, match="new thread"), beats.repeating(Counted()):
            pass
    with beats.repeating(counted):
        assert counted.often.wait(_PATIENCE)


def test_nothing_is_repeated_once_all_is_over() -> None:
    beats, counted, before = Beats(_SOON), Counted(), set(enumerate_threads())

    with beats.repeating(counted):
        assert counted.often.wait(_PATIENCE)
        beats.end()
        times = counted.times
        assert set(enumerate_threads()) <= before

    assert counted.times == times
