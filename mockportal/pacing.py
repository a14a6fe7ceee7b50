"""Real time: waiting for something, and doing something again and again meanwhile."""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Lock, Thread
from typing import Generic, TypeVar

from mockportal.domain.storage_failures import StorageError

T = TypeVar("T")

_SHORTEST, _LONGEST = 0.002, 0.1
"""Seconds between two looks: often at first, for what is done at once, then less."""


_GATHERED = 0.05
"""Seconds for which things are gathered before they are handed over."""


class Patience:
    """Waits for things, until it is told that all is over: nobody then waits any longer."""

    def __init__(self) -> None:
        """Have patience."""
        self._over = Event()

    def end(self) -> None:
        """Have everybody stop waiting, now and from now on."""
        self._over.set()

    @property
    def over(self) -> bool:
        """Tell whether the portal ends."""
        return self._over.is_set()

    def wait_until(self, so: Callable[[], bool], seconds: float) -> bool:
        """Wait until something is so, at most so many seconds; tell whether it is."""
        end, pause = time.monotonic() + seconds, _SHORTEST
        while not so():
            left = end - time.monotonic()
            if left <= 0 or self._over.wait(min(pause, left)):
                return False
            pause = min(pause * 1.5, _LONGEST)
        return True


class Beats:
    """Does things again and again while they are under way, all in one thread.

    A thing is done for the first time between half of ``seconds`` and one and a half after it
    began, then every so many seconds. What is over sooner costs next to nothing. None may take
    long: the others wait for it.
    """

    def __init__(self, seconds: float) -> None:
        """Keep how often; the thread begins with the first thing, and ends when none is left."""
        self._seconds = seconds
        self._ended = Event()
        self._lock = Lock()
        self._beating: list[_Beat] = []
        self._thread: Thread | None = None

    @contextmanager
    def repeating(self, do: Callable[[], None], longest: float | None = None) -> Iterator[None]:
        """Do something every so often while the block runs; a fault is logged, not raised.

        It is never done any more once the block has ended, nor after so many seconds.
        """
        since = time.monotonic()
        until = since + longest if longest else float("inf")
        beat = _Beat(do, since + self._seconds / 2, until)
        with self._lock:
            if self._thread is None:
                thread = Thread(target=self._run, name="beating", daemon=True)
                thread.start()
                self._thread = thread
            self._beating.append(beat)
        try:
            yield
        finally:
            with self._lock:
                self._beating.remove(beat)
            beat.end()

    def end(self) -> None:
        """Repeat nothing any more, and wait for what is being done."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._ended.wait(self._seconds):
            with self._lock:
                due = list(self._beating)
                if not due:
                    self._thread = None
                    return
            for beat in due:
                beat.strike()


class _Beat:
    """One thing that is repeated, between two times."""

    def __init__(self, do: Callable[[], None], since: float, until: float) -> None:
        self._do, self._since, self._until = do, since, until
        self._lock, self._over = Lock(), False

    def strike(self) -> None:
        """Do it, unless it is too soon or over."""
        with self._lock:
            if self._over or not self._since <= time.monotonic() <= self._until:
                return
            try:
                self._do()
            except StorageError:
                pass  # storage has logged it, and the next beat may do better
            except Exception:  # likewise, and the block's work goes on
                logging.getLogger(__name__).exception("a repeated action failed")

    def end(self) -> None:
        """Never do it again; if it is being done, wait until that is over."""
        with self._lock:
            self._over = True


class Gathering(Generic[T]):
    """Takes things one by one, and hands them over several at once, in a thread of its own.

    Whoever brings something never waits for what becomes of it.
    """

    def __init__(self, hand_over: Callable[[Sequence[T]], None]) -> None:
        """Keep what takes them; the thread begins with the first thing."""
        self._hand_over = hand_over
        self._waiting: list[T] = []
        self._lock, self._handing = Lock(), Lock()
        self._some, self._over = Event(), False
        self._thread: Thread | None = None

    def add(self, thing: T) -> None:
        """Take a thing, to be handed over in a moment; after the end, none is taken any more."""
        with self._lock:
            if self._over:
                return
            self._waiting.append(thing)
            if self._thread is None:
                self._thread = Thread(target=self._run, name="gathering", daemon=True)
                self._thread.start()
        self._some.set()

    def flush(self) -> None:
        """Hand over what is waiting, here and now."""
        with self._handing:
            with self._lock:
                things, self._waiting = self._waiting, []
            if things:
                self._hand_over(things)

    def end(self) -> None:
        """Hand over the last things, and stop."""
        with self._lock:
            self._over = True
            thread = self._thread
        self._some.set()
        if thread is not None:
            thread.join()
        self.flush()

    def _run(self) -> None:
        while not self._over:
            self._some.wait()
            self._some.clear()
            time.sleep(_GATHERED)
            try:
                self.flush()
            except StorageError:
                pass  # storage has logged it; what was lost is lost
            except Exception:  # likewise; what comes next may do better
                logging.getLogger(__name__).exception("what was gathered could not be handed over")


def microseconds() -> int:
    """Return real time in microseconds since 1970."""
    return time.time_ns() // 1_000
