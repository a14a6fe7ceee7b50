"""What memory this process keeps that it needs no more: what glibc is told; others know better."""

import ctypes
import sys
import time
from contextlib import suppress
from threading import Lock

_MMAP_THRESHOLD, _ARENA_MAX = -3, -8
_LARGE = 1 << 18
_ARENAS = 2
"""Left alone, glibc has eight a processor, and each keeps what is free for threads of its own."""
_MUCH = 16_000_000
"""Bytes worked on after which memory is given back."""
_PAUSE = 0.5
"""Seconds between two times, however much is done: each takes some milliseconds."""


def keep_little() -> None:
    """Have large blocks go back to the system as soon as they are free, and threads share arenas.

    Left alone, glibc keeps blocks as large as the largest that was ever freed: after the first
    login, the 19 MB that the hash of a password takes. For a process that has no threads yet.
    """
    _tell_glibc("mallopt", _MMAP_THRESHOLD, _LARGE)
    _tell_glibc("mallopt", _ARENA_MAX, _ARENAS)


def give_back() -> None:
    """Give the system back what is free, in pieces as well; takes some milliseconds."""
    _tell_glibc("malloc_trim", 0)


class TrimSchedule:
    """Gives free memory back now and then while work goes on: nobody waits for a quiet moment."""

    def __init__(self, much: int = _MUCH, pause: float = _PAUSE) -> None:
        """Keep after how many bytes memory is given back, and the least seconds between."""
        self._much, self._pause = much, pause
        self._since, self._not_before = 0, 0.0
        self._lock = Lock()

    def worked_on(self, size: int) -> bool:
        """Count bytes that were worked on; tell whether memory was given back after them."""
        now = time.monotonic()
        with self._lock:
            self._since += size
            if self._since < self._much or now < self._not_before:
                return False
            self._since, self._not_before = 0, now + self._pause
        give_back()
        return True


def _tell_glibc(function: str, *numbers: int) -> None:
    if sys.platform == "linux":
        with suppress(AttributeError):  # another library than glibc
            getattr(ctypes.CDLL(None), function)(*numbers)
