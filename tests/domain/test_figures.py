"""Months in a row, and the shares that are shown of them."""

from datetime import date

from mockportal.domain.figures import Figures, Month, Volumes
from tests.builders import NOON


def figures(*months: Month) -> Figures:
    return Figures(NOON, Volumes(files=1, accepted=2, rejected=3), months, ())


def names(months: tuple[Month, ...]) -> list[tuple[int, int]]:
    return [(one.year, one.month) for one in months]


def test_months_without_a_treatment_stand_between_those_with_one() -> None:
    known = Month(year=2026, month=11, accepted=4)

    shown = figures(known, Month(year=2027, month=1)).latest_months(date(2027, 2, 3))

    assert names(shown) == [(2026, 11), (2026, 12), (2027, 1), (2027, 2)]
    assert shown[0] == known
    assert shown[1].treated == 0


def test_at_most_a_year_is_shown() -> None:
    shown = figures(Month(year=2024, month=1), Month(year=2026, month=3)).latest_months(
        date(2026, 3, 1)
    )

    assert names(shown)[0] == (2025, 4)
    assert len(shown) == 12


def test_a_clock_that_went_back_hides_nothing() -> None:
    shown = figures(Month(year=2026, month=10)).latest_months(date(2026, 1, 1))

    assert names(shown) == [(2026, 10)]


def test_nothing_treated_is_no_month() -> None:
    assert figures().latest_months(date(2026, 1, 1)) == ()


def test_a_month_that_is_not_there_is_empty() -> None:
    one = Month(year=2026, month=10, rejected=2)

    assert figures(one).month(Month(year=2026, month=10, late=9)) == one
    assert figures(one).month(Month(year=2026, month=9)).treated == 0


def test_the_size_is_what_a_count_goes_through() -> None:
    assert figures().size == 6
