"""Nobody waits for the file of another: the portal answers while it checks files of odd shapes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.benchmarks.responsiveness import SHAPES, measured, write
from tests.stories.served import ServedPortal

pytestmark = pytest.mark.slow
_LARGE = 1_000_000
_RUNAWAY = 5.0
"""Seconds; a check that lets nobody else run for as long as it takes is far above."""


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedPortal]:
    with ServedPortal(tmp_path_factory.mktemp("portal"), "--processing", "manual") as served:
        yield served


@pytest.mark.parametrize("shape", SHAPES)
def test_others_are_answered_meanwhile(portal: ServedPortal, tmp_path: Path, shape: str) -> None:
    file = tmp_path / f"{shape}.xml"
    write(SHAPES[shape](_LARGE), file)

    measure = measured(portal, file, clients=2)

    assert measure.statuses == {201}
    for path, taken in measure.answers.items():
        assert all(seconds < _RUNAWAY for seconds in taken), path
