"""Reports for a CI: JUnit XML, a passage a test case."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mockportal.telling import advice_of, error_lines, reasons_of
from mockportal.wire.junit import Case, Problem

Outcomes = Iterable[tuple[str, str | None]]
"""Passages: the identifier of each, and the message of a KO."""


def cases_of_passages(outcomes: Outcomes, passages: Iterable[Mapping[str, Any]]) -> Iterator[Case]:
    """Yield the passages of a treated file: what explains a KO stands in its failure.

    ``passages`` are those of an explanation, in the order in which ``outcomes`` has the KO.
    """
    explained = iter(passages)
    names = _Names()
    for technical_id, message in outcomes:
        if message is None:
            yield Case(names.of(technical_id, last=True))
            continue
        passage = next(explained, None)
        if passage is not None and passage["technical_id"] != technical_id:
            raise ValueError(f"the KO {technical_id!r} is not explained where it should be")
        yield Case(names.of(technical_id), _failure(message, passage))


class _Names:
    """Names of test cases, those that come again with a number."""

    def __init__(self) -> None:
        """Begin with none."""
        self._times: Counter[str] = Counter()

    def of(self, name: str, *, last: bool = False) -> str:
        """Return the name of the next case; a ``last`` one is not seen again, nor remembered."""
        times = self._times[name] + 1
        if not last:
            self._times[name] = times
        return name if times == 1 else f"{name} ({times})"


def cases_of_errors(errors: Iterable[Mapping[str, Any]]) -> Iterator[Case]:
    """Yield a failed test case for each error of a file that the first control refused."""
    names = _Names()
    for error in errors:
        text = "\n".join(error_lines(error))
        yield Case(
            names.of(f"line {error['line']}, column {error['column']}"),
            Problem(error["message"], "REFUSED", text),
        )


def cases_of_fault(message: str) -> list[Case]:
    """Return the case of a file of which nothing is known: no deposit, or no answer."""
    return [Case("deposit", Problem(message, "FAULT", error=True))]


def _failure(message: str, passage: Mapping[str, Any] | None) -> Problem:
    if passage is None:
        return Problem(message, "KO")
    text = "\n".join([message, *reasons_of(passage), *advice_of(passage)])
    return Problem(message, passage["code"], text)
