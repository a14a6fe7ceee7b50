"""How values look on a page. Words stay in the templates: these are filters without any."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from difflib import SequenceMatcher
from typing import Any
from zoneinfo import ZoneInfo

from mockportal.domain.comparing import normalised
from mockportal.domain.file_errors import ContextLine
from mockportal.domain.mails import Letter

_PARIS = ZoneInfo("Europe/Paris")
_NARROW_SPACE = "\u202f"
_LEAST_ALIKE = 0.5
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def in_paris(moment: datetime) -> datetime:
    """Return the same moment as clocks in Paris show it."""
    return moment.astimezone(_PARIS)


def grouped(number: int) -> str:
    """Return a number with its thousands apart, as French writes them."""
    return f"{number:,}".replace(",", _NARROW_SPACE)


def decimal(number: float) -> str:
    """Return a number with at most one decimal, after a comma."""
    return f"{number:.1f}".removesuffix(".0").replace(".", ",")


def share(part: int, whole: int) -> str:
    """Return a part of a whole as an SVG length in per cent."""
    return f"{100 * part / whole:.3f}%" if whole else "0%"


def rate(part: int, whole: int) -> str:
    """Return a part of a whole in per cent, never rounded up: only all of it makes 100 %."""
    return f"{decimal(1000 * part // whole / 10)}\u00a0%" if whole else "0\u00a0%"


def spaced(text: str) -> str:
    """Return French text, markup or not, whose signs do not part from their words."""
    return type(text)(re.sub(r" (?=[»:;?!])|(?<=«) ", "\u00a0", text))


def is_day(text: str) -> bool:
    """Tell whether a text is a day as a field of the type ``date`` holds it."""
    return _DAY.fullmatch(text) is not None and _is_of_the_calendar(text)


def at_signs(address: str) -> list[str]:
    """Return an e-mail address in pieces, each of which begins with its ``@`` or dot."""
    return re.split(r"(?=[@.])", address)


def flux_words(name: str) -> list[str]:
    """Return a name or a code of the flux in pieces, between which a line may end."""
    return re.split(r"(?<=[a-z])(?=[A-Z])|(?<=_)", name)


def without_places(text: str) -> str:
    """Return a message of the catalogue with an ellipsis for each fact that a receipt fills in.

    No line begins with one.
    """
    return re.sub(r"\{\w+\}", "…", text).replace("….", "…").replace(" …", "\u00a0…")


def marked(text: str, other: str) -> list[tuple[str, bool]]:
    """Return a text in pieces, each with whether it is absent from ``other``.

    Letters compare as the portal compares them, so an accent alone is not marked. Texts that have
    little in common are one piece.
    """
    matcher = SequenceMatcher(None, _signs(text), _signs(other), autojunk=False)
    if matcher.ratio() < _LEAST_ALIKE:
        return [(text, True)]
    return [
        (text[start:end], tag != "equal")
        for tag, start, end, _, _ in matcher.get_opcodes()
        if start < end
    ]


def margin(lines: Sequence[ContextLine]) -> int:
    """Return how many blanks all lines of an excerpt begin with; none where one is cut there."""
    if any(one.cut_before for one in lines):
        return 0
    return min((_blanks(one.text) for one in lines if one.text.strip()), default=0)


def shortened(text: str, most: int = 60) -> str:
    """Return a text of one line with its middle left out, where it is longer than ``most``."""
    if len(text) <= most:
        return text
    return f"{text[: most // 2]}…{text[-(most // 3) :]}"


def with_links(letter: Letter) -> list[tuple[str, bool]]:
    """Return the text of a mail in pieces, each with whether it is an address to follow."""
    if not letter.links:
        return [(letter.text, False)]
    pieces = re.split("(" + "|".join(map(re.escape, letter.links)) + ")", letter.text)
    return [(piece, piece in letter.links) for piece in pieces if piece]


def _is_of_the_calendar(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _blanks(text: str) -> int:
    return len(text) - len(text.lstrip())


def _signs(text: str) -> list[str]:
    return [normalised(sign) for sign in text]


FILTERS: dict[str, Callable[..., Any]] = {
    "at_signs": at_signs,
    "decimal": decimal,
    "flux_words": flux_words,
    "grouped": grouped,
    "in_paris": in_paris,
    "is_day": is_day,
    "margin": margin,
    "marked": marked,
    "rate": rate,
    "share": share,
    "shortened": shortened,
    "spaced": spaced,
    "with_links": with_links,
    "without_places": without_places,
}
