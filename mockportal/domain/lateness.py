"""The three-month rule: Code du travail, articles R. 6113-17-2 et suivants (DOCUMENTED).

It binds for what was awarded since 1 July 2021. The day of the award is taken to be the first of
validity, that of the parchment; that the portal refuses nothing for it is not known (ASSUMED).
"""

from calendar import monthrange
from datetime import date
from functools import lru_cache

MONTHS_TO_TRANSMIT = 3
COMPULSORY_SINCE = date(2021, 7, 1)
"""What was awarded before may be sent, need not be, and is never late."""


def is_late(awarded: date, received: date) -> bool:
    """Tell whether a passage awarded on one day and received on another was sent too late."""
    return awarded >= COMPULSORY_SINCE and received > last_day_in_time(awarded)


@lru_cache(maxsize=1024)
def last_day_in_time(awarded: date) -> date:
    """Return the last day in time: the same day three months on, or that month's last."""
    months = awarded.year * 12 + awarded.month - 1 + MONTHS_TO_TRANSMIT
    year, month = divmod(months, 12)
    day = min(awarded.day, monthrange(year, month + 1)[1])
    return date(year, month + 1, day)
