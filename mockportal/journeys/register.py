"""Filling the registry: people from a file, and invented ones."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from random import Random
from typing import TextIO

from mockportal.domain.identifiers import WorldId
from mockportal.domain.inventing import Names, free_nir, generated_holders
from mockportal.domain.nir import nir_faults
from mockportal.domain.reference import NewHolder
from mockportal.journeys.desk import Desk
from mockportal.wire.tables_csv import BadRow, Row, read_people

_BATCH = 5_000
_MOST_BAD = 1_000
_MOST_GENERATED = 200_000_000
"""About as many people as there are NIR for the years of birth that are invented."""


def import_people(desk: Desk, world: WorldId, file: TextIO) -> int | list[BadRow]:
    """Add the people of a CSV file that can be rewound; all of them, or none and the bad rows."""
    bad = list(islice(_bad_rows(desk, world, file), _MOST_BAD))
    if bad:
        return bad
    file.seek(0)
    return desk.stores.registry.add(world, _complete(desk, file))


def _bad_rows(desk: Desk, world: WorldId, file: TextIO) -> Iterator[BadRow]:
    file.seek(0)
    seen: set[str] = set()
    rows = read_people(file)
    while batch := list(islice(rows, _BATCH)):
        given = {r.person.nir for r in batch if isinstance(r, Row) and r.person.nir}
        held = desk.stores.registry.nirs_taken(world, given)
        for row in batch:
            if isinstance(row, BadRow):
                yield row
                continue
            person = row.person
            if not person.nir:
                continue
            faults = nir_faults(
                person.nir,
                sex=person.sex,
                year=person.birth_year,
                month=person.birth_month,
                place=person.commune,
            )
            if faults:
                yield BadRow(row.line, f"nir {person.nir!r}: {'; '.join(faults)}")
            elif person.nir in held:
                yield BadRow(row.line, f"nir {person.nir!r} is in the registry already")
            elif person.nir in seen:
                yield BadRow(row.line, f"nir {person.nir!r} stands twice in the file")
            seen.add(person.nir)


def _complete(desk: Desk, file: TextIO) -> Iterator[NewHolder]:
    """Yield the people of a file that was found good, each with a NIR."""
    places = desk.stores.references.gazetteer()
    taken: set[str] = set()
    for row in read_people(file):
        if isinstance(row, Row):
            person = row.person
            if not person.nir:
                person = replace(person, nir=free_nir(person, taken, places))
            taken.add(person.nir)
            yield person


def generate_people(desk: Desk, world: WorldId, rng: Random, count: int) -> Iterator[NewHolder]:
    """Yield invented people, the same for the same ``rng`` and the same number of people before."""
    from faker.providers.person.fr_FR import Provider  # noqa: PLC0415  # no start pays for it

    names = Names(
        female=tuple(Provider.first_names_female),
        male=tuple(Provider.first_names_male),
        family=tuple(Provider.last_names),
    )
    first = desk.stores.registry.count(world)
    source = generated_holders(
        rng, names, _MOST_GENERATED, desk.stores.references.gazetteer(), first
    )
    while count:
        batch = list(islice(source, min(count, _BATCH)))
        taken = desk.stores.registry.nirs_taken(world, {one.nir for one in batch})
        free = [one for one in batch if one.nir not in taken]
        count -= len(free)
        yield from free
