"""What differs between what a file says of a person and what the registry holds."""

import pytest

from mockportal.domain.differences import Kind, differences, edits
from mockportal.domain.explaining import nearest
from mockportal.domain.funnel import find_holder
from mockportal.domain.identifiers import HolderId
from mockportal.domain.messages import Code
from mockportal.domain.people import Holder, claim_by_names
from mockportal.domain.places import Commune, Gazetteer
from mockportal.domain.verdicts import Accepted, Level, Rejected

PLACES = Gazetteer(
    {
        "75056": Commune("75056", "Paris", ("75015",)),
        "75115": Commune("75115", "Paris 15e", ("75015",), "75056"),
        "31555": Commune("31555", "Toulouse", ("31000", "31500")),
    }
)
HOLDER = Holder(
    id=HolderId(1),
    birth_name="D'ÉCLAIR-MARTIN",
    usage_name="DUPONT",
    first_name="Anne-Sophie",
    second_name="Zoé",
    third_name=None,
    birth_year=1990,
    birth_month=3,
    birth_day=11,
    sex="F",
    commune="75115",
    commune_label="PARIS",
    country=None,
    nir="290037511500100",
)
CLAIM = claim_by_names(
    birth_name="D'ÉCLAIR-MARTIN",
    first_name="Anne-Sophie",
    birth_year=1990,
    birth_month=3,
    birth_day=11,
    sex="F",
    commune="75115",
)


def test_nothing_differs_where_the_file_says_what_the_registry_holds() -> None:
    assert differences(CLAIM, HOLDER, PLACES) == ()


@pytest.mark.parametrize(
    ("change", "field", "kind", "matters"),
    [
        ({"birth_name": "D'ECLAIR-MARTIN"}, "birth_name", Kind.ACCENT, False),
        ({"birth_name": "d'éclair-martin"}, "birth_name", Kind.CASE, False),
        ({"birth_name": "D'ÉCLAIR MARTIN"}, "birth_name", Kind.HYPHEN, True),
        ({"birth_name": "D ÉCLAIR-MARTIN"}, "birth_name", Kind.APOSTROPHE, True),
        ({"birth_name": "Dupont"}, "birth_name", Kind.USAGE_NAME_GIVEN, True),
        ({"birth_name": "D'ÉCLIAR-MARTIN"}, "birth_name", Kind.TYPO, True),
        ({"birth_name": "LEGRAND"}, "birth_name", Kind.OTHER, True),
        ({"first_name": "Zoe"}, "first_name", Kind.OTHER_FIRST_NAME, True),
        ({"sex": "M"}, "sex", Kind.OTHER, True),
        ({"birth_year": 1991}, "birth_year", Kind.OTHER, True),
        ({"commune": "31555"}, "commune", Kind.OTHER_COMMUNE, True),
        ({"commune": None, "postal_code": "31000"}, "postal_code", Kind.OTHER_COMMUNE, True),
    ],
)
def test_a_difference_has_its_field_and_its_kind(
    change: dict[str, object], field: str, kind: Kind, matters: bool
) -> None:
    (found,) = differences(CLAIM._replace(**change), HOLDER, PLACES)  # type: ignore[arg-type]
    assert (found.field, found.kind, found.matters) == (field, kind, matters)


def test_a_day_and_a_month_that_are_swapped_are_told_as_such() -> None:
    found = differences(CLAIM._replace(birth_month=11, birth_day=3), HOLDER, PLACES)
    assert {one.kind for one in found} == {Kind.SWAPPED_DAY_AND_MONTH}


def test_an_arrondissement_compares_with_its_city() -> None:
    assert differences(CLAIM._replace(commune="75056"), HOLDER, PLACES) == ()


def test_a_stranger_is_never_offered_as_the_nearest_person() -> None:
    stranger = CLAIM._replace(birth_name="LEGRAND", first_name="Paul", sex="M", birth_year=1950)
    assert nearest(stranger, [HOLDER], PLACES) == ()


def test_the_nearest_person_comes_first() -> None:
    other = HOLDER._replace(id=HolderId(2), birth_year=1989)
    claim = CLAIM._replace(birth_name="D'ÉCLAIR MARTIN")
    assert [one.holder.id for one in nearest(claim, [other, HOLDER], PLACES)] == [1, 2]


@pytest.mark.parametrize(
    ("one", "other", "count"), [("", "", 0), ("abc", "acb", 1), ("abc", "abd", 1), ("ab", "xyz", 3)]
)
def test_edits_counts_letters(one: str, other: str, count: int) -> None:
    assert edits(one, other) == count


def test_the_funnel_stops_at_the_first_level_that_leaves_one_person() -> None:
    wrong_day = CLAIM._replace(birth_day=12)
    assert find_holder(wrong_day, [HOLDER], PLACES) == Accepted(HolderId(1), (Level(1, 1),))


def test_a_level_without_day_and_month_is_skipped() -> None:
    twin = HOLDER._replace(id=HolderId(2), commune="31555")
    claim = CLAIM._replace(birth_day=None, birth_month=None)
    assert find_holder(claim, [HOLDER, twin], PLACES) == Accepted(
        HolderId(1), (Level(1, 2), Level(3, 1))
    )


def test_each_level_has_its_rejection() -> None:
    twin = HOLDER._replace(id=HolderId(2))
    both = [HOLDER, twin]
    verdicts = [
        find_holder(CLAIM, [], PLACES),
        find_holder(CLAIM._replace(birth_day=30), both, PLACES),
        find_holder(CLAIM._replace(commune="31555"), both, PLACES),
        find_holder(CLAIM, both, PLACES),
    ]
    codes = [one.code for one in verdicts if isinstance(one, Rejected)]
    assert codes == [Code.LEVEL1, Code.LEVEL2, Code.LEVEL3, Code.SEVERAL]
