"""What ``check`` warns of: values that both controls take and that can hardly be meant."""

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.cli.test_commands import Run
from tests.fluxes import (
    SAMPLES,
    a_certification_xml,
    a_flux_xml,
    a_passage_xml,
    a_titulaire,
)

_NIL_POSTAL_CODE = '<cpf:codePostal xsi:nil="true"/>'
FUTURE, TODAY_AT_MOST = "2099-01-01", "2026-10-01"


def _postal(code: str, *more: str) -> str:
    """Return a passage whose holder was born at a postal code."""
    holder = a_titulaire(**dict(one.split("=") for one in more))
    return a_passage_xml(
        identification=holder.replace(_NIL_POSTAL_CODE, f"<cpf:codePostal>{code}</cpf:codePostal>")
    )


def _insee(code: str, **more: str) -> str:
    return a_passage_xml(identification=a_titulaire(codeInsee=code, **more))


def _announced(language: str = "false", numeric: str = "false", extra: str = "") -> str:
    passage = a_passage_xml(extra=extra)
    for name, value in (("Langue", language), ("Numerique", numeric)):
        tag = f"<cpf:presenceNiveau{name}Euro>"
        passage = passage.replace(f"{tag}false", f"{tag}{value}")
    return passage


def _scored(value: str) -> str:
    return a_passage_xml().replace(
        '<cpf:scoring xsi:nil="true"/>', f"<cpf:scoring>{value}</cpf:scoring>"
    )


def _named(name: str) -> str:
    return a_passage_xml(identification=a_titulaire(nomNaissance=name))


LANGUAGE = "<cpf:niveauLangueEuropeen>B1</cpf:niveauLangueEuropeen>"
NUMERIC = "<cpf:niveauNumeriqueEuropeen/>"
EXAM = "<cpf:codePostalCentreExamen>{}</cpf:codePostalCentreExamen>"
DOUBTFUL = [
    (_announced(language="true"), "language_level", "niveauLangueEuropeen", None, None),
    (_announced(language=" 1 "), "language_level", "niveauLangueEuropeen", None, None),
    (_announced(numeric="true"), "numeric_level", "niveauNumeriqueEuropeen", None, None),
    (a_passage_xml(valid_from=FUTURE), "future_award", "dateDebutValidite", FUTURE, None),
    (_postal("1310"), "postal_code", "codePostal", "1310", "01310"),
    (_postal("&#49;310"), "postal_code", "codePostal", "1310", "01310"),
    (_postal("1310.0"), "postal_code", "codePostal", "1310.0", "01310"),
    (_postal("2A004"), "postal_code", "codePostal", "2A004", None),
    (_postal("00100"), "postal_code", "codePostal", "00100", None),
    (a_passage_xml(extra=EXAM.format("6000")), "postal_code", "codePostalCentreExamen", "6000",
     "06000"),
    (_insee("29200"), "commune_code", "codeInsee", "29200", "29019"),
    (_insee("2a001"), "commune_code", "codeInsee", "2a001", "2A001"),
    (_insee("75000"), "commune_code", "codeInsee", "75000", None),
    (_insee("BREST"), "commune_code", "codeInsee", "BREST", None),
    (_insee("99100"), "france_as_foreign", "codeInsee", "99100", None),
    (_insee("99352", codePaysNaissance="100"), "france_as_foreign", "codeInsee", "99352", None),
    (_insee("99352", libellePaysNaissance="France"), "france_as_foreign", "codeInsee", "99352",
     None),
    (_postal("99352", "libellePaysNaissance=FRANCE"), "france_as_foreign", "codePostal", "99352",
     None),
    (_named("D&amp;apos;ARC"), "broken_text", "nomNaissance", "D&apos;ARC", "D'ARC"),
    (_named("R&amp;amp;D"), "broken_text", "nomNaissance", "R&amp;D", "R&D"),
    (_named("B\u00c3\u2030NARD"), "broken_text", "nomNaissance", "B\u00c3\u2030NARD", "BÉNARD"),
    (_named("D\u0092ARC"), "broken_text", "nomNaissance", "D\u0092ARC", "D’ARC"),
    (_named("B\ufffdNARD"), "broken_text", "nomNaissance", "B\ufffdNARD", None),
    (_named("B?NARD"), "broken_text", "nomNaissance", "B?NARD", None),
    (_named("LE\u00a0GOFF"), "broken_text", "nomNaissance", "LE\u00a0GOFF", "LE GOFF"),
    (_named("\ufeffLE GOFF"), "broken_text", "nomNaissance", "\ufeffLE GOFF", "LE GOFF"),
    (a_passage_xml(extra="<cpf:verbatim>Bravo\u200b</cpf:verbatim>"), "broken_text", "verbatim",
     "Bravo\u200b", "Bravo"),
    (_scored("nill"), "no_value", "scoring", "nill", None),
    (_scored("None"), "no_value", "scoring", "None", None),
    (_scored(" NaN "), "no_value", "scoring", "NaN", None),
    (_postal("None"), "no_value", "codePostal", "None", None),
    (a_passage_xml(identification=a_titulaire(nomUsage="null")), "no_value", "nomUsage", "null",
     None),
]  # fmt: skip
FINE = [
    a_passage_xml(),
    _announced(language="true", extra=LANGUAGE),
    _announced(numeric="1", extra=NUMERIC),
    a_passage_xml(valid_from=TODAY_AT_MOST),
    _postal("01310"),
    _postal("20000"),
    _postal("1000", "codePaysNaissance=131"),
    a_passage_xml(extra=EXAM.format("SW1A 1AA")),
    _insee("29019"),
    _insee("2A004"),
    _insee("97411"),
    _insee("99352", codePaysNaissance="352"),
    a_passage_xml(identification=a_titulaire(prenom1="Nil")),
    _named("BÂTARD-L’HÂTIF"),
    _named("R&amp;D"),
    a_passage_xml(extra="<cpf:urlPreuve>https://example.org/?a=1&amp;b=2</cpf:urlPreuve>"),
    a_passage_xml(identification=a_titulaire(nomNaissance="NAN")),
    a_passage_xml(
        extra="<cpf:verbatim>Bravo\u202f! C\u2019est bien\u00a0: «\u00a0A\u00a0»</cpf:verbatim>"
    ),
]


