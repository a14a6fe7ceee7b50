"""Measure a portal that many people and programs use at once.

    python -m tests.benchmarks.load [--people 200] [--seconds 10] [--processes 2] [--database URL]

Everything comes from this process, on loopback, and is bounded: so many people, so many seconds.
Beside the rates stand the milliseconds of the processor that one deposit took, of the processes
that answer, of the worker, and of this one: they say more where the machine is not ours alone.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from threading import Lock
from urllib.parse import urlsplit

from tests.benchmarks.visiting import FORM, FailedError, Visitor, multipart, three_passages

_BASIC = "Basic Q0VSVDAwMDAxOm1vY2twb3J0YWw="


@dataclass
class Tally:
    """How it went: the seconds of each that went well, and what was wrong with the others."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def count(self, act: Callable[[], None]) -> None:
        """Do something and count it."""
        begun = time.perf_counter()
        try:
            act()
        except (FailedError, OSError, ValueError) as fault:
            with self._lock:
                self.errors.append(f"{type(fault).__name__}: {fault}")
        else:
            with self._lock:
                self.seconds.append(time.perf_counter() - begun)


class Processes:
    """A portal's processes, and how long the processor was theirs (Linux tells)."""

    def __init__(self, first: int) -> None:
        self.first = first

    def seconds(self) -> dict[str, float]:
        """Return the processor's seconds so far: of those that answer, and of the worker."""
        spent = {"web": 0.0, "worker": 0.0}
        for one in self._all(self.first):
            spent["worker" if self.works(one) else "web"] += self._own(one)
        return spent

    def _all(self, process: int) -> Iterator[int]:
        yield process
        for path in Path(f"/proc/{process}/task").glob("*/children"):
            for child in path.read_text().split():
                yield from self._all(int(child))

    @staticmethod
    def works(process: int) -> bool:
        """Tell whether a process is a worker; one that has just ended is none."""
        try:
            return b"\0worker\0" in Path(f"/proc/{process}/cmdline").read_bytes()
        except OSError:
            return False

    @staticmethod
    def _own(process: int) -> float:
        told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, told[11:13])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(data: Path, *options: str) -> Iterator[tuple[tuple[str, int], Processes]]:
    """Serve a portal on a data folder while the block runs."""
    command = [sys.executable, "-m", "mockportal", "serve", "--port", "0", "--data", str(data)]
    with subprocess.Popen([*command, *options], stdout=subprocess.PIPE, text=True) as portal:
        try:
            told = portal.stdout.readline() if portal.stdout else ""
            url = urlsplit(json.loads(told)["url"])
            yield (str(url.hostname), int(url.port or 0)), Processes(portal.pid)
        finally:
            portal.terminate()


def everybody_at_once(address: tuple[str, int], people: int) -> Tally:
    """Let so many people log in, deposit three passages and fetch the receipt, all at once."""
    tally = Tally()

    def person(number: int) -> None:
        visitor = Visitor(address)
        try:
            visitor.log_in()
            visitor.fetch_receipt(visitor.deposit(three_passages(f"P{number}")))
        finally:
            visitor.close()

    with ThreadPoolExecutor(people) as pool:
        list(pool.map(lambda n: tally.count(lambda: person(n)), range(people)))
    return tally


def a_class(address: tuple[str, int], people: int, seconds: float) -> dict[str, list[float]]:
    """Let people arrive within so many seconds and read for 1 to 3 s before each click.

    Returns the seconds of each page, those of the wait for a connection included.
    """
    pages: dict[str, list[float]] = defaultdict(list)
    chance = Random(7)
    arrivals = [chance.uniform(0, seconds) for _ in range(people)]

    def person(number: int) -> None:
        thinks = Random(number)
        visitor = Visitor(
            address, lambda page, took: pages[page].append(took), lambda: thinks.uniform(1, 3)
        )
        time.sleep(arrivals[number])
        try:
            visitor.log_in()
            deposit = visitor.deposit(three_passages(f"C{number}"))
            visitor.read(deposit)
            visitor.fetch_receipt(deposit)
            visitor.read("/passages")
            visitor.read("/depots")
        except (FailedError, OSError, ValueError) as fault:
            pages[f"failed: {type(fault).__name__}: {fault}"].append(0)
        finally:
            visitor.close()

    with ThreadPoolExecutor(people) as pool:
        list(pool.map(person, range(people)))
    return pages


