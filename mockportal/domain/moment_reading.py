"""How a date with a time was probably meant: its hour is kept, with the day's own offset."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mockportal.domain.date_reading import LONGEST_DATE, read_date
from mockportal.domain.paris_time import PARIS, unix_moment
from mockportal.domain.stray_signs import tidy

_CLOCK = re.compile(
    r"(?:(?<=\d)T|(?<![\d:.,/-]))(?P<hour>\d{1,2}) ?(?:[:hH] ?(?P<minute>\d{1,2})?)"
    r"(?:(?: ?(?:[:mM]|min) ?)(?P<second>\d{1,2})s?)?(?P<fraction>[.,]\d+)?"
    r"(?P<half> ?[AaPp]\.?[Mm]\b\.?)?"
)
_COMPACT = re.compile(r"(\d{8})T?(\d{2})(\d{2})(\d{2})?(?P<fraction>[.,]\d+)?")
_SERIAL = re.compile(r"(\d{5})([.,]\d+)")
_OFFSET = re.compile(r" ?(?:UTC|GMT)? ?([+-]) ?(\d{1,2}):?(\d{2})?\b")
_UNIVERSAL = re.compile(r"(?:(?<=\d)| )(?:Z|UTC|GMT)\b(?![+-])")
_WINTER, _SUMMER = re.compile(r"\b(?:CET|MET)\b"), re.compile(r"\b(?:CEST|MEST)\b")
_DAY_SECONDS = 86_400
_NOON = (12, 0, 0)


@dataclass(frozen=True, slots=True)
class ReadMoment:
    """A time in the flux's form, and how it was read, in French."""

    written: str
    how: tuple[str, ...]
    has_hour: bool = True
    """False where the file gives none: the hour is an example, which the person must replace."""


def offset_in_paris(day: datetime) -> str:
    """Return the offset of Paris at a local time, as the flux writes it."""
    offset = day.replace(tzinfo=PARIS).strftime("%z")
    return f"{offset[:3]}:{offset[3:]}"


def read_moment(text: str, today: date | None = None) -> ReadMoment | None:
    """Return the time that a text probably means; None where not even its day can be read."""
    bare = _of_this_shape(tidy(text))
    if len(bare) > LONGEST_DATE:
        return None
    if re.match(r"(?:19|20)\d{10}(?:\d\d)?(?!\d)", bare):
        read = _compact(bare, today)
        if read:
            return read
    unix = unix_moment(bare)
    if unix:
        return _written(unix[0].replace(tzinfo=None), "", f"{unix[1]}, lu à l'heure de Paris")
    serial = _SERIAL.fullmatch(bare)
    if serial:
        day = read_date(serial[1], today)
        seconds = round(float("0." + serial[2][1:]) * _DAY_SECONDS)
        if day:
            local = _at(day.day) + timedelta(seconds=seconds)
            return _written(local, "", day.how)
    if _COMPACT.match(bare):
        return _compact(bare, today)
    clock_match = _CLOCK.search(bare)
    if clock_match is None or not _hour(clock_match):
        day = read_date(bare, today)
        if day is None:
            return None
        local = _at(day.day, _NOON)
        how = () if day.how == "telle quelle" else (day.how,)
        return ReadMoment(f"{local.isoformat()}{offset_in_paris(local)}", how, has_hour=False)
    before, after = bare[: clock_match.start()], bare[clock_match.end() :]
    hour, minute = _hour(clock_match) or (0, 0)
    clock = (hour, minute, int(clock_match["second"] or 0))
    rest = re.sub(r"\b(19|20)\d\d$", "", after)
    year = after[len(rest) :]
    day_part = re.sub(r"(?:,| à)$", "", before.strip()).strip()
    return _read(f"{day_part} {year}".strip(), clock, rest, today, clock_match["fraction"] or "")


def _compact(bare: str, today: date | None) -> ReadMoment | None:
    compact = _COMPACT.match(bare)
    if compact is None:
        return None
    clock = (int(compact[2]), int(compact[3]), int(compact[4] or 0))
    return _read(compact[1], clock, bare[compact.end() :], today, compact["fraction"] or "")


def _read(
    day_part: str, clock: tuple[int, int, int], rest: str, today: date | None, fraction: str
) -> ReadMoment | None:
    read = read_date(day_part, today)
    if read is None:
        return None
    try:
        local = _at(read.day, clock)
    except ValueError:
        return None
    how = (
        []
        if read.how in ("telle quelle", "lue année-mois-jour")
        else [f"date {read.how}".replace("date «", "«")]
    )
    if fraction:
        how.append("fraction de seconde retirée")
    offset = _offset(rest)
    if offset is None and _UNIVERSAL.search(rest if rest.startswith(" ") else f"0{rest}"):
        offset = "+00:00"
        how.append("Z, le temps universel, s'écrit +00:00")
    return _written(local, offset or "", *how)


def _written(local: datetime, offset: str, *how: str) -> ReadMoment:
    own = offset or offset_in_paris(local)
    season = "" if offset else (
        f"{own} est le décalage de Paris ce jour-là, en {'été' if own == '+02:00' else 'hiver'}"
    )  # fmt: skip
    return ReadMoment(
        f"{local.replace(microsecond=0, tzinfo=None).isoformat()}{own}",
        tuple(remark for remark in (*how, season) if remark),
    )


def _offset(rest: str) -> str | None:
    """Return the offset that follows a time; None for none, or one that no place on earth has."""
    match = _OFFSET.match(rest) or _OFFSET.match(rest.lstrip())
    if match is None:
        if _SUMMER.search(rest):
            return "+02:00"
        return "+01:00" if _WINTER.search(rest) else None
    hours, minutes = int(match[2]), int(match[3] or 0)
    if hours > 14 or minutes > 59 or (hours == 14 and minutes):
        return None
    return f"{match[1]}{hours:02}:{minutes:02}"


def _hour(match: re.Match[str]) -> tuple[int, int] | None:
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    half = (match["half"] or "").strip().lower()[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return (hour, minute) if hour <= 24 and minute < 60 else None


def _at(day: date, clock: tuple[int, int, int] = (0, 0, 0)) -> datetime:
    """Return a local time; 24:00 is the next day's first moment."""
    hour, minute, second = clock
    start = datetime(day.year, day.month, day.day)  # noqa: DTZ001  # local, its offset is written
    if hour > 24 or minute > 59 or second > 60 or (hour == 24 and (minute or second)):
        raise ValueError("no such time")
    return start + timedelta(hours=hour, minutes=minute, seconds=min(second, 59))


def _of_this_shape(bare: str) -> str:
    """Return a text with T and Z in capitals, colons in its time, no zone after a day alone."""
    bare = re.sub(r"(?<=\d)t(?=\d)", "T", bare)
    bare = re.sub(r"(?<=\d)z\b", "Z", bare)
    bare = re.sub(r"(?<=\d[T ])(\d{2})[-.](\d{2})[-.](\d{2})", r"\1:\2:\3", bare)
    return re.sub(r"\A(\d{4}-\d{2}-\d{2})[+-]\d{2}:\d{2}\Z", r"\1", bare)