def _warnings(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, flux: bytes, *more: object
) -> list[dict[str, Any]]:
    file = tmp_path / "mine.xml"
    file.write_bytes(flux)
    run = Run(capsys, "check", "--json", "--data", tmp_path / "none", *more, file)
    assert run.status in (0, 1)
    found: list[dict[str, Any]] = json.loads(run.out)["value_warnings"]
    return found


@pytest.mark.parametrize(("passage", "kind", "field", "value", "suggestion"), DOUBTFUL)
def test_a_doubtful_value_is_warned_of(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    passage: str,
    kind: str,
    field: str,
    value: str | None,
    suggestion: str | None,
) -> None:
    (warning,) = _warnings(capsys, tmp_path, a_flux_xml(a_passage_xml("T-0"), passage))

    assert (warning["kind"], warning["field"], warning["count"]) == (kind, field, 1)
    (named,) = warning["passages"]
    assert {"technical_id": "T-1", "value": value, "suggestion": suggestion}.items() <= (
        named.items()
    )
    assert named["reason"] is None or named["reason"].endswith((".", "»."))
    assert warning["message"]
    assert warning["advice"]


@pytest.mark.parametrize(
    ("passage", "reason"),
    [
        (_postal("1310"), "Le zéro du début s'est perdu dans un tableur : écrivez 01310."),
        (_insee("2a001"), "La lettre de la Corse s'écrit en majuscule : écrivez 2A001."),
        (_insee("29200"), "29200 est le code postal de Brest, dont le code Insee est 29019 :"),
        (_insee("BREST"), "« BREST » n'est pas un code Insee : cherchez"),
        (_scored("NaN"), 'Écrivez scoring sans valeur, avec xsi:nil="true".'),
        (_named("B?NARD"), "« ? » tient sans doute la place d'une lettre"),
        (_named("D\u0092ARC"), "Le signe U+0092 est un caractère de Windows-1252"),
        (_named("LE\u00a0GOFF"), "Un caractère est invisible : une espace insécable, U+00A0."),
    ],
)
def test_the_cause_of_a_doubtful_value_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], passage: str, reason: str
) -> None:
    (warning,) = _warnings(capsys, tmp_path, a_flux_xml(passage))

    assert reason in warning["passages"][0]["reason"]


