"""Kill a portal at random moments, again and again, and see that nothing is lost, doubled or stray.

    python -m tests.kills [--kills 200] [--database postgresql://…] [--workers 2] [--seed S]
        [--folder DIR] [--passages 16000]

Clients deposit, modify, delete, log in and reset a second world all the while; the server, a
worker, both, or the whole group is killed, mostly while work is in hand, and started again. What
was acknowledged is then compared with what the portal answers, with its journal, its database and
its files. On PostgreSQL each run takes a schema of its own in that database. Exits with 1 and says
what broke; the folder is kept then. Linux only.
"""

import argparse
import shutil
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path

from tests import services
from tests.kills.drill import Drill, Plan

_MOST_SHOWN = 50


def main() -> int:
    """Run the drill, and say how it went."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--database", help="a database in which a schema may be made")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--passages", type=int, default=16_000, help="of the largest files")
    arguments = parser.parse_args()
    folder = arguments.folder or Path(tempfile.mkdtemp(prefix="mockportal-kills-"))
    print(f"seed {arguments.seed}, in {folder}", flush=True)
    begun = time.monotonic()
    with services.a_schema(arguments.database) if arguments.database else nullcontext() as url:
        plan = Plan(arguments.kills, arguments.seed, folder, url, arguments.workers,
                    arguments.passages, audits=max(2, arguments.kills // 100))  # fmt: skip
        outcome = Drill(plan).run()
    for sentence in outcome.broken[:_MOST_SHOWN]:
        print(f"- {sentence[:1_000]}")
    if len(outcome.broken) > _MOST_SHOWN:
        print(f"- … and {len(outcome.broken) - _MOST_SHOWN} more")
    print(
        f"{sum(outcome.kills.values())} kills in {time.monotonic() - begun:.0f} s: "
        + ", ".join(f"{count} {what}" for what, count in sorted(outcome.kills.items()))
    )
    print(
        f"acknowledged: {outcome.deposits} deposits, {outcome.changes} modifications, "
        f"{outcome.deletions} deletions; broken: {len(outcome.broken)}"
    )
    if outcome.broken:
        print(f"kept: {folder}")
        return 1
    if arguments.folder is None:
        shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
