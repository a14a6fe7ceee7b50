"""The drill: a portal is used, killed, started again, and at the end looked at from all sides."""

import os
import signal
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from subprocess import TimeoutExpired

from mockportal.journeys.work import STILL_COMING_IN
from tests.environments import unmeasured
from tests.kills.audit import Audit
from tests.kills.clients import PARTIES, Certifier, Client
from tests.kills.ledger import Ledger
from tests.kills.trainer import Trainer
from tests.stories.served import ServedPortal, ServedWorker

_MOMENTS = ("deposit", "modify", "delete", "reset", "treatment", "start", "any")
_WEIGHTS = (6, 2, 2, 2, 6, 1, 2)
_TARGETS = ("all", "server", "worker", "politely")
_TARGET_WEIGHTS = (5, 3, 3, 1)
_UNTIL_THEN = 5.0
"""Seconds for which a moment is waited for."""
_ACTIONS = 20
"""How much is done between two kills, at most; often nothing is."""
_TO_END = 15.0
"""Seconds after which an end that was asked for politely is a fault, on a busy machine as well."""
_LEASE = "2"
"""Seconds after which other workers take over what a killed one had in hand."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked for on the command line."""

    kills: int
    seed: int
    folder: Path
    database: str | None = None
    workers: int = 1
    most_passages: int = 16_000
    audits: int = 4
    """How often all is looked at."""


@dataclass(slots=True)
class Outcome:
    """What came of it."""

    broken: list[str]
    deposits: int = 0
    changes: int = 0
    deletions: int = 0
    kills: dict[str, int] = field(default_factory=dict)