def test_of_values_that_may_well_be_meant_nothing_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _warnings(capsys, tmp_path, a_flux_xml(*FINE)) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda text: (
            text.replace("<cpf:", "<").replace("</cpf:", "</").replace("xmlns:cpf", "xmlns")
        ),
        lambda text: text.replace("<cpf:scoring>", "<cpf:scoring><!-- why -->"),
        lambda text: text.replace("nill<", "<![CDATA[nill]]><"),
        lambda text: text.replace("><", ">\n<"),
        lambda text: text.replace("UTF-8", "ISO-8859-1"),
        lambda text: text.replace("cpf:codePostal>", 'cpf:codePostal xmlns:o="urn:o">', 1),
    ],
)
def test_warnings_do_not_depend_on_the_shape_of_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: Any
) -> None:
    passages = [one for one, *_ in DOUBTFUL]
    text = (
        a_flux_xml(*passages, *FINE).decode().replace("<cpf:codePostal>&#49;", "<cpf:codePostal>1")
    )
    whole = _warnings(capsys, tmp_path, text.encode())
    encoding = "latin-1" if "ISO-8859-1" in change(text) else "utf-8"

    assert len(whole) == len({(kind, field) for _, kind, field, *_ in DOUBTFUL})
    assert _warnings(capsys, tmp_path, change(text).encode(encoding, "xmlcharrefreplace")) == whole


def test_what_stands_between_passages_is_no_value_of_theirs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    certifications = "".join(
        a_certification_xml(a_passage_xml(f"T-{code}"), code=code) for code in ("None", "nill")
    )
    assert _warnings(capsys, tmp_path, a_flux_xml(certifications=certifications)) == []


def test_many_warnings_are_counted_and_the_first_few_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    flux = a_flux_xml(*(_postal("1310").replace("T-1<", f"T-{n}<") for n in range(300)))

    (warning,) = _warnings(capsys, tmp_path, flux)
    assert (warning["count"], len(warning["passages"]), warning["truncated"]) == (300, 200, True)
    (warning,) = _warnings(capsys, tmp_path, flux, "--limit", 3)
    assert [one["technical_id"] for one in warning["passages"]] == ["T-0", "T-1", "T-2"]
    (warning,) = _warnings(capsys, tmp_path, flux, "--all")
    assert (len(warning["passages"]), warning["truncated"]) == (300, False)


def test_a_warning_stands_in_the_text_and_in_the_junit_and_changes_no_verdict(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, junit = tmp_path / "mine.xml", tmp_path / "report.xml"
    file.write_bytes(a_flux_xml(*(_postal("1310").replace("T-1<", f"T-{n}<") for n in range(7))))

    run = Run(
        capsys, "check", "--open", "--data", tmp_path / "none", "--junit", junit, file
    )  # fmt: skip

    assert run.status == 0
    assert "ACCEPTED - 7 OK, 0 KO" in run.out
    assert "Warning POSTAL_CODE, codePostal: 7 passages; no verdict depends on it" in run.out
    assert "  T-4: '1310', probably '01310'\n  ... and 2 more" in run.out
    assert "Traitez cette colonne comme du texte" in run.out
    (suite,) = etree.parse(junit).iter("testsuite")
    assert suite.get("failures") == "0"
    assert "T-6: '1310', probably '01310'" in (suite.findtext("system-out") or "")


def test_of_a_refused_file_and_of_the_first_control_alone_nothing_is_warned(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.xml"
    file.write_bytes(a_flux_xml(_postal("1310")))
    words = ["check", "--json", "--data", tmp_path / "none"]
    assert json.loads(Run(capsys, *words, "--schema-only", file).out)["value_warnings"] == []
    refused = Run(capsys, *words, SAMPLES / "csv-exporter-dirty.xml")
    assert json.loads(refused.out)["value_warnings"] == []
