"""A lock that another program holds in PostgreSQL is waited for no longer than is said."""

from threading import Thread

import pytest
from sqlalchemy import text

from mockportal.domain.storage_failures import StorageError, StorageFailure
from mockportal.storage.postgresql import one_start_at_a_time, open_postgresql

_RUNAWAY = 30.0


def test_a_locked_table_is_trouble_that_passes(postgresql_url: str) -> None:
    engine = open_postgresql(postgresql_url, busy=0.1)
    other = open_postgresql(postgresql_url)
    with other.connect() as holder, holder.begin():
        holder.execute(text("LOCK TABLE deposits IN ACCESS EXCLUSIVE MODE"))

        with pytest.raises(StorageError) as fault, engine.begin() as connection:
            connection.execute(text("UPDATE deposits SET attempts = 0"))

    assert fault.value.failure is StorageFailure.BUSY
    with engine.begin() as connection:
        connection.execute(text("UPDATE deposits SET attempts = 0"))
    engine.dispose()
    other.dispose()


def test_whoever_starts_waits_for_another_start_as_long_as_it_takes(postgresql_url: str) -> None:
    engine = open_postgresql(postgresql_url, busy=0.1)
    other = open_postgresql(postgresql_url)

    def start() -> None:
        with one_start_at_a_time(engine):
            pass

    with one_start_at_a_time(other):
        starting = Thread(target=start)
        starting.start()
        starting.join(1.0)
        waits = starting.is_alive()
    starting.join(_RUNAWAY)

    assert waits
    assert not starting.is_alive()
    engine.dispose()
    other.dispose()
