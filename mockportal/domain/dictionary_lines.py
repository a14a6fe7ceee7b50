"""The lines of the dictionary: what the schema says of each element, beside its label and rule."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mockportal.domain.comparing import normalised
from mockportal.domain.dictionary import DICTIONARY, words_of
from mockportal.domain.dictionary_notes import SYNONYMS, label_of, rule_of
from mockportal.domain.schema_elements import SchemaElement

_LITTLE = {"A", "AU", "AUX", "DE", "DES", "DU", "EN", "ET", "L", "LA", "LE", "LES", "UN", "UNE"}
_SHORT = 3
"""A word of so many letters is its own singular."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the dictionary."""

    element: SchemaElement
    label: str
    rule: str
    values: tuple[tuple[str, str], ...]
    """The values that the schema knows, each with its French words where there are any."""
    dictionary_length: int | None
    """How long the dictionary lets it be, where that is less than the schema does."""

    @property
    def place(self) -> str:
        """Return the path of the element as one text."""
        return "/".join(self.element.path)


@dataclass(frozen=True, slots=True)
class Section:
    """The elements that one element holds."""

    parent: Line | None
    """The element that holds them; None above the root."""
    lines: tuple[Line, ...]


def lines_of(elements: Iterable[SchemaElement]) -> tuple[Line, ...]:
    """Return a line for each element."""
    return tuple(_line(one) for one in elements)


def found(lines: Iterable[Line], typed: str) -> tuple[Line, ...]:
    """Return the lines that hold every word typed, wherever; all of them for none.

    Accents, case and the plural do not count, nor do the little words between the others.
    """
    words = [one for one in normalised(typed).split() if one not in _LITTLE]
    wanted = [one[:-1] if one[-1] in "SX" and len(one) > _SHORT else one for one in words]
    return tuple(one for one in lines if all(word in _words(one) for word in wanted))


def sections(lines: Iterable[Line], among: Iterable[Line]) -> Iterator[Section]:
    """Yield some lines by the element that holds them, in the order of ``among``: all lines."""
    known = {one.element.path: one for one in among}
    by_parent: dict[tuple[str, ...], list[Line]] = {}
    for line in lines:
        by_parent.setdefault(line.element.parent, []).append(line)
    order = [(), *known]
    for path in sorted(by_parent, key=order.index):
        yield Section(known.get(path), tuple(by_parent[path]))


def _line(element: SchemaElement) -> Line:
    key, form = element.key, element.form
    values = form.values if form else ()
    words = tuple((one, words_of(key, one) if key in DICTIONARY else "") for one in values)
    longest = DICTIONARY[key].longest if key in DICTIONARY else None
    shorter = longest is not None and form is not None and longest < (form.max_length or longest)
    return Line(
        element,
        label_of(key),
        rule_of(key),
        tuple((one, word if word != one else "") for one, word in words),
        longest if shorter else None,
    )


def _words(line: Line) -> str:
    others = SYNONYMS.get(line.element.key or "", "")
    values = (text for pair in line.values for text in pair)
    return normalised(" ".join((line.place, line.label, line.rule, others, *values)))
