"""Compare the quick ways of reading a flux with an exact one, over generated files.

    python -m tests.differential --passages 1000000 --seed 1 [--processes 2] [--most 600]

Each file comes from a seed of its own, so that a difference can be shown again:

    python -m tests.differential --file SEED [--keep FILE]

Good files are compared passage by passage; files with small faults, error by error. The exit status
is 1 where anything differs.
"""

import argparse
import sys
import time
from collections import Counter
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.differential.run import Outcome, run, run_file

_SHARE = 5_000
"""Passages that a process compares before it tells how far it is."""


def main() -> int:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--most", type=int, default=600, help="passages of a file, at most")
    parser.add_argument("--file", type=int, help="the seed of one file, which alone is compared")
    parser.add_argument("--keep", type=path_of, help="where that file is written to")
    asked = parser.parse_args()
    if asked.file is not None:
        with TemporaryDirectory(prefix="mockportal-") as folder:
            outcome = run_file(asked.file, asked.most, Path(folder), asked.keep)
        return _told(outcome)
    return _told(_run_all(asked))


def path_of(name: str) -> Path:
    """Return a path of the command line."""
    return Path(name)


def _run_all(asked: argparse.Namespace) -> Outcome:
    begun, total = time.monotonic(), Outcome()
    shares = -(-asked.passages // _SHARE)
    tasks = [(asked.seed * 1_000_000 + number, _SHARE, asked.most) for number in range(shares)]
    with get_context("spawn").Pool(asked.processes) as pool:
        for number, outcome in enumerate(pool.imap_unordered(run, tasks), 1):
            total = total.plus(outcome)
            if number % 20 == 0 or number == shares or outcome.differences:
                seconds = time.monotonic() - begun
                print(f"{total.passages} passages of {total.good} good files, {seconds:.0f} s",
                      flush=True)  # fmt: skip
    return total


def _told(outcome: Outcome) -> int:
    print(f"good files: {outcome.good}, cut as they are: {outcome.quick}; "
          f"their passages: {outcome.passages}; "
          f"refused files: {outcome.refused}")  # fmt: skip
    kinds = Counter(kind for kind, _ in outcome.differences)
    for seed, difference in outcome.differences[:20]:
        print(f"file {seed}: {difference[:600]}")
    print(f"differences: {len(outcome.differences)}, of {len(kinds)} files")
    return 1 if outcome.differences else 0


if __name__ == "__main__":
    sys.exit(main())
