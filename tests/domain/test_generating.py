"""Whole registries of invented people: coherent, unique, in plausible shares."""

from collections.abc import Callable
from random import Random

import pytest

from mockportal.domain.generating import Names, generated_holders
from mockportal.domain.nir import nir_faults
from mockportal.domain.places import Gazetteer
from mockportal.domain.reference import NewHolder
from tests.domain.builders import PLACES

NAMES = Names(
    female=("Léa", "Zoé", "Anne"), male=("Paul", "Luc"), family=("Petit", "Le Goff", "Lévêque")
)
PEOPLE = tuple(generated_holders(Random(7), NAMES, 20_000, PLACES))


def test_they_are_as_many_as_asked() -> None:
    assert len(PEOPLE) == 20_000


def test_each_nir_is_coherent() -> None:
    assert [found for one in PEOPLE if (found := faults(one))] == []


def test_no_two_share_a_nir_even_in_two_runs() -> None:
    more = generated_holders(Random(7), NAMES, 5_000, PLACES, first=20_000)
    nirs = [one.nir for one in (*PEOPLE, *more)]
    assert len(set(nirs)) == 25_000


def test_no_two_share_a_nir_after_999_rounds_of_the_places() -> None:
    three = Gazetteer({code: PLACES.communes[code] for code in ("31555", "2A004", "69383")},
                      PLACES.countries)  # fmt: skip
    one_round = 12 * 2 * 58
    people = [
        one.nir
        for first in (0, 999 * one_round)
        for one in generated_holders(Random(7), NAMES, one_round, three, first)
    ]
    assert len(set(people)) == 2 * one_round


def test_the_same_chance_gives_the_same_people() -> None:
    assert tuple(generated_holders(Random(7), NAMES, 500, PLACES)) == PEOPLE[:500]


def test_birth_years_go_from_1950_to_2007() -> None:
    assert {one.birth_year for one in PEOPLE} == set(range(1950, 2008))


@pytest.mark.parametrize(
    ("share", "least", "most"),
    [
        pytest.param(lambda p: p.commune[:2] == "99", 0.06, 0.10, id="born abroad"),
        pytest.param(lambda p: p.usage_name, 0.10, 0.25, id="with a usage name"),
        pytest.param(lambda p: p.second_name is None, 0.30, 0.50, id="with one first name"),
        pytest.param(lambda p: p.third_name, 0.15, 0.35, id="with three first names"),
        pytest.param(lambda p: p.birth_day is None, 0.001, 0.01, id="without a known day"),
        pytest.param(lambda p: "-" in p.birth_name, 0.02, 0.06, id="with a compound name"),
        pytest.param(lambda p: "-" in p.first_name, 0.01, 0.05,
                     id="with a compound first name"),
        pytest.param(lambda p: p.birth_name[:3] in {"DE ", "DU "} or p.birth_name[:2] == "D'",
                     0.003, 0.03, id="with a particle"),
    ],
)  # fmt: skip
def test_they_are_a_plausible_mix(
    share: Callable[[NewHolder], object], least: float, most: float
) -> None:
    assert least < sum(bool(share(one)) for one in PEOPLE) / len(PEOPLE) < most


def test_some_are_homonyms_down_to_level_1() -> None:
    keys = {(p.birth_name, p.first_name, p.sex, p.birth_year) for p in PEOPLE}
    assert len(keys) < len(PEOPLE)


def test_the_first_thousand_are_born_all_over_the_place() -> None:
    homes = {one.commune for one in PEOPLE[:1000]}
    assert homes == (PLACES.communes.keys() - {"75056", "69123"}) | PLACES.countries.keys()


def test_a_third_first_name_never_stands_without_a_second() -> None:
    assert all(one.second_name for one in PEOPLE if one.third_name)


def faults(one: NewHolder) -> list[str]:
    return nir_faults(
        one.nir, sex=one.sex, year=one.birth_year, month=one.birth_month, place=one.commune
    )
