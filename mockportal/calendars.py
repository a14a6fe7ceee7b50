"""Which days are worked in France: Monday to Friday, but for the public holidays."""

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase

_SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Tell whether a day is worked in metropolitan France, Alsace and Moselle not set apart."""
    return day.weekday() < _SATURDAY and day not in _public_holidays()


@cache
def _public_holidays() -> "HolidayBase":
    from holidays import country_holidays  # noqa: PLC0415  # a start does not pay for it

    return country_holidays("FR")
