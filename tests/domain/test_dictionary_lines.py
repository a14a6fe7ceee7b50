"""The lines of the dictionary: labels, rules, values, and the search among them."""

import pytest

from mockportal.domain.dictionary import DICTIONARY
from mockportal.domain.dictionary_lines import found, lines_of, sections
from mockportal.domain.dictionary_notes import PARTS, RULES, SYNONYMS, label_of, rule_of
from mockportal.domain.schema_elements import Presence, SchemaElement, ValueForm


def an_element(*path: str, key: str | None = None, form: ValueForm | None = None) -> SchemaElement:
    return SchemaElement(path=path, presence=Presence.MANDATORY, key=key, form=form)


FLUX = an_element("flux", key="flux")
NAME = an_element(
    "flux", "nom", key="birth_name", form=ValueForm(base="string", min_length=1, max_length=60)
)
SEX = an_element("flux", "sexe", key="sex", form=ValueForm(base="string", values=("M", "F", "X")))
PLACE = an_element(
    "flux", "lieu", key="commune_label", form=ValueForm(base="string", max_length=60)
)
NEW = an_element("flux", "couleur", form=ValueForm(base="token"))


def test_no_element_has_two_labels_and_no_rule_is_of_nothing() -> None:
    assert not set(PARTS) & set(DICTIONARY)
    assert set(RULES) <= set(PARTS) | set(DICTIONARY)
    assert set(SYNONYMS) <= set(PARTS) | set(DICTIONARY)


def test_a_rule_stands_before_the_help_of_a_form() -> None:
    assert rule_of("technical_id") == RULES["technical_id"]
    assert rule_of("commune") == DICTIONARY["commune"].help
    assert rule_of(None) == label_of(None) == ""


def test_values_come_with_their_words_where_there_are_any() -> None:
    (line,) = lines_of([SEX])

    assert line.values == (("M", "Masculin"), ("F", "Féminin"), ("X", ""))


def test_the_dictionary_says_where_it_wants_less_than_the_schema() -> None:
    lines = lines_of([NAME, PLACE])

    assert [one.dictionary_length for one in lines] == [None, 40]


def test_an_element_that_nobody_has_described_is_listed_all_the_same() -> None:
    (line,) = lines_of([NEW])

    assert (line.place, line.label, line.rule) == ("flux/couleur", "", "")


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("", ["flux", "nom", "sexe", "lieu", "couleur"]),
        ("naissance", ["nom", "lieu"]),
        ("NAISSANCE libellé", ["lieu"]),
        ("feminin", ["sexe"]),
        ("nom de la naissance", ["nom"]),
        ("les noms", ["flux", "nom"]),
        ("de", ["flux", "nom", "sexe", "lieu", "couleur"]),
        ("lieu de naissance", ["lieu"]),
        ("civilité", ["sexe"]),
        ("flux/cou", ["couleur"]),
        ("introuvable", []),
    ],
)
def test_a_search_finds_the_lines_that_hold_all_its_words(typed: str, names: list[str]) -> None:
    lines = lines_of([FLUX, NAME, SEX, PLACE, NEW])

    assert [one.element.name for one in found(lines, typed)] == names


def test_lines_are_grouped_under_the_element_that_holds_them() -> None:
    lines = lines_of([FLUX, NAME, SEX])

    root, inner = sections(lines, lines)

    assert (root.parent, [one.element for one in root.lines]) == (None, [FLUX])
    assert inner.parent == lines[0]
    assert [one.element for one in inner.lines] == [NAME, SEX]
