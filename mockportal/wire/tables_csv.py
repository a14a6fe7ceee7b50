"""CSV and JSON files of people, certifications and places, read and written a row at a time."""

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from mockportal.domain.people import Holder
from mockportal.domain.places import Commune, Gazetteer
from mockportal.domain.reference import Certification, NewHolder
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
    """Yield the people of a CSV file with commas or semicolons, streaming."""
    first = file.readline().removeprefix("\ufeff")
    delimiter = ";" if first.count(";") > first.count(",") else ","
    header = [name.strip() for name in next(csv.reader([first], delimiter=delimiter), [])]
    unknown = [name for name in header if name not in PEOPLE_HEADER]
    missing = [HOLDER_FIELDS[e] for e in REQUIRED if HOLDER_FIELDS[e] not in header]
    if unknown or missing:
        said = [f"unknown column {n!r}" for n in unknown] + [f"no column {n!r}" for n in missing]
        yield BadRow(1, "; ".join(said) + f"; the columns are {', '.join(PEOPLE_HEADER)}")
        return
    reader = csv.reader(file, delimiter=delimiter)
    for cells in reader:
        line = reader.line_num + 1
        if not any(cells):
            continue
        if len(cells) != len(header):
            yield BadRow(line, f"{len(cells)} cells where the header has {len(header)}")
            continue
        given = {ENGLISH[n]: c.strip() for n, c in zip(header, cells, strict=True) if c.strip()}
        reason = _fault(given)
        yield BadRow(line, reason) if reason else Row(line, _person(given))


def person_of(given: dict[str, Any]) -> NewHolder | str:
    """Return the person that a JSON object with the flux's names describes, or what is wrong."""
    unknown = [name for name in given if name not in PEOPLE_HEADER]
    if unknown:
        return f"unknown key {unknown[0]!r}; the keys are {', '.join(PEOPLE_HEADER)}"
    texts = {ENGLISH[n]: str(v).strip() for n, v in given.items() if v is not None}
    said = {name: text for name, text in texts.items() if text}
    return _fault(said) or _person(said)


def _fault(given: dict[str, str]) -> str | None:
    for name in REQUIRED:
        if name not in given:
            return f"{HOLDER_FIELDS[name]} is missing"
    for name, (low, high) in NUMBERS.items():
        text = given.get(name, str(low))
        if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
            return f"{HOLDER_FIELDS[name]} is {text!r}, not a number from {low} to {high}"
    if given["sex"] not in SEXES:
        return f"sexe is {given['sex']!r}, neither M nor F"
    for name, length in LENGTHS.items():
        if name in given and len(given[name]) != length:
            return f"{HOLDER_FIELDS[name]} is {given[name]!r}, not {length} characters"
    for name, text in given.items():
        longest = LONGEST.get(name, LONGEST_OF_OTHERS)
        if len(text) > longest:
            return f"{HOLDER_FIELDS[name]} has more than {longest} characters"
    return None


def _person(given: dict[str, str]) -> NewHolder:
    values: dict[str, Any] = {n: int(t) if n in NUMBERS else t for n, t in given.items()}
    return NewHolder(**{"nir": "", **values})


def write_people(out: TextIO, people: Iterable[tuple[Holder, str | None]]) -> int:
    """Write people and their training file as CSV; return how many."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(PEOPLE_HEADER)
    count = 0
    for holder, training_file in people:
        writer.writerow(
            training_file or "" if ENGLISH[n] == "training_file" else _cell(holder, ENGLISH[n])
            for n in PEOPLE_HEADER
        )
        count += 1
    return count


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
