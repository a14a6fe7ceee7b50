"""Faults as people make them, and the advice on each: the very text, and a file that passes."""

import re
from collections.abc import Callable

import pytest

from mockportal.domain.advice import Advice
from mockportal.domain.advising import advice_on
from mockportal.domain.file_errors import Place
from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire
from tests.mending.faults import Faulty
from tests.mending.mending import TODAY, Outcome, elements_of, errors_of, mended

VERSION = "1.1.2"
NOTHING_KNOWN = (
    '<cpf:codePostalNaissance><cpf:codePostal xsi:nil="true"/></cpf:codePostalNaissance>'
)
PLACE = f"<cpf:codeCommuneNaissance>{NOTHING_KNOWN}</cpf:codeCommuneNaissance>"
CODE = "<cpf:codeInsee>29019</cpf:codeInsee>"
WAY = f"<cpf:codeInseeNaissance>{CODE}</cpf:codeInseeNaissance>"
WHOLE = f"<cpf:codeCommuneNaissance>{WAY}</cpf:codeCommuneNaissance>"
SEX = "<cpf:sexe>F</cpf:sexe>"
YEAR = "<cpf:anneeNaissance>1990</cpf:anneeNaissance>"
BIRTH = (
    "<cpf:anneeNaissance>1974</cpf:anneeNaissance><cpf:moisNaissance>5</cpf:moisNaissance>"
    "<cpf:jourNaissance>12</cpf:jourNaissance>"
)
DAY = '<cpf:moisNaissance xsi:nil="true"/><cpf:jourNaissance xsi:nil="true"/>'


def a_flux(*changes: tuple[str, str]) -> str:
    """Return a flux of one passage after changes to its text."""
    text = a_flux_xml(a_passage_xml("T-1", a_titulaire())).decode()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def first_advice(text: str) -> Advice:
    """Return the advice on the first error of a file."""
    error = errors_of(text, VERSION)[0]
    assert error.facts is not None
    return advice_on(error.facts, error.place or Place(), elements_of(VERSION), TODAY)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (PLACE, CODE, f"Naissance », lui-même dans « codeCommuneNaissance » : écrivez {WHOLE}"),
        (PLACE, f"<cpf:codeCommuneNaissance>{CODE}</cpf:codeCommuneNaissance>", f"écrivez {WAY}"),
        (PLACE, "<cpf:codeCommuneNaissance>29019</cpf:codeCommuneNaissance>", WHOLE),
        (PLACE, "<cpf:codeInseeNaissance>29019</cpf:codeInseeNaissance>", WHOLE),
        (PLACE, "<cpf:codeInsee>1310</cpf:codeInsee>", "<cpf:codeInsee>01310</cpf:codeInsee>"),
        (PLACE, "<cpf:codeInsee>BREST</cpf:codeInsee>", PLACE),
        (PLACE, "<cpf:codeCommuneNaissance>BREST</cpf:codeCommuneNaissance>", PLACE),
        (PLACE, "", PLACE),
        (PLACE, "<cpf:codeCommuneNaissance/>", NOTHING_KNOWN),
        (PLACE, '<cpf:codeCommuneNaissance xsi:nil="true"/>', PLACE),
        (NOTHING_KNOWN, "<cpf:codeInseeNaissance/>", NOTHING_KNOWN),
        (NOTHING_KNOWN, '<cpf:codeInseeNaissance xsi:nil="true"/>', NOTHING_KNOWN),
        (NOTHING_KNOWN, WAY.replace(">29019</cpf:codeInsee>", ' xsi:nil="true"/>'), NOTHING_KNOWN),
        (NOTHING_KNOWN, NOTHING_KNOWN.replace("codePostalN", "codeInseeN"), "<cpf:codePostalN"),
        (NOTHING_KNOWN, WAY + NOTHING_KNOWN, "Gardez le bon"),
        (SEX, "<cpf:genre>Homme</cpf:genre>", "<cpf:sexe>M</cpf:sexe>"),
        (SEX, "<cpf:Sexe>F</cpf:Sexe>", SEX),
        (SEX, "<sexe>F</sexe>", "<cpf:sexe"),
        (SEX, SEX + "<cpf:email>a@b.test</cpf:email>", "Retirez toute la balise « email »"),
        (SEX, SEX + SEX, "Gardez le bon et retirez l'autre"),
        ("nomNaissance>MARTIN</cpf:nomNaissance", "nom>MARTIN</cpf:nom",
         "<cpf:nomNaissance>MARTIN</cpf:nomNaissance>"),
        (YEAR + DAY, "<cpf:dateNaissance>12/05/1974</cpf:dateNaissance>",
         BIRTH),
        (YEAR, "<cpf:date_naissance>27161</cpf:date_naissance>",
         "<cpf:anneeNaissance>1974</cpf:anneeNaissance> (le numéro de jour d'un tableur)"),
        (YEAR + DAY, "<cpf:dateDeNaissance>1974</cpf:dateDeNaissance>",
         '<cpf:anneeNaissance>1974</cpf:anneeNaissance><cpf:moisNaissance xsi:nil="true"/>'),
        ("<cpf:titulaire>", "", "Écrivez <cpf:titulaire> après <cpf:identificationTitulaire>"),
    ],
)  # fmt: skip
def test_the_advice_on_an_element_gives_the_text_that_mends_the_file(
    old: str, new: str, told: str
) -> None:
    also = [("</cpf:titulaire>", "")] if old == "<cpf:titulaire>" else []
    text = a_flux((old, new), *also)

    result = mended(Faulty("", VERSION, text))

    assert told in first_advice(text).mend
    assert result is not None
    assert result[0] is Outcome.MENDED, result[1]


