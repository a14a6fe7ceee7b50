from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, inspect

from mockportal.domain.comparing import FoundPeople, Level1Key
from mockportal.domain.identifiers import HolderId, WorldId
from mockportal.domain.people import Holder, HolderClaim, born
from mockportal.domain.reference import NewHolder
from mockportal.domain.rules import key_of
from mockportal.journeys.ports import Stores
from mockportal.storage.registry import RegistryStore
from tests.builders import a_claim, a_new_holder

NOBODY = FoundPeople({}, {})


def the_one(stores: Stores, world: WorldId) -> Holder:
    (only,) = stores.registry.everyone(world)
    return only[0]


def names(people: list[Holder]) -> list[tuple[str, str]]:
    return [(one.birth_name, one.first_name) for one in people]


def test_a_person_is_known_as_they_were_added(stores: Stores, world: WorldId) -> None:
    added = a_new_holder(usage_name="DURAND", second_name="Zoé", third_name="Anne", country="109")

    stores.registry.add(world, [added])

    found = the_one(stores, world)._asdict()
    assert {name: found[name] for name in found if name != "id"} == {
        name: value
        for name, value in added._asdict().items()
        if name not in ("training_file", "invented", "nir_place")
    }


def test_what_is_not_known_of_a_person_stays_none(stores: Stores, world: WorldId) -> None:
    stores.registry.add(
        world, [a_new_holder(birth_month=None, birth_day=None, commune=None, commune_label=None)]
    )

    found = the_one(stores, world)

    assert (found.birth_month, found.birth_day, found.commune, found.usage_name) == (None,) * 4


class TestAlike:
    def test_people_are_found_by_their_level_1_data(self, stores: Stores, world: WorldId) -> None:
        stores.registry.add(world, [a_new_holder(birth_name="LEFÈVRE", first_name="Zoë")])
        key = key_of(world, a_claim(birth_name="lefevre", first_name="ZOE"))

        assert names(stores.registry.alike([key])[key]) == [("LEFÈVRE", "Zoë")]

    def test_a_whole_batch_is_asked_at_once(self, stores: Stores, world: WorldId) -> None:
        stores.registry.add(
            world, [a_new_holder(birth_name=f"NOM {n}", order=n) for n in range(1, 900)]
        )
        keys = [key_of(world, a_claim(birth_name=f"NOM {n}")) for n in range(1, 900)]

        assert len(stores.registry.alike(keys)) == len(keys)

    def test_people_with_the_same_data_come_in_the_order_of_their_arrival(
        self, stores: Stores, world: WorldId
    ) -> None:
        stores.registry.add(world, [a_new_holder(birth_day=day, order=day) for day in (9, 3, 7)])
        key = key_of(world, a_claim())

        assert [one.birth_day for one in stores.registry.alike([key])[key]] == [9, 3, 7]

    @pytest.mark.parametrize(
        "claim",
        [
            a_claim(birth_name="MARTINE"),
            a_claim(first_name="Léo"),
            a_claim(sex="M"),
            a_claim(birth_year=1991),
        ],
    )
    def test_people_who_differ_in_one_of_them_are_not_found(
        self, stores: Stores, world: WorldId, claim: HolderClaim
    ) -> None:
        stores.registry.add(world, [a_new_holder()])

        assert stores.registry.alike([key_of(world, claim)]) == {}

    def test_people_of_another_world_are_not_found(self, stores: Stores, world: WorldId) -> None:
        other = stores.worlds.create("other")
        stores.registry.add(other, [a_new_holder()])

        assert stores.registry.alike([key_of(world, a_claim())]) == {}
        assert stores.registry.filed([key_of(world, a_claim())]) == NOBODY
        assert len(stores.registry.filed([key_of(other, a_claim())]).alone) == 1

    def test_asking_for_nobody_finds_nobody(self, stores: Stores) -> None:
        assert stores.registry.alike([]) == {}
        assert stores.registry.filed([]) == NOBODY

    def test_a_key_is_a_person_s_own_or_shared(self, stores: Stores, world: WorldId) -> None:
        stores.registry.add(world, [a_new_holder(birth_day=day, order=day) for day in (9, 3, 7)])
        stores.registry.add(world, [a_new_holder(birth_name="ROY", order=20)])
        keys = [key_of(world, a_claim()), key_of(world, a_claim(birth_name="ROY"))]
        people = stores.registry.alike(keys)

        found = stores.registry.filed(keys)

        assert [len(people[key]) for key in keys] == [3, 1]
        assert found.alone == {keys[1]: people[keys[1]][0].id}
        assert {key: set(them) for key, them in found.shared.items()} == {
            keys[0]: {born(one.id, one.birth_month, one.birth_day) for one in people[keys[0]]}
        }

    def test_a_day_or_a_month_that_is_not_held_is_none(
        self, stores: Stores, world: WorldId
    ) -> None:
        days = [(None, None), (12, None), (None, 31), (1, 1)]
        stores.registry.add(
            world,
            [a_new_holder(birth_month=m, birth_day=d, order=n) for n, (m, d) in enumerate(days, 1)],
        )

        (found,) = stores.registry.filed([key_of(world, a_claim())]).shared.values()

        everyone = [one.id for one, _ in stores.registry.everyone(world)]
        assert sorted(found) == [born(i, *day) for i, day in zip(everyone, days, strict=True)]

    def test_a_key_that_shares_but_its_first_half_finds_nobody(
        self, stores: Stores, world: WorldId
    ) -> None:
        stores.registry.add(world, [a_new_holder()])
        first, rest = key_of(world, a_claim())

        assert stores.registry.filed([Level1Key((first, rest + 1))]) == NOBODY
        assert stores.registry.alike([Level1Key((first, rest + 1))]) == {}


