"""Schemas: everything follows from the file, and what the check does not know is refused."""

from pathlib import Path

import pytest

from mockportal.wire.validation import SchemaNotSupportedError, compile_schema
from tests.wire.validation.asking import FOOT, HEAD, expanded, texts_of

_XSD = Path(__file__).parents[3] / "xsd"


def a_schema(folder: Path, inside: str) -> Path:
    path = folder / "made.xsd"
    path.write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">'
        f'<xs:element name="r" type="r"/>{inside}</xs:schema>'
    )
    return path


def a_sequence(*elements: str) -> str:
    return (
        f'<xs:complexType name="r"><xs:sequence>{"".join(elements)}</xs:sequence></xs:complexType>'
    )


@pytest.mark.parametrize("path", sorted(_XSD.glob("*.xsd")), ids=lambda path: path.name)
def test_every_schema_of_the_portal_compiles(path: Path) -> None:
    if path.name.startswith("flux"):
        assert compile_schema(path).elements


def test_another_version_works_by_adding_a_file(tmp_path: Path) -> None:
    path = tmp_path / "flux-9.xsd"
    text = (_XSD / "flux-1.1.2.xsd").read_text(encoding="utf-8")
    added = (
        '<xs:element name="langue" nillable="true"><xs:simpleType><xs:restriction base="xs:token">'
        '<xs:pattern value="[a-z]{2}"/></xs:restriction></xs:simpleType></xs:element>'
    )
    path.write_text(text.replace("<xs:all>", f"<xs:all>{added}", 1), encoding="utf-8")

    texts = texts_of(f"{HEAD}<cpf:langue> FR</cpf:langue>{FOOT}", compile_schema(path))

    assert texts[0] == (
        "cvc-pattern-valid : La valeur ' FR' n'est pas un facet valide par rapport au modèle "
        "'[a-z]{2}' pour le type '#AnonType_langueflux'."
    )
    assert expanded("idFlux", "horodatage", "emetteur") in texts[2]


def test_an_anonymous_type_is_called_by_all_that_it_stands_in(tmp_path: Path) -> None:
    inner = (
        '<xs:element name="a"><xs:complexType><xs:sequence><xs:element name="b"><xs:simpleType>'
        '<xs:restriction base="xs:string"><xs:length value="1"/></xs:restriction></xs:simpleType>'
        "</xs:element></xs:sequence></xs:complexType></xs:element>"
    )

    texts = texts_of("<r><a><b/></a></r>", compile_schema(a_schema(tmp_path, a_sequence(inner))))

    assert "pour le type '#AnonType_bar'." in texts[0]


@pytest.mark.parametrize(
    ("value", "limits", "fault"),
    [
        ("10", '<xs:maxExclusive value="10"/>', "maxExclusive '10.0'"),
        ("0.5", '<xs:minExclusive value="0.50"/>', "minExclusive '0.5'"),
        ("3", '<xs:enumeration value="01"/><xs:enumeration value="2.0"/>', "'[1.0, 2.0]'"),
        ("+2", '<xs:enumeration value="01"/><xs:enumeration value="2.0"/>', None),
        ("x", "", "'x' n'est pas une valeur valide pour 'decimal'"),
    ],
)
def test_numbers_are_compared_and_printed_as_values(
    value: str, limits: str, fault: str | None, tmp_path: Path
) -> None:
    inner = (
        '<xs:element name="a"><xs:simpleType><xs:restriction base="xs:decimal">'
        f"{limits}</xs:restriction></xs:simpleType></xs:element>"
    )

    texts = texts_of(
        f"<r><a>{value}</a></r>", compile_schema(a_schema(tmp_path, a_sequence(inner)))
    )

    assert fault in texts[0] if fault else not texts


@pytest.mark.parametrize(
    "inside",
    [
        a_sequence('<xs:element name="a" type="xs:string" maxOccurs="3"/>'),
        a_sequence('<xs:element name="a" type="xs:string" default="x"/>'),
        a_sequence('<xs:element name="a" type="xs:gYear"/>'),
        a_sequence("<xs:any/>"),
        a_sequence(
            '<xs:element name="a" type="xs:string" minOccurs="0"/>',
            '<xs:element name="a" type="xs:int"/>',
        ),
        '<xs:complexType name="r"><xs:attribute name="a"/></xs:complexType>',
        '<xs:simpleType name="r"><xs:list itemType="xs:int"/></xs:simpleType>',
        (
            '<xs:simpleType name="r"><xs:restriction base="xs:string"><xs:pattern value="\\p{L}"/>'
            "</xs:restriction></xs:simpleType>"
        ),
    ],
)
def test_what_the_check_does_not_know_is_refused_at_once(inside: str, tmp_path: Path) -> None:
    with pytest.raises(SchemaNotSupportedError):
        compile_schema(a_schema(tmp_path, inside))
