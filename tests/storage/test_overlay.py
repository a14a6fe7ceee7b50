"""A registry that is read and one that is written beside it, asked as one."""

from pathlib import Path

import pytest

from mockportal.domain.identifiers import HolderId, WorldId
from mockportal.domain.people import Born, born, number_of
from mockportal.domain.rules import key_of
from mockportal.storage.database import open_database
from mockportal.storage.overlay import OverlayRegistry
from mockportal.storage.registry import RegistryStore
from mockportal.storage.worlds import WorldStore
from tests.builders import a_claim, a_new_holder

FIRST, SECOND, THIRD = born(HolderId(1), 4, 3), born(HolderId(-1), 4, 7), born(HolderId(2), 4, 9)


@pytest.mark.parametrize(
    ("base", "scratch", "found"),
    [
        ([3], [], {FIRST}),
        ([], [7], {SECOND}),
        ([3], [7], {FIRST, SECOND}),
        ([3, 9], [7], {FIRST, SECOND, THIRD}),
        ([], [7, 8], {SECOND, born(HolderId(-2), 4, 8)}),
        ([3, 9], [], {FIRST, THIRD}),
        ([], [], None),
    ],
)
def test_people_of_both_are_found_and_known_apart(
    tmp_path: Path, base: list[int], scratch: list[int], found: set[Born] | None
) -> None:
    registries: list[RegistryStore] = []
    world = WorldId(0)
    for name, days in (("base", base), ("scratch", scratch)):
        engine = open_database(tmp_path / f"{name}.db")
        world = WorldStore(engine).create("default")
        registries.append(RegistryStore(engine))
        people = [a_new_holder(birth_month=4, birth_day=day, order=day) for day in days]
        registries[-1].add(world, people)
    key = key_of(world, a_claim())

    both = OverlayRegistry(*registries)

    people_found = both.filed([key])
    if key in people_found.alone:
        assert {people_found.alone[key]} == set(map(number_of, found or ()))
    else:
        assert (set(people_found.shared[key]) if people_found.shared else None) == found
    alike = both.alike([key]).get(key, [])
    assert {born(one.id, one.birth_month, one.birth_day) for one in alike} == (found or set())