class TestTrainingFiles:
    def test_a_training_file_has_its_holder(self, stores: Stores, world: WorldId) -> None:
        stores.registry.add(world, [a_new_holder(training_file="123456"), a_new_holder(order=2)])

        found = stores.registry.with_training_files(world, ["123456", "999999"])

        assert {number: len(people) for number, people in found.items()} == {"123456": 1}

    def test_a_number_may_have_several_holders(self, stores: Stores, world: WorldId) -> None:
        people = [a_new_holder(order=n, training_file="123456") for n in (1, 2)]

        stores.registry.add(world, people)

        assert len(stores.registry.with_training_files(world, ["123456"])["123456"]) == 2

    def test_a_person_can_be_given_a_training_file(self, stores: Stores, world: WorldId) -> None:
        stores.registry.add(world, [a_new_holder()])
        holder = the_one(stores, world)

        stores.registry.add_training_file(holder.id, "123456")

        assert stores.registry.with_training_files(world, ["123456"]) == {"123456": [holder]}

    def test_a_number_of_another_world_is_unknown(self, stores: Stores, world: WorldId) -> None:
        stores.registry.add(stores.worlds.create("other"), [a_new_holder(training_file="123456")])

        assert stores.registry.with_training_files(world, ["123456"]) == {}


class TestNirs:
    def test_people_are_found_by_the_first_13_characters(
        self, stores: Stores, world: WorldId
    ) -> None:
        people = [a_new_holder(order=1), a_new_holder(order=2, commune="2A004")]
        stores.registry.add(world, people)

        found = stores.registry.with_nirs(world, [one.nir[:13] for one in people])

        assert {key: one.nir for key, one in found.items()} == {p.nir[:13]: p.nir for p in people}

    def test_those_that_are_taken_are_told(self, stores: Stores, world: WorldId) -> None:
        one, other = a_new_holder(order=1), a_new_holder(order=2)
        stores.registry.add(world, [one])

        assert stores.registry.nirs_taken(world, [one.nir, other.nir]) == {one.nir}

    def test_two_worlds_may_hold_the_same(self, stores: Stores, world: WorldId) -> None:
        other = stores.worlds.create("other")

        stores.registry.add(world, [a_new_holder()])
        stores.registry.add(other, [a_new_holder()])

        assert stores.registry.count(other) == 1


def test_people_are_found_by_number(stores: Stores, world: WorldId) -> None:
    stores.registry.add(world, [a_new_holder()])
    holder = the_one(stores, world)

    assert stores.registry.holders([holder.id, HolderId(999)]) == {holder.id: holder}


