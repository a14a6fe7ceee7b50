"""``check`` on a file that the first control refuses: the place, the meaning, the cure."""

import json
from pathlib import Path

import pytest

from mockportal.cli import main
from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire


def checked(capsys: pytest.CaptureFixture[str], folder: Path, content: bytes, *options: str) -> str:
    """Return what the command prints; the file must be refused."""
    file = folder / "flux.xml"
    file.write_bytes(content)
    with pytest.raises(SystemExit) as ended:
        main(["check", "--data", str(folder / "none"), *options, str(file)])
    assert ended.value.code == 2
    return capsys.readouterr().out


def test_the_line_is_shown_with_the_fault_underlined(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    passage = a_passage_xml("T-1", a_titulaire(nomNaissance="ÉÀ한", prenom1="")).replace(
        "<cpf:nomNaissance>", "\n\t<cpf:nomNaissance>"
    )

    lines = checked(capsys, tmp_path, a_flux_xml(passage)).splitlines()

    underline = next(line for line in lines if set(line.strip("| ")) == {"^"})
    shown = lines[lines.index(underline) - 1]
    start = underline.index("^") - 1  # the Korean sign takes two columns of a terminal
    assert shown[start : start + underline.count("^")] == "<cpf:prenom1></cpf:prenom1>"
    assert lines[1].startswith("  line 2, column ")
    assert lines[2].endswith("titulaire/prenom1, idTechnique T-1")


def test_the_meaning_and_the_cure_follow(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = checked(capsys, tmp_path, a_flux_xml(a_passage_xml(valid_from="01/10/2026")))

    assert "      La date « 01/10/2026 » n'est pas écrite dans la forme du flux, AAAA-" in out
    assert out.count("<cpf:dateDebutValidite>2026-10-01</cpf:dateDebutValidite> (lue jour/") == 1


def test_what_is_no_flux_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = checked(capsys, tmp_path, b"nom;sexe\nMARTIN;F\n")

    assert (
        "      Ce fichier est un tableau (CSV : des valeurs séparées par des points-virgules)"
        in out
    )


def test_the_mistake_behind_an_error_is_told_with_the_text_to_write(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = checked(capsys, tmp_path, a_flux_xml(a_passage_xml("R&D")))

    assert "<cpf:idTechnique>R&amp;D</cpf:idTechnique>" in out


def test_the_json_holds_it_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = checked(capsys, tmp_path, a_flux_xml(sender="short"), "--json")

    error = json.loads(out)["errors"][0]
    assert error["path"] == "flux/emetteur/idClient"
    assert error["technical_id"] is None
    assert "5 caractère" in error["meaning"]
    assert "à la place de « 03ABC123 » : <cpf:idClient>03ABC123</cpf:idClient>" in error["advice"]
    assert error["context"][0]["line"] == error["line"]


def test_what_a_file_says_does_not_move_the_hand_of_a_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.xml"
    file.write_bytes(a_flux_xml(a_passage_xml("T\u009b31m", a_titulaire(prenom1="L\u0092a"))))
    with pytest.raises(SystemExit):
        main(["check", "--data", str(tmp_path / "none"), str(file)])
    out = capsys.readouterr().out
    assert "T\ufffd31m" in out
    assert not any("\x7f" <= sign <= "\x9f" for sign in out)
