"""``--open``, ``--certifications`` and ``--learn``: the first file of a newcomer gets a verdict."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_commands import Run
from tests.fluxes import SAMPLES, a_certification_xml, a_flux_xml, a_passage_xml

VALID_SAMPLES = (
    "csv-exporter-clean",
    "legal-any-order",
    "template-exporter-dossier",
    "template-exporter-titulaire",
)


def strange(*, type_: str = "RS", code: str = "RS7777") -> bytes:
    """Return a flux whose organisation, person and certification nobody knows."""
    return a_flux_xml(
        certifications=a_certification_xml(a_passage_xml("T-1"), type_=type_, code=code),
        sender="99ZZZ999", certifier="99ZZZ999", contract="X",
    )  # fmt: skip


@pytest.mark.parametrize("name", VALID_SAMPLES)
def test_with_open_every_sample_that_passes_the_schema_is_accepted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    run = Run(capsys, "check", "--open", "--data", tmp_path / "none", SAMPLES / f"{name}.xml")

    assert (run.status, run.out.split(": ")[1][:8]) == (0, "ACCEPTED")


def test_an_unknown_certification_alone_is_let_through_by_its_own_option(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    flux = tmp_path / "mine.xml"
    flux.write_bytes(strange())
    people = ("--data", tmp_path / "none", "--registry", "open", "--sender", "any")

    strict = Run(capsys, "check", *people, flux)
    lenient = Run(capsys, "check", *people, "--certifications", "open", flux)

    assert "CERTIFICATION: 1 KO" in strict.out
    assert lenient.status == 0


def test_a_portal_that_is_there_is_read_and_its_list_stays_as_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    flux = tmp_path / "mine.xml"
    flux.write_bytes(strange())
    Run(capsys, "registry", "generate", "--holders", "1", "--data", tmp_path / "data")

    first = Run(capsys, "check", "--data", tmp_path / "data", "--open", flux)
    then = Run(
        capsys, "check", "--data", tmp_path / "data", "--registry", "open", "--sender", "any", flux
    )

    assert first.status == 0
    assert "CERTIFICATION: 1 KO" in then.out


@pytest.mark.parametrize(
    ("type_", "code", "status"),
    [
        ("Diplôme Universitaire", "DU-77", 0),
        ("Habilitation", "0012", 0),
        ("RS", "RNCP7777", 1),
        ("RNCP", "7777", 1),
        ("rs", "RS7777", 1),
    ],
)
def test_what_contradicts_itself_stays_ko_where_all_is_open(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], type_: str, code: str, status: int
) -> None:
    flux = tmp_path / "mine.xml"
    flux.write_bytes(strange(type_=type_, code=code))

    run = Run(capsys, "check", "--open", "--data", tmp_path / "none", flux)

    assert run.status == status
    assert ("CERTIFICATION: 1 KO" in run.out) == bool(status)


def test_the_environment_opens_all_three(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOCKPORTAL_OPEN", "true")
    flux = tmp_path / "mine.xml"
    flux.write_bytes(strange())

    assert Run(capsys, "check", "--data", tmp_path / "none", flux).status == 0


@pytest.mark.parametrize("year", ["2021", "2022"])
def test_a_receipt_of_an_earlier_year_has_its_form(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], year: str
) -> None:
    flux = tmp_path / "mine.xml"
    flux.write_bytes(a_flux_xml(a_passage_xml("T-1")))
    receipt = tmp_path / "receipt.xml"

    Run(
        capsys, "check", "--data", tmp_path / "none", "--receipts", year,
        "--empty-lists", "absent", "--receipt", receipt, flux,
    )  # fmt: skip

    root = "<rapport>" if year == "2022" else (
        '<rapport xmlns:ns2="urn:cdc:cpf:pc5:rapport:schema">'
    )  # fmt: skip
    sentence = "à ces critères" if year == "2022" else "aux critères obligatoires"
    assert receipt.read_text(encoding="utf-8") == (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f"{root}\n    <nomFichier>mine.xml</nomFichier>\n    <idDemande>1</idDemande>\n"
        "    <PassagesKO>\n        <passage>\n            <idTechnique>T-1</idTechnique>\n"
        f"            <messageErreur>Aucun titulaire ne correspond {sentence}</messageErreur>\n"
        "        </passage>\n    </PassagesKO>\n</rapport>\n"
    )


def test_a_folder_is_learned_before_anybody_is_answered_and_a_bad_file_is_said(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "fluxes"
    folder.mkdir()
    (folder / "good.xml").write_bytes(strange())
    (folder / "bad.xml").write_bytes(b"<html/>")
    (folder / "notes.txt").write_text("no flux")

    with subprocess.Popen(
        [
            sys.executable, "-m", "mockportal", "serve", "--ephemeral", "--port", "0",
            "--learn", folder,
        ],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as served:  # fmt: skip
        assert served.stdout is not None
        assert served.stderr is not None
        ready = json.loads(served.stdout.readline())
        served.terminate()
        said = served.stderr.read()

    (learned,) = ready["learned"]
    assert (learned["sender"], learned["people_added"]) == ("99ZZZ999", 1)
    assert learned["certifications_added"] == 1
    assert learned["password"] == "mockportal"
    assert "bad.xml: not learned, refused by the first control: line 1" in said
    assert "notes.txt" not in said