def test_what_only_the_person_knows_is_given_as_an_example() -> None:
    text = a_flux((SEX, ""))

    result = mended(Faulty("", VERSION, text))

    assert "La valeur est un exemple : mettez la vraie, « Sexe »." in first_advice(text).mend
    assert result is not None
    assert result[0] is Outcome.TO_COMPLETE


@pytest.mark.parametrize(
    "written",
    [
        lambda text: re.sub("(</?)cpf:", r"\1", text).replace("xmlns:cpf", "xmlns"),
        lambda text: re.sub("(</?)cpf:", r"\1ns2:", text).replace("xmlns:cpf", "xmlns:ns2"),
        lambda text: text.replace("xsi:", "i:").replace("xmlns:xsi", "xmlns:i"),
    ],
)
def test_the_text_has_the_prefixes_of_the_file(written: Callable[[str], str]) -> None:
    text = written(a_flux((PLACE, "")))

    change = first_advice(text).change

    assert change is not None
    assert change.text == written(PLACE)


def test_nil_declares_its_namespace_where_the_file_does_not() -> None:
    known = a_flux((PLACE, WHOLE))
    text = a_flux_without_nil(known)

    change = first_advice(text).change

    assert change is not None
    assert 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"' in change.text
    result = mended(Faulty("", VERSION, text))
    assert result is not None
    assert result[0] is Outcome.MENDED


def a_flux_without_nil(text: str) -> str:
    """Return a flux that says every value but the score, and declares no xsi."""
    for name, value in (
        ("dateFinValidite", "2030-01-01"), ("mentionValidee", "MENTION_BIEN"),
        ("modaliteAcces", "VAE"), ("nomUsage", "MARTIN"), ("moisNaissance", "5"),
        ("jourNaissance", "12"),
    ):  # fmt: skip
        nil = f'<cpf:{name} xsi:nil="true"/>'
        text = text.replace(nil, f"<cpf:{name}>{value}</cpf:{name}>")
    text = text.replace('<cpf:scoring xsi:nil="true"/>', "<cpf:scoring/>")
    assert "xsi:" not in text.replace("xmlns:xsi", "")
    return text.replace(' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"', "")
