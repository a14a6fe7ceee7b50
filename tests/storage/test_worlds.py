from mockportal.journeys.ports import Stores


def test_a_world_is_found_by_its_name(stores: Stores) -> None:
    made = stores.worlds.create("classe-3")

    assert stores.worlds.named("classe-3") == made


def test_an_unknown_world_is_none(stores: Stores) -> None:
    assert stores.worlds.named("classe-3") is None


def test_each_world_has_a_number_of_its_own(stores: Stores) -> None:
    assert stores.worlds.create("one") != stores.worlds.create("other")
