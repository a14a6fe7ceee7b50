"""What every run says first, and the one database of PostgreSQL that its tests share."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, delete

from mockportal.storage.postgresql import open_postgresql
from mockportal.storage.tables import metadata
from tests import services

_LONGEST_NAME = 80


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Call a test with a long text by its length: the name of each test is kept several times."""
    if isinstance(val, (str, bytes)) and len(val) > _LONGEST_NAME:
        return f"{argname} of {len(val)}"
    return None


def pytest_report_header() -> str:
    """Say on which services is tested, beside what needs none."""
    return services.told()


@pytest.fixture(scope="session")
def made_in_postgresql() -> Iterator[str]:
    """Yield the URL of a database that is made once a run: to migrate it for each test is slow."""
    with services.a_schema() as url:
        open_postgresql(url).dispose()
        yield url


@pytest.fixture
def postgresql_url(made_in_postgresql: str) -> Iterator[str]:
    """Yield the URL of that database, empty; it is emptied again after the test."""
    yield made_in_postgresql
    engine = open_postgresql(made_in_postgresql)
    _empty(engine)
    engine.dispose()


def _empty(engine: Engine) -> None:
    """Empty all tables row by row, which for few rows is far faster than to truncate them."""
    with engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL synchronous_commit = off")
        for table in reversed(metadata.sorted_tables):
            connection.execute(delete(table))
