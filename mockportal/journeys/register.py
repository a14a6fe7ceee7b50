"""Filling the registry: people from a file, and invented ones."""

from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from random import Random
from typing import TextIO

from mockportal.domain.comparing import Level1Key, level1_key
from mockportal.domain.identifiers import WorldId
from mockportal.domain.inventing import Names, generated_holders, stem_of
from mockportal.domain.nir import nir_faults
from mockportal.domain.people import Holder
from mockportal.domain.places import Gazetteer
from mockportal.domain.reference import NewHolder
from mockportal.journeys.desk import Desk
from mockportal.journeys.free_nirs import FreeNirs
from mockportal.wire.tables_csv import BadRow, Row, read_people

_BATCH = 5_000
_MOST_BAD = 1_000
_MOST_GENERATED = 200_000_000
"""About as many people as there are NIR for the years of birth that are invented."""


def import_people(
    desk: Desk, world: WorldId, file: TextIO, most: int | None = _MOST_BAD
) -> int | list[BadRow]:
    """Add the people of a CSV file that can be rewound; all of them, or none and the bad rows.

    At most ``most`` bad rows are told, None: all of them.
    """
    given: set[str] = set()
    bad = list(islice(_bad_rows(desk, world, file, given), most))
    if bad:
        return bad
    file.seek(0)
    return desk.stores.registry.add(world, _complete(desk, world, file, given))


def count_known_people(desk: Desk, world: WorldId, file: TextIO) -> int:
    """Return how many people of a good CSV file the registry holds already, all data alike.

    Added once more, nothing tells them apart: a file that names them finds several. Those who
    have a NIR are not counted, which cannot be held twice.
    """
    file.seek(0)
    people = (row.person for row in read_people(file) if isinstance(row, Row))
    known = 0
    while batch := list(islice(people, _BATCH)):
        keys = {_key(world, one): one for one in batch if not one.nir}
        held = {
            _described(one) for those in desk.stores.registry.alike(keys).values() for one in those
        }
        known += sum(not one.nir and _described(one) in held for one in batch)
    return known


def _key(world: WorldId, person: NewHolder) -> Level1Key:
    return level1_key(world, person.birth_name, person.first_name, person.sex, person.birth_year)


def _described(person: NewHolder | Holder) -> tuple[object, ...]:
    """Return what tells people apart, but their numbers."""
    return tuple(getattr(person, name) for name in Holder._fields if name not in ("id", "nir"))


def _bad_rows(desk: Desk, world: WorldId, file: TextIO, given: set[str]) -> Iterator[BadRow]:
    """Yield what is wrong with the rows; the NIR that they give come into ``given``."""
    file.seek(0)
    rows = read_people(file)
    while batch := list(islice(rows, _BATCH)):
        asked = {r.person.nir for r in batch if isinstance(r, Row) and r.person.nir}
        held = desk.stores.registry.nirs_taken(world, asked)
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
                place=person.nir_place or person.commune,
            )
            if faults:
                yield BadRow(row.line, f"nir {person.nir!r}: {'; '.join(faults)}")
            elif person.nir in held:
                yield BadRow(row.line, f"nir {person.nir!r} is in the registry already")
            elif person.nir in given:
                yield BadRow(row.line, f"nir {person.nir!r} stands twice in the file")
            given.add(person.nir)


def _complete(
    desk: Desk, world: WorldId, file: TextIO, given: Collection[str]
) -> Iterator[NewHolder]:
    """Yield the people of a file that was found good, each with a NIR."""
    places = desk.stores.references.gazetteer()
    free = FreeNirs(desk, world, given)
    rows = (row.person for row in read_people(file) if isinstance(row, Row))
    while batch := list(islice(rows, _BATCH)):
        yield from with_nirs(free, batch, places)


def with_nirs(
    free: FreeNirs, people: Sequence[NewHolder], places: Gazetteer
) -> Iterator[NewHolder]:
    """Yield people in their order, those who have no NIR with a free one."""
    without = [one._replace(nir=stem_of(one, places)) for one in people if not one.nir]
    complete = free.given_to(without)
    for one in people:
        yield one if one.nir else next(complete)


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
