"""Real time: waiting for something, and doing something again and again meanwhile."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

_SHORTEST, _LONGEST = 0.002, 0.1
"""Seconds between two looks: often at first, for what is done at once, then less."""


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


@contextmanager
def repeating(do: Callable[[], None], seconds: float) -> Iterator[None]:
    """Do something every so many seconds while the block runs; a fault is logged, not raised."""
    over = Event()

    def beat() -> None:
        while not over.wait(seconds):
            try:
                do()
            except Exception:  # the next beat may do better, and the block's work goes on
                logging.getLogger(__name__).exception("a repeated action failed")

    thread = Thread(target=beat, name="repeating", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def microseconds() -> int:
    """Return real time in microseconds since 1970."""
    return time.time_ns() // 1_000
