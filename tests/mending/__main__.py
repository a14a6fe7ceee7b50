"""``python -m tests.mending``: how many files with one fault are mended by the advice alone."""

import argparse

from tests.mending.mending import Outcome, tally_of


def main() -> int:
    """Print the figures, and what is not mended; return 1 below 95 %."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, help="failures to print")
    arguments = parser.parse_args()
    tally = tally_of(arguments.seed, arguments.count)
    for outcome in Outcome:
        print(f"{tally.outcomes[outcome]:>6} {outcome.value}")
    print(f"{tally.passing:.1%} pass the schema")
    for (kind, outcome), number in sorted(tally.by_kind.items(), key=str):
        if outcome in (Outcome.NO_CHANGE, Outcome.STILL_WRONG):
            print(f"{number:>6} {kind}: {outcome.value}")
    for faulty, outcome, steps in tally.failures[: arguments.show]:
        print(f"--- {faulty.kind}, {faulty.version}: {outcome.value}")
        for step in steps:
            print(f"    {step}")
    return int(tally.passing < 0.95)


if __name__ == "__main__":
    raise SystemExit(main())
