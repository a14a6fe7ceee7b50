"""The hour of Paris, in winter and in summer, and Unix times in it."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
"""The time zone of the portal, with its summer time by the tz database."""
_UNITS = ((0, "secondes"), (3, "millisecondes"), (6, "microsecondes"), (9, "nanosecondes"))


def unix_moment(bare: str) -> tuple[datetime, str] | None:
    """Return the moment in Paris that a Unix time means, and how it was read; None for others."""
    match = re.fullmatch(r"(?:/Date\()?(\d{9,19})(?:[.,]\d+)?(?:[+-]\d{4})?(?:\)/)?", bare)
    if match is None:
        return None
    digits = match[1]
    for places, unit in _UNITS:
        if len(digits) - places in (9, 10):
            seconds = int(digits) // 10**places
            moment = datetime.fromtimestamp(seconds, UTC).astimezone(PARIS)
            return moment, f"le temps Unix, en {unit}"
    return None
