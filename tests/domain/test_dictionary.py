"""The dictionary's rules, each as a table of what breaks it and what does not."""

import pytest

from mockportal.domain.dictionary import DICTIONARY, words_of
from mockportal.domain.dictionary_rules import applied, dictionary_faults
from mockportal.wire.passage_fields import FLUX_NAMES

NOTHING: dict[str, str | None] = {}


def faulty(values: dict[str, str | None]) -> list[str]:
    return [one.field for one in dictionary_faults(values)]


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"language_level": "B2", "has_language_level": "true"}, []),
        ({"language_level": "B2", "has_language_level": " 1 "}, []),
        ({"language_level": "B2", "has_language_level": "false"}, ["language_level"]),
        ({"digital_score": "10", "has_digital_level": "true"}, []),
        ({"digital_score": "10", "has_digital_level": "0"}, ["digital_score"]),
        ({"digital_results": "1.2:5", "has_digital_level": "false"}, ["digital_results"]),
        ({"vae_way": "CONGES_VAE", "way_in": "VAE"}, []),
        ({"vae_way": "CONGES_VAE", "way_in": "CANDIDAT_LIBRE"}, ["vae_way"]),
        ({"vae_way": "CONGES_VAE", "way_in": None}, ["vae_way"]),
        ({"commune": "29019", "country": "109"}, ["country"]),
        ({"commune": "99109", "country": "109"}, []),
        ({"commune": "99109", "country": "352"}, ["country"]),
        ({"commune": None, "country": "109"}, []),
        ({"commune_label": "B" * 40}, []),
        ({"commune_label": "B" * 41}, ["commune_label"]),
    ],
)
def test_a_field_that_another_one_forbids_is_a_fault(
    values: dict[str, str | None], wrong: list[str]
) -> None:
    assert faulty(values) == wrong


@pytest.mark.parametrize(
    ("results", "right"),
    [
        ("1.3:5 2.6:1 5.4:8", True),
        ("1.4:5", False),
        ("6.1:5", False),
        ("1-2:5", False),
        ("1.2", False),
        ("1.x:5", False),
    ],
)
def test_digital_results_name_competences_that_there_are(results: str, right: bool) -> None:
    faults = faulty({"has_digital_level": "true", "digital_results": results})

    assert faults == ([] if right else ["digital_results"])


def test_a_rule_that_was_broken_before_does_not_hinder_other_changes() -> None:
    values: dict[str, str | None] = {"language_level": "B2", "has_language_level": "false"}

    assert dictionary_faults(values, {"mention"}) == []
    assert dictionary_faults(values, {"has_language_level"})


def test_an_empty_text_is_no_value() -> None:
    assert applied({"mention": "MENTION_BIEN"}, {"mention": ""}) == {"mention": None}


def test_a_commune_drives_out_the_postal_code_and_the_other_way_round() -> None:
    by_commune = applied({"commune": None, "postal_code": "31000"}, {"commune": "31555"})
    by_postal_code = applied({"commune": "31555", "postal_code": None}, {"postal_code": "31000"})

    assert by_commune == {"commune": "31555", "postal_code": None}
    assert by_postal_code == {"commune": None, "postal_code": "31000"}


def test_another_way_to_name_the_holder_drives_out_the_one_before() -> None:
    before: dict[str, str | None] = {"birth_name": "MARTIN", "first_name": "Léa", "sex": "F"}
    file: dict[str, str | None] = {
        "training_file": "1", "file_birth_name": "MARTIN", "file_first_name": "Léa",
    }  # fmt: skip

    after = applied(before, file)

    assert {name for name, value in after.items() if value} == set(file)


def test_a_nir_keeps_the_birth_name_that_goes_with_it() -> None:
    before: dict[str, str | None] = {"birth_name": "MARTIN", "first_name": "Léa", "sex": "F"}

    after = applied(before, {"nir": "2900431555001"})

    assert {name: value for name, value in after.items() if value} == {
        "birth_name": "MARTIN",
        "nir": "2900431555001",
    }


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("final", "1", "Oui"),
        ("final", " false ", "Non"),
        ("mention", "MENTION_BIEN", "Bien"),
        ("valid_from", "2026-01-15", "15/01/2026"),
        ("verbatim", " as sent ", " as sent "),
    ],
)
def test_values_are_told_in_words(field: str, value: str, words: str) -> None:
    assert words_of(field, value) == words


def test_every_field_has_its_name_in_the_flux_and_a_label_of_its_own() -> None:
    assert set(DICTIONARY) == set(FLUX_NAMES)
    assert len({one.label for one in DICTIONARY.values()}) == len(DICTIONARY)


def test_what_tells_a_passage_from_all_others_may_not_change() -> None:
    fixed = {name for name, one in DICTIONARY.items() if not one.may_change}

    assert fixed == {"technical_id", "sender", "certifier", "contract"}
