"""Time grows with the bytes of a flux alone, whatever run of signs stands wherever in it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.environments import unmeasured
from tests.wire.growth import PLACES, RUNS

_CASES = len(RUNS) * len(PLACES)
_SHARES = 8
_RUNAWAY = 600
"""Seconds after which a process is killed: what is quadratic would take hours."""


@pytest.mark.slow
@pytest.mark.parametrize("share", range(_SHARES))
def test_a_run_of_twice_as_many_signs_takes_twice_the_time_at_most(share: int) -> None:
    first, last = (_CASES * number // _SHARES for number in (share, share + 1))

    measured = subprocess.run(
        [sys.executable, "-m", "tests.wire.growth", str(first), str(last)],
        cwd=Path(__file__).parents[2],
        env=unmeasured(),
        capture_output=True,
        text=True,
        timeout=_RUNAWAY,
        check=False,
    )

    assert measured.returncode == 0, measured.stderr
    assert [json.loads(line) for line in measured.stdout.splitlines()] == []


def test_every_place_is_one_of_a_flux() -> None:
    assert all(template.count("@@") == 1 for template in PLACES.values())
