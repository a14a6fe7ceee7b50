"""A small run of ``python -m tests.kills``: nothing that was acknowledged is lost or doubled."""

import sys
from pathlib import Path

import pytest

from tests.kills.drill import Drill, Plan

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc"),
]


@pytest.mark.embedded
def test_a_portal_that_is_killed_twenty_times_holds_what_it_acknowledged(tmp_path: Path) -> None:
    outcome = Drill(Plan(kills=20, seed=7, folder=tmp_path, most_passages=3_000, audits=1)).run()

    assert outcome.broken == []
    assert outcome.deposits > 0
    assert sum(outcome.kills.values()) == 20
