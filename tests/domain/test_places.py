"""Places of birth: cities, arrondissements, postal codes."""

import pytest

from mockportal.domain.places import Gazetteer
from tests.domain.builders import PLACES


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("31555", "31555", True),
        ("31555", "75056", False),
        ("75056", "75115", True),
        ("75115", "75056", True),
        ("75101", "75115", True),
        ("75115", "69383", False),
        ("99109", "99109", True),
        ("99109", "99352", False),
        ("12345", "12345", True),
    ],
)
def test_an_arrondissement_is_the_same_place_as_its_city(one: str, other: str, same: bool) -> None:
    assert PLACES.same_place(one, other) is same


@pytest.mark.parametrize(
    ("code", "postal_code", "expected"),
    [
        ("31555", "31500", True),
        ("31555", "75015", False),
        ("75056", "75015", True),
        ("75101", "75015", True),
        ("69123", "69003", True),
        ("99109", "75015", None),
        ("12345", "75015", None),
    ],
)
def test_a_place_has_the_postal_codes_of_its_whole_city(
    code: str, postal_code: str, expected: bool | None
) -> None:
    assert PLACES.has_postal_code(code, postal_code) is expected


@pytest.mark.parametrize(
    ("postal_code", "code"),
    [("31000", "31555"), ("75015", "75056"), ("69003", "69123"), ("20000", "2A004")],
)
def test_a_postal_code_leads_to_a_commune_never_to_an_arrondissement(
    postal_code: str, code: str
) -> None:
    found = PLACES.with_postal_code(postal_code)
    assert found is not None
    assert found.code == code


def test_an_unknown_postal_code_leads_nowhere() -> None:
    assert PLACES.with_postal_code("00000") is None
    assert Gazetteer({}).with_postal_code("31000") is None
