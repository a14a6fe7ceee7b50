"""What ``check`` prints of an error of the first control: the place, what it means, the cure."""

import unicodedata
from collections.abc import Iterable

from mockportal.cli.output import say
from mockportal.domain.file_errors import ContextLine
from mockportal.journeys.explain import ExplainedError

_MARGIN = "      "


def print_errors(errors: Iterable[ExplainedError]) -> None:
    """Print errors; advice that an earlier one already gave is named by its line, not repeated."""
    given: dict[tuple[str, str], int] = {}
    for explained in errors:
        error, place = explained.error, explained.error.place
        say(f"  line {error.line}, column {error.column}: {error.message}")
        if explained.echo:  # the second message of a pair is printed alone
            continue
        if place and place.path:
            passage = f", idTechnique {place.technical_id}" if place.technical_id else ""
            say(f"{_MARGIN}in {place.path}{passage}")
        for line in place.context if place else ():
            _print_line(line)
        advice = (explained.advice.happened, explained.advice.mend)
        if advice in given:
            say(f"{_MARGIN}(as for line {given[advice]})")
            continue
        given[advice] = error.line
        for sentence in advice:
            say(f"{_MARGIN}{sentence}")


def _print_line(line: ContextLine) -> None:
    before, after = "… " if line.cut_before else "", " …" if line.cut_after else ""
    number = f"{line.number:>8} | "
    text = line.text.expandtabs(1)
    say(f"{number}{before}{text}{after}", dim=line.mark is None)
    if line.mark is not None:
        start, stop = line.mark
        blank = " " * (len(number) - 2) + "| " + " " * _width(before + text[:start])
        say(blank + "^" * max(_width(text[start:stop]), 1), fg="yellow")


def _width(text: str) -> int:
    """Return the columns that a text takes on a terminal."""
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        for sign in text
    )
