"""How a date that is not written in the flux's form was probably meant, and how it was read."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mockportal.domain.comparing import normalised
from mockportal.domain.paris_time import PARIS, unix_moment
from mockportal.domain.stray_signs import tidy

LONGEST_DATE = 100
"""Characters of the longest text that is read as a date: JavaScript's has some seventy."""
_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_EXCEL = date(1899, 12, 30)
"""Day 0 of Excel's and LibreOffice's numbers of days."""
_YOUNGEST = 14
"""Years of the youngest people who are certified: a two-digit year of birth is not nearer."""
_MONTHS = {
    "janvier": 1, "janv": 1, "jan": 1, "january": 1, "fevrier": 2, "fev": 2, "fevr": 2, "feb": 2,
    "february": 2, "mars": 3, "mar": 3, "march": 3, "avril": 4, "avr": 4, "apr": 4, "april": 4,
    "mai": 5, "may": 5, "juin": 6, "jun": 6, "june": 6, "juillet": 7, "juil": 7, "jul": 7,
    "july": 7, "aout": 8, "aou": 8, "aug": 8, "august": 8, "septembre": 9, "sept": 9, "sep": 9,
    "september": 9, "octobre": 10, "oct": 10, "october": 10, "novembre": 11, "nov": 11,
    "november": 11, "decembre": 12, "dec": 12, "december": 12,
}  # fmt: skip
"""French and English, whole and abridged, without accents."""
_NO_DATES = re.compile(
    r"0+(?:[/.\- ]0+)*(?:T?[0: ]*)|0001-01-01.*|01/01/0001.*|1900-01-00.*|00/01/1900.*|-1"
    r"|(?:2999|9999)\b.*|.*[/.\- ](?:2999|9999)|3000-01-01(?!\d).*|01[/.\- ]01[/.\- ]3000"
    r"|(?:3000|3999)-12-31(?!\d).*|31[/.\- ]12[/.\- ](?:3000|3999)"
)
"""What programs write of no date: zeros, the first day of a calendar, a year beyond all."""
_NO_LIMIT = re.compile(
    r"ILLIMIT|SANS (LIMITE|FIN|OBJET|DATE)|A VIE|PERMANENT|PERPETU|INDETERMIN|UNLIMITED|NEVER"
    r"|LIFETIME|AUCUNE?$|NON (CONNUE?|RENSEIGNEE?|LIMITEE?)"
)


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date, and how it was read, in French."""

    day: date
    how: str
    sure: bool = True
    """False where a part of it is an example, which the person must replace."""

    def __str__(self) -> str:
        """Return the date in the flux's form."""
        return self.day.isoformat()


def tells_no_date(text: str) -> bool:
    """Return whether a text says that there is no date, or no end."""
    plain = normalised(tidy(text))
    return bool(_NO_DATES.fullmatch(tidy(text)) or _NO_LIMIT.search(plain))


def read_date(text: str, today: date | None = None, *, of_birth: bool = False) -> ReadDate | None:
    """Return the day that a text probably means; None where nobody knows.

    Two-digit years are those nearest to ``today``; of a birth, the last ones at which a person is
    old enough.
    """
    bare = tidy(text)
    if len(bare) > LONGEST_DATE:
        return None
    centuries = _Centuries(today or date(2026, 1, 1), of_birth)
    for reader in _READERS:
        for read in reader(bare, centuries):
            if _FIRST_YEAR <= read.day.year <= _LAST_YEAR:
                return read
    mended = re.sub(r"(?<=[\d/.-])[oO](?=[\d/.-]|$)|^[oO](?=\d)", "0", bare)
    if mended != bare:
        read_again = read_date(mended, today, of_birth=of_birth)
        return read_again and ReadDate(read_again.day, "la lettre O lue comme un zéro")
    return None


