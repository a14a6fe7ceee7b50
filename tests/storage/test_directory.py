"""People by name, in pages."""

import pytest

from mockportal.domain.identifiers import WorldId
from mockportal.journeys.ports import Stores
from tests.builders import a_new_holder


def names(stores: Stores, world: WorldId, typed: str, limit: int = 10, skip: int = 0) -> list[str]:
    found = stores.directory.page(world, typed, limit, skip)
    return [f"{one.birth_name} {one.first_name}" for one, _ in found]


@pytest.fixture
def known(stores: Stores, world: WorldId) -> Stores:
    people = [("ZOLA", "Émile"), ("Éluard", "Paul"), ("DURAND", "Zoé"), ("DURAND", "Anne")]
    stores.registry.add(
        world,
        [
            a_new_holder(birth_name=name, first_name=first, order=n)
            for n, (name, first) in enumerate(people, 1)
        ],
    )
    return stores


def test_people_come_in_the_order_of_their_names(known: Stores, world: WorldId) -> None:
    assert names(known, world, "") == ["DURAND Anne", "DURAND Zoé", "Éluard Paul", "ZOLA Émile"]
    assert known.directory.count(world, "") == 4


def test_a_page_goes_on_where_the_last_one_ended(known: Stores, world: WorldId) -> None:
    assert names(known, world, "", limit=2, skip=2) == ["Éluard Paul", "ZOLA Émile"]
    assert names(known, world, "", limit=2, skip=4) == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("dur", ["DURAND Anne", "DURAND Zoé"]),
        ("  eluard ", ["Éluard Paul"]),
        ("durand zo", ["DURAND Zoé"]),
        ("zoe durand", ["DURAND Zoé"]),
        ("%", []),
    ],
)
def test_a_beginning_finds_them_whatever_the_accents(
    known: Stores, world: WorldId, typed: str, found: list[str]
) -> None:
    assert names(known, world, typed) == found
    assert known.directory.count(world, typed) == len(found)


def test_a_person_comes_with_a_training_file_and_in_one_world_only(
    stores: Stores, world: WorldId
) -> None:
    other = stores.worlds.create("other")
    stores.registry.add(world, [a_new_holder(training_file="12345678901")])

    assert [number for _, number in stores.directory.page(world, "", 10, 0)] == ["12345678901"]
    assert stores.directory.count(other, "") == 0
