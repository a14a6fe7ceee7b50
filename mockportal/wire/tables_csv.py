"""CSV and JSON files of people, certifications and places, read and written a row at a time."""

import csv
import json
import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, TextIO

from mockportal.domain.ellipsis import abridged
from mockportal.domain.people import Holder
from mockportal.domain.places import Commune, Gazetteer
from mockportal.domain.reference import Certification, NewHolder
from mockportal.wire.formulas import defused, is_defused, restored
from mockportal.wire.integers import integer_of
from mockportal.wire.names import HOLDER_FIELDS
from mockportal.wire.person_keys import (
    ENGLISH,
    LENGTHS,
    LONGEST,
    LONGEST_OF_OTHERS,
    NUMBERS,
    PERSON_KEYS,
    REQUIRED,
    SEXES,
)

PEOPLE_HEADER = [one.name for one in PERSON_KEYS]
"""The columns of a people file, in the order in which they are written."""
_ENGLISH_HEADER = [ENGLISH[name] for name in PEOPLE_HEADER]
_FRENCH = {english: french for french, english in ENGLISH.items()}
_LONGEST_LINE = 1_000_000
_LONGEST_SHOWN, _MOST_SHOWN = 60, 5
_DIGITS = re.compile("[0-9]{1,9}")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold: nobody whose name has it could ever be found."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is no person: its line in the file (the header is line 1), and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """A well-formed row of a people file; ``person.nir`` is empty when the file gives none."""

    line: int
    person: NewHolder


def read_people(file: TextIO) -> Iterator[Row | BadRow]:
    """Yield the people of a CSV file with commas, semicolons or tabs, streaming.

    ``file`` is opened with ``newline=""``; a row that cannot even be cut into cells is the last.
    """
    lines = _Lines(file)
    first = next(lines, "").removeprefix("\ufeff")
    delimiter = max(",;\t", key=first.count)
    rows = _rows(chain([first], lines), delimiter)
    line, head = next(rows, (1, []))
    if isinstance(head, str):
        yield BadRow(line, head)
        return
    header = [name.strip() for name in head]
    wrong = _header_fault(header)
    if wrong:
        yield BadRow(1, f"{wrong}; the columns are {', '.join(PEOPLE_HEADER)}")
        return
    for line, cells in rows:
        if isinstance(cells, str):
            yield BadRow(line, cells)
            return
        if not any(cells):
            continue
        if len(cells) != len(header):
            yield BadRow(line, f"{len(cells)} cells where the header has {len(header)}")
            continue
        texts = {ENGLISH[n]: _read_cell(c) for n, c in zip(header, cells, strict=True)}
        given = {name: text for name, text in texts.items() if text}
        reason = _fault(given)
        yield BadRow(line, reason) if reason else Row(line, _person(given))


class _Lines:
    """The lines of a file; one that is too long for any row is cut, so that a row is found bad."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._file.readline(_LONGEST_LINE)
        if not line:
            raise StopIteration
        return line


