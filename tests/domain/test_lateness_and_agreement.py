"""The three-month rule, and a code that must go with its type."""

from datetime import date

import pytest

from mockportal.domain.flux import AwardedCertification
from mockportal.domain.lateness import is_late, last_day_in_time
from mockportal.domain.rules import agreeing_type


@pytest.mark.parametrize(
    ("awarded", "last"),
    [
        (date(2026, 1, 15), date(2026, 4, 15)),
        (date(2025, 11, 30), date(2026, 2, 28)),
        (date(2026, 10, 31), date(2027, 1, 31)),
    ],
)
def test_a_passage_may_be_sent_for_three_months(awarded: date, last: date) -> None:
    assert last_day_in_time(awarded) == last
    assert not is_late(awarded, last)
    assert is_late(awarded, date.fromordinal(last.toordinal() + 1))


@pytest.mark.parametrize(
    ("awarded", "late"),
    [
        (date(1998, 6, 30), False),
        (date(2021, 6, 30), False),
        (date(2021, 7, 1), True),
        (date(2021, 7, 2), True),
    ],
)
def test_what_was_awarded_before_the_obligation_is_never_late(awarded: date, late: bool) -> None:
    assert is_late(awarded, date(2026, 11, 30)) is late


@pytest.mark.parametrize(
    ("type_", "code", "agrees"),
    [
        ("RS", "RS1710", True),
        ("RS", "1710", False),
        ("RS", "RNCP1", False),
        ("RNCP", "RNCP1", True),
        ("Diplôme d'Etablissement", "DE-12", True),
        ("Diplôme Universitaire", "DU/2021", True),
        ("Habilitation", "RS1710", True),
        ("Reconnaissance", "x", True),
        ("Titre", "RS1710", False),
    ],
)
def test_a_code_agrees_with_its_type_by_its_prefix(type_: str, code: str, agrees: bool) -> None:
    assert agreeing_type(AwardedCertification(type_, code)) is agrees
