"""The three-month rule: article R. 6113-17-3 of the Code du travail. The portal refuses nothing."""

from calendar import monthrange
from datetime import date
from functools import lru_cache

MONTHS_TO_TRANSMIT = 3


def is_late(awarded: date, received: date) -> bool:
    """Tell whether a passage awarded on one day and received on another was sent too late."""
    return received > last_day_in_time(awarded)


@lru_cache(maxsize=1024)
def last_day_in_time(awarded: date) -> date:
    """Return the last day in time: the same day three months on, or that month's last."""
    months = awarded.year * 12 + awarded.month - 1 + MONTHS_TO_TRANSMIT
    year, month = divmod(months, 12)
    day = min(awarded.day, monthrange(year, month + 1)[1])
    return date(year, month + 1, day)
