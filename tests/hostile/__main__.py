"""Throw hostile input at every door of a portal, and say what breaks.

    python -m tests.hostile [--count 500] [--seed 0] [--most-bytes 300000] [--url U] [--folder DIR]

Without ``--url``, at a portal that it starts itself: the log and the memory are then watched too.
The same seed throws the same things. Whatever breaks something is kept in a folder, as it was
thrown, with a line in ``failures.jsonl`` there. Exits with 1 when anything broke: a 5xx or no
answer, a traceback, a deposit that does not end, passages lost, doubled or mixed up, more than
2 seconds a MB, more than 250 MB.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.hostile.portal import OwnPortal, Target
from tests.hostile.throwing import Limits, Run


def main() -> int:
    """Run, print what came of it, and return the exit status."""
    parser = argparse.ArgumentParser(
        "python -m tests.hostile", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("--count", type=int, default=500, help="how many are thrown")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--first", type=int, default=0, help="the number to begin with")
    parser.add_argument("--most-bytes", type=int, default=300_000, help="the largest file")
    parser.add_argument(
        "--url", help="a portal that is served, of which nothing is needed any more"
    )
    parser.add_argument("--folder", type=Path, help="where failures go; else a temporary one")
    parser.add_argument("--only", action="append", help="a kind of throw, such as upload")
    parser.add_argument(
        "--files", type=Path, help="deposit the XML files of a folder, nothing else"
    )
    parser.add_argument("--least-seconds", type=float, default=2.0,
                        help="no throw that took less is called slow")  # fmt: skip
    parser.add_argument("--patience", type=float, default=30.0,
                        help="seconds until there is no answer, or no end")  # fmt: skip
    parser.add_argument("--options", default="", help="of mockportal serve, in one word")
    chosen = parser.parse_args()
    folder = chosen.folder or Path(tempfile.mkdtemp(prefix="hostile-"))
    folder.mkdir(parents=True, exist_ok=True)
    target = Target(chosen.url) if chosen.url else OwnPortal(folder, *chosen.options.split())
    limits = Limits(chosen.most_bytes, chosen.least_seconds, chosen.patience)
    with target, Run(target, folder, limits, chosen.seed) as run:
        if chosen.files:
            run.files(chosen.files)
        else:
            run.throw(chosen.first, chosen.count, chosen.only)
        print(run.report())
    print(f"Kept in {folder}.")
    return 1 if run.failed else 0


if __name__ == "__main__":
    sys.exit(main())