@dataclass(frozen=True, slots=True)
class _Centuries:
    """Gives two-digit years their century."""

    today: date
    of_birth: bool

    def year(self, written: str) -> int:
        if len(written) > 2:
            return int(written)
        year = self.today.year // 100 * 100 + int(written)
        latest = self.today.year - _YOUNGEST if self.of_birth else self.today.year + 50
        return year - 100 if year > latest else year

    def distance(self, day: date) -> float:
        return abs((day - self.today).days)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_Reader = Callable[[str, _Centuries], Iterator[ReadDate]]
_ZONE = r"(?: ?(?:Z|UTC|GMT|(?:GMT|UTC)?[+-]\d{1,2}:?(?:\d{2})?)(?: ?[\[(].*[\])])?)?"
_HALF = r"(?: ?[AaPp]\.?[Mm]\.?)?"
_CLOCK = (
    rf"(?:(?:T|,? (?:à )?)?\d{{1,2}}(?:[:hH]\d{{0,2}})(?::\d{{2}})?(?:[.,]\d+)?{_HALF}{_ZONE})?"
)


def _iso(bare: str, _: _Centuries) -> Iterator[ReadDate]:
    match = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})(.*)", bare)
    day = _day(int(match[1]), int(match[2]), int(match[3])) if match else None
    if match is None or day is None:
        return
    if re.fullmatch(r"T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z", match[4]):
        moment = datetime.fromisoformat(bare).astimezone(PARIS)
        if moment.date() != day and moment.hour == 0:
            yield ReadDate(moment.date(), "minuit à Paris, écrit en temps universel")
            return
    yield ReadDate(day, "l'heure ou le fuseau laissés de côté" if match[4] else "telle quelle")


def _numbers(bare: str, centuries: _Centuries) -> Iterator[ReadDate]:
    match = re.fullmatch(rf"(?:le )?(\d{{1,4}})([/.\- ]) ?(\d{{1,2}})\2 ?(\d{{1,4}}){_CLOCK}", bare)
    if match:
        yield from _three(match[1], match[3], match[4], centuries)


def _three(first: str, month: str, last: str, centuries: _Centuries) -> Iterator[ReadDate]:
    readings = []
    orders: tuple[tuple[str, str, str, str], ...]
    if len(first) > 2:
        orders = (("année-mois-jour", first, month, last), ("année-jour-mois", first, last, month))
    elif len(last) > 2:
        orders = (
            ("jour/mois/année", last, month, first),
            ("mois/jour/année, l'ordre américain", last, first, month),
        )
    else:
        orders = (
            ("jour-mois-année", last, month, first),
            ("année-mois-jour", first, month, last),
            ("mois-jour-année, l'ordre américain", last, first, month),
        )
    for order, year, of_year, of_month in orders:
        if len(year) == 3 or (len(year) == 4 and year.startswith("00")):
            year = year[-2:]  # noqa: PLW2901  # a century that was lost
        day = _day(centuries.year(year), int(of_year), int(of_month))
        if day is not None:
            short = f", {year} comme {day.year}" if len(year) <= 2 else ""
            readings.append(ReadDate(day, f"lue {order}{short}"))
    if len(first) <= 2 and len(last) <= 2 and not centuries.of_birth:
        readings[:2] = sorted(readings[:2], key=lambda reading: centuries.distance(reading.day))
    yield from readings


def _compact(bare: str, centuries: _Centuries) -> Iterator[ReadDate]:
    match = re.fullmatch(r"(\d{8})(?:T?\d{4,6}Z?)?", bare)
    if match:
        text = match[1]
        if text[:2] in ("19", "20"):
            yield from _three(text[:4], text[4:6], text[6:], centuries)
        yield from _three(text[:2], text[2:4], text[4:], centuries)
    elif re.fullmatch(r"\d{6}", bare):
        yield from _three(bare[:2], bare[2:4], bare[4:], centuries)


