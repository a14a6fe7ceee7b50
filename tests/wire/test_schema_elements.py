"""The dictionary is the schema: what its files say, no more, no less."""

import re
from pathlib import Path

import pytest
from lxml import etree

from mockportal.domain.schema_elements import Order, Presence, SchemaElement
from mockportal.resources import schema_path, schema_versions
from mockportal.wire.schema_elements import schema_elements
from tests.fluxes import NAMESPACE

XS = "{http://www.w3.org/2001/XMLSchema}"


def elements(version: str = "1.1.2") -> dict[str, SchemaElement]:
    """Return the elements of a version by the last two names of their path."""
    return {"/".join(one.path[-2:]): one for one in schema_elements(schema_path(version))}


@pytest.mark.parametrize("version", schema_versions())
def test_every_declaration_of_a_schema_is_listed(version: str) -> None:
    root = etree.parse(schema_path(version)).getroot()
    declared = [one.get("name", "") for one in root.iter(f"{XS}element")]

    listed = [one.name for one in schema_elements(schema_path(version))]

    # A type that is used in two places gives its elements twice; none of ours is.
    assert sorted(listed) == sorted(declared)


@pytest.mark.parametrize("version", schema_versions())
def test_every_element_is_known_by_a_name_of_ours(version: str) -> None:
    assert [one.path for one in schema_elements(schema_path(version)) if one.key is None] == []


@pytest.mark.parametrize("version", schema_versions())
def test_no_facet_of_a_schema_is_forgotten(version: str) -> None:
    root = etree.parse(schema_path(version)).getroot()
    facets: dict[str, set[str]] = {}
    for one in root.iter(f"{XS}length", f"{XS}minLength", f"{XS}maxLength", f"{XS}enumeration",
                         f"{XS}pattern", f"{XS}minInclusive", f"{XS}maxInclusive"):  # fmt: skip
        facets.setdefault(etree.QName(one).localname, set()).add(one.get("value", ""))

    forms = [one.form for one in schema_elements(schema_path(version)) if one.form]

    assert facets == {
        "length": {str(one.length) for one in forms if one.length is not None},
        "minLength": {str(one.min_length) for one in forms if one.min_length is not None},
        "maxLength": {str(one.max_length) for one in forms if one.max_length is not None},
        "minInclusive": {one.minimum for one in forms if one.minimum is not None},
        "maxInclusive": {one.maximum for one in forms if one.maximum is not None},
        "enumeration": {value for one in forms for value in one.values},
        "pattern": {pattern for one in forms for pattern in one.patterns},
    }


@pytest.mark.parametrize(
    ("place", "presence"),
    [
        ("titulaire/prenom1", Presence.MANDATORY),
        ("titulaire/nomUsage", Presence.NILLABLE),
        ("titulaire/prenom2", Presence.OPTIONAL),
        ("identificationTitulaire/titulaire", Presence.ALTERNATIVE),
        ("codePostalNaissance/codePostal", Presence.NILLABLE),
        ("resultats/resultat", Presence.OPTIONAL),
        ("certifications/certification", Presence.MANDATORY),
    ],
)
def test_an_element_is_mandatory_nillable_optional_or_one_of_several(
    place: str, presence: Presence
) -> None:
    assert elements()[place].presence is presence


def test_the_order_of_children_and_what_repeats_are_told() -> None:
    found = elements()

    assert found["flux"].order is Order.ANY
    assert found["codeCommuneNaissance/codeInseeNaissance"].order is Order.GIVEN
    assert found["passageCertification/identificationTitulaire"].order is Order.ONE_OF
    assert found["certification/passageCertifications"].order is Order.REPEATED
    assert [one.name for one in found.values() if one.repeats] == [
        "certification", "passageCertification", "resultat",
    ]  # fmt: skip


def test_the_newest_version_adds_what_it_is_known_for() -> None:
    added = {one.path for one in schema_elements(schema_path("1.1.5"))} - {
        one.path for one in schema_elements(schema_path("1.1.2"))
    }

    assert {path[-2:] for path in added} == {
        ("flux", "action"),
        ("identificationTitulaire", "identifiantNational"),
        ("identifiantNational", "nir"),
        ("identifiantNational", "nomNaissance"),
    }


def test_a_version_that_nobody_has_seen_yet_is_read_from_its_file(tmp_path: Path) -> None:
    text = schema_path("1.1.2").read_text(encoding="utf-8")
    new = tmp_path / "flux-9.9.9.xsd"
    addition = '<xs:element name="couleur" type="xs:token" minOccurs="0"/>'
    new.write_text(
        re.sub(r'(<xs:element name="idFlux">)', addition + r"\1", text, count=1), encoding="utf-8"
    )

    (added,) = [one for one in schema_elements(new) if one.name == "couleur"]

    assert NAMESPACE in text
    assert added.presence is Presence.OPTIONAL
    assert added.form is not None
    assert added.form.base == "token"
    assert added.key is None
