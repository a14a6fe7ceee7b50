"""Calls through Redis: carried at once, and never in anybody's way."""

import logging
import time
from secrets import token_hex
from threading import Thread

import pytest

from mockportal.calling import CalledAlarm, Exchange
from tests import services

NOBODY = "redis://127.0.0.1:1/0"
"""Where no Redis can be: that port takes a right that we do not ask for."""


@pytest.fixture
def redis() -> str:
    if services.REDIS is None:
        pytest.skip("no Redis answers on 127.0.0.1:6379")
    return services.REDIS


def seconds_asleep(alarm: CalledAlarm) -> float:
    begun = time.monotonic()
    alarm.sleep(5)
    return time.monotonic() - begun


def test_a_call_wakes_a_worker_that_has_another_exchange(redis: str) -> None:
    secret = token_hex()
    alarm, caller = CalledAlarm(Exchange(redis, secret)), Exchange(redis, secret)

    caller.call()

    assert seconds_asleep(alarm) < 0.8


def test_without_a_call_a_worker_looks_every_second(redis: str) -> None:
    alarm = CalledAlarm(Exchange(redis, token_hex()))

    assert 0.9 < seconds_asleep(alarm) < 3


def test_the_calls_of_another_portal_are_not_heard(redis: str) -> None:
    alarm, other = CalledAlarm(Exchange(redis, token_hex())), Exchange(redis, token_hex())

    other.call()

    assert seconds_asleep(alarm) > 0.9


def test_two_workers_share_the_calls(redis: str) -> None:
    secret = token_hex()
    alarms = [CalledAlarm(Exchange(redis, secret)) for _ in range(2)]
    caller = Exchange(redis, secret)
    slept: list[float] = []
    threads = [Thread(target=lambda a=one: slept.append(seconds_asleep(a))) for one in alarms]
    for thread in threads:
        thread.start()
    for _ in alarms:
        caller.call()
    for thread in threads:
        thread.join()

    assert all(one < 0.8 for one in slept)


def test_a_call_returns_at_once_where_no_redis_is() -> None:
    caller = Exchange(NOBODY, "secret")
    begun = time.monotonic()

    for _ in range(1_000):
        caller.call()

    assert time.monotonic() - begun < 0.5


def test_without_redis_a_worker_looks_as_often_as_without_a_queue() -> None:
    assert seconds_asleep(CalledAlarm(Exchange(NOBODY, "secret"))) < 2


def test_a_redis_that_is_gone_is_told_of_once(caplog: pytest.LogCaptureFixture) -> None:
    alarm = CalledAlarm(Exchange(NOBODY, "secret"))

    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            alarm.sleep(0)

    assert len([one for one in caplog.records if "Redis does not answer" in one.message]) == 1


def test_an_address_of_no_redis_is_misuse() -> None:
    with pytest.raises(OSError, match="redis://HOST"):
        Exchange("http://127.0.0.1", "secret")