def _rows(lines: Iterable[str], delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
    """Yield rows, each with the line that it begins in; or why one is none, and then no more."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            yield line, _worded(str(fault))
            return
        yield line, cells


def _worded(fault: str) -> str:
    """Return in our words what the reader of CSV says."""
    if "unexpected end" in fault:
        return "a quotation mark opens a cell that nothing closes"
    if "limit" in fault:
        return "a cell is far too long: does a quotation mark open it that nothing closes?"
    if "expected after" in fault:
        return "something follows a closing quotation mark; within a cell it is written twice"
    return f"this is no row of a CSV file: {fault}"


def _header_fault(header: list[str]) -> str:
    """Return what is wrong with the columns, or nothing."""
    unknown = [name for name in header if name not in PEOPLE_HEADER]
    missing = [HOLDER_FIELDS[e] for e in REQUIRED if HOLDER_FIELDS[e] not in header]
    twice = [name for name in dict.fromkeys(header) if header.count(name) > 1 and name]
    said = [f"unknown column {_shown(name)}" for name in unknown[:_MOST_SHOWN]]
    said += ["and more of them"] if len(unknown) > _MOST_SHOWN else []
    said += [f"no column {name!r}" for name in missing]
    return "; ".join([*said, *(f"the column {_shown(name)} stands twice" for name in twice[:3])])


def _read_cell(cell: str) -> str:
    """Return what a cell says; one that was defused, to the letter."""
    return restored(cell) if is_defused(cell) else cell.strip()


def _shown(text: str) -> str:
    return repr(abridged(text, _LONGEST_SHOWN))


def person_of(given: dict[str, Any]) -> NewHolder | str:
    """Return the person that a JSON object with the flux's names describes, or what is wrong."""
    unknown = [name for name in given if name not in PEOPLE_HEADER]
    if unknown:
        return f"unknown key {_shown(unknown[0])}; the keys are {', '.join(PEOPLE_HEADER)}"
    texts = {ENGLISH[n]: str(v).strip() for n, v in given.items() if v is not None}
    said = {name: text for name, text in texts.items() if text}
    return _fault(said) or _person(said)


def _fault(given: dict[str, str]) -> str | None:
    for name in REQUIRED:
        if name not in given:
            return f"{HOLDER_FIELDS[name]} is missing"
    for name, (low, high) in NUMBERS.items():
        text = given.get(name, str(low))
        if not _is_between(text, low, high):
            return f"{HOLDER_FIELDS[name]} is {_shown(text)}, not a number from {low} to {high}"
    if given["sex"] not in SEXES:
        return f"sexe is {_shown(given['sex'])}, neither M nor F"
    for name, length in LENGTHS.items():
        if name in given and len(given[name]) != length:
            return f"{_FRENCH[name]} is {_shown(given[name])}, not {length} characters"
    return _text_fault(given) or _day_fault(given)


def _text_fault(given: dict[str, str]) -> str | None:
    for name, text in given.items():
        longest = LONGEST.get(name, LONGEST_OF_OTHERS)
        if len(text) > longest:
            return f"{_FRENCH[name]} has more than {longest} characters"
        if _UNWRITABLE.search(text):
            return f"{_FRENCH[name]} is {_shown(text)}: no flux can hold one of its signs"
    return None


def _day_fault(given: dict[str, str]) -> str | None:
    """Return that a day of birth does not exist, if it does not."""
    if "birth_day" not in given or "birth_month" not in given:
        return None
    day, month, year = (
        integer_of(given[name]) for name in ("birth_day", "birth_month", "birth_year")
    )
    if day <= monthrange(year, month)[1]:
        return None
    return f"{HOLDER_FIELDS['birth_day']}: there is no {day:02}/{month:02}/{year}"


def _is_between(text: str, low: int, high: int) -> bool:
    """Tell whether a text is a number of a range, whatever zeros stand before it."""
    digits = text.lstrip("0")
    if not (text.isascii() and text.isdigit()) or len(digits) > len(str(high)):
        return False
    return low <= int(digits or "0") <= high


def _person(given: dict[str, str]) -> NewHolder:
    values: dict[str, Any] = {n: integer_of(t) if n in NUMBERS else t for n, t in given.items()}
    return NewHolder(**{"nir": "", **values})


def write_people(out: TextIO, people: Iterable[tuple[Holder, str | None]]) -> int:
    """Write people and their training file as CSV; return how many."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(PEOPLE_HEADER)
    count = 0
    for holder, training_file in people:
        own = {"training_file": training_file or "", "nir_place": _nir_place(holder)}
        writer.writerow(
            defused(own[name] if name in own else _cell(holder, name)) for name in _ENGLISH_HEADER
        )
        count += 1
    return count


def _nir_place(holder: Holder) -> str:
    """Return the place that a NIR names where it is not that of birth, as `learn` leaves some."""
    named = holder.nir[5:10]
    return "" if holder.commune in (None, named) else named


def _cell(holder: Holder, name: str) -> str:
    value = getattr(holder, name)
    return "" if value is None else str(value)


def read_certifications(path: Path) -> list[Certification]:
    """Return the reference list of certifications of the seeds."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Certification(
                type=row["type"],
                code=row["code"],
                label=row["label"],
                level=row["level"],
                domain=row["domain"],
                active=row["active"] == "true",
            )
            for row in csv.DictReader(file)
        ]


def read_gazetteer(communes: Path, countries: Path) -> Gazetteer:
    """Return the communes and countries of the seeds."""
    with communes.open(encoding="utf-8", newline="") as file:
        places = {
            row["code"]: Commune(
                row["code"], row["name"], tuple(row["postal_codes"].split()), row["parent"] or None
            )
            for row in csv.DictReader(file)
        }
    with countries.open(encoding="utf-8", newline="") as file:
        return Gazetteer(places, {row["code"]: row["name"] for row in csv.DictReader(file)})


def read_organisations(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the organisations and accounts of the seeds."""
    data: dict[str, list[dict[str, Any]]] = json.loads(path.read_text(encoding="utf-8"))
    return data