def print_pages(pages: dict[str, list[float]]) -> None:
    """Print how soon each page came."""
    print(f"    {'page':44}{'times':>7}{'median s':>10}{'p95 s':>7}{'most s':>8}")
    for page, took in sorted(pages.items()):
        took.sort()
        late = took[min(len(took) - 1, int(0.95 * len(took)))]
        middle = statistics.median(took)
        print(f"    {page:44}{len(took):>7}{middle:>10.2f}{late:>7.2f}{took[-1]:>8.2f}")


def deposits_by_api(address: tuple[str, int], seconds: float, callers: int) -> Tally:
    """Deposit three passages by API, again and again, from so many callers."""
    tally, end = Tally(), time.monotonic() + seconds

    def caller(which: int) -> None:
        visitor, number = Visitor(address), 0
        while time.monotonic() < end:
            flux, number = three_passages(f"A{which}-{number}"), number + 1
            tally.count(lambda one=flux: _deposit_by_api(visitor, one))  # type: ignore[misc]
        visitor.close()

    with ThreadPoolExecutor(callers) as pool:
        list(pool.map(caller, range(callers)))
    return tally


def _deposit_by_api(visitor: Visitor, flux: bytes) -> None:
    status, _, content = visitor.ask(
        "POST", "/api/v1/deposits", multipart("file", flux), FORM, _BASIC
    )
    if status != 201:
        raise FailedError(f"{status}: {content[:200]!r}")
    made = json.loads(content)
    if made["status"] == "processing":
        path = f"/api/v1/deposits/{made['id']}?wait=30"
        made = json.loads(visitor.ask("GET", path, authorization=_BASIC)[2])
    if made["status"] != "accepted":
        raise FailedError(made["status"])


def deposits_by_page(address: tuple[str, int], seconds: float, people: int) -> Tally:
    """Log in and deposit three passages by page, again and again, from so many people."""
    tally, end = Tally(), time.monotonic() + seconds

    def once(flux: bytes) -> None:
        visitor = Visitor(address)
        try:
            visitor.log_in()
            visitor.fetch_receipt(visitor.deposit(flux))
        finally:
            visitor.close()

    def person(which: int) -> None:
        number = 0
        while time.monotonic() < end:
            flux, number = three_passages(f"B{which}-{number}"), number + 1
            tally.count(lambda one=flux: once(one))  # type: ignore[misc]

    with ThreadPoolExecutor(people) as pool:
        list(pool.map(person, range(people)))
    return tally


def row(name: str, processes: Processes, measure: Callable[[], Tally], wanted: str) -> None:
    """Take one measure and print it; with the processor's milliseconds that each took."""
    begun, before, own = time.monotonic(), processes.seconds(), time.process_time()
    tally = measure()
    took, own = time.monotonic() - begun, time.process_time() - own
    spent = [seconds - before[role] for role, seconds in processes.seconds().items()]
    done = sorted(tally.seconds) or [0.0]
    late = done[min(len(done) - 1, int(0.95 * len(done)))]
    each = [1_000 * one / len(done) for one in (*spent, own)]
    print(
        f"{name:40}{len(tally.errors):>7}{len(tally.seconds) / took:>9.1f}"
        f"{statistics.median(done):>10.2f}{late:>7.2f}"
        f"{''.join(f'{one:>8.1f}' for one in each)}  {wanted}"
    )
    for error in sorted(set(tally.errors))[:3]:
        print(f"    {error}")


def main() -> None:
    """Run the measures on a new portal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--arrive", type=float, default=30.0, help="seconds for a class to come")
    parser.add_argument("--callers", type=int, default=8)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--database")
    arguments = parser.parse_args()
    kept = ["--database", arguments.database] if arguments.database else []
    with (
        tempfile.TemporaryDirectory(prefix="mockportal-load-") as folder,
        served(Path(folder), "--processes", str(arguments.processes), *kept) as (address, its),
    ):
        print(
            f"{'what':40}{'errors':>7}{'a second':>9}{'median s':>10}{'p95 s':>7}"
            f"{'web ms':>8}{'work ms':>8}{'own ms':>8}  wanted"
        )
        people, seconds, callers = arguments.people, arguments.seconds, arguments.callers
        row(
            f"{people} people at once by page",
            its, partial(everybody_at_once, address, people), "errors: 0",
        )  # fmt: skip
        print(f"{people} people who arrive within {arguments.arrive:g} s and read; p95 wanted: 2 s")
        print_pages(a_class(address, people, arguments.arrive))
        row(
            "deposits of three passages by API",
            its, partial(deposits_by_api, address, seconds, callers), "40 a second",
        )  # fmt: skip
        row(
            "the same by page with a login each",
            its, partial(deposits_by_page, address, seconds, callers), "10 a second",
        )  # fmt: skip


if __name__ == "__main__":
    main()
