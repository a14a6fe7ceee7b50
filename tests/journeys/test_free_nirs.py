"""People who are met for the first time get a NIR that nobody holds, however many they are."""

import io
from pathlib import Path

import pytest

from mockportal.assembly import Portal
from mockportal.domain.identifiers import WorldId
from mockportal.domain.nir import nir_faults
from mockportal.domain.people import Claim, Holder, NirClaim
from mockportal.domain.worlds import DEFAULT_WORLD
from mockportal.journeys.furnish import add_people
from mockportal.journeys.learn import Learned, learn
from mockportal.journeys.newcomers import Newcomers, make_people_known
from mockportal.journeys.register import import_people
from mockportal.wire.tables_csv import write_people
from tests.benchmarks.large_flux import write_flux
from tests.builders import a_claim, a_holder, a_new_holder
from tests.counting import statements

MANY = 2_100


def the_world(portal: Portal) -> WorldId:
    world = portal.desk.stores.worlds.named(DEFAULT_WORLD)
    assert world is not None
    return world


def crowd(count: int, first: int = 0) -> list[Claim]:
    """Return people of one sex, month and place, each with a name of its own."""
    return [
        a_claim(birth_name=f"N{n}", birth_month=5, birth_day=n % 28 + 1, commune="31555")
        for n in range(first, first + count)
    ]


def learned_people(portal: Portal, world: WorldId) -> list[Holder]:
    everyone = portal.desk.stores.registry.everyone(world)
    return [
        one for one, _ in everyone if one.birth_name[:1] == "N" and one.birth_name[1:].isdigit()
    ]


def test_past_999_people_of_one_sex_month_and_place_everybody_is_learned(portal: Portal) -> None:
    world = the_world(portal)

    added = make_people_known(portal.desk, world, crowd(MANY))

    people = learned_people(portal, world)
    assert (added.people, len(people), len({one.nir for one in people})) == (MANY, MANY, MANY)
    assert {one.commune for one in people} == {"31555"}
    elsewhere = [one for one in people if one.nir[5:10] != "31555"]
    assert len(elsewhere) == added.nirs_elsewhere >= MANY - 999
    for one in people:
        assert not nir_faults(
            one.nir, sex=one.sex, year=one.birth_year, month=one.birth_month, place=None
        )


def test_batches_go_on_where_the_ones_before_have_ended(portal: Portal) -> None:
    world = the_world(portal)

    added = [make_people_known(portal.desk, world, crowd(700, n * 700)).people for n in range(4)]

    assert added == [700] * 4
    assert len({one.nir for one in learned_people(portal, world)}) == 2_800


def test_who_is_known_is_not_added_once_more(portal: Portal) -> None:
    world = the_world(portal)
    make_people_known(portal.desk, world, crowd(50))

    assert make_people_known(portal.desk, world, crowd(50)) == Newcomers()


@pytest.mark.embedded
def test_more_people_take_no_more_statements(portal: Portal) -> None:
    world = the_world(portal)
    with statements() as few:
        make_people_known(portal.desk, world, crowd(100))
    with statements() as many:
        make_people_known(portal.desk, world, crowd(2_000, 100))

    assert len(many) <= len(few) + 5


@pytest.mark.embedded
def test_people_of_one_name_born_on_different_days_are_added_at_once(portal: Portal) -> None:
    world = the_world(portal)
    held = [a_new_holder(birth_name="NAMESAKE", order=day, birth_day=day) for day in (1, 2)]
    portal.desk.stores.registry.add(world, held)
    claims: list[Claim] = [
        a_claim(birth_name="NAMESAKE", first_name="Léa", sex="F", birth_year=1990,
                birth_month=month, birth_day=day)
        for month in range(1, 13) for day in range(1, 29)
    ]  # fmt: skip

    with statements() as asked:
        added = make_people_known(portal.desk, world, claims)

    assert added.people == 12 * 28 - 2
    assert len(asked) < 40
    assert make_people_known(portal.desk, world, claims).people == 0


def test_gaps_that_an_import_has_left_are_filled_before_another_place_is_named(
    portal: Portal,
) -> None:
    world = the_world(portal)
    like = {"birth_month": 5, "sex": "M", "birth_year": 1985}
    portal.desk.stores.registry.add(world, [a_new_holder(birth_name="HIGHEST", order=999, **like)])  # type: ignore[arg-type]  # fields by name
    claims: list[Claim] = [
        a_claim(birth_name=f"N{n}", commune="31555", birth_day=3, **like)  # type: ignore[arg-type]  # fields by name
        for n in range(3)
    ]

    added = make_people_known(portal.desk, world, claims)

    assert added == Newcomers(3, 0)


def test_a_nir_that_the_batch_names_is_given_to_nobody_else(portal: Portal) -> None:
    world = the_world(portal)
    claims = [
        *crowd(3),
        NirClaim(make_people_nir(), "PERSONNE"),
    ]

    added = make_people_known(portal.desk, world, claims)

    assert added.people == 4


def make_people_nir() -> str:
    return a_new_holder(birth_month=5, sex=a_claim().sex, birth_year=a_claim().birth_year).nir[:13]


@pytest.mark.embedded
def test_an_import_gives_nobody_the_nir_that_a_later_row_has(portal: Portal) -> None:
    world = the_world(portal)
    later = a_new_holder(birth_year=1931, order=1)
    table = (
        "nomNaissance,prenom1,anneeNaissance,moisNaissance,sexe,codeInsee,nir\n"
        "PREMIER,Léa,1931,4,F,31555,\n"
        f"SECOND,Léa,1931,4,F,31555,{later.nir}\n"
    )

    assert import_people(portal.desk, world, io.StringIO(table)) == 2


@pytest.mark.embedded
def test_what_an_export_writes_an_import_takes_though_nirs_name_other_places(
    portal: Portal,
) -> None:
    world = the_world(portal)
    make_people_known(portal.desk, world, crowd(1_100))
    out = io.StringIO()
    write_people(out, portal.desk.stores.registry.everyone(world))
    other = portal.desk.stores.worlds.create("other", None)

    imported = import_people(portal.desk, other, io.StringIO(out.getvalue()))

    assert imported == portal.desk.stores.registry.count(world)
    assert "lieuNir" in out.getvalue().splitlines()[0]


@pytest.mark.embedded
def test_a_list_of_people_is_completed_at_once(portal: Portal) -> None:
    world = the_world(portal)
    people = [a_new_holder(birth_name=f"N{n}")._replace(nir="") for n in range(1_200)]

    with statements() as asked:
        made = add_people(portal.desk, world, people)

    assert isinstance(made, list)
    assert len({one.nir for one in made}) == 1_200
    assert sum(one.nir_place is not None for one in made) >= 201
    assert len(asked) < 25


@pytest.mark.embedded
def test_learning_says_how_many_nirs_name_another_place(portal: Portal, tmp_path: Path) -> None:
    people = [
        a_holder(birth_name=f"N{n}", birth_month=5, birth_day=3, commune="31555")
        for n in range(1_010)
    ]
    write_flux(tmp_path / "flux.xml", people, len(people), prefix="CROWD")

    learned = learn(portal.desk, the_world(portal), tmp_path / "flux.xml", tmp_path / "regular.xml")

    assert isinstance(learned, Learned)
    assert learned.people == 1_010
    assert [one.partition(" ")[2][:30] for one in learned.remarks] == [
        "people have a NIR that names a"
    ]
