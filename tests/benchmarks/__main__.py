"""Measure deposits beside ``xmllint --stream --schema`` on the same files, and print a table.

    python -m tests.benchmarks [--passages 100000] [--holders 100000] [--runs 3]
                             [--only-first-control | --only-pages]

Time is wall time of whole processes but for the portal's treatment, which is taken in a warm
process from the upload to the available receipt; memory is the peak resident size of the process.
"""

import argparse
import json
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from mockportal.assembly import assemble
from mockportal.domain.identifiers import AccountId
from mockportal.domain.people import Holder
from mockportal.resources import schema_path
from mockportal.settings import Settings
from tests.benchmarks.large_flux import write_flux
from tests.benchmarks.pages import compare_pages
from tests.benchmarks.people import registry_of, some_people
from tests.benchmarks.refusals import CASES, controlled, measured, peak_of_this_process
from tests.working import deposited

MEGABYTE = 1_000_000


def main() -> None:
    """Run the measures, or one of them in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--holders", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only-first-control", action="store_true")
    parser.add_argument("--only-pages", action="store_true")
    parser.add_argument("--treat", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--control", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--data", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.treat:
        print(json.dumps(treated(arguments.treat, arguments.data)))
        return
    if arguments.control:
        print(json.dumps(controlled(arguments.control, arguments.data)))
        return
    with tempfile.TemporaryDirectory(prefix="mockportal-benchmark-") as folder:
        filled = registry_of(Path(folder) / "portal", arguments.holders)
        people = some_people(Path(folder) / "portal", arguments.holders)
        print(f"{platform.machine()}, Python {platform.python_version()}, {arguments.runs} runs")
        print(f"registry filled at {arguments.holders / filled:.0f} people a second")
        if not arguments.only_pages:
            compare_first_controls(Path(folder), people, arguments.passages, arguments.runs)
        if not (arguments.only_pages or arguments.only_first_control):
            compare(Path(folder), people, arguments.passages, arguments.runs)
        if not arguments.only_first_control:
            compare_pages(Path(folder) / "lists", arguments.passages)


def compare(folder: Path, people: list[Holder], passages: int, runs: int) -> None:
    """Print the rows of whole deposits."""
    flux = folder / "flux.xml"
    yardstick, portal = [], []
    for run in range(runs):
        write_flux(flux, people, passages, prefix=f"RUN{run}")
        yardstick.append(linted_once(flux))
        measured_once = json.loads(
            subprocess.run(  # ourselves
                [sys.executable, "-m", "tests.benchmarks", "--treat", flux, "--data",
                 folder / "portal"],
                check=True, capture_output=True, text=True,
            ).stdout
        )  # fmt: skip
        # Among invented people a few are homonyms that no datum tells apart.
        if measured_once["accepted"] < 0.999 * passages or measured_once["judged"] != passages:
            raise SystemExit(f"expected {passages} accepted passages: {measured_once}")
        portal.append((measured_once["seconds"], measured_once["peak"] / MEGABYTE))
    table("deposit to receipt, all accepted", flux, passages, yardstick, portal)


def compare_first_controls(folder: Path, people: list[Holder], passages: int, runs: int) -> None:
    """Print the rows of the first control."""
    good, flux = folder / "good.xml", folder / "flux.xml"
    write_flux(good, people, passages, prefix="WARM")
    for case in CASES:
        case.make(good, flux)
        yardstick, portal = [], []
        for _ in range(runs):
            yardstick.append(linted_once(flux))
            result = measured(case, flux, folder / "portal")
            portal.append((result["seconds"], result["peak"] / MEGABYTE))
        table(case.name, flux, passages, yardstick, portal)


def table(
    name: str,
    flux: Path,
    passages: int,
    yardstick: list[tuple[float, float]],
    portal: list[tuple[float, float]],
) -> None:
    """Print one measure beside its yardstick: (seconds, peak in MB) of each run."""
    size = flux.stat().st_size / MEGABYTE
    title = f"{passages} passages, {size:.0f} MB"
    print(f"\n{title:42}{'median s':>10}{'lowest':>9}{'highest':>9}{'peak MB':>9}")
    for row, runs in (("xmllint --stream --schema", yardstick), (name, portal)):
        times = [seconds for seconds, _ in runs]
        print(
            f"{row:42}{statistics.median(times):>10.2f}{min(times):>9.2f}{max(times):>9.2f}"
            f"{max(peak for _, peak in runs):>9.0f}"
        )
    ratio = statistics.median(s for s, _ in portal) / statistics.median(s for s, _ in yardstick)
    print(f"{'ratio of the medians':42}{ratio:>10.2f}")


def linted_once(flux: Path) -> tuple[float, float]:
    """Return how long xmllint takes, whatever it finds, and its peak in MB."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.yardstick", schema_path("1.1.2"), flux],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    once = json.loads(told)
    return once["seconds"], once["peak"] / MEGABYTE


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
    return {"seconds": seconds, "peak": peak_of_this_process(), "accepted": deposit.accepted,
            "judged": deposit.accepted + deposit.rejected}  # fmt: skip


if __name__ == "__main__":
    main()
