"""Hostile input at every door, a few hundred of what ``python -m tests.hostile`` throws by hand."""

from pathlib import Path
from random import Random

from tests.hostile.fluxes import an_odd_flux
from tests.hostile.passages import passages_of
from tests.hostile.portal import OwnPortal
from tests.hostile.throwing import Limits, Run

COUNT, SEED, MOST_BYTES = 500, 20261130, 60_000
PATIENCE = 60.0
"""Seconds that kill a runaway: other tests take the processor meanwhile."""


def test_five_hundred_hostile_throws_break_nothing(tmp_path: Path) -> None:
    limits = Limits(MOST_BYTES, least_seconds=PATIENCE, patience=PATIENCE)
    with OwnPortal(tmp_path) as target, Run(target, tmp_path, limits, SEED) as run:
        run.throw(0, COUNT)

    assert run.thrown.total() == COUNT
    assert run.ends["upload: accepted"] + run.ends["upload: partly_rejected"] > COUNT / 10
    assert not run.failures, run.report()
    assert not run.failed, run.report()


def test_the_same_seed_throws_the_same() -> None:
    files = [an_odd_flux(Random(f"{SEED}:{number}"), MOST_BYTES) for number in range(40)]

    assert files == [an_odd_flux(Random(f"{SEED}:{number}"), MOST_BYTES) for number in range(40)]
    assert any(passages_of(content) for content, legal in files if legal)