def _words(bare: str, centuries: _Centuries) -> Iterator[ReadDate]:
    plain = " ".join(re.sub(r"[.,/\-]", " ", normalised(bare).lower()).split())
    plain = re.sub(r"(\d)(er|st|nd|rd|th)\b", r"\1", plain)
    names = "|".join(sorted(_MONTHS, key=len, reverse=True))
    month = rf"({names})"
    for pattern, order in (
        (rf"(?:.*\D)?(\d{{1,2}}) ?{month} ?(\d{{4}}|\d{{2}})\b.*", (3, 2, 1)),
        (rf"(?:.*\W)?{month} (\d{{1,2}}) (\d{{4}})\b.*", (3, 1, 2)),
        (rf"(?:.*\W)?{month} (\d{{1,2}}) [\d: ]+.* (\d{{4}})", (3, 1, 2)),
        (rf"(\d{{4}}) ?{month} ?(\d{{1,2}})\b.*", (1, 2, 3)),
    ):
        match = re.fullmatch(pattern, plain)
        if match:
            year, of_year, day = (match[at] for at in order)
            read = _day(centuries.year(year), _MONTHS[of_year], int(day))
            if read:
                yield ReadDate(read, f"« {of_year} » lu comme le mois {read.month:02}")
    match = re.fullmatch(rf"{month} (\d{{4}})", plain)
    first = _day(int(match[2]), _MONTHS[match[1]], 1) if match else None
    if first:
        yield ReadDate(first, "sans le jour", sure=False)


def _calendars(bare: str, _: _Centuries) -> Iterator[ReadDate]:
    match = re.fullmatch(r"(\d{4})-?W(\d{2})(?:-?([1-7]))?", bare, re.IGNORECASE)
    if match:
        weekday = int(match[3] or 1)
        try:
            day = date.fromisocalendar(int(match[1]), int(match[2]), weekday)
        except ValueError:
            return
        how = f"semaine {int(match[2])} de {match[1]}, " + (
            f"jour {weekday} (1 : lundi)" if match[3] else "dont le jour manque : le lundi"
        )
        yield ReadDate(day, how, sure=bool(match[3]))
    match = re.fullmatch(r"(\d{4})-?(\d{3})", bare)
    first = _day(int(match[1]), 1, 1) if match else None
    if match and first and 1 <= int(match[2]) <= 366:
        day = date.fromordinal(min(first.toordinal() + int(match[2]) - 1, date.max.toordinal()))
        if day.year == int(match[1]):
            how = f"le {int(match[2])}e jour de l'année {match[1]}"
            yield ReadDate(day, how, sure="-" in bare)


def _stamps(bare: str, _: _Centuries) -> Iterator[ReadDate]:
    moment = unix_moment(bare)
    if moment:
        yield ReadDate(moment[0].date(), moment[1])
    match = re.fullmatch(r"(\d{4,5})(?:[.,]\d+)?", bare)
    if match and len(match[1]) == 5:
        day = _EXCEL + timedelta(days=int(match[1]))
        yield ReadDate(day, "le numéro de jour d'un tableur")


def _in_part(bare: str, _: _Centuries) -> Iterator[ReadDate]:
    for pattern, order in (
        (r"(\d{4})[-/.](\d{1,2})(?:[-/.]0{1,2})?", (1, 2)),
        (r"(?:0{1,2}[-/.])?(\d{1,2})[-/.](\d{4})", (2, 1)),
    ):
        match = re.fullmatch(pattern, bare)
        month = _day(int(match[order[0]]), int(match[order[1]]), 1) if match else None
        if month:
            yield ReadDate(month, "sans le jour", sure=False)
    match = re.fullmatch(
        r"(\d{4})(?:\.0)?|(?:0{1,2}[-/.]){2}(\d{4})|(\d{4})(?:[-/.]0{1,2}){2}", bare
    )
    if match:
        year = int(next(digits for digits in match.groups() if digits))
        if _FIRST_YEAR <= year <= _LAST_YEAR:
            yield ReadDate(date(year, 1, 1), "sans le jour ni le mois", sure=False)


_READERS: tuple[_Reader, ...] = (
    _iso, _numbers, _compact, _words, _calendars, _stamps, _in_part,
)  # fmt: skip
