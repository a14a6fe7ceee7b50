"""Walk at random through worlds of a portal, and compare each step with a simple model of it.

    python -m tests.model [--steps 2000] [--seed S] [--database postgresql://…] [--no-shrink]

Deposits, duplicates, modifications, deletions, mandates, clocks, looks, resets and replays. The
same seed takes the same steps. Exits with 1 where the portal and the model differ, and says after
which steps: as few of them as suffice.
"""

import argparse
import sys
import time
from contextlib import nullcontext

from tests import services
from tests.model.walk import shrunk, walk


def main() -> int:
    """Walk, and say how it went."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--steps", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    parser.add_argument("--database", help="a database in which schemas may be made")
    parser.add_argument("--no-shrink", action="store_true")
    arguments = parser.parse_args()
    seed, database, begun = arguments.seed, arguments.database, time.monotonic()

    def taken(steps: list[int]) -> str:
        with services.a_schema(database) if database else nullcontext() as url:
            return walk(steps, seed, url)

    steps = list(range(arguments.steps))
    differs = taken(steps)
    print(f"seed {seed}, {len(steps)} steps, {time.monotonic() - begun:.0f} s")
    if not differs:
        print("the portal and the model agree")
        return 0
    print(differs)
    if not arguments.no_shrink:
        last = int(differs.split(":")[0].removeprefix("step "))
        few = shrunk([one for one in steps if one <= last], lambda fewer: bool(taken(fewer)))
        print(f"these steps suffice: {few}")
        print(taken(few))
    return 1


if __name__ == "__main__":
    sys.exit(main())
