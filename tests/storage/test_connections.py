"""How many connections a process has, and what it says when there are no more."""

from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine

from mockportal.domain.storage_failures import StorageError, StorageFailure
from mockportal.storage.connections import AT_MOST, ConnectionPool


def test_each_thread_that_answers_may_have_two_connections(engine: Engine) -> None:
    with ExitStack() as held:
        for _ in range(AT_MOST):
            held.enter_context(engine.connect())

        assert isinstance(engine.pool, ConnectionPool)
        assert engine.pool.checkedout() == AT_MOST


def test_a_pool_without_a_free_connection_is_busy_storage(tmp_path: Path) -> None:
    engine = create_engine(
        f"sqlite:///{tmp_path / 'small.db'}",
        poolclass=ConnectionPool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=0.01,
    )

    with engine.connect(), pytest.raises(StorageError, match="becomes free") as fault:
        engine.connect()

    engine.dispose()
    assert fault.value.failure is StorageFailure.BUSY
