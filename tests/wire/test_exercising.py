"""What a schema's fluxes can exercise, and what one does."""

import re
from io import BytesIO
from pathlib import Path

import pytest

from mockportal import resources
from mockportal.domain.coverage import Part
from mockportal.wire.exercising import error_code, error_codes, exercisable, exercised
from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire

SCHEMA = resources.schema_path("1.1.2")
AWARD = (
    "/flux/emetteur/certificateurs/certificateur/certifications/certification"
    "/passageCertifications/passageCertification"
)
HOLDER = f"{AWARD}/identificationTitulaire/titulaire"


def found(*passages: str) -> dict[Part, set[str]]:
    return exercised(BytesIO(a_flux_xml(*passages)), SCHEMA)


def test_what_is_optional_is_there_or_not() -> None:
    without = found(a_passage_xml())[Part.BRANCHES]
    both = found(a_passage_xml(), a_passage_xml("T-2", a_titulaire(prenom2="Zoé")))[Part.BRANCHES]

    assert f"{HOLDER}/prenom2 absent" in without
    assert f"{HOLDER}/prenom2 present" not in without
    assert {f"{HOLDER}/prenom2 absent", f"{HOLDER}/prenom2 present"} <= both


def test_what_may_be_nil_is_or_is_not() -> None:
    nil = found(a_passage_xml())[Part.BRANCHES]
    said = found(a_passage_xml("T-1", valid_until="2027-01-01"))[Part.BRANCHES]

    assert f"{AWARD}/dateFinValidite nil" in nil
    assert f"{AWARD}/dateFinValidite not nil" not in nil
    assert f"{AWARD}/dateFinValidite not nil" in said


def test_of_a_choice_what_is_there_was_chosen() -> None:
    branches = found(a_passage_xml("T-1", a_titulaire(codeInsee="31555")))[Part.BRANCHES]

    assert f"{HOLDER}/codeCommuneNaissance/codeInseeNaissance chosen" in branches
    assert f"{HOLDER}/codeCommuneNaissance/codePostalNaissance chosen" not in branches


def test_values_of_enumerations_and_both_truths_are_told_apart() -> None:
    values = found(a_passage_xml())[Part.VALUES]

    assert f"{AWARD}/modalitesInscription/modaliteAcces = VAE" in values
    assert f"{AWARD}/donneeCertifiee = true" in values
    assert f"{AWARD}/donneeCertifiee = false" not in values


@pytest.mark.parametrize("version", resources.schema_versions())
def test_whatever_is_exercised_is_something_that_there_is(version: str) -> None:
    schema = resources.schema_path(version)

    met = exercised(BytesIO(a_flux_xml(a_passage_xml())), schema)

    there_is = exercisable(schema)
    assert all(met[part] <= set(there_is[part]) for part in met)
    assert all(len(items) == len(set(items)) for items in there_is.values())


def test_a_version_that_nobody_knew_works_by_its_file(tmp_path: Path) -> None:
    schema = tmp_path / "flux-9.xsd"
    text = SCHEMA.read_text(encoding="utf-8")
    one = re.search(r'<xs:element[^>]*name="verbatim"[^>]*?(/>|>)', text)
    assert one is not None
    added = '<xs:element name="nouveau" type="xs:boolean" minOccurs="0" nillable="true"/>'
    schema.write_text(text[: one.start()] + added + text[one.start() :], encoding="utf-8")

    there_is = exercisable(schema)

    assert f"{AWARD}/nouveau" in there_is[Part.ELEMENTS]
    assert {f"{AWARD}/nouveau {way}" for way in ("present", "absent", "nil", "not nil")} <= set(
        there_is[Part.BRANCHES]
    )
    assert f"{AWARD}/nouveau = false" in there_is[Part.VALUES]


def test_errors_of_a_file_have_codes_those_of_facets_for_the_schemas_own() -> None:
    codes = error_codes(SCHEMA)

    assert "cvc-maxLength-valid" in codes
    assert "cvc-minExclusive-valid" not in codes
    assert error_code("cvc-elt.1.a : Déclaration de l'élément 'a' introuvable.") in codes
    assert error_code("Fin prématurée du fichier.") == codes[-1]
