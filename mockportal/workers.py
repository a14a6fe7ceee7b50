"""Workers: they bring deposits on, outside the requests; a thread here, or a process beside."""

import gc
import logging
import os
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
from mockportal.memory import give_back

_PAUSE = 0.25
"""Seconds between two looks at the agenda when nobody wakes the worker."""
_AFTER_A_FAULT = 2.0
_TO_END = 2.0
"""Seconds that a worker has to come to the end of a batch; a server has five for all."""
_UPKEEP_EVERY = 60.0
"""Seconds between the end of one round of upkeep and the next one."""
_OBJECTS_OF_A_BATCH = 200_000
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


def work(desk: Desk, alarm: Alarm) -> None:
    """Work until the alarm says that it is over, and keep the house in order meanwhile.

    A treatment stops at its next batch then, and is left to the next worker. A fault is logged and
    becomes neither an OK nor a KO: the deposit stays « en cours », and is taken up again when the
    lease that it was held by has run out.
    """
    given = desk.circumstances

    def ending() -> bool:
        return alarm.over or given.ending()

    desk = replace(desk, circumstances=replace(given, ending=ending))
    collect_rarely()
    rested = -_UPKEEP_EVERY
    counted: set[Place] = set()
    while not ending():
        try:
            if work_once(desk):
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
        except Exception:
            log.exception("the treatment or the cleaning of a deposit failed; it is tried again")
            alarm.sleep(_AFTER_A_FAULT)


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
        self._thread = Thread(target=self._keep_alive, name="worker-keeper", daemon=True)

    def ring(self) -> None:
        """Wake the worker: it reads a line of its standard input."""
        with suppress(OSError):  # it has just ended, or has been called often enough
            os.write(self._calls, b"\n")

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
        while not self._over.is_set():
            self._process = subprocess.Popen(  # noqa: S603  # our own command
                self._command, stdin=self._hears, env=self._environment
            )
            status = self._process.wait()
            if not self._over.wait(_PAUSE):
                log.warning("the worker ended with %s and is started again", status)
                self._died(self._process.pid)


def listen(alarm: Alarm, lines: Callable[[], bytes]) -> Thread:
    """Ring an alarm at each line that comes in, and end it when no more can come."""

    def hear() -> None:
        while lines():
            alarm.ring()
        alarm.end()

    thread = Thread(target=hear, name="listening", daemon=True)
    thread.start()
    return thread
