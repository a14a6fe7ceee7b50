"""How a process ends: at any signal that asks for it, within seconds, whatever it is at."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Lock, Thread
from typing import NoReturn

GRACE = 4.0
"""Seconds for an orderly end; a server has five for all."""
_LAST_WORD = 0.9
SIGNALS = tuple(
    number
    for name in ("SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT", "SIGBREAK")
    if (number := getattr(signal, name, None)) is not None
)
"""What asks a process to end, as far as this system has it."""
_OF_A_COMMAND = tuple(one for one in SIGNALS if one != signal.SIGINT)
_KILLED = 128
_TO_LEAVE = 10.0
_left_with: list[int] = []
_ending = Event()
_lock = Lock()
_children: set[subprocess.Popen[bytes]] = set()


def is_ending() -> bool:
    """Tell whether this process has begun to end."""
    return _ending.is_set()


def adopt(child: subprocess.Popen[bytes]) -> None:
    """Have a child killed when this process does not come to an orderly end."""
    with _lock:
        _children.difference_update({one for one in _children if one.poll() is not None})
        _children.add(child)


def end_at_a_signal(end: Callable[[], None]) -> None:
    """Call ``end`` once at the first signal that asks for it; then this process ends in any case.

    A terminal that goes ends nothing where that is ignored already, as by ``nohup``.
    """

    def begin(_number: int, _frame: object) -> None:
        if not _ending.is_set():
            must_end()
            end()

    for number in SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, begin)


def leave_at_a_signal() -> None:
    """Have the signals that end a process raise SystemExit: what it has on disk for a while goes.

    Its status is the shell's of a process that a signal has ended: 128 and the signal's number,
    whatever becomes of the exception (``status_of_signal``). Ctrl-C stays Python's own. Once it
    has begun, no other signal cuts it short; what goes on for all that ends some seconds later.
    """

    def leave(number: int, _frame: object) -> NoReturn:
        status = _KILLED + number
        for one in _OF_A_COMMAND:
            signal.signal(one, signal.SIG_IGN)
        _left_with.append(status)
        Thread(target=_leave_later, args=(status,), name="the end", daemon=True).start()
        raise SystemExit(status)

    for one in _OF_A_COMMAND:
        if signal.getsignal(one) is not signal.SIG_IGN:  # as by nohup
            signal.signal(one, leave)


def status_of_signal() -> int | None:
    """Return the exit status of a command that a signal has ended, None where none has."""
    return _left_with[0] if _left_with else None


def _leave_later(status: int) -> None:
    """End the process where the exception was lost, in a callback of C code say."""
    time.sleep(_TO_LEAVE)
    os._exit(status)


def ignore_signals() -> None:
    """Ignore what a terminal sends: whoever started this process ends it."""
    for number in SIGNALS:
        if number != signal.SIGTERM:
            signal.signal(number, signal.SIG_IGN)


def must_end(seconds: float = GRACE) -> None:
    """End this process in so many seconds, children first, if it does not do so by itself."""
    if _ending.is_set():
        return
    _ending.set()
    # Where C code holds Python's lock, no thread of Python's could end anything.
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds + _LAST_WORD)  # nobody handles SIGALRM here
    Thread(target=_end_later, args=(seconds,), name="the end", daemon=True).start()


def _end_later(seconds: float) -> None:
    time.sleep(seconds)
    with _lock:
        children = list(_children)
    for child in children:
        with suppress(OSError):
            child.kill()
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 0)  # no C code was in the way
    os._exit(0)
