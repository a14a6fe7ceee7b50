"""What memory this process keeps that it needs no more: what glibc is told; others know better."""

import ctypes
import sys
from contextlib import suppress

_MMAP_THRESHOLD = -3
_LARGE = 1 << 20


def keep_little() -> None:
    """Have large blocks go back to the system as soon as they are free.

    Left alone, glibc keeps blocks as large as the largest that was ever freed: after the first
    login, the 19 MB that the hash of a password takes.
    """
    _tell_glibc("mallopt", _MMAP_THRESHOLD, _LARGE)


def give_back() -> None:
    """Give the system back what is free, in pieces as well; takes some milliseconds."""
    _tell_glibc("malloc_trim", 0)


def _tell_glibc(function: str, *numbers: int) -> None:
    if sys.platform == "linux":
        with suppress(AttributeError):  # another library than glibc
            getattr(ctypes.CDLL(None), function)(*numbers)
