from mockportal.domain.identifiers import WorldId
from mockportal.journeys.ports import Stores
from tests.builders import TOULOUSE, a_certification


def test_only_what_is_listed_and_active_is_active(stores: Stores, world: WorldId) -> None:
    stores.references.add(world, [a_certification("RS1"), a_certification("RS2", active=False)])

    active = stores.references.active(world, [("RS", "RS1"), ("RS", "RS2"), ("RS", "RS3")])

    assert set(active) == {("RS", "RS1")}


def test_a_code_is_active_with_its_own_type_only(stores: Stores, world: WorldId) -> None:
    stores.references.add(world, [a_certification("RS1")])

    assert not stores.references.active(world, [("RNCP", "RS1")])


def test_asking_for_nothing_finds_nothing(stores: Stores, world: WorldId) -> None:
    assert not stores.references.active(world, [])


def test_a_world_has_a_list_of_its_own(stores: Stores, world: WorldId) -> None:
    stores.references.add(world, [a_certification("RS1")])

    assert not stores.references.active(stores.worlds.create("other"), [("RS", "RS1")])


def test_the_whole_list_comes_by_type_and_code(stores: Stores, world: WorldId) -> None:
    listed = [a_certification(code) for code in ("RS2", "RNCP9", "RS1")]

    added = stores.references.add(world, listed)

    assert added == len(listed)
    assert stores.references.certifications(world) == [listed[1], listed[2], listed[0]]


def test_a_certification_that_is_listed_is_left_alone(stores: Stores, world: WorldId) -> None:
    stores.references.add(world, [a_certification("RS1", active=False)])

    added = stores.references.add(world, [a_certification("RS1"), a_certification("RS2")])

    assert added == 1
    assert not stores.references.active(world, [("RS", "RS1")])


def test_the_gazetteer_is_the_one_that_was_given(stores: Stores) -> None:
    assert TOULOUSE in stores.references.gazetteer().communes