class TestNear:
    @pytest.mark.parametrize(
        "person",
        [
            pytest.param(a_new_holder(first_name="Anne", birth_year=1955), id="birth name"),
            pytest.param(
                a_new_holder(birth_name="PETIT", usage_name="Martin", birth_year=1955),
                id="usage name like the birth name given",
            ),
            pytest.param(
                a_new_holder(birth_name="Dupont", first_name="Anne", birth_year=1955),
                id="birth name like the usage name given",
            ),
            pytest.param(
                a_new_holder(birth_name="PETIT", usage_name="DUPONT", birth_year=1955),
                id="usage name",
            ),
            pytest.param(
                a_new_holder(birth_name="PETIT", first_name="Anne"), id="full date of birth"
            ),
            pytest.param(
                a_new_holder(birth_name="PETIT", first_name="Anne", birth_month=12, birth_day=4),
                id="day and month swapped",
            ),
            pytest.param(
                a_new_holder(birth_name="PETIT", birth_month=1, birth_day=1),
                id="first name and year",
            ),
        ],
    )
    def test_who_shares_a_name_or_the_date_of_birth_is_near(
        self, stores: Stores, world: WorldId, person: NewHolder
    ) -> None:
        stores.registry.add(world, [person])

        near = stores.registry.near(
            world, a_claim(usage_name="DUPONT", birth_month=4, birth_day=12)
        )

        assert names(near) == [(person.birth_name, person.first_name)]

    def test_whose_names_stand_in_each_others_place_is_near(
        self, stores: Stores, world: WorldId
    ) -> None:
        stores.registry.add(world, [a_new_holder(birth_year=1955)])

        near = stores.registry.near(world, a_claim(birth_name="LEA", first_name="Martin"))

        assert names(near) == [("MARTIN", "Léa")]

    @pytest.mark.parametrize("held", ["MARTIN", "DURAND"])
    @pytest.mark.parametrize("claimed", ["MARTIN DURAND", "Martin-Durand"])
    def test_who_has_one_of_two_names_is_near_among_many_of_the_same_first_name(
        self, stores: Stores, world: WorldId, claimed: str, held: str
    ) -> None:
        others = [a_new_holder(birth_name=f"PETIT{n}", order=n) for n in range(1, 100)]
        stores.registry.add(world, [*others, a_new_holder(birth_name=held, order=100)])

        near = stores.registry.near(world, a_claim(birth_name=claimed))

        assert (held, "Léa") in names(near)

    def test_who_shares_nothing_is_not(self, stores: Stores, world: WorldId) -> None:
        stores.registry.add(
            world, [a_new_holder(birth_name="PETIT", first_name="Anne", birth_year=1955)]
        )

        assert stores.registry.near(world, a_claim(birth_month=4, birth_day=12)) == []

    def test_a_claim_without_day_or_month_is_answered_by_name(
        self, stores: Stores, world: WorldId
    ) -> None:
        stores.registry.add(world, [a_new_holder(first_name="Anne", birth_year=1955)])

        assert len(stores.registry.near(world, a_claim())) == 1

    def test_nobody_comes_twice(self, stores: Stores, world: WorldId) -> None:
        stores.registry.add(world, [a_new_holder(usage_name="MARTIN")])

        assert len(stores.registry.near(world, a_claim(birth_month=4, birth_day=12))) == 1

    def test_there_is_a_limit(self, stores: Stores, world: WorldId) -> None:
        stores.registry.add(
            world, [a_new_holder(first_name=f"Anne {n}", order=n) for n in range(1, 300)]
        )

        assert len(stores.registry.near(world, a_claim(), limit=20)) == 20
        assert len(stores.registry.near(world, a_claim())) <= 200

    def test_people_of_another_world_are_not_near(self, stores: Stores, world: WorldId) -> None:
        stores.registry.add(stores.worlds.create("other"), [a_new_holder()])

        assert stores.registry.near(world, a_claim(birth_month=4, birth_day=12)) == []


class TestAdding:
    def test_how_many_is_told_and_counted(self, stores: Stores, world: WorldId) -> None:
        people = [a_new_holder(order=n) for n in range(1, 4)]

        assert stores.registry.add(world, iter(people)) == 3
        assert stores.registry.count(world) == 3

    def test_of_a_stream_that_breaks_off_nobody_is_kept(
        self, stores: Stores, world: WorldId
    ) -> None:
        def breaking_off() -> Iterator[NewHolder]:
            for n in range(6_000):
                yield a_new_holder()._replace(nir=f"{n:015}")
            raise RuntimeError

        with pytest.raises(RuntimeError):
            stores.registry.add(world, breaking_off())

        assert stores.registry.count(world) == 0

    def test_very_many_at_once_are_found_as_few_are(
        self, stores: Stores, engine: Engine, world: WorldId
    ) -> None:
        before = {one["name"] for one in inspect(engine).get_indexes("holders")}
        people = (a_new_holder()._replace(nir=f"{n:015}") for n in range(6_000))

        RegistryStore(engine, many=5_000).add(world, people)

        assert {one["name"] for one in inspect(engine).get_indexes("holders")} == before
        assert len(stores.registry.near(world, a_claim())) > 0
        assert stores.registry.nirs_taken(world, ["000000000005999"]) == {"000000000005999"}
        with pytest.raises(ValueError, match="NIR of another person"):
            stores.registry.add(world, [a_new_holder()._replace(nir="000000000005999")])

    def test_a_nir_that_is_taken_is_a_fault_and_nobody_is_kept(
        self, stores: Stores, world: WorldId
    ) -> None:
        with pytest.raises(ValueError, match="NIR of another person"):
            stores.registry.add(world, [a_new_holder(), a_new_holder()])

        assert stores.registry.count(world) == 0


def test_everyone_comes_in_the_order_of_arrival_with_the_first_training_file(
    stores: Stores, world: WorldId
) -> None:
    stores.registry.add(world, [a_new_holder(order=2, training_file="222"), a_new_holder(order=1)])
    stores.registry.add(stores.worlds.create("other"), [a_new_holder()])

    everyone = list(stores.registry.everyone(world))

    assert [(one.nir[10:13], number) for one, number in everyone] == [("002", "222"), ("001", None)]
