"""Measure what newcomers do first, beside ``xmllint --stream --schema`` on the same file.

    python -m tests.benchmarks.first_meeting [--passages 40000 100000 200000] [--runs 2]

Nobody in the file is known to the portal, each passage is about a person of its own, and each
measure has a new data folder. Commands are whole processes, their start included; a deposit is
that of a warm process, from the upload to the available receipt. Each run measures the yardstick
beside them. Exits with 1 when the best run of one is above its limit.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from mockportal.assembly import assemble
from mockportal.domain.identifiers import AccountId
from mockportal.resources import schema_path
from mockportal.settings import Settings
from mockportal.workers import collect_rarely
from tests.benchmarks.large import Run, told
from tests.benchmarks.large_flux import write_flux
from tests.benchmarks.people import registry_of, some_people
from tests.benchmarks.stock import CERTIFIER
from tests.working import deposited

_SIZES = (40_000, 100_000, 200_000)


class Limit(NamedTuple):
    """How long something may take: so many times xmllint, and so many seconds."""

    times: float
    seconds: float = 0.0

    def __str__(self) -> str:
        """Return it in words."""
        return f"{self.times:g} times" + (f" + {self.seconds:g} s" if self.seconds else "")

    def share(self, run: Run, yardstick: Run) -> float:
        """Return how much of the limit a run has used: above 1, it is broken.

        Wall time and CPU time are two views of one run; what else the machine does disturbs each
        in its own way, and only makes it longer.
        """
        return min(
            run.wall / (self.times * yardstick.wall + self.seconds),
            run.cpu / (self.times * yardstick.cpu + self.seconds),
        )


_LIMITS = {
    "check": Limit(4, 1.0),
    "check --registry open": Limit(6, 1.0),
    "registry learn": Limit(4, 1.0),
    "deposit, --registry open": Limit(6),
}


def main() -> None:
    """Print the table, and exit with 1 when a limit is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, nargs="+", default=_SIZES)
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("--deposit", nargs=2, type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.deposit:
        print(json.dumps(open_deposit(*arguments.deposit)))
        return
    print(f"{'passages':>9}  {'what':34}{'s':>7}{'CPU':>7}{'times':>7}{'CPU':>7}  limit")
    broken = [name for size in arguments.passages for name in over(size, arguments.runs)]
    if broken:
        raise SystemExit(f"above their limits: {', '.join(broken)}")


def over(passages: int, runs: int) -> list[str]:
    """Print the rows of one size; return what is above its limit."""
    with tempfile.TemporaryDirectory(prefix="mockportal-first-meeting-") as scratch:
        folder = Path(scratch)
        flux = folder / "flux.xml"
        registry_of(folder / "people", passages)
        write_flux(flux, some_people(folder / "people", passages), passages, prefix="FIRST")
        os.sync()
        measures: dict[str, list[tuple[Run, Run]]] = {}
        for number in range(runs):
            yardstick = told("tests.benchmarks.yardstick", str(schema_path("1.1.2")), str(flux))
            beside = Run(yardstick["seconds"], yardstick["cpu"])
            for name, run in first_meetings(folder / str(number), flux).items():
                measures.setdefault(name, []).append((run, beside))
        yardsticks = [(beside, beside) for _, beside in next(iter(measures.values()))]
        print_row(passages, "xmllint --stream --schema", yardsticks, "")
        broken = []
        for name, pairs in measures.items():
            limit = _LIMITS[name]
            print_row(passages, name, pairs, str(limit))
            if min(limit.share(*pair) for pair in pairs) > 1:
                broken.append(f"{name} of {passages}")
        return broken


def first_meetings(folder: Path, flux: Path) -> dict[str, Run]:
    """Return what each first meeting with a flux takes, in new data folders."""
    deposit = told("tests.benchmarks.first_meeting", "--deposit", str(flux), str(folder / "open"))
    return {
        "check": command("check", "--data", folder / "check", flux),
        "check --registry open": command(
            "check", "--registry", "open", "--data", folder / "check", flux
        ),
        "registry learn": command("registry", "learn", "--data", folder / "learn", flux),
        "deposit, --registry open": Run(deposit["seconds"], deposit["cpu"]),
    }


def command(*words: object) -> Run:
    """Return what a command takes, its start included; raise SystemExit where it fails."""
    begun, used = time.perf_counter(), _cpu(resource.RUSAGE_CHILDREN)
    done = subprocess.run(  # ourselves
        [sys.executable, "-m", "mockportal", *map(str, words)],
        check=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    run = Run(time.perf_counter() - begun, _cpu(resource.RUSAGE_CHILDREN) - used)
    if done.returncode > 1:  # 1: some are KO
        raise SystemExit(f"{words}: {done.returncode}\n{done.stderr[-2000:]}")
    return run


def open_deposit(flux: Path, data: Path) -> dict[str, float]:
    """Deposit a file with an open registry in this process; return the seconds, wall and CPU."""
    collect_rarely()
    with assemble(Settings(data=data, open_registry=True)) as portal:
        account = portal.desk.stores.organisations.account(AccountId(CERTIFIER))
        assert account is not None
        warming = flux.with_name("warming.xml")
        write_flux(warming, some_people(flux.with_name("people"), 100), 2_000, prefix="WARM")
        with warming.open("rb") as content:
            deposited(portal.desk, account, warming.name, content)
        begun, used = time.perf_counter(), _cpu_of_all()
        with flux.open("rb") as content:
            deposit = deposited(portal.desk, account, flux.name, content)
        seconds, cpu = time.perf_counter() - begun, _cpu_of_all() - used
    if deposit.rejected > 0.01 * deposit.accepted:  # of invented people, a few are alike
        raise SystemExit(f"an open registry has refused {deposit.rejected} passages")
    return {"seconds": seconds, "cpu": cpu}


def print_row(passages: int, name: str, pairs: list[tuple[Run, Run]], limit: str) -> None:
    """Print the best run of a measure, beside its yardstick."""
    run, yardstick = min(pairs, key=lambda pair: pair[0].wall / pair[1].wall)
    print(
        f"{passages:>9}  {name:34}{run.wall:>7.2f}{run.cpu:>7.2f}"
        f"{run.wall / yardstick.wall:>7.2f}{run.cpu / yardstick.cpu:>7.2f}  {limit}",
        flush=True,
    )


def _cpu_of_all() -> float:
    return _cpu(resource.RUSAGE_SELF) + _cpu(resource.RUSAGE_CHILDREN)


def _cpu(whose: int) -> float:
    used = resource.getrusage(whose)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
