"""Measure a deposit beside ``xmllint --stream --schema`` on the same file, and print a table.

    python -m tests.benchmarks [--passages 100000] [--holders 100000] [--runs 3]

Time is wall time of whole processes but for the portal's treatment, which is taken in a warm
process from the upload to the available receipt; memory is the peak resident size of the process.
"""

import argparse
import json
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from mockportal.assembly import assemble
from mockportal.domain.identifiers import AccountId
from mockportal.domain.people import Holder
from mockportal.domain.worlds import DEFAULT_WORLD
from mockportal.journeys.register import generate_people
from mockportal.resources import schema_path
from mockportal.settings import Settings
from tests.benchmarks.large_flux import write_flux
from tests.working import deposited

MEGABYTE = 1_000_000


def main() -> None:
    """Run the measures, or one of them in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--holders", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--treat", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--data", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.treat:
        print(json.dumps(treated(arguments.treat, arguments.data)))
        return
    with tempfile.TemporaryDirectory(prefix="mockportal-benchmark-") as folder:
        compare(Path(folder), arguments.passages, arguments.holders, arguments.runs)


def compare(folder: Path, passages: int, holders: int, runs: int) -> None:
    """Print the table of one comparison."""
    people, filled = registry_of(folder / "portal", holders)
    flux = folder / "flux.xml"
    write_flux(flux, people, passages, prefix="WARM")
    size = flux.stat().st_size / MEGABYTE
    yardstick, portal, memory, linted = [], [], [], []
    for run in range(runs):
        write_flux(flux, people, passages, prefix=f"RUN{run}")
        seconds, peak = linted_once(flux)
        yardstick.append(seconds)
        linted.append(peak)
        measured = json.loads(
            subprocess.run(  # ourselves
                [sys.executable, "-m", "tests.benchmarks", "--treat", flux, "--data",
                 folder / "portal"],
                check=True, capture_output=True, text=True,
            ).stdout
        )  # fmt: skip
        # Among invented people a few are homonyms that no datum tells apart.
        if measured["accepted"] < 0.999 * passages or measured["judged"] != passages:
            raise SystemExit(f"expected {passages} accepted passages: {measured}")
        portal.append(measured["seconds"])
        memory.append(measured["peak"] / MEGABYTE)
    print(f"{platform.machine()}, Python {platform.python_version()}, {runs} runs")
    print(f"{passages} passages in a file of {size:.0f} MB, registry of {holders} people")
    print(f"registry filled at {holders / filled:.0f} people a second")
    print(f"{'':34}{'median s':>10}{'lowest':>9}{'highest':>9}{'peak MB':>9}")
    for name, times, peaks in (
        ("xmllint --stream --schema", yardstick, linted),
        ("deposit to receipt, all accepted", portal, memory),
    ):
        print(
            f"{name:34}{statistics.median(times):>10.2f}{min(times):>9.2f}{max(times):>9.2f}"
            f"{max(peaks):>9.0f}"
        )
    print(f"ratio of the medians: {statistics.median(portal) / statistics.median(yardstick):.2f}")


def registry_of(data: Path, holders: int) -> tuple[list[Holder], float]:
    """Fill a portal with invented people; return some of them that level 1 finds, and the time."""
    with assemble(Settings(data=data)) as portal:
        stores = portal.desk.stores
        world = stores.worlds.named(DEFAULT_WORLD)
        if world is None:
            raise SystemExit("no default world")
        begun = time.perf_counter()
        stores.registry.add(
            world, generate_people(portal.desk, world, Random(1), holders)
        )  # invented people
        filled = time.perf_counter() - begun
        return [one for one, _ in stores.registry.everyone(world)], filled


def linted_once(flux: Path) -> tuple[float, float]:
    """Return how long xmllint takes, and its peak in MB (the largest of all runs so far)."""
    begun = time.perf_counter()
    subprocess.run(  # a yardstick from the PATH
        ["xmllint", "--stream", "--noout", "--schema", schema_path("1.1.2"), flux],
        check=True,
        capture_output=True,
    )
    seconds = time.perf_counter() - begun
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / MEGABYTE


def treated(flux: Path, data: Path) -> dict[str, float]:
    """Deposit a file in this process; return the seconds, the peak in bytes, and the counts."""
    with assemble(Settings(data=data)) as portal:
        account = portal.desk.stores.organisations.account(AccountId("CERT00001"))
        if account is None:
            raise SystemExit("no CERT00001")
        begun = time.perf_counter()
        with flux.open("rb") as content:
            deposit = deposited(portal.desk, account, flux.name, content)
        seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {"seconds": seconds, "peak": peak, "accepted": deposit.accepted,
            "judged": deposit.accepted + deposit.rejected}  # fmt: skip


if __name__ == "__main__":
    main()
