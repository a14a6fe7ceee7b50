"""Measure a whole deposit by API, from the first byte sent to its receipt, beside ``xmllint``.

    python -m tests.benchmarks.upload [--passages 100000] [--holders 100000] [--deposits 20]
        [--beside 5]

A real ``mockportal serve`` on a data folder takes one file after the other, each of the same size
and about people of its registry. The first of them are measured beside ``xmllint --stream
--schema`` on the same file, one after the other; all of them while the PSS of all processes is
looked at. Exits with 1 above a limit. Linux only, for the memory.
"""

import argparse
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from mockportal.client import ApiClient
from mockportal.journeys.seeding import DEMO_PASSWORD
from mockportal.resources import schema_path
from tests.benchmarks.large import told
from tests.benchmarks.large_flux import write_flux
from tests.benchmarks.load import served
from tests.benchmarks.memory import family, pss
from tests.benchmarks.people import registry_of, some_people
from tests.benchmarks.stock import CERTIFIER

_MOST_TIMES = 2.3
_MOST_MEGABYTES = 250
_MEGABYTE = 1_000_000
_PAUSE = 0.1
_PATIENCE = 60.0
_WARMING = 2_000


class Times(NamedTuple):
    """The seconds of a deposit, from the first byte sent."""

    taken: float
    """Until the portal has answered that it has the file, which passed the first control."""
    whole: float
    """Until the receipt is there, whole."""
    cpu: float
    """The seconds of all processors that the portal's processes took, the client left out."""


def main() -> None:
    """Print the tables, and exit with 1 when a limit is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--holders", type=int, default=100_000)
    parser.add_argument("--deposits", type=int, default=20)
    parser.add_argument("--beside", type=int, default=5, help="how many are measured by xmllint")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mockportal-upload-") as scratch:
        folder = Path(scratch)
        registry_of(folder / "data", arguments.holders)
        people = some_people(folder / "data", min(arguments.passages, arguments.holders))
        flux = folder / "flux.xml"
        with served(folder / "data") as ((host, port), processes):
            client = ApiClient(f"http://{host}:{port}", CERTIFIER, DEMO_PASSWORD)
            write_flux(flux, people, _WARMING, prefix="WARM")
            deposited(client, flux, processes.first)
            print(f"at rest: {held(processes.first) / _MEGABYTE:.0f} MB")
            print(f"{'deposit':>8}{'xmllint s':>11}{'taken s':>9}{'receipt s':>11}{'times':>7}"
                  f"{'CPU':>7}{'times':>7}{'peak MB':>9}{'then MB':>9}")  # fmt: skip
            ratios: list[float] = []
            ratios_cpu: list[float] = []
            peaks: list[float] = []
            for number in range(1, arguments.deposits + 1):
                write_flux(flux, people, arguments.passages, prefix=f"N{number}")
                os.sync()
                beside = f"{'':11}", f"{'':7}", f"{'':7}"
                with peak_of(processes.first) as peak:
                    times = deposited(client, flux, processes.first)
                peaks.append(max(peak) / _MEGABYTE)
                if number <= arguments.beside:
                    schema = str(schema_path("1.1.2"))
                    yardstick = told("tests.benchmarks.yardstick", schema, str(flux))
                    ratios.append(times.whole / yardstick["seconds"])
                    ratios_cpu.append(times.cpu / yardstick["cpu"])
                    beside = (f"{yardstick['seconds']:>11.2f}", f"{ratios[-1]:>7.2f}",
                              f"{ratios_cpu[-1]:>7.2f}")  # fmt: skip
                print(f"{number:>8}{beside[0]}{times.taken:>9.2f}{times.whole:>11.2f}{beside[1]}"
                      f"{times.cpu:>7.2f}{beside[2]}{peaks[-1]:>9.0f}"
                      f"{held(processes.first) / _MEGABYTE:>9.0f}", flush=True)  # fmt: skip
    times_xmllint, highest = statistics.median(ratios), max(peaks)
    print(f"times xmllint: {times_xmllint:.2f} ({min(ratios):.2f} to {max(ratios):.2f}), "
          f"at most {_MOST_TIMES:g}; by CPU {statistics.median(ratios_cpu):.2f}")  # fmt: skip
    print(f"memory: {highest:.0f} MB, at most {_MOST_MEGABYTES}")
    if times_xmllint > _MOST_TIMES or highest > _MOST_MEGABYTES:
        raise SystemExit(1)


def deposited(client: ApiClient, flux: Path, portal: int) -> Times:
    """Deposit a file and fetch its receipt; return how long that took the portal's processes."""
    begun, used = time.perf_counter(), cpu_of(portal)
    with flux.open("rb") as content:
        deposit = client.deposit(content, flux.name)
    taken = time.perf_counter() - begun
    while deposit["status"] == "processing":
        deposit = client.look(deposit["id"], wait=_PATIENCE)
    client.receipt(deposit["id"])
    whole = time.perf_counter() - begun
    if deposit["accepted"] < 99 * deposit["rejected"]:  # of invented people, a few are alike
        raise SystemExit(f"unexpected verdicts: {deposit}")
    return Times(taken, whole, cpu_of(portal) - used)


def cpu_of(process: int) -> float:
    """Return the seconds that a process, its descendants and those that have ended took."""
    ticks = 0
    for one in family(process):
        told_of = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        ticks += sum(map(int, told_of[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def peak_of(process: int) -> Iterator[list[float]]:
    """Give a list of how many bytes a process and its descendants held, each tenth of a second."""
    over, sizes = threading.Event(), [held(process)]

    def look() -> None:
        while not over.wait(_PAUSE):
            sizes.append(held(process))

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield sizes
    finally:
        over.set()
        watcher.join()


def held(process: int) -> float:
    """Return the PSS of a process and all that descend from it, in bytes."""
    return sum(map(pss, family(process)))


if __name__ == "__main__":
    main()
