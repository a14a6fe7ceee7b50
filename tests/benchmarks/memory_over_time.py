"""Measure what a served portal's processes hold after many files, not after the first alone.

    python -m tests.benchmarks.memory_over_time [--files 1600] [--passages 3000] [--callers 8]
        [--database URL] [--keep-deposits N] [--seed 1]

Files of 3 to so many passages are deposited through the API by several callers at once, and their
receipts fetched. A line each sixteenth of the way gives the PSS of the web process, of the worker
and of all together, the highest sum since the line before, and what the web process has of
anonymous memory. At the end: how much the whole grew between a quarter of the way and its end.
Linux only.
"""

import argparse
import math
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from random import Random

from mockportal.client import ApiClient, RefusedError
from mockportal.journeys.seeding import DEMO_PASSWORD
from tests.benchmarks.load import Processes, served
from tests.benchmarks.memory import family, pss
from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire

_PAUSE = 0.2
_PATIENCE = 60.0
_FEWEST = 3
_MEGABYTE = 1_000_000
_HEAD = f"{'files':>7}{'web':>8}{'worker':>8}{'all':>8}{'highest':>9}{'web, anonymous':>16}"
_KNOWN = a_titulaire(
    nomNaissance="KERVELLANT", prenom1="Jean-François", anneeNaissance="1974", sexe="M"
)


def main() -> None:
    """Run the measure on a new portal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=1_600)
    parser.add_argument("--passages", type=int, default=3_000, help="of the largest file")
    parser.add_argument("--callers", type=int, default=8)
    parser.add_argument("--keep-deposits", type=int)
    parser.add_argument("--database")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    options = ["--database", arguments.database] if arguments.database else []
    if arguments.keep_deposits is not None:
        options += ["--keep-deposits", str(arguments.keep_deposits)]
    with (
        tempfile.TemporaryDirectory(prefix="mockportal-memory-") as folder,
        served(Path(folder), *options) as ((host, port), processes),
    ):
        watch = Watch(processes, arguments.files)
        sizes = list(sizes_of(arguments.files, arguments.passages, arguments.seed))
        deposit_all(f"http://{host}:{port}", sizes, arguments.callers, watch)
        watch.end()
        spent = processes.seconds()
    print(f"seconds of the processor: web {spent['web']:.1f}, worker {spent['worker']:.1f}")
    print(f"highest: {watch.highest / _MEGABYTE:.0f} MB")
    print(f"grown between a quarter and the end: {100 * watch.growth:.1f} %")


def sizes_of(files: int, most: int, seed: int) -> Iterator[int]:
    """Yield how many passages each file has: as many small ones as large ones, by magnitude."""
    chance = Random(seed)
    for _ in range(files):
        yield round(math.exp(chance.uniform(math.log(_FEWEST), math.log(most))))


def deposit_all(url: str, sizes: list[int], callers: int, watch: "Watch") -> None:
    """Deposit files of these sizes from so many callers; wait for each, and fetch its receipt."""

    def deposit(number: int) -> None:
        client = ApiClient(url, "CERT00001", DEMO_PASSWORD)
        # Every seventh passage is KO.
        passages = (
            a_passage_xml(f"{number}/{n}", None if n % 7 == 6 else _KNOWN)
            for n in range(sizes[number])
        )
        flux = a_flux_xml(*passages, flux_id=f"flux-{number}")
        made = client.deposit(BytesIO(flux), f"{number}.xml")
        while made["status"] == "processing":
            made = client.look(made["id"], wait=_PATIENCE)
        client.receipt(made["id"])
        if made["accepted"] + made["rejected"] != sizes[number]:
            raise SystemExit(f"unexpected verdicts: {made}")
        watch.count()

    with ThreadPoolExecutor(callers) as pool:
        try:
            list(pool.map(deposit, range(len(sizes))))
        except RefusedError as refused:
            sys.exit(f"a deposit was not taken: {refused}")


class Watch:
    """Looks at the memory of a portal's processes, and prints a line now and then."""

    def __init__(self, processes: Processes, files: int) -> None:
        self._processes, self._files = processes, files
        self._done = self._printed = 0
        self._highest = 0.0
        self._sums: list[tuple[int, float]] = []
        self._over, self._lock = threading.Event(), threading.Lock()
        self._thread = threading.Thread(target=self._look, daemon=True)
        print(_HEAD)
        self._print()
        self._thread.start()

    def count(self) -> None:
        """Count a file that is treated."""
        with self._lock:
            self._done += 1

    def end(self) -> None:
        """Look for the last time."""
        self._over.set()
        self._thread.join()
        self._print()

    @property
    def highest(self) -> float:
        """Return the highest sum so far, in bytes."""
        return max(held for _, held in self._sums)

    @property
    def growth(self) -> float:
        """Return by which part the sum grew: the last eighth against that around a quarter."""
        eighth = self._files / 8
        middle = [held for done, held in self._sums if eighth < done <= 3 * eighth]
        last = [held for done, held in self._sums if done > 7 * eighth]
        return statistics.median(last) / statistics.median(middle) - 1

    def _look(self) -> None:
        while not self._over.wait(_PAUSE):
            held = sum(map(pss, family(self._processes.first)))
            self._highest = max(self._highest, held)
            self._sums.append((self._done, held))
            if self._done - self._printed >= self._files / 16:
                self._print()

    def _print(self) -> None:
        self._printed = self._done
        first = self._processes.first
        members = family(first)
        workers = {one for one in members if self._processes.works(one)}
        web, worker = pss(first), sum(map(pss, workers))
        held = sum(map(pss, members))
        sizes = (web, worker, held, max(held, self._highest))
        print(
            f"{self._done:>7}{sizes[0] / _MEGABYTE:>8.0f}{sizes[1] / _MEGABYTE:>8.0f}"
            f"{sizes[2] / _MEGABYTE:>8.0f}{sizes[3] / _MEGABYTE:>9.0f}"
            f"{_anonymous(first) / _MEGABYTE:>16.0f}   {time.strftime('%H:%M:%S')}",
            flush=True,
        )
        self._highest = 0.0


def _anonymous(process: int) -> float:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return sum(float(line.split()[1]) * 1024 for line in lines if line.startswith("RssAnon:"))


if __name__ == "__main__":
    main()
