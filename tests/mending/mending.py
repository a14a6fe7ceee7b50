"""Follows the advice on a file, error after error, and says what came of it."""

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cache
from pathlib import Path

from mockportal.domain.advising import advice_on
from mockportal.domain.deposits import FileError
from mockportal.domain.file_errors import Fault, Place
from mockportal.domain.schema_elements import SchemaElement
from mockportal.wire.contexts import with_contexts
from mockportal.wire.first_control import names_of
from mockportal.wire.schema_elements import schema_elements
from mockportal.wire.validation import CompiledSchema, compile_schema, validate
from tests.mending.applying import applied
from tests.mending.faults import Faulty, faulty_files

_XSD = Path(__file__).parents[2] / "xsd"
TODAY = date(2026, 3, 30)


class Outcome(Enum):
    """What came of following the advice."""

    MENDED = "mended"
    TO_COMPLETE = "mended, with a value to complete"
    """It passes the schema, and holds an example where only the person's own value is right."""
    NO_CHANGE = "no change is proposed"
    STILL_WRONG = "still wrong"


@dataclass(slots=True)
class Tally:
    """What came of many files."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    by_kind: Counter[tuple[str, Outcome]] = field(default_factory=Counter)
    failures: list[tuple[Faulty, Outcome, list[str]]] = field(default_factory=list)

    @property
    def passing(self) -> float:
        """Return the share of the files that pass the schema."""
        good = self.outcomes[Outcome.MENDED] + self.outcomes[Outcome.TO_COMPLETE]
        return good / max(self.outcomes.total(), 1)


def _path(version: str) -> Path:
    return _XSD / f"flux-{version}.xsd"


@cache
def _schema(version: str) -> tuple[CompiledSchema, tuple[SchemaElement, ...]]:
    path = _path(version)
    return compile_schema(path), schema_elements(path)


def errors_of(text: str, version: str) -> tuple[FileError, ...]:
    """Return the errors of a file, with what the first control says of each."""
    file = io.BytesIO(text.encode())
    return with_contexts(file, validate(file, _schema(version)[0]), names_of(_path(version)))


def elements_of(version: str) -> tuple[SchemaElement, ...]:
    """Return the elements of a version of the schema."""
    return _schema(version)[1]


def mended(faulty: Faulty) -> tuple[Outcome, list[str]] | None:
    """Return what came of following the advice, with what was read; None for a valid file.

    The first error's advice is followed, as often as there were errors at first.
    """
    text, steps, completed = faulty.text, [], False
    first = errors_of(text, faulty.version)
    if not first:
        return None
    for _ in first:
        errors = errors_of(text, faulty.version)
        if not errors:
            break
        error = errors[0]
        if error.facts is None or error.facts.fault is Fault.SAME_AS_BEFORE:
            raise AssertionError(f"an echo comes first: {error.message}")
        elements = elements_of(faulty.version)
        advice = advice_on(error.facts, error.place or Place(), elements, TODAY)
        steps.append(f"{error.message[:160]}\n      {advice.happened}\n      {advice.mend}")
        if advice.change is None:
            return Outcome.NO_CHANGE, steps
        completed |= advice.change.to_complete
        text = applied(text, error.line, error.column, advice.change)
    left = errors_of(text, faulty.version)
    if left:
        return Outcome.STILL_WRONG, [*steps, f"left: {left[0].message[:160]}"]
    return (Outcome.TO_COMPLETE if completed else Outcome.MENDED), steps


def tally_of(seed: int, count: int) -> Tally:
    """Return what came of ``count`` files with one fault each."""
    tally = Tally()
    for faulty in _with_faults(seed, count):
        result = mended(faulty)
        assert result is not None
        outcome, steps = result
        tally.outcomes[outcome] += 1
        tally.by_kind[faulty.kind, outcome] += 1
        if outcome in (Outcome.NO_CHANGE, Outcome.STILL_WRONG):
            tally.failures.append((faulty, outcome, steps))
    return tally


def _with_faults(seed: int, count: int) -> Iterator[Faulty]:
    """Yield files of the generator that the schema refuses."""
    number = 0
    for faulty in faulty_files(seed, 100 * count):
        if errors_of(faulty.text, faulty.version):
            yield faulty
            number += 1
        if number == count:
            return
