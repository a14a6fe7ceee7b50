"""Measure the treatment of large files beside ``xmllint --stream --schema`` on the same file.

    python -m tests.benchmarks.large [--passages 100000] [--holders 1000000]
        [--most-holders 10000000] [--runs 3] [--folder DIR] [--charts DIR] [--only-postgresql]

A treatment is that of a warm worker, from the recorded deposit to the available receipt: both
controls. Each run measures the yardstick and the portal one after the other. Beside wall time
stands the CPU time of each, which other work on the machine disturbs less. Memory is the PSS of
all processes of a real ``mockportal serve``, added up. Registries are kept in ``--folder``; each
measure begins with a copy of one, in which nothing was deposited yet (on PostgreSQL, with one that
holds what the measures before have deposited).
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from mockportal.assembly import assemble
from mockportal.domain.deposits import Deposit, Status
from mockportal.domain.identifiers import AccountId
from mockportal.journeys.deposit import Upload, carry_on, record
from mockportal.journeys.desk import Desk
from mockportal.resources import schema_path
from mockportal.workers import collect_rarely
from tests import services
from tests.benchmarks.charts import Point, draw
from tests.benchmarks.large_flux import write_flux
from tests.benchmarks.memory import peak_while_treating
from tests.benchmarks.people import DATABASE, kept_in, registry_of, some_people

MEGABYTE = 1_000_000
_SIZES = (20_000, 50_000, 100_000, 200_000)
_FEW_HOLDERS = 10_000
_STRANGER = " INCONNU"
_WARMING = 2_000


class Run(NamedTuple):
    """One measure: seconds of wall time, and of all processors."""

    wall: float
    cpu: float


def main() -> None:
    """Run the measures, or one of them in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--holders", type=int, default=1_000_000)
    parser.add_argument(
        "--most-holders", type=int, default=10_000_000, help="0: leave that row out"
    )
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only-postgresql", action="store_true")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--charts", type=Path)
    parser.add_argument("--treat", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--data", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.treat:
        print(json.dumps(treated(given.treat, given.data)))
        return
    with tempfile.TemporaryDirectory(prefix="mockportal-benchmark-") as scratch:
        bench = Bench(Path(scratch), given.folder or Path(scratch), given.runs)
        print(f"{platform.machine()}, Python {platform.python_version()}, {given.runs} runs")
        print(f"{'what':52}{'median':>8}{'lowest':>8}{'highest':>8}{'CPU':>7}{'at most':>9}")
        if services.POSTGRESQL:
            print("on PostgreSQL:")
            bench.on_postgresql(given.passages, given.holders)
        if given.only_postgresql:
            return
        print("on SQLite:")
        bench.against_xmllint(given.passages, given.holders, "found", 2.0)
        bench.against_xmllint(given.passages, given.holders, "nobody known", 2.5)
        points = bench.by_size(given.holders)
        bench.by_registry(given.passages, given.most_holders)
        if given.charts:
            draw(points, given.charts)


class Bench:
    """Where files and registries lie, and how often each measure is taken."""

    def __init__(self, scratch: Path, folder: Path, runs: int) -> None:
        self._scratch, self._folder, self._runs = scratch, folder, runs
        self._written = 0

    def against_xmllint(self, passages: int, holders: int, kind: str, most: float) -> None:
        """Print the rows of one kind of file."""
        ours, theirs = self._pairs(passages, holders, known=kind == "found")
        ratios = [mine.wall / its.wall for mine, its in zip(ours, theirs, strict=True)]
        ratio_cpu = middle(ours, "cpu") / middle(theirs, "cpu")
        name = f"{passages} passages, {kind}, registry of {holders}"
        row("xmllint --stream --schema, s", [one.wall for one in theirs], middle(theirs, "cpu"))
        row(f"{name}, s", [one.wall for one in ours], middle(ours, "cpu"))
        row(f"{name}: times", ratios, ratio_cpu, most)

    def on_postgresql(self, passages: int, holders: int) -> None:
        """Print the first row once more, on a PostgreSQL on this machine."""
        with services.a_schema() as url:
            os.environ[DATABASE] = url
            try:
                own = self._scratch / "postgresql"
                own.mkdir()
                Bench(own, own, self._runs).against_xmllint(passages, holders, "found", 3.0)
            finally:
                del os.environ[DATABASE]

    def by_size(self, holders: int) -> list[Point]:
        """Print the rows of file sizes, memory among them; return the points of the charts."""
        points = []
        for size in _SIZES:
            ours, theirs = self._pairs(size, holders, known=True, terse=True)
            flux = self._flux(size, holders, known=True, terse=True)
            with self._copy(holders) as data:
                memory = peak_while_treating(flux, data) / MEGABYTE
            points.append(Point(size, middle(ours, "wall"), middle(theirs, "wall"),
                                middle(ours, "cpu"), memory))  # fmt: skip
            row(f"memory (PSS) at {size} passages, MB", [memory], most=250)
        first, last = points[0], points[-1]
        times = (last.seconds / last.passages) / (first.seconds / first.passages)
        cpu = (last.cpu / last.passages) / (first.cpu / first.passages)
        row(f"cost of a passage, {last.passages} against {first.passages}", [times], cpu, 1.2)
        return points

    def by_registry(self, passages: int, most_holders: int) -> None:
        """Print the row of a large registry."""
        if not most_holders:
            return
        few, _ = self._pairs(passages, _FEW_HOLDERS, known=True, yardstick=False)
        many, _ = self._pairs(passages, most_holders, known=True, yardstick=False)
        times = [one.wall / other.wall for one, other in zip(many, few, strict=True)]
        cpu = middle(many, "cpu") / middle(few, "cpu")
        row(
            f"cost of a passage, registry of {most_holders} against {_FEW_HOLDERS}", times, cpu, 1.5
        )

    def _pairs(
        self,
        passages: int,
        holders: int,
        *,
        known: bool,
        yardstick: bool = True,
        terse: bool = False,
    ) -> tuple[list[Run], list[Run]]:
        ours, theirs = [], []
        for _ in range(self._runs):
            flux = self._flux(passages, holders, known=known, terse=terse)
            if yardstick:
                once = told("tests.benchmarks.yardstick", str(schema_path("1.1.2")), str(flux))
                theirs.append(Run(once["seconds"], once["cpu"]))
            with self._copy(holders) as data:
                result = told("tests.benchmarks.large", "--treat", str(flux), "--data", str(data))
            # Among invented people a few are homonyms that no datum tells apart.
            expected = result["accepted"] >= 0.99 * passages if known else not result["accepted"]
            if not expected or result["judged"] != passages:
                raise SystemExit(f"unexpected verdicts on {passages} passages: {result}")
            ours.append(Run(result["seconds"], result["cpu"]))
        return ours, theirs

    def _data(self, holders: int) -> Path:
        data = self._folder / f"registry-{holders}"
        if not data.exists():
            registry_of(data, holders)
        return data

    @contextmanager
    def _copy(self, holders: int) -> Iterator[Path]:
        """Give the data folder of a registry, which may be filled as one likes."""
        if DATABASE in os.environ:
            yield self._data(holders)
            return
        copy = self._scratch / "copy"
        shutil.copytree(self._data(holders), copy)
        os.sync()  # or the disk is busy with the copy while the portal is measured
        try:
            yield copy
        finally:
            shutil.rmtree(copy)

    def _flux(self, passages: int, holders: int, *, known: bool, terse: bool = False) -> Path:
        self._written += 1
        people = some_people(self._data(holders), passages)
        if not known:
            people = [one._replace(birth_name=one.birth_name + _STRANGER) for one in people]
        flux = self._scratch / "flux.xml"
        write_flux(flux, people, passages, prefix=f"{time.time_ns():x}", terse=terse)
        os.sync()  # so that neither waits for it
        return flux


def middle(runs: list[Run], of: str) -> float:
    """Return the median of one column."""
    return statistics.median(one.wall if of == "wall" else one.cpu for one in runs)


def row(
    name: str, values: list[float], cpu: float | None = None, most: float | None = None
) -> None:
    """Print one row: values of wall time or memory, what CPU time says, and what may be."""
    print(
        f"{name:52}{statistics.median(values):>8.2f}{min(values):>8.2f}{max(values):>8.2f}"
        f"{'' if cpu is None else f'{cpu:.2f}':>7}{'' if most is None else f'{most:g}':>9}",
        flush=True,
    )


def told(module: str, *words: str) -> dict[str, float]:
    """Return what a measure in a process of its own says."""
    answer = subprocess.run(  # ourselves
        [sys.executable, "-m", module, *words], check=True, capture_output=True, text=True
    ).stdout
    found: dict[str, float] = json.loads(answer)
    return found


def treated(flux: Path, data: Path) -> dict[str, float]:
    """Treat a file in this process, warm; return the seconds and the counts."""
    collect_rarely()
    with assemble(kept_in(data)) as portal:
        desk = portal.desk
        small = flux.with_name("warming.xml")
        write_flux(small, some_people(data, 100), _WARMING, prefix=f"WARM{time.time_ns():x}")
        to_its_receipt(desk, small)
        seconds, cpu, deposit = to_its_receipt(desk, flux)
    return {"seconds": seconds, "cpu": cpu, "accepted": deposit.accepted,
            "judged": deposit.accepted + deposit.rejected}  # fmt: skip


def to_its_receipt(desk: Desk, flux: Path) -> tuple[float, float, Deposit]:
    """Record a deposit, then measure how long it takes until its receipt is available."""
    account = desk.stores.organisations.account(AccountId("CERT00001"))
    assert account is not None
    with flux.open("rb") as content:
        deposit = record(desk, account, Upload(flux.name, content))
    assert isinstance(deposit, Deposit)
    clocks: tuple[Callable[[], float], ...] = (time.perf_counter, _cpu)
    begun = [clock() for clock in clocks]
    while deposit.status is Status.PROCESSING:
        deposit = carry_on(desk, deposit)
    wall, cpu = (clock() - start for clock, start in zip(clocks, begun, strict=True))
    return wall, cpu, deposit


def _cpu() -> float:
    """Return the seconds of CPU of this process, and of those that it has started and seen end."""
    return sum(os.times()[:4])


if __name__ == "__main__":
    main()
