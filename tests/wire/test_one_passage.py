"""A passage read whole and written again, and the first control of what is written."""

from pathlib import Path

import pytest
from lxml import etree

from mockportal.domain.flux import AwardedCertification
from mockportal.domain.people import NirClaim
from mockportal.resources import schema_path
from mockportal.wire.contents import kept_content, values_of
from mockportal.wire.names import PASSAGE
from mockportal.wire.one_passage import knows_national_ids, passage_of, schema_faults
from mockportal.wire.writing import content_to_keep
from tests.builders import an_outline
from tests.fluxes import SAMPLES, a_flux_xml, a_passage_xml

SCHEMA = schema_path("1.1.2")
AWARDED = AwardedCertification("RNCP", "RNCP90001", "CERTIFICATEUR")
DIGITAL = (
    "<cpf:niveauNumeriqueEuropeen><cpf:scoreGeneral>512</cpf:scoreGeneral><cpf:resultats>"
    "<cpf:resultat><cpf:niveau>5</cpf:niveau><cpf:domaineCompetenceId>1</cpf:domaineCompetenceId>"
    "<cpf:competenceId>2</cpf:competenceId></cpf:resultat>"
    "<cpf:resultat><cpf:niveau>8</cpf:niveau></cpf:resultat>"
    "</cpf:resultats></cpf:niveauNumeriqueEuropeen>"
)


def values(passage: str | None = None) -> dict[str, str | None]:
    root = etree.fromstring(a_flux_xml(passage or a_passage_xml()))
    return values_of(next(root.iter(PASSAGE)), AWARDED)


def test_what_is_not_said_is_none() -> None:
    said = values()

    assert (said["technical_id"], said["certification_code"]) == ("T-1", "RNCP90001")
    assert (said["mention"], said["verbatim"], said["training_file"]) == (None, None, None)


def test_results_are_told_in_one_line() -> None:
    assert values(a_passage_xml(extra=DIGITAL))["digital_results"] == "1.2:5 -.-:8"


@pytest.mark.parametrize(
    "sample", [one for one in sorted(SAMPLES.glob("*.xml")) if "dirty" not in one.name]
)
def test_what_is_written_says_what_was_read(sample: Path) -> None:
    passages = list(etree.parse(str(sample)).iter(PASSAGE))
    assert passages
    for element in passages:
        said = values_of(element, AWARDED)

        assert values_of(*kept_content(content_to_keep(said))) == said


def test_results_survive_being_written() -> None:
    said = values(a_passage_xml(extra=DIGITAL))

    assert values_of(*kept_content(content_to_keep(said))) == said


@pytest.mark.parametrize("odd", [" a  b ", "<&>\"'", "é\r\n🎓", "]]>", "a\tb"])
def test_any_text_survives_being_written(odd: str) -> None:
    said = values() | {"verbatim": odd}

    assert values_of(*kept_content(content_to_keep(said)))["verbatim"] == odd


def test_a_passage_as_it_was_deposited_has_no_fault() -> None:
    assert schema_faults(an_outline(), values(), SCHEMA) == []


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("mention", "BIEN", "cvc-enumeration-valid : La valeur 'BIEN'"),
        ("birth_name", None, "cvc-minLength-valid : La valeur ''"),
        ("birth_year", "1899", "cvc-minInclusive-valid : La valeur '1899'"),
        ("valid_from", "2023-02-30", "cvc-datatype-valid.1.2.1 : '2023-02-30'"),
        ("option_label", "x\n" * 200, "cvc-maxLength-valid"),
        ("certification_code", None, "cvc-minLength-valid : La valeur ''"),
        ("commune", "1", "cvc-length-valid"),
        ("verbatim", "\x01", "Un caractère XML non valide (Unicode : 0x1)"),
    ],
)
def test_javas_message_stands_beside_the_field_that_it_concerns(
    field: str, value: str | None, message: str
) -> None:
    faults = schema_faults(an_outline(), values() | {field: value}, SCHEMA)

    assert {name for name, _ in faults} == {field}
    assert faults[0][1].message.startswith(message)


def test_two_faults_stand_beside_two_fields() -> None:
    wrong = {"verbatim": "x\n" * 200, "sex": "H"}

    faults = schema_faults(an_outline(), values() | wrong, SCHEMA)

    assert {name for name, _ in faults} == {"verbatim", "sex"}


def test_two_ways_to_name_the_holder_are_one_too_many() -> None:
    both = values() | {"training_file": "1", "file_birth_name": "A", "file_first_name": "B"}

    ((field, error),) = schema_faults(an_outline(), both, SCHEMA)

    assert field == "training_file"
    assert error.message.startswith("cvc-complex-type.2.4.d")


def test_only_the_newest_schema_knows_the_nir() -> None:
    assert [knows_national_ids(schema_path(one)) for one in ("1.1.2", "1.1.5")] == [False, True]


def test_a_holder_named_by_the_nir_is_written_as_such() -> None:
    other = ("first_name", "birth_year", "sex", "commune", "postal_code")
    said = values() | dict.fromkeys(other) | {"nir": "2900431555001", "birth_name": "MARTIN"}

    assert schema_faults(an_outline(), said, schema_path("1.1.5")) == []
    assert passage_of(said)[0].claim == NirClaim("2900431555001", "MARTIN")
