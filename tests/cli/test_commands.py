"""The commands, as the one who types them sees them: words and exit statuses."""

import csv
import json
from pathlib import Path

import pytest

from mockportal.cli import main
from mockportal.domain.messages import Code
from mockportal.resources import seeds_folder
from mockportal.storage.database import open_database
from mockportal.storage.worlds import WorldStore
from tests.fluxes import SAMPLES, a_flux_xml, a_passage_xml, a_titulaire

LEARNABLE = [
    "csv-exporter-clean", "template-exporter-titulaire", "template-exporter-dossier",
    "legal-any-order",
]  # fmt: skip


class Run:
    """What a command printed, and its exit status."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *arguments: object) -> None:
        with pytest.raises(SystemExit) as ended:
            main([str(one) for one in arguments])
        self.status = ended.value.code
        self.out, self.err = capsys.readouterr()


def test_check_tells_what_each_passage_of_the_demonstration_lacks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = Run(
        capsys, "check", "--data", tmp_path / "none", seeds_folder() / "flux-demonstration.xml"
    )
    assert run.status == 1
    assert "22 OK, 33 KO (Traité avec erreurs)" in run.out
    assert "nearest: KERVELLANT Jean-François, M, 12/05/1974 BREST" in run.out
    assert "'Jean François' in the file, 'Jean-François' there (hyphen)" in run.out
    assert "people left: level 1: 2, level 2: 2, level 3: 0" in run.out
    assert not (tmp_path / "none").exists()


def test_the_demonstration_gives_each_case_the_code_that_the_table_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cases = json.loads((seeds_folder() / "cases.json").read_text(encoding="utf-8"))
    run = Run(
        capsys, "check", "--json", "--data", tmp_path / "none",
        seeds_folder() / "flux-demonstration.xml",
    )  # fmt: skip
    given = {(p["technical_id"], p["code"], p["message"]) for p in json.loads(run.out)["passages"]}
    assert given == {
        (case["write"]["idTechnique"], case["code"], case["message"])
        for case in cases
        if case["where"] == "passage" and case["schema"] == "1.1.2" and case["code"] != "ACCEPTED"
    }


@pytest.mark.parametrize("name", LEARNABLE)
def test_a_learned_file_is_accepted_and_its_second_deposit_is_a_duplicate(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    data, flux = tmp_path / "data", SAMPLES / f"{name}.xml"
    unknown = Run(capsys, "check", "--data", data, flux)
    assert unknown.status == 1
    assert "has never met the organisation" in unknown.err
    assert f"mockportal registry learn --data {data} {flux}" in unknown.err
    learned = Run(capsys, "registry", "learn", "--data", data, flux)
    assert learned.status == 0
    said = json.loads(learned.out)
    assert len(said["account"]) == 9
    assert said["password"]
    assert Run(capsys, "check", "--data", data, flux).status == 0
    second = Run(capsys, "registry", "learn", "--data", data, flux)
    again = json.loads(second.out)
    assert f"The account {said['account']} was there already" in second.err
    assert (again["people_added"], again["certifications_added"]) == (0, 0)
    assert "password" not in again
    assert again["account"] == said["account"]


@pytest.mark.parametrize("name", ["csv-exporter-dirty", "template-exporter-empty-header"])
def test_a_refused_file_exits_with_2_and_teaches_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    flux = SAMPLES / f"{name}.xml"
    assert Run(capsys, "check", "--data", tmp_path, flux).status == 2
    assert Run(capsys, "registry", "learn", "--data", tmp_path, flux).status == 2


def test_only_the_second_control_sees_a_shifted_header(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    flux = SAMPLES / "csv-exporter-shifted-header.xml"
    schema = Run(capsys, "check", "--schema-only", "--data", tmp_path / "none", flux)
    assert schema.status == 0
    learned = Run(capsys, "registry", "learn", "--data", tmp_path, flux)
    assert "does not agree with type" in json.loads(learned.out)["remarks"][0]
    run = Run(capsys, "check", "--json", "--data", tmp_path, flux)
    assert run.status == 1
    assert {p["code"] for p in json.loads(run.out)["passages"]} == {Code.CERTIFICATION.value}


def test_check_writes_the_receipt_and_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    flux = tmp_path / "mine.xml"
    flux.write_bytes(a_flux_xml())
    Run(capsys, "registry", "learn", "--data", tmp_path / "data", flux)
    before = {p: p.stat().st_mtime_ns for p in (tmp_path / "data").rglob("*")}
    run = Run(
        capsys, "check", "--data", tmp_path / "data", "--receipt", tmp_path / "receipt.xml", flux
    )
    assert run.status == 0
    assert b"<nomFichier>mine.xml</nomFichier>" in (tmp_path / "receipt.xml").read_bytes()
    assert {p: p.stat().st_mtime_ns for p in (tmp_path / "data").rglob("*")} == before


def test_an_open_registry_and_any_sender_let_a_stranger_through(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    flux = tmp_path / "mine.xml"
    flux.write_bytes(a_flux_xml(sender="99ZZZ999", certifier="99ZZZ999", contract="X"))
    strict = Run(capsys, "check", "--data", tmp_path / "none", flux)
    sender = Run(capsys, "check", "--data", tmp_path / "none", "--sender", "any", flux)
    both = Run(
        capsys, "check", "--data", tmp_path / "none", "--sender", "any", "--registry", "open", flux
    )
    assert "MANDATE: 1 KO" in strict.out
    assert "LEVEL1: 1 KO" in sender.out
    assert both.status == 0


@pytest.mark.parametrize(
    "arguments", [["check"], ["check", "--nonsense", "x"], ["nonsense"], ["check", "/no/such.xml"]]
)
def test_misuse_exits_with_3(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    run = Run(capsys, *arguments)
    assert run.status == 3
    assert run.err


def test_several_files_give_the_worst_status_and_a_receipt_each(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "empty.xml").write_bytes(b"")
    run = Run(
        capsys, "check", "--data", tmp_path / "none", "--receipt", tmp_path / "out",
        seeds_folder() / "flux-demonstration.xml", tmp_path / "empty.xml",
    )  # fmt: skip
    assert run.status == 2
    names = sorted(p.name.rpartition("_")[0] for p in (tmp_path / "out").iterdir())
    assert names == [
        "Accusé de traitement_empty.xml",
        "Accusé de traitement_flux-demonstration.xml",
    ]


def test_an_exported_registry_can_be_imported_elsewhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    generated = Run(
        capsys, "registry", "generate", "--holders", 500, "--seed", 3, "--data", tmp_path / "a"
    )
    assert generated.out == "500 people added to the world 'default'.\n"
    assert (
        Run(capsys, "registry", "export", "--data", tmp_path / "a", tmp_path / "a.csv").status == 0
    )
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    seeds = len((seeds_folder() / "holders.csv").read_text(encoding="utf-8").splitlines()) - 1
    assert len(rows) == seeds + 500
    assert len({row["nir"] for row in rows}) == len(rows)
    new = tmp_path / "new.csv"
    with new.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows[seeds:])
    assert Run(capsys, "registry", "import", "--data", tmp_path / "b", new).status == 0
    Run(capsys, "registry", "export", "--data", tmp_path / "b", tmp_path / "b.csv")
    assert (tmp_path / "b.csv").read_bytes() == (tmp_path / "a.csv").read_bytes()


def test_import_names_the_bad_rows_by_line_and_takes_nothing_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = tmp_path / "people.csv"
    people.write_text(
        "nomNaissance;prenom1;anneeNaissance;sexe;nir\n"
        "DURAND;Zoé;1990;F;\n"
        "DURAND;Zoé;199O;F;\n"
        "DURAND;Zoé;1990;X;\n"
        ";Zoé;1990;F;\n"
        "DURAND;Zoé;1990;F;290017505600100\n",
        encoding="utf-8",
    )
    run = Run(capsys, "registry", "import", "--data", tmp_path / "data", people)
    assert run.status == 3
    assert [line.split(":")[0] for line in run.err.splitlines()[:4]] == [
        "line 3", "line 4", "line 5", "line 6",
    ]  # fmt: skip
    assert "Nothing was imported." in run.err
    Run(capsys, "registry", "export", "--data", tmp_path / "data", tmp_path / "after.csv")
    assert "Zoé,,,1990" not in (tmp_path / "after.csv").read_text(encoding="utf-8")


def test_an_imported_person_without_nir_gets_one_and_is_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people, flux = tmp_path / "people.csv", tmp_path / "flux.xml"
    people.write_text(
        "nomNaissance,prenom1,anneeNaissance,sexe\nZZTEST,Zoé,1990,F\n", encoding="utf-8"
    )
    named = {"nomNaissance": "ZzTest", "prenom1": "ZOE", "anneeNaissance": "1990", "sexe": "F"}
    flux.write_bytes(a_flux_xml(a_passage_xml("N-1", a_titulaire(**named))))
    assert Run(capsys, "registry", "import", "--data", tmp_path / "data", people).status == 0
    assert Run(capsys, "check", "--data", tmp_path / "data", flux).status == 0


def test_rules_lists_every_message_with_its_basis(capsys: pytest.CaptureFixture[str]) -> None:
    run = Run(capsys, "rules")
    listed = json.loads(Run(capsys, "rules", "--json").out)
    assert run.status == 0
    assert {one["code"] for one in listed} == {code.value for code in Code}
    for one in listed:
        assert one["message"] in run.out
        assert set(one["basis"]) <= {"DOCUMENTED", "OBSERVED", "ASSUMED"}


def test_check_finds_the_people_of_a_folder_whose_default_world_is_not_the_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    engine = open_database(tmp_path / "portal.db")
    WorldStore(engine).create("another")
    engine.dispose()
    Run(capsys, "registry", "export", "--data", tmp_path, tmp_path / "people.csv")
    run = Run(capsys, "check", "--data", tmp_path, seeds_folder() / "flux-demonstration.xml")
    assert "22 OK, 33 KO" in run.out


def test_the_same_people_without_nir_can_be_imported_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "people.csv"
    table.write_text("nomNaissance;prenom1;anneeNaissance;sexe\nCÔTÉ;Zoé;1990;F\n", "cp1252")

    for _ in range(2):
        run = Run(capsys, "registry", "import", "--data", tmp_path / "data", table)
        assert (run.status, "1 person added" in run.out) == (0, True)
        assert "read as Windows-1252" in run.err


def test_of_a_table_the_first_bad_rows_are_told_or_as_many_as_are_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "people.csv"
    rows = [f"MARTIN,Léa,{n},X\n" for n in range(30)]
    table.write_text("nomNaissance,prenom1,anneeNaissance,sexe\n" + "".join(rows), encoding="utf-8")
    words = ["registry", "import", "--data", tmp_path / "data", table]

    short = Run(capsys, *words)
    assert (short.status, short.err.count("line ")) == (3, 20)
    assert "... and more: see --all, --limit" in short.err
    assert Run(capsys, *words, "--limit", 2).err.count("line ") == 2
    whole = Run(capsys, *words, "--all").err
    assert whole.count("line ") == 30
    assert "and more" not in whole


def test_a_limit_holds_for_the_whole_of_a_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["check", "--json", "--data", tmp_path / "none"]
    told = json.loads(
        Run(capsys, *words, "--limit", 2, seeds_folder() / "flux-demonstration.xml").out
    )
    assert (len(told["passages"]), told["total"], told["truncated"]) == (2, 33, True)


def test_a_folder_in_the_place_of_a_file_keeps_no_other_file_from_being_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    flux = SAMPLES / "csv-exporter-clean.xml"
    run = Run(capsys, "check", "--open", "--data", tmp_path / "none", tmp_path, flux)
    assert run.status == 3
    assert f"{tmp_path}: is a directory" in run.err
    assert "ACCEPTED - 3 OK, 0 KO" in run.out


def test_errors_of_a_refused_file_are_told_as_many_as_are_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["check", "--data", tmp_path / "none", SAMPLES / "csv-exporter-dirty.xml"]
    assert Run(capsys, *words).out.count("\n  line ") > 2
    short = Run(capsys, *words, "--limit", 2).out
    assert short.count("\n  line ") == 2
    assert "more: see --all, --limit" in short


def test_an_unknown_organisation_is_no_news_where_all_are_let_through(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["check", "--open", "--data", tmp_path / "none", SAMPLES / "csv-exporter-clean.xml"]
    run = Run(capsys, *words)
    assert (run.status, run.err) == (0, "")


def test_people_who_are_imported_once_more_are_said_to_be_there_already(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "people.csv"
    head = "nomNaissance,prenom1,anneeNaissance,moisNaissance,jourNaissance,sexe\n"
    table.write_text(f"{head}MARTIN,Léa,1990,4,12,F\nDUPONT,Luc,1990,,,M\n", encoding="utf-8")
    words = ["registry", "import", "--data", tmp_path / "data", table]
    first = Run(capsys, *words)
    assert (first.status, first.err) == (0, "")

    table.write_text(f"{head}MARTIN,Léa,1990,4,12,F\nMARTIN,Léa,1990,4,13,F\n", encoding="utf-8")
    again = Run(capsys, *words)

    assert again.out == "2 people added to the world 'default'.\n"
    assert "Already there with the same data: 1 person." in again.err
