"""Workers: they bring deposits on, outside the requests; a thread here, or a process beside."""

import faulthandler
import gc
import logging
import mmap
import os
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from threading import Event, Thread
from types import TracebackType
from typing import Self

from mockportal.domain.deposits import PortalEndsError
from mockportal.domain.figures import Place
from mockportal.journeys.desk import Desk
from mockportal.journeys.upkeep import upkeep
from mockportal.journeys.work import work_once
from mockportal.memory import TrimSchedule, give_back
from mockportal.shutdown import adopt, is_ending
from mockportal.storage.failures import failure_of

_PAUSE = 0.25
"""Seconds between two looks at the agenda when nobody wakes the worker."""
_AFTER_FAULTS = (2.0, 5.0, 15.0, 30.0)
"""Seconds of rest after one fault of the worker's own, or of its surroundings; and after more."""
_TO_END = 2.0
"""Seconds that a worker has to come to the end of a batch; a server has five for all."""
_STARTED, _HOPELESS, _LONGEST_PAUSE = 10.0, 5, 60.0
"""A worker that lives for fewer seconds did not start; so often in a row, somebody must look."""
_STATUS = struct.Struct("?q")
"""Whether a worker has ended, and with what."""
_UPKEEP_EVERY = 60.0
"""Seconds between the end of one round of upkeep and the next one."""
_OBJECTS_OF_A_BATCH = 200_000
_A_DEPOSIT = 1_000_000
"""Bytes of memory, about, that the treatment of a deposit works on, beside its file."""
log = logging.getLogger(__name__)


class Alarm:
    """Wakes a worker up; anybody may ring it, as often as they like."""

    def __init__(self) -> None:
        """Be silent at first; ``at_the_end`` is called with the last ring."""
        self._rung = Event()
        self.at_the_end: Callable[[], None] = lambda: None
        self.over = False

    def ring(self) -> None:
        """Wake the worker."""
        self._rung.set()

    def end(self) -> None:
        """Send the worker home once it has done what it is at."""
        self.over = True
        self.at_the_end()
        self._rung.set()

    def sleep(self, seconds: float) -> None:
        """Wait until it rings, at most so many seconds."""
        self._rung.wait(seconds)
        self._rung.clear()


def collect_rarely() -> None:
    """Let Python look for garbage less often: what a treatment makes by the ten thousand is a tree.

    Looking at each batch again and again takes a fifth of a treatment's time.
    """
    gc.set_threshold(_OBJECTS_OF_A_BATCH)


class Unwatched:
    """Nobody who watches: a worker that is a thread cannot be ended alone."""

    def step(self, seconds: float) -> None:
        """Begin a step that takes at most so many seconds."""

    def rest(self) -> None:
        """Watch nothing until the next step."""


_UNWATCHED = Unwatched()


class Watchdog(Unwatched):
    """Ends this process when the work comes to no next step in time.

    The thread that watches is faulthandler's, written in C: it needs no lock of Python's, so it
    ends a process that C code has taken hold of, too. It says on stderr where that was.
    """

    def step(self, seconds: float) -> None:
        """Begin a step that takes at most so many seconds."""
        if not is_ending():
            faulthandler.dump_traceback_later(seconds, exit=True)

    def rest(self) -> None:
        """Watch nothing until the next step."""
        if not is_ending():
            faulthandler.cancel_dump_traceback_later()


class Faults:
    """Faults that are no deposit's own, told once as long as they stay the same."""

    def __init__(self) -> None:
        """Know of none."""
        self._told = ""
        self._number = 0

    def pause_after(self, fault: Exception) -> float:
        """Log a fault unless it was the last one, too; return how long to rest."""
        words = f"{type(fault).__name__}: {str(fault).partition(chr(10))[0]}"
        if words != self._told:
            # Of trouble with disk and database a line is enough: where it is says the sentence.
            known = failure_of(fault) is not None
            log.error(
                "the worker rests, and tries again: %s", words, exc_info=None if known else fault
            )
            self._told = words
        self._number += 1
        return _AFTER_FAULTS[min(self._number, len(_AFTER_FAULTS)) - 1]

    def over(self) -> None:
        """Say that the work goes on, after faults."""
        if self._told:
            log.warning("the worker works again")
        self._told, self._number = "", 0


