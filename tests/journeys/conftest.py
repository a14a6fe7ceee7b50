"""A portal on a folder of its own, as the journeys know it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mockportal.assembly import Portal, assemble
from mockportal.settings import Settings


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[Portal]:
    with assemble(Settings(data=tmp_path)) as made:
        yield made
