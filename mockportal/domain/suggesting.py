"""How a value was probably meant, in the form that the schema wants."""

import re
from difflib import get_close_matches

from mockportal.domain.file_errors import Form

_DAY_FIRST = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[/.\- ](\d{1,2})[/.\- ](\d{1,2})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MOMENT = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2})[T ](?P<time>\d{2}:\d{2})(?P<seconds>:\d{2})?(?:[.,]\d+)?"
    r"(?P<zone>Z|[+-]\d{2}:?\d{2})?"
)
_TRUE = {"oui", "o", "vrai", "true", "yes", "y", "1"}
_FALSE = {"non", "n", "faux", "false", "no", "0"}


def suggested(value: str, form: Form) -> str:
    """Return the value in the right form; empty when it cannot be guessed."""
    bare = value.strip()
    match form:
        case Form.DATE:
            return _date(bare)
        case Form.DATE_TIME:
            return _moment(bare)
        case Form.BOOLEAN:
            word = bare.casefold()
            return "true" if word in _TRUE else "false" if word in _FALSE else ""
        case Form.INTEGER:
            whole = re.fullmatch(r"(\d+)[.,]0+", bare.replace(" ", ""))
            return whole[1] if whole else ""
        case _:
            return ""


def closest(word: str, words: tuple[str, ...]) -> str:
    """Return the one of ``words`` that is written most like ``word``; empty when none is near."""
    plain = {one.casefold(): one for one in words}
    found = get_close_matches(word.strip().casefold(), plain, n=1, cutoff=0.75)
    return plain[found[0]] if found else ""


def _date(bare: str) -> str:
    moment = re.match(r"(\d{4}-\d{2}-\d{2})(?:[T ].*|Z|[+-]\d{2}:\d{2})\Z", bare)
    if moment:
        return moment[1]
    day_first = _DAY_FIRST.fullmatch(bare)
    if day_first:
        day, month, year = day_first.groups()
    else:
        year_first = _YEAR_FIRST.fullmatch(bare) or _COMPACT.fullmatch(bare)
        if year_first is None:
            return ""
        year, month, day = year_first.groups()
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return ""
    return f"{year}-{int(month):02}-{int(day):02}"


def _moment(bare: str) -> str:
    moment = _MOMENT.fullmatch(bare)
    if moment is None:
        day = _date(bare)
        return f"{day}T00:00:00+01:00" if day else ""
    zone = moment["zone"] or "+01:00"
    if zone == "Z":
        zone = "+00:00"
    if ":" not in zone:
        zone = f"{zone[:3]}:{zone[3:]}"
    return f"{moment['date']}T{moment['time']}{moment['seconds'] or ':00'}{zone}"