def work(desk: Desk, alarm: Alarm, watchdog: Unwatched = _UNWATCHED) -> None:
    """Work until the alarm says that it is over, and keep the house in order meanwhile.

    A treatment stops at its next batch then, and is left to the next worker. A fault is logged and
    becomes neither an OK nor a KO: its deposit is tried again, and at last ends as « non traité ».
    """
    given = desk.circumstances

    def ending() -> bool:
        return alarm.over or given.ending()

    own = replace(given, ending=ending, progress=watchdog.step)
    desk = replace(desk, circumstances=own)
    faults = Faults()
    collect_rarely()
    rested = -_UPKEEP_EVERY
    counted: set[Place] = set()
    memory = TrimSchedule()
    while not ending():
        try:
            size = work_once(desk)
            watchdog.rest()
            faults.over()
            if size:
                memory.worked_on(_A_DEPOSIT + size)  # a quiet moment may be long in coming
                continue
            if time.monotonic() - rested >= _UPKEEP_EVERY:
                if upkeep(desk, counted):
                    continue  # a deposit may have come in meanwhile, and there may be more to do
                give_back()
                counted.clear()
                rested = time.monotonic()
            alarm.sleep(_PAUSE)
        except PortalEndsError:
            return
        except Exception as fault:  # noqa: BLE001  # logged there
            watchdog.rest()
            if ending():
                return
            _rest(faults.pause_after(fault), alarm, ending)


def _rest(seconds: float, alarm: Alarm, ending: Callable[[], bool]) -> None:
    """Wait for so long, whoever rings, unless the portal ends."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0 and not ending():
        alarm.sleep(min(left, _PAUSE))


class WorkerThread:
    """A worker in this process: enough for a portal that keeps nothing, and for tests."""

    def __init__(self, desk: Desk, alarm: Alarm) -> None:
        """Keep the desk at which it works."""
        self._alarm = alarm
        self._thread = Thread(target=work, args=(desk, alarm), name="worker", daemon=True)

    def __enter__(self) -> Self:
        """Begin to work."""
        self._thread.start()
        return self

    def __exit__(
        self, _t: type[BaseException] | None, _e: BaseException | None, _b: TracebackType | None
    ) -> None:
        """Stop after the deposit at hand, or leave it to the next start."""
        self._alarm.end()
        self._thread.join(_TO_END)


class WorkerProcess:
    """A worker beside this process, started again when it dies; it ends when this one does."""

    def __init__(
        self,
        command: Sequence[str],
        died: Callable[[int], None],
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Keep the words that follow ``mockportal`` on its command line, and its environment.

        ``died`` is told the number of a process that died, before another takes its place.
        """
        self._died = died
        self._environment = environment
        # One pipe for all that will be started: whoever was forked from here can ring, too.
        self._hears, self._calls = os.pipe()
        if hasattr(os, "set_blocking"):
            os.set_blocking(self._calls, False)  # a call that finds no room is not needed
        self._command = [sys.executable, "-m", "mockportal", *command]
        self._over = Event()
        self._process: subprocess.Popen[bytes] | None = None
        # Shared memory: whoever was forked from here can tell whether the worker is there, too.
        self._status = mmap.mmap(-1, _STATUS.size)
        self._thread = Thread(target=self._keep_alive, name="worker-keeper", daemon=True)

    def ring(self) -> None:
        """Wake the worker: it reads a line of its standard input."""
        with suppress(OSError):  # it has just ended, or has been called often enough
            os.write(self._calls, b"\n")

    def trouble(self) -> str | None:
        """Return that the worker is not there, in a sentence; None while it is."""
        dead, status = _STATUS.unpack_from(self._status)
        if not dead:
            return None
        return f"the worker has ended with {status}; what is deposited waits"

    def __enter__(self) -> Self:
        """Start it."""
        self._thread.start()
        return self

    def __exit__(
        self, _t: type[BaseException] | None, _e: BaseException | None, _b: TracebackType | None
    ) -> None:
        """End it: politely, by the end of its standard input, then without asking."""
        self._over.set()
        os.close(self._calls)
        process = self._process
        if process is not None:
            try:
                process.wait(_TO_END)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._thread.join(_TO_END)
        os.close(self._hears)

    def _keep_alive(self) -> None:
        failures = 0
        while not self._over.is_set():
            began = time.monotonic()
            self._process = subprocess.Popen(  # noqa: S603  # our own command
                self._command, stdin=self._hears, env=self._environment
            )
            adopt(self._process)
            _STATUS.pack_into(self._status, 0, False, 0)
            status = self._process.wait()
            _STATUS.pack_into(self._status, 0, True, status)
            failures = failures + 1 if time.monotonic() - began < _STARTED else 0
            pause = min(_PAUSE * 2**failures, _LONGEST_PAUSE)
            if self._over.wait(_PAUSE):
                return
            if failures < _HOPELESS:
                log.warning("the worker ended with %s and is started again", status)
            elif failures == _HOPELESS:
                log.error(
                    "the worker ended with %s, soon after its start, %s times: nothing is treated "
                    "until that is mended; it is started again every %g s, without a word",
                    status, failures, _LONGEST_PAUSE,
                )  # fmt: skip
            with suppress(Exception):  # its leases run out by themselves
                self._died(self._process.pid)
            self._over.wait(pause - _PAUSE)


def listen(alarm: Alarm, calls: Callable[[], bytes]) -> Thread:
    """Ring an alarm at whatever comes in, and end it when no more can come."""

    def hear() -> None:
        while calls():
            alarm.ring()
        alarm.end()

    thread = Thread(target=hear, name="listening", daemon=True)
    thread.start()
    return thread
