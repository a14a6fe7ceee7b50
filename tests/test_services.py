"""The services that CI has: their absence may pass elsewhere, not there."""

import pytest

from tests import services


def test_postgresql_is_tested_on() -> None:
    if services.POSTGRESQL is None:
        pytest.skip("no PostgreSQL answers on 127.0.0.1:5432")

    assert services.POSTGRESQL.startswith("postgresql")


def test_redis_is_tested_on() -> None:
    if services.REDIS is None:
        pytest.skip("no Redis answers on 127.0.0.1:6379")

    assert services.REDIS.startswith("redis")
