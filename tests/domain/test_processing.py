"""When the second control falls due, as tables."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from mockportal.calendars import is_working_day
from mockportal.domain.processing import Mode, Processing, processing_of

PARIS = ZoneInfo("Europe/Paris")


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("received", "days", "due"),
    [
        ("2026-03-02 10:00", 1, "2026-03-03 10:00"),  # Monday
        ("2026-03-02 10:00", 5, "2026-03-09 10:00"),  # over a weekend
        ("2026-03-06 10:00", 1, "2026-03-09 10:00"),  # Friday
        ("2026-03-07 10:00", 1, "2026-03-09 10:00"),  # Saturday
        ("2026-03-08 23:59", 1, "2026-03-09 23:59"),  # Sunday
        ("2026-03-07 10:00", 2, "2026-03-10 10:00"),
        ("2026-03-27 10:00", 1, "2026-03-30 10:00"),  # the clocks change: the hour stays
        ("2026-03-27 02:30", 2, "2026-03-31 02:30"),
        ("2026-04-03 10:00", 1, "2026-04-07 10:00"),  # Good Friday is worked, Easter Monday not
        ("2026-04-30 10:00", 1, "2026-05-04 10:00"),  # the first of May, a Friday
        ("2026-05-13 10:00", 2, "2026-05-18 10:00"),  # Ascension, a Thursday
        ("2026-07-13 10:00", 1, "2026-07-15 10:00"),  # the fourteenth of July
        ("2026-12-24 10:00", 1, "2026-12-28 10:00"),  # Christmas, a Friday
        ("2026-12-31 10:00", 1, "2027-01-04 10:00"),  # the first of January, a Friday
    ],
)
def test_working_days_leave_out_weekends_and_public_holidays(
    received: str, days: int, due: str
) -> None:
    processing = Processing(Mode.WORKING_DAYS, days)

    assert processing.due(paris(received), is_working_day) == paris(due)


def test_the_hour_of_the_day_stays_when_the_clocks_change() -> None:
    received = paris("2026-03-27 10:00")

    due = Processing(Mode.WORKING_DAYS, 1).due(received, is_working_day)

    assert due is not None
    assert received.utcoffset() != due.utcoffset()
    assert due.hour == received.hour


@pytest.mark.parametrize(
    ("processing", "due"),
    [
        (Processing(), "2026-03-07 10:00"),
        (Processing(Mode.DELAY, 0), "2026-03-07 10:00"),
        (Processing(Mode.DELAY, 90), "2026-03-07 10:01:30"),
        (Processing(Mode.POLLS, 3), None),
        (Processing(Mode.MANUAL), None),
    ],
)
def test_the_other_modes_know_no_calendar(processing: Processing, due: str | None) -> None:
    found = processing.due(paris("2026-03-07 10:00"), lambda _: False)

    assert found == (paris(due) if due else None)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 3, 6), True),
        (date(2026, 3, 7), False),
        (date(2026, 4, 3), True),  # a holiday in Alsace and Moselle alone
        (date(2026, 5, 8), False),
        (date(2026, 11, 11), False),
        (date(2026, 12, 26), False),
        (date(2030, 12, 26), True),  # likewise
    ],
)
def test_a_working_day_is_one_of_metropolitan_france(day: date, worked: bool) -> None:
    assert is_working_day(day) is worked


@pytest.mark.parametrize(
    "words",
    ["immediate", "manual", "delay=0", "delay=172800", "working_days=2", "polls=1"],
)
def test_words_mean_what_they_are_written_from(words: str) -> None:
    assert str(processing_of(words)) == words


@pytest.mark.parametrize(
    "words",
    [
        "", "later", "immediate=1", "delay", "delay=", "delay=-1", "delay=1.5", "delay=٣",
        "polls=0", "polls", "working_days=0", "working_days=1000", "working_days", "manual=",
        "delay=1000000000",
    ],
)  # fmt: skip
def test_other_words_mean_nothing(words: str) -> None:
    assert processing_of(words) is None
