"""Values, names and numbers that nobody expects: read as Java reads them, shown in few words."""

import io
import re
from pathlib import Path

import pytest

from mockportal.domain.advising import advice_on
from mockportal.domain.file_errors import Fault, Place
from mockportal.resources import schema_path
from mockportal.wire.first_control import Reading, first_control
from mockportal.wire.integers import integer_of
from mockportal.wire.reading import KeptFile
from mockportal.wire.recognising import recognised
from mockportal.wire.side_cars import read_places, write_places
from mockportal.wire.validation import compile_schema, validate
from mockportal.wire.validation.kinds import TEMPLATES, facts_of
from mockportal.wire.validation.messages import worded
from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire

SCHEMA = schema_path("1.1.2")
NAMES = (
    "attribute", "bits", "byte", "code", "depth", "element", "encoding", "entity", "expected",
    "length", "limit", "limit_name", "local", "part", "pattern", "position", "prefix", "space",
    "type", "value", "values", "version",
)  # fmt: skip
ODD = ["-valid : La valeur '", "' de l'élément '", "{", "}", "{0}", "{value}", "", "é" * 200_000]


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_every_kind_of_error_has_its_advice_whatever_the_file_says(odd: str) -> None:
    facts = dict.fromkeys(NAMES, odd)
    for template, fault in TEMPLATES:
        message = worded(template, **facts)

        assert facts_of(message).fault is fault
        assert recognised(message.text).fault in Fault
        assert len(advice_on(facts_of(message), Place()).happened) < 1_000


def test_a_value_that_quotes_a_message_does_not_mislead() -> None:
    value = "A-valid : La valeur 'B', ayant pour longueur '1', n'est pas" * 9
    flux = a_flux_xml(a_passage_xml(value))

    (first, echo) = validate(io.BytesIO(flux), compile_schema(SCHEMA))

    assert first.facts is not None
    assert (first.facts.fault, first.facts.length) == (Fault.TOO_LONG, str(len(value)))
    assert echo.facts is not None
    assert echo.facts.fault is Fault.SAME_AS_BEFORE
    assert recognised(first.message).fault is Fault.TOO_LONG


def test_the_side_car_of_very_long_names_and_values_is_small() -> None:
    names = [f"n{number}{'x' * 980}" for number in range(2_000)]
    wrong = f"<cpf:idFlux>{'&amp;' * 20_000}</cpf:idFlux>" * 60
    nested = "".join(f"<{name}>" for name in names)
    flux = (
        '<cpf:flux xmlns:cpf="urn:cdc:cpf:pc5:schema:1.0.0">'
        f'<cpf:emetteur>{nested}<cpf:flux xmlns:q="u">{wrong}</cpf:flux>'
    )
    errors = validate(io.BytesIO(flux.encode()), compile_schema(SCHEMA))
    out = io.BytesIO()

    write_places(out, errors)

    assert len(errors) > 50
    assert len(out.getvalue()) < 2_000_000
    assert read_places(out.getvalue())[1][1] == errors[1].facts


@pytest.mark.parametrize("zeros", [5_000, 200_000, 9_000_000])
def test_zeros_before_a_number_say_nothing(tmp_path: Path, zeros: int) -> None:
    flux = a_flux_xml(a_passage_xml("T-1", a_titulaire(anneeNaissance=f"{'0' * zeros}1974")))
    (tmp_path / "deposit.xml").write_bytes(flux)
    with (tmp_path / "regular.xml").open("w+b") as copy:
        assert isinstance(first_control(tmp_path / "deposit.xml", SCHEMA, copy), Reading)


@pytest.mark.parametrize(
    "odd", [("<cpf:sexe", "<!-- --><cpf:sexe"), ("(</?|xmlns:)cpf", r"\1é")], ids=["comment", "é"]
)
@pytest.mark.parametrize("zeros", [5_000, 100_000])
def test_a_number_with_many_zeros_is_shown_as_it_stands_in_a_transcribed_file(
    tmp_path: Path, zeros: int, odd: tuple[str, str]
) -> None:
    year = f"{'0' * zeros}1974"
    flux = a_flux_xml(a_passage_xml("T-1", a_titulaire(anneeNaissance=year))).decode()
    (tmp_path / "deposit.xml").write_text(re.sub(*odd, flux), encoding="utf-8")
    with (tmp_path / "regular.xml").open("w+b") as copy:
        reading = first_control(tmp_path / "deposit.xml", SCHEMA, copy)

    assert isinstance(reading, Reading)
    assert reading.regular_copy
    with KeptFile(tmp_path / "regular.xml") as kept:
        element = kept.element(reading.pieces[0], 0)
    assert element.findtext(".//{*}anneeNaissance") == year


def test_a_number_is_read_with_all_that_may_stand_around_it() -> None:
    assert integer_of(" +" + "0" * 9_000 + "12\n") == 12
    assert integer_of("-0") == 0
    for text in ("", "\u0661", "1_0", "9" * 5_000, "1.0"):
        with pytest.raises(ValueError, match="integer"):
            integer_of(text)


def test_a_declaration_may_be_longer_than_what_is_read_at_once() -> None:
    body = a_flux_xml(a_passage_xml("T-1")).split(b"?>", 1)[1]
    head = b'<?xml version="1.0"' + b" " * 200_000 + b"?>"

    assert validate(io.BytesIO(head + body), compile_schema(SCHEMA)) == ()
