"""Time goes on evenly where clocks are put forward and back."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from mockportal.domain.clocks import WorldClock, after, days_after
from mockportal.domain.keeping import Keeping
from mockportal.domain.processing import Mode, Processing

PARIS = ZoneInfo("Europe/Paris")
CHANGES = [datetime(2026, 3, 28, 12, 0, tzinfo=PARIS), datetime(2026, 10, 24, 12, 0, tzinfo=PARIS)]
"""The day before clocks are put forward, and before they are put back."""


def between(first: datetime, second: datetime) -> timedelta:
    return second.astimezone(UTC) - first.astimezone(UTC)


@pytest.mark.parametrize("received", CHANGES)
def test_a_delay_of_two_days_takes_as_many_seconds(received: datetime) -> None:
    due = Processing(Mode.DELAY, 172_800).due(received, lambda _day: True)

    assert due is not None
    assert between(received, due) == timedelta(seconds=172_800)
    assert due.tzinfo is PARIS


@pytest.mark.parametrize("moment", CHANGES)
def test_a_clock_set_off_shows_what_it_was_set_to(moment: datetime) -> None:
    shown = after(moment, timedelta(days=2)).astimezone(PARIS)

    clock = WorldClock().at(shown, moment)

    assert clock.offset == timedelta(days=2)
    assert clock.now(moment) == shown.astimezone(UTC)
    assert between(clock.now(moment), clock.now(shown)) == timedelta(days=2)


@pytest.mark.parametrize("now", CHANGES)
def test_what_is_kept_for_days_is_kept_for_full_ones(now: datetime) -> None:
    later = after(now, timedelta(days=2)).astimezone(PARIS)

    assert Keeping(days=2).ended_before(later) == now.astimezone(UTC)


@pytest.mark.parametrize(("moment", "hours"), list(zip(CHANGES, (48, 49), strict=True)))
def test_days_later_is_the_same_time_of_day_and_full_days_at_least(
    moment: datetime, hours: int
) -> None:
    assert between(moment, days_after(moment, 2)) == timedelta(hours=hours)
