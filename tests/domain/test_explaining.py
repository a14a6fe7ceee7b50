"""Why a passage has its verdict: what was tried, who is near, what differs without harm."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockportal.domain.differences import Difference, Kind, differences
from mockportal.domain.explaining import Explanation, explain
from mockportal.domain.funnel import find_holder
from mockportal.domain.messages import Code
from mockportal.domain.people import Claim, Holder, NirClaim, TrainingFileClaim
from mockportal.domain.resembling import nearest
from mockportal.domain.verdicts import Accepted, Rejected
from tests.domain.builders import PLACES, a_claim, a_holder, a_passage

DATED = a_claim(birth_month=4, birth_day=12)


def why(claim: Claim, code: Code, *candidates: Holder, alike: Sequence[Holder] = ()) -> Explanation:
    """Return the explanation of a KO; ``alike`` are those whom the funnel met."""
    levels = find_holder(DATED, alike, PLACES).levels if claim is DATED else ()
    return explain(
        a_passage(claim), Rejected(code, levels), text="KO",
        candidates=candidates, found=None, places=PLACES,
    )  # fmt: skip


def near_ids(explanation: Explanation) -> list[int]:
    return [one.holder.id for one in explanation.nearest]


def test_a_birth_name_and_a_first_name_in_each_others_place_are_told() -> None:
    claim = a_claim(birth_name="Lea", first_name="MARTIN")

    (near,) = why(claim, Code.LEVEL1, a_holder()).nearest

    assert [(one.field, one.kind, one.matters) for one in near.differences] == [
        ("birth_name", Kind.SWAPPED_NAMES, True),
        ("first_name", Kind.SWAPPED_NAMES, True),
    ]


def test_of_two_names_the_people_who_have_one_of_them_are_near() -> None:
    people = [a_holder(id=1, birth_name="MARTIN"), a_holder(id=2, birth_name="DURAND"),
              a_holder(id=3, birth_name="PETIT")]  # fmt: skip

    found = why(a_claim(birth_name="MARTIN DURAND"), Code.LEVEL1, *people)

    assert near_ids(found) == [1, 2]


@pytest.mark.parametrize(
    ("given", "held", "kind", "matters"),
    [
        ("MARTIN", "Martin", Kind.CASE, False),
        ("LEVÊQUE", "LEVEQUE", Kind.ACCENT, False),
        ("LE  GOFF", "LE GOFF", Kind.SPACING, False),
        ("D’ARC", "D'ARC", Kind.APOSTROPHE, False),
        ("d’arc", "D'ARC", Kind.APOSTROPHE, False),
        ("LEGOFF", "LE GOFF", Kind.SPACING, True),
        ("DARC", "D'ARC", Kind.APOSTROPHE, True),
        ("D ARC", "D'ARC", Kind.APOSTROPHE, True),
        ("PETIT-JEAN", "PETIT JEAN", Kind.HYPHEN, True),
        ("PETITJEAN", "PETIT-JEAN", Kind.HYPHEN, True),
        ("MARTIN DURAND", "MARTIN", Kind.PART_OF_NAME, True),
        ("MARTIN-DURAND", "DURAND", Kind.PART_OF_NAME, True),
        ("GOFF", "LE GOFF", Kind.PART_OF_NAME, True),
        ("DUPOND", "DUPONT", Kind.TYPO, True),
        ("DUPNOT", "DUPONT", Kind.TYPO, True),
        ("DUPONTEL", "DUPONT", Kind.TYPO, True),
        ("ROUX", "ROUY", Kind.TYPO, True),
        ("ROY", "ROI", Kind.OTHER, True),
        ("LEON", "JEAN", Kind.OTHER, True),
        ("DUPONTELLE", "DUPONT", Kind.OTHER, True),
    ],
)
def test_the_kind_of_a_difference_between_names(
    given: str, held: str, kind: Kind, matters: bool
) -> None:
    found = differences(a_claim(birth_name=given), a_holder(birth_name=held), PLACES)
    assert found == (Difference("birth_name", given, held, kind, matters),)


@given(st.text(max_size=12), st.text(max_size=12))
def test_a_difference_matters_where_the_funnel_would_stop(given: str, held: str) -> None:
    found = differences(a_claim(birth_name=given), a_holder(birth_name=held), PLACES)
    back = differences(a_claim(birth_name=held), a_holder(birth_name=given), PLACES)
    assert [one.matters for one in found] == [one.matters for one in back]
    assert bool(found) is (given != held)


class TestNearest:
    @pytest.mark.parametrize(
        "claim",
        [
            pytest.param(a_claim(birth_name="LEFEBVRE"), id="another birth name"),
            pytest.param(a_claim(first_name="Paulette"), id="another first name"),
            pytest.param(a_claim(first_name="Paulette", commune="31555"),
                         id="another first name, born in the same place"),
            pytest.param(DATED._replace(birth_name="LEFEBVRE"),
                         id="another birth name, born on the same day"),
            pytest.param(a_claim(sex="M", birth_year=1950), id="another sex and year"),
            pytest.param(a_claim(birth_year=1950, birth_month=5, birth_day=13), id="another date"),
        ],
    )  # fmt: skip
    def test_an_unrelated_person_is_never_offered(self, claim: Any) -> None:
        assert nearest(claim, [a_holder()], PLACES) == ()

    @pytest.mark.parametrize(
        "claim",
        [
            pytest.param(a_claim(birth_name="MARTINS"), id="a typo"),
            pytest.param(a_claim(sex="M"), id="another sex"),
            pytest.param(a_claim(birth_year=1991), id="another year"),
            pytest.param(a_claim(birth_name="ROY"), id="the usage name"),
            pytest.param(a_claim(first_name="Zoé"), id="the second first name"),
            pytest.param(DATED._replace(first_name="Paulette"),
                         id="another first name, born on the same day"),
            pytest.param(DATED._replace(birth_name="LEFEBVRE", commune="31555"),
                         id="another birth name, born on the same day in the same place"),
        ],
    )  # fmt: skip
    def test_someone_who_may_be_meant_is_offered(self, claim: Any) -> None:
        held = a_holder(usage_name="ROY", second_name="Zoé")
        assert [one.holder for one in nearest(claim, [held], PLACES)] == [held]

    def test_the_cheapest_difference_comes_first(self) -> None:
        claim = a_claim(birth_name="PETIT-JEAN")
        people = [
            a_holder(id=1, birth_name="PETIT-JEAN", birth_year=1991),
            a_holder(id=2, birth_name="PETIT-JEANS"),
            a_holder(id=3, birth_name="PETIT JEAN"),
        ]
        assert [one.holder.id for one in nearest(claim, people, PLACES)] == [3, 2, 1]

    def test_equals_come_by_number_once_each_and_three_at_most(self) -> None:
        people = [a_holder(id=n) for n in (4, 2, 3, 1, 2)]
        claim = a_claim(birth_name="MARTINS")
        assert [one.holder.id for one in nearest(claim, people, PLACES)] == [1, 2, 3]
        assert [one.holder.id for one in nearest(claim, people, PLACES, 1)] == [1]


class TestLevels:
    def test_a_level_that_was_not_tried_has_no_matches(self) -> None:
        tried = why(DATED, Code.LEVEL1).levels
        assert [(one.level, one.matches) for one in tried] == [(1, 0), (2, None), (3, None)]

    def test_a_tried_level_has_the_criteria_that_the_file_gives(self) -> None:
        claim = a_claim(birth_day=12, postal_code="31000", usage_name="ROY")
        twins = [a_holder(id=1), a_holder(id=2)]
        explanation = explain(
            a_passage(claim), find_holder(claim, twins, PLACES), text="KO",
            candidates=twins, found=None, places=PLACES,
        )  # fmt: skip
        assert [one.criteria for one in explanation.levels] == [
            ("birth_name", "first_name", "sex", "birth_year"),
            ("birth_day",),
            ("postal_code", "usage_name"),
        ]

    def test_a_rule_other_than_the_funnel_has_no_levels(self) -> None:
        assert why(a_claim(), Code.DUPLICATE).levels == ()


class TestWhoIsSearchedFirst:
    TWINS = (a_holder(id=5, birth_day=30), a_holder(id=6, birth_day=29, birth_month=8))
    TYPO = a_holder(id=1, birth_name="MARTINS")
    """Nearer than the twins by count of differences, but not one of those the funnel met."""

    def test_for_level_2_those_who_fit_level_1(self) -> None:
        found = why(DATED, Code.LEVEL2, self.TYPO, *self.TWINS, alike=self.TWINS)
        assert near_ids(found) == [5, 6, 1]

    def test_for_level_3_those_who_fit_level_2(self) -> None:
        claim = DATED._replace(commune="2A004", second_name="Zoé", third_name="Eva")
        twins = [a_holder(id=n, second_name="Ana", third_name="Ida") for n in (5, 6)]
        others = [a_holder(id=2, birth_day=13, commune="2A004"), self.TYPO]
        found = explain(
            a_passage(claim), find_holder(claim, twins, PLACES), text="KO",
            candidates=[*others, *twins], found=None, places=PLACES,
        )  # fmt: skip
        assert near_ids(found) == [5, 6, 2]

    def test_those_whom_the_funnel_met_are_told_however_much_differs(self) -> None:
        claim = DATED._replace(birth_month=11, birth_day=1, commune="2A004", second_name="Zoé",
            third_name="Eva", usage_name="ROY", country="109",
        )  # fmt: skip
        twins = [
            a_holder(id=n, second_name="Ana", third_name="Ida", usage_name="BEL", country="352")
            for n in (5, 6)
        ]
        found = explain(
            a_passage(claim), find_holder(claim, twins, PLACES), text="KO",
            candidates=twins, found=None, places=PLACES,
        )  # fmt: skip
        assert near_ids(found) == [5, 6]


class TestHarm:
    def test_what_a_level_not_reached_compares_does_no_harm(self) -> None:
        claim = DATED._replace(birth_name="MARTINS", birth_day=13, commune="2A004")
        (near,) = why(claim, Code.LEVEL1, a_holder()).nearest
        assert {one.field: one.matters for one in near.differences} == {
            "birth_name": True, "birth_day": False, "commune": False
        }  # fmt: skip

    def test_at_level_2_the_day_matters_and_the_commune_not_yet(self) -> None:
        claim = DATED._replace(birth_day=13, commune="2A004")
        twins = [a_holder(id=1), a_holder(id=2)]
        found = explain(
            a_passage(claim), find_holder(claim, twins, PLACES), text="KO",
            candidates=twins, found=None, places=PLACES,
        )  # fmt: skip
        assert {one.field: one.matters for one in found.nearest[0].differences} == {
            "birth_day": True, "commune": False
        }  # fmt: skip

    def test_a_wrong_day_of_someone_found_is_told_and_does_no_harm(self) -> None:
        claim, held = DATED._replace(birth_day=4, birth_month=12), a_holder()
        found = explain(
            a_passage(claim), find_holder(claim, [held], PLACES), text=None,
            candidates=[held], found=held, places=PLACES,
        )  # fmt: skip
        assert isinstance(found.verdict, Accepted)
        assert found.found is not None
        assert found.nearest == ()
        assert {(one.kind, one.matters) for one in found.found.differences} == {
            (Kind.SWAPPED_DAY_AND_MONTH, False)
        }


class TestNumbersThatNameSomeone:
    HELD = a_holder(id=7, birth_name="ROUSSEAU", first_name="Paul", sex="M")

    @pytest.mark.parametrize(
        ("claim", "code", "fields"),
        [
            (TrainingFileClaim("1", "MARTIN", "Léa"), Code.TRAINING_FILE_NAMES,
             ["birth_name", "first_name"]),
            (NirClaim("1900431555001", "MARTIN"), Code.NIR_NAME, ["birth_name"]),
        ],
    )  # fmt: skip
    def test_its_holder_is_told_however_different_with_the_names_compared(
        self, claim: Claim, code: Code, fields: list[str]
    ) -> None:
        explanation = why(claim, code, self.HELD)
        (near,) = explanation.nearest
        assert near.holder == self.HELD
        assert [one.field for one in near.differences if one.matters] == fields
        assert explanation.levels == ()
