"""Invented people: found by the claim they were made for, coherent, and marked."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockportal.domain.funnel import born_on_the_same_day, find_holder, fits_other_data
from mockportal.domain.identifiers import HolderId
from mockportal.domain.inventing import invented_holder
from mockportal.domain.nir import nir_faults
from mockportal.domain.people import Claim, Holder, HolderClaim, NirClaim, TrainingFileClaim
from mockportal.domain.reference import NewHolder
from mockportal.domain.rules import Known, holder_of
from mockportal.domain.verdicts import Accepted, Level
from tests.domain.builders import PLACES, WORLD, a_claim

DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def invented(claim: Claim, seed: int = 1, order: int = 1) -> NewHolder:
    return invented_holder(lambda: Random(seed), claim=claim, order=order, places=PLACES)


def held(one: NewHolder, number: int) -> Holder:
    """Return a new person as the registry would hold it."""
    return Holder(
        id=HolderId(number),
        **{
            name: getattr(one, name)
            for name in Holder._fields
            if name != "id"
        },
    )  # fmt: skip


def faults(one: NewHolder) -> list[str]:
    return nir_faults(
        one.nir, sex=one.sex, year=one.birth_year, month=one.birth_month, place=one.commune
    )


places = st.sampled_from((None, "31555", "2A004", "99109", "97411"))
holder_claims = st.builds(
    a_claim,
    birth_month=st.none() | st.integers(1, 12),
    birth_day=st.none() | st.integers(1, 31),
    sex=st.sampled_from("FM"),
    birth_year=st.integers(1930, 2010),
    second_name=st.sampled_from((None, "Zoé")),
    usage_name=st.sampled_from((None, "ROY")),
    commune=places,
)


class TestForATitulaire:
    @given(holder_claims, st.integers(0, 9), st.integers(1, 999))
    def test_the_nir_is_coherent_and_what_is_given_is_kept(
        self, claim: HolderClaim, seed: int, order: int
    ) -> None:
        person = invented(claim, seed, order)
        assert faults(person) == []
        for name in ("birth_name", "first_name", "second_name", "third_name", "usage_name", "sex",
                     "birth_year", "birth_month", "birth_day", "commune"):  # fmt: skip
            if (said := getattr(claim, name)) is not None:
                assert getattr(person, name) == said
                assert name not in person.invented

    @given(holder_claims)
    def test_the_marks_name_what_the_flux_did_not_say(self, claim: HolderClaim) -> None:
        marks = invented(claim).invented
        assert "nir" in marks
        assert ("birth_month" in marks) is (claim.birth_month is None)
        assert ("birth_day" in marks) is (claim.birth_day is None)

    @given(holder_claims, st.integers(0, 99))
    def test_an_invented_day_exists_in_its_month(self, claim: HolderClaim, seed: int) -> None:
        person = invented(claim, seed)
        assert person.birth_month is not None
        assert person.birth_day is not None
        if {"birth_day", "birth_month"} & person.invented:
            assert person.birth_day <= DAYS[person.birth_month - 1]

    def test_a_month_is_invented_that_has_the_given_day(self) -> None:
        months = {invented(a_claim(birth_day=31), seed).birth_month for seed in range(200)}
        assert months == {1, 3, 5, 7, 8, 10, 12}

    @pytest.mark.parametrize(
        ("postal_code", "commune", "label"),
        [("31500", "31555", "TOULOUSE"), ("75015", "75056", "PARIS"), ("00000", None, None)],
    )
    def test_a_postal_code_gives_the_commune(
        self, postal_code: str, commune: str | None, label: str | None
    ) -> None:
        person = invented(a_claim(postal_code=postal_code))
        assert (person.commune, person.commune_label) == (commune, label)
        assert ("commune" in person.invented) is (commune is not None)

    def test_a_label_that_the_flux_gives_is_kept(self) -> None:
        person = invented(a_claim(postal_code="31500", commune_label="Tolosa"))
        assert person.commune_label == "Tolosa"
        assert "commune_label" not in person.invented

    @pytest.mark.parametrize(
        ("claim", "country", "place"),
        [
            (a_claim(commune="99352"), "352", "99352"),
            (a_claim(commune="99352", country="999"), "999", "99352"),
            (a_claim(country="109"), "109", "99109"),
            (a_claim(commune="31555"), None, "31555"),
        ],
    )
    def test_someone_born_abroad_has_the_country_in_the_nir(
        self, claim: HolderClaim, country: str | None, place: str
    ) -> None:
        person = invented(claim)
        assert (person.country, person.nir[5:10]) == (country, place)

    @pytest.mark.parametrize("code", ["ABCDE", "2a004", "١٢٣٤٥"])
    def test_a_code_that_no_nir_can_hold_is_kept_and_the_nir_gets_another(self, code: str) -> None:
        person = invented(a_claim(commune=code))
        assert person.commune == code
        assert person.nir[5:10] in PLACES.communes

    @given(holder_claims)
    def test_the_claim_finds_its_person_through_every_level(self, claim: HolderClaim) -> None:
        person = held(invented(claim), 1)
        assert born_on_the_same_day(claim, person)
        assert fits_other_data(claim, person, PLACES)
        assert find_holder(claim, [person], PLACES) == Accepted(person.id, (Level(1, 1),))

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            pytest.param(a_claim(birth_month=4, birth_day=12), a_claim(birth_month=12, birth_day=4),
                         id="the day of birth"),
            pytest.param(a_claim(birth_month=4), a_claim(birth_month=12), id="the month alone"),
            pytest.param(a_claim(commune="31555"), a_claim(commune="2A004"), id="the commune"),
            pytest.param(a_claim(commune="31555"), a_claim(commune="99109"), id="born abroad"),
            pytest.param(a_claim(postal_code="31000"), a_claim(postal_code="75015"),
                         id="the postal code"),
            pytest.param(a_claim(country="109"), a_claim(country="352"), id="the country"),
            pytest.param(a_claim(second_name="Zoé"), a_claim(second_name="Ana"),
                         id="the second first name"),
            pytest.param(a_claim(usage_name="ROY"), a_claim(usage_name="BEL"), id="the usage name"),
        ],
    )  # fmt: skip
    def test_two_claims_that_differ_after_level_1_each_find_their_person(
        self, one: HolderClaim, other: HolderClaim
    ) -> None:
        people = [held(invented(one, 1), 1), held(invented(other, 2), 2)]
        found = [find_holder(claim, people, PLACES) for claim in (one, other)]
        assert [v.holder for v in found if isinstance(v, Accepted)] == [1, 2]


class TestForATrainingFile:
    CLAIM = TrainingFileClaim("31090000012", "LE GOFF", "Zoé")

    def test_its_number_and_names_are_kept_and_the_rest_is_marked(self) -> None:
        person = invented(self.CLAIM)
        assert (person.training_file, person.birth_name, person.first_name) == (
            "31090000012", "LE GOFF", "Zoé"
        )  # fmt: skip
        assert {"sex", "birth_year", "birth_month", "birth_day", "nir"} <= person.invented
        assert not {"birth_name", "first_name"} & person.invented
        assert faults(person) == []

    def test_the_claim_finds_it(self) -> None:
        known = Known(training_files={"31090000012": [held(invented(self.CLAIM), 3)]})
        assert holder_of(WORLD, self.CLAIM, known, PLACES) == Accepted(HolderId(3))


class TestForANir:
    @pytest.mark.parametrize(
        ("nir13", "sex", "year", "month", "commune", "country"),
        [
            ("1850231555012", "M", 1985, 2, "31555", None),
            ("2001299109001", "F", 2000, 12, "99109", "109"),
            ("208012A004001", "F", 2008, 1, "2A004", None),
            ("1263075115001", "M", 1926, None, "75115", None),
            ("2900412345001", "F", 1990, 4, "12345", None),
        ],
    )
    def test_sex_year_month_and_place_follow_from_it(
        self, nir13: str, sex: str, year: int, month: int | None, commune: str, country: str | None
    ) -> None:
        person = invented(NirClaim(nir13, "ROY"))
        assert (person.birth_name, person.sex, person.birth_year, person.birth_month) == (
            "ROY", sex, year, month
        )  # fmt: skip
        assert (person.commune, person.country, person.nir[:13]) == (commune, country, nir13)
        assert faults(person) == [] or month is None

    def test_a_day_is_invented_that_its_month_has(self) -> None:
        days = [invented(NirClaim("1850231555012", "ROY"), seed).birth_day for seed in range(200)]
        assert all(day is not None and 1 <= day <= 28 for day in days)

    def test_first_name_and_day_are_marked_and_what_the_nir_says_is_not(self) -> None:
        marks = invented(NirClaim("1850231555012", "ROY")).invented
        assert {"first_name", "birth_day"} <= marks
        assert not {"sex", "birth_year", "birth_month", "commune", "nir"} & marks


def test_the_same_chance_invents_the_same_person() -> None:
    for claim in (a_claim(), TrainingFileClaim("1", "A", "B"), NirClaim("1850231555012", "ROY")):
        assert invented(claim, 5) == invented(claim, 5)
