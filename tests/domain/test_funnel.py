"""The search for the holder, level by level (domain/matching.md)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockportal.domain.funnel import find_holder
from mockportal.domain.messages import Code
from mockportal.domain.people import Holder, HolderClaim
from mockportal.domain.verdicts import Accepted, Level, Rejected
from tests.domain.builders import PLACES, a_claim, a_holder

FULL = a_claim(birth_month=4, birth_day=12, commune="31555")
"""A claim that gives the day and the commune of the usual person."""


def levels(*matches: tuple[int, int]) -> tuple[Level, ...]:
    return tuple(Level(level, count) for level, count in matches)


class TestLevel1:
    def test_nobody_alike_is_rejected(self) -> None:
        assert find_holder(FULL, [], PLACES) == Rejected(Code.LEVEL1, levels((1, 0)))

    @pytest.mark.parametrize(
        "wrong",
        [
            {"birth_day": 13},
            {"birth_month": 5},
            {"commune": "2A004"},
            {"second_name": "Zoé"},
            {"usage_name": "DUPONT"},
            {"country": "109"},
        ],
    )
    def test_one_person_alike_is_found_whatever_else_is_wrong(self, wrong: dict[str, Any]) -> None:
        held = a_holder(second_name="Ana", usage_name="PETIT", country="352")
        verdict = find_holder(FULL._replace(**wrong), [held], PLACES)
        assert verdict == Accepted(held.id, levels((1, 1)))


class TestLevel2:
    def test_the_day_of_birth_tells_homonyms_apart(self) -> None:
        people = [a_holder(id=1, birth_day=30), a_holder(id=2)]
        assert find_holder(FULL, people, PLACES) == Accepted(people[1].id, levels((1, 2), (2, 1)))

    def test_homonyms_of_other_days_are_rejected(self) -> None:
        people = [a_holder(id=1, birth_day=30), a_holder(id=2, birth_month=5)]
        assert find_holder(FULL, people, PLACES) == Rejected(Code.LEVEL2, levels((1, 2), (2, 0)))

    def test_without_month_and_day_the_level_is_skipped(self) -> None:
        people = [a_holder(id=1, commune="2A004"), a_holder(id=2)]
        verdict = find_holder(a_claim(commune="31555"), people, PLACES)
        assert verdict == Accepted(people[1].id, levels((1, 2), (3, 1)))

    @pytest.mark.parametrize(("given", "found"), [({"birth_month": 5}, 2), ({"birth_day": 12}, 1)])
    def test_where_one_of_month_and_day_is_given_that_one_is_used(
        self, given: dict[str, Any], found: int
    ) -> None:
        people = [a_holder(id=1, birth_day=12), a_holder(id=2, birth_month=5, birth_day=30)]
        verdict = find_holder(a_claim(**given), people, PLACES)
        assert verdict == Accepted(people[found - 1].id, levels((1, 2), (2, 1)))

    def test_a_person_whose_day_is_unknown_neither_fits_nor_is_excluded(self) -> None:
        people = [a_holder(id=1, birth_month=None, birth_day=None), a_holder(id=2, birth_day=30)]
        assert find_holder(FULL, people, PLACES) == Accepted(people[0].id, levels((1, 2), (2, 1)))


class TestLevel3:
    @pytest.mark.parametrize(
        ("given", "held", "others"),
        [
            pytest.param({"commune": "31555"}, {}, {"commune": "2A004"}, id="commune"),
            pytest.param({"commune": "75056"}, {"commune": "75115"}, {"commune": "31555"},
                         id="the city of an arrondissement"),
            pytest.param({"commune": "75115"}, {"commune": "75056"}, {"commune": "31555"},
                         id="an arrondissement of the city"),
            pytest.param({"commune": "75101"}, {"commune": "75115"}, {"commune": "69383"},
                         id="another arrondissement of the same city"),
            pytest.param({"commune": None, "postal_code": "31500"}, {}, {"commune": "2A004"},
                         id="postal code"),
            pytest.param({"commune": None, "postal_code": "75015"}, {"commune": "75101"},
                         {"commune": "2A004"}, id="postal code of the city"),
            pytest.param({"commune": "99109"}, {"commune": "99109"}, {"commune": "99352"},
                         id="born abroad"),
            pytest.param({"country": "109"}, {"country": "109"}, {"country": "352"}, id="country"),
            pytest.param({"second_name": "ZOE"}, {"second_name": "Zoé"}, {"second_name": "Ana"},
                         id="second first name"),
            pytest.param({"third_name": "Eva"}, {"third_name": "Eva"}, {"third_name": "Ana"},
                         id="third first name"),
            pytest.param({"usage_name": "PETIT"}, {"usage_name": "Petit"}, {"usage_name": "ROY"},
                         id="usage name"),
        ],
    )  # fmt: skip
    def test_each_other_datum_tells_homonyms_apart(
        self, given: dict[str, Any], held: dict[str, Any], others: dict[str, Any]
    ) -> None:
        claim = FULL._replace(**({"commune": None} | given))
        meant, other = a_holder(id=1, **held), a_holder(id=2, **others)
        verdict = find_holder(claim, [other, meant], PLACES)
        assert verdict == Accepted(meant.id, levels((1, 2), (2, 2), (3, 1)))

    def test_nobody_left_is_rejected(self) -> None:
        people = [a_holder(id=1), a_holder(id=2)]
        verdict = find_holder(FULL._replace(commune="2A004"), people, PLACES)
        assert verdict == Rejected(Code.LEVEL3, levels((1, 2), (2, 2), (3, 0)))

    def test_several_left_are_rejected(self) -> None:
        people = [a_holder(id=1), a_holder(id=2)]
        verdict = find_holder(FULL, people, PLACES)
        assert verdict == Rejected(Code.SEVERAL, levels((1, 2), (2, 2), (3, 2)))

    @pytest.mark.parametrize(
        "unknown", ["commune", "country", "second_name", "third_name", "usage_name"]
    )
    def test_a_datum_that_the_registry_does_not_hold_excludes_nobody(self, unknown: str) -> None:
        claim = FULL._replace(second_name="Zoé", third_name="Eva", usage_name="ROY", country="109")
        whole = {
            "second_name": "Zoé", "third_name": "Eva", "usage_name": "ROY", "country": "109"
        }  # fmt: skip
        people = [a_holder(id=n, **(whole | {unknown: None})) for n in (1, 2)]  # type: ignore[arg-type]
        assert find_holder(claim, people, PLACES) == Rejected(
            Code.SEVERAL, levels((1, 2), (2, 2), (3, 2))
        )

    def test_labels_of_communes_are_not_compared(self) -> None:
        people = [a_holder(id=1, commune_label="TOULOUSE"), a_holder(id=2, commune="2A004")]
        verdict = find_holder(FULL._replace(commune_label="AUTRE"), people, PLACES)
        assert verdict == Accepted(people[0].id, levels((1, 2), (2, 2), (3, 1)))

    def test_a_place_whose_postal_codes_are_unknown_excludes_nobody(self) -> None:
        people = [a_holder(id=1, commune="99109"), a_holder(id=2, commune="31555")]
        claim = FULL._replace(commune=None, postal_code="20000")
        assert find_holder(claim, people, PLACES) == Accepted(
            people[0].id, levels((1, 2), (2, 2), (3, 1))
        )


def some_of(*values: object) -> st.SearchStrategy[Any]:
    return st.sampled_from((None, *values))


@st.composite
def claims(draw: st.DrawFn) -> HolderClaim:
    return a_claim(
        birth_month=draw(some_of(4, 5)),
        birth_day=draw(some_of(12, 13)),
        second_name=draw(some_of("Zoé", "Ana")),
        usage_name=draw(some_of("ROY")),
        commune=draw(some_of("31555", "75115", "75056")),
        country=draw(some_of("109")),
    )


@st.composite
def homonyms(draw: st.DrawFn) -> list[Holder]:
    return [
        a_holder(
            id=number,
            birth_month=draw(some_of(4, 5)),
            birth_day=draw(some_of(12, 13)),
            second_name=draw(some_of("Zoé", "Ana")),
            commune=draw(some_of("31555", "75101", "2A004")),
        )
        for number in range(1, draw(st.integers(0, 5)) + 1)
    ]


@given(claims(), homonyms())
def test_whoever_is_found_is_one_of_those_alike(claim: HolderClaim, alike: list[Holder]) -> None:
    verdict = find_holder(claim, alike, PLACES)
    if isinstance(verdict, Accepted):
        assert verdict.holder in {one.id for one in alike}
        assert verdict.levels[-1].matches == 1


@given(claims(), homonyms())
def test_each_level_leaves_at_most_as_many_as_the_one_before(
    claim: HolderClaim, alike: list[Holder]
) -> None:
    tried = find_holder(claim, alike, PLACES).levels
    assert [one.level for one in tried] == sorted({one.level for one in tried})
    assert [one.matches for one in tried] == sorted((one.matches for one in tried), reverse=True)


@given(claims(), homonyms(), st.randoms(use_true_random=False))
def test_the_order_of_the_registry_does_not_matter(
    claim: HolderClaim, alike: list[Holder], rng: Any
) -> None:
    shuffled = rng.sample(alike, len(alike))
    assert find_holder(claim, shuffled, PLACES) == find_holder(claim, alike, PLACES)
