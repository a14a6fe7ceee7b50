"""What the processes of a portal hold after many files, deposited by several at once."""

import sys
from pathlib import Path

import pytest

from tests.benchmarks.load import served
from tests.benchmarks.memory_over_time import Watch, deposit_all, sizes_of

MEGABYTE = 1_000_000


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the PSS of a process is Linux's")
def test_memory_does_not_add_up_file_by_file(tmp_path: Path) -> None:
    sizes = list(sizes_of(240, most=3_000, seed=26))
    with served(tmp_path) as ((host, port), processes):
        watch = Watch(processes, len(sizes))
        deposit_all(f"http://{host}:{port}", sizes, 8, watch)
        watch.end()

    assert watch.highest < 220 * MEGABYTE
