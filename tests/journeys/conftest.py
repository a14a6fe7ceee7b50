"""A portal on a folder of its own, as the journeys know it; some of them on PostgreSQL, too."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mockportal.assembly import Portal, assemble
from mockportal.settings import Settings
from tests import services

_ON_POSTGRESQL_TOO = {
    "test_deposit", "test_deleting", "test_failure", "test_figures", "test_free_nirs",
    "test_learned_at_once",
    "test_mandates", "test_modifying", "test_order", "test_passages", "test_upkeep",
    "test_worlds", "test_worlds_at_work",
}  # fmt: skip
"""The journeys that lean most on the database."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let the tests of some modules run on each kind of database that there is."""
    module = metafunc.module.__name__.rpartition(".")[2]
    if metafunc.definition.get_closest_marker("embedded"):
        return
    if "portal" in metafunc.fixturenames and module in _ON_POSTGRESQL_TOO:
        kinds = ["sqlite", *(["postgresql"] if services.POSTGRESQL else [])]
        metafunc.parametrize("portal", kinds, indirect=True)


@pytest.fixture
def portal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Portal]:
    on_postgresql = getattr(request, "param", "sqlite") == "postgresql"
    url = request.getfixturevalue("postgresql_url") if on_postgresql else None
    with assemble(Settings(data=tmp_path, database=url)) as made:
        yield made
