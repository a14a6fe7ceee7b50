"""The written forms of dates and times, as Java's validator reads them."""

import re

_DATE = r"(?P<year>-?(?:[1-9][0-9]{4,}|[0-9]{4}))-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
_TIME = r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})(?P<fraction>\.[0-9]+)?"
_ZONE = r"(?:Z|[+-](?P<zone_hour>[0-9]{2}):(?P<zone_minute>[0-9]{2}))?"
_FORMS = {
    "date": re.compile(_DATE + _ZONE + r"\Z"),
    "dateTime": re.compile(_DATE + "T" + _TIME + _ZONE + r"\Z"),
    "time": re.compile(_TIME + _ZONE + r"\Z"),
}
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FURTHEST_ZONE = 14


def is_calendar_value(kind: str, text: str) -> bool:
    """Return whether ``text`` is written as a ``date``, ``dateTime`` or ``time`` and exists."""
    match = _FORMS[kind].match(text)
    if match is None:
        return False
    parts = match.groupdict()
    return _day_exists(parts) and _time_exists(parts) and _zone_exists(parts)


def _day_exists(parts: dict[str, str | None]) -> bool:
    if parts.get("year") is None:
        return True
    month, day = int(parts["month"] or 0), int(parts["day"] or 0)
    year = int((parts["year"] or "")[-4:])
    if parts["year"] in ("0000", "-0000") or not 1 <= month <= len(_DAYS):
        return False
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 1 <= day <= _DAYS[month - 1] + leap


def _time_exists(parts: dict[str, str | None]) -> bool:
    if parts.get("hour") is None:
        return True
    hour, minute, second = (int(parts[name] or 0) for name in ("hour", "minute", "second"))
    if hour == 24:
        return minute == 0 and second == 0 and not (parts["fraction"] or "").strip(".0")
    return hour < 24 and minute < 60 and second < 60


def _zone_exists(parts: dict[str, str | None]) -> bool:
    hour, minute = int(parts["zone_hour"] or 0), int(parts["zone_minute"] or 0)
    return minute < 60 and (hour < _FURTHEST_ZONE or (hour == _FURTHEST_ZONE and minute == 0))