class Drill:
    """One run of it."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._chance = Random(plan.seed)
        self._data, self._scratch = plan.folder / "data", plan.folder / "tmp"
        self._log = plan.folder / "log.txt"
        self._scratch.mkdir(parents=True)
        environment = unmeasured(TMPDIR=str(self._scratch))
        stored = ("--database", plan.database) if plan.database else ()
        alone = ("--no-worker",) if plan.workers > 1 else ()
        self._portal = ServedPortal(
            self._data, *stored, *alone, environment=environment, log=self._log
        )
        self._work = (self._data, *stored, "--lease", _LEASE)
        self._environment = environment
        self._workers: list[ServedWorker] = []
        self._ledger = Ledger()
        self._kills: dict[str, int] = {}
        most = plan.most_passages
        self._clients: list[Client] = [
            Certifier(self._portal, self._ledger, account, Random(f"{plan.seed}/{account}"), most)
            for account in PARTIES
        ]
        self._trainer = Trainer(self._portal, self._ledger, Random(f"{plan.seed}/trainer"))
        callers = {client.caller.account: client.caller for client in self._clients}
        self._audit = Audit(self._ledger, callers, self._trainer)
        self._clients.append(self._trainer)

    def run(self) -> Outcome:
        """Do all of it, and return what broke."""
        plan = self._plan
        self._portal.start()
        at_first = {path.name for path in self._data.iterdir()} | {"files"}
        for _ in range(plan.workers if plan.workers > 1 else 0):
            self._workers.append(self._a_worker())
        for client in self._clients:
            client.start()
        try:
            for number in range(1, plan.kills + 1):
                self._kill()
                if number % max(1, plan.kills // plan.audits) == 0:
                    with self._everybody_at_rest():
                        self._audit.of_the_portal()
            for client in self._clients:
                client.stop()
            self._look_at_all(at_first)
        finally:
            self._end()
        self._look_at_what_is_left()
        return self._outcome()

    def _kill(self) -> None:
        """Wait for a moment, and kill at it; then start what is needed again."""
        (moment,) = self._chance.choices(_MOMENTS, _WEIGHTS)
        (target,) = self._chance.choices(_TARGETS, _TARGET_WEIGHTS)
        self._let_them_act(self._chance.randint(0, _ACTIONS))
        if moment == "start":
            self._portal.kill()
            self._portal.begin()
            time.sleep(self._chance.uniform(0, 1.5))
            target = "all"
        else:
            self._await(moment)
        key = f"{target} at {moment}"
        self._kills[key] = self._kills.get(key, 0) + 1
        if target == "politely":
            self._ask_to_end()
        elif target == "worker":
            self._kill_a_worker()
            return
        elif target == "server":
            self._portal.kill_the_server()
        else:
            self._portal.kill()
            for worker in self._workers:
                worker.kill()
                worker.start()
        self._portal.start()

    def _let_them_act(self, actions: int) -> None:
        end, before = time.monotonic() + _UNTIL_THEN, self._acted()
        while self._acted() < before + actions and time.monotonic() < end:
            time.sleep(0.01)

    def _acted(self) -> int:
        return sum(client.actions for client in self._clients)

    def _await(self, moment: str) -> None:
        if moment == "any":
            time.sleep(self._chance.uniform(0, 1.5))
            return
        end = time.monotonic() + _UNTIL_THEN
        while time.monotonic() < end and not self._is(moment):
            time.sleep(0.002)
        short = moment in {"modify", "delete"}
        time.sleep(self._chance.uniform(0, 0.03 if short else 0.4))

    def _is(self, moment: str) -> bool:
        if moment == "treatment":  # which leaves a receipt unfinished, or what was read of a file
            files = self._data / "files"
            with suppress(FileNotFoundError):  # a deposit goes while its folder is looked into
                return any(files.glob("*/receipt.xml.*")) or any(files.glob("*/leaves.txt*"))
            return False
        return any(client.doing == moment for client in self._clients)

    def _kill_a_worker(self) -> None:
        if self._workers:
            worker = self._chance.choice(self._workers)
            worker.kill()
            worker.start()
        else:
            self._portal.kill_the_worker()

    def _ask_to_end(self) -> None:
        try:
            status, seconds = self._portal.end()
        except TimeoutExpired:
            self._ledger.complain("a portal that was asked to end does not")
            self._portal.kill()
            return
        if status or seconds > _TO_END:
            self._ledger.complain(f"asked to end, it ended with {status} after {seconds:.1f} s")

    def _a_worker(self) -> ServedWorker:
        return ServedWorker(*self._work, environment=self._environment, log=self._log)

    def _everybody_at_rest(self) -> ExitStack:
        """Have the clients wait while the block runs."""
        stack = ExitStack()
        for client in self._clients:
            stack.enter_context(client.at_rest)
        return stack

    def _look_at_all(self, at_first: set[str]) -> None:
        self._audit.of_the_portal()
        self._audit.of_the_journal()
        url = self._plan.database or f"sqlite:///{self._data / 'portal.db'}"
        if url.startswith("postgresql://"):
            url = url.replace("postgresql://", "postgresql+psycopg://", 1)
        self._audit.of_the_database(url)
        if self._plan.workers > 1:
            self._let_an_hour_pass()
        self._audit.of_the_folder(self._data, at_first, self._audit.recorded(url))

    def _let_an_hour_pass(self) -> None:
        """Have all files be older than what somebody else may still be at, and start again.

        Where others may be at work, the next start leaves what is half done and younger.
        """
        self._portal.kill()
        then = time.time() - 2 * STILL_COMING_IN.total_seconds()
        for path in sorted((self._data / "files").rglob("*"), reverse=True):
            os.utime(path, (then, then))
        self._portal.start()

    def _end(self) -> None:
        for client in self._clients:
            client.stop()
        self._ask_to_end()
        for worker in self._workers:
            worker.__exit__(None, None, None)

    def _look_at_what_is_left(self) -> None:
        end = time.monotonic() + _TO_END
        while (left := _with(self._scratch)) and time.monotonic() < end:
            time.sleep(0.1)
        for process, command in left.items():
            self._ledger.complain(f"process {process} is left: {command}")
            os.kill(process, signal.SIGKILL)  # one of ours: it has our folder in its environment
        folders = sorted(path.name for path in self._scratch.iterdir())
        if folders:
            self._ledger.complain(f"{len(folders)} temporary files are left: {folders[:3]}")
        tracebacks = self._log.read_text(errors="replace").split(
            "Traceback (most recent call last)"
        )
        if len(tracebacks) > 1:
            last = {
                block.strip().splitlines()[-1][:200] for block in tracebacks[1:] if block.strip()
            }
            self._ledger.complain(f"{len(tracebacks) - 1} tracebacks in the log, of them {last}")

    def _outcome(self) -> Outcome:
        touched = self._ledger.touched.values()
        return Outcome(
            self._ledger.broken,
            sum(one.id is not None for one in self._ledger.sent),
            sum(one.modified for one in touched),
            sum(one.deleted for one in touched),
            self._kills,
        )


def _with(scratch: Path) -> dict[int, str]:
    """Return the processes that have this folder for what is temporary, by number."""
    wanted, found = f"TMPDIR={scratch}".encode(), {}
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if wanted in path.read_bytes().split(b"\0"):
                command = path.with_name("cmdline").read_bytes().replace(b"\0", b" ").decode()
                if command:  # one that has ended, and nobody has asked how, has none
                    found[int(path.parent.name)] = command
        except OSError:  # it has just ended, or is not ours
            continue
    return found
