"""``check`` of several files, of what was deposited before, and of many KO."""

import json
from pathlib import Path

import pytest
from lxml import etree

from mockportal.testing import PortalServer
from tests.cli.test_commands import Run
from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Return a flux of 230 people whom nobody knows, each twice of one name."""
    flux = tmp_path / "many.xml"
    names = [f"N{chr(65 + n // 26)}{chr(65 + n % 26)}" for n in range(230)]
    flux.write_bytes(
        a_flux_xml(
            *(
                a_passage_xml(f"T-{n // 2}", a_titulaire(nomNaissance=name))
                for n, name in enumerate(names)
            )
        )
    )
    return flux


def test_two_files_are_one_json_list_and_a_duplicate_between_them_is_seen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = tmp_path / "a.xml", tmp_path / "b.xml"
    for flux in (first, second):
        flux.write_bytes(a_flux_xml(a_passage_xml("T-1")))
    options = ("--data", tmp_path / "none", "--open", "--json")

    run = Run(capsys, "check", *options, first, second, tmp_path / "nowhere.xml")

    a, b, nowhere = json.loads(run.out)
    assert (a["status"], b["status"]) == ("accepted", "partly_rejected")
    assert b["passages"][0]["code"] == "DUPLICATE"
    assert "(a.xml)" in b["passages"][0]["causes"][0]
    assert nowhere["fault"] == "no such file"
    assert isinstance(json.loads(Run(capsys, "check", *options, first).out), dict)


def test_json_says_whether_all_ko_are_there_and_how_many_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], many: Path
) -> None:
    def listed(*options: object) -> tuple[int, int, bool]:
        run = Run(capsys, "check", "--data", tmp_path / "none", "--json", *options, many)
        said = json.loads(run.out)
        return len(said["passages"]), said["total"], said["truncated"]

    assert listed() == (200, 230, True)
    assert listed("--limit", "3") == (3, 230, True)
    assert listed("--all") == (230, 230, False)


def test_a_person_is_told_as_many_ko_as_they_ask_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], many: Path
) -> None:
    def shown(*options: object) -> tuple[int, str]:
        out = Run(capsys, "check", "--data", tmp_path / "none", *options, many).out
        more = next((line for line in out.splitlines() if "more:" in line), "")
        return out.count("Aucun titulaire ne correspond"), more.strip()

    assert shown()[1] == "... and 225 more: see --all, --limit"
    assert shown("--limit", "7")[0] - shown()[0] == 2
    assert shown("--all")[0] - shown()[0] == 225


def test_junit_tells_each_ko_whole_and_names_no_two_cases_alike(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], many: Path
) -> None:
    report = tmp_path / "junit.xml"

    Run(capsys, "check", "--data", tmp_path / "none", "--junit", report, many)

    root = etree.parse(report)
    names = [str(case.get("name")) for case in root.iter("testcase")]
    assert len(names) == len(set(names)) == 230
    assert names[:2] == ["T-0", "T-0 (2)"]
    assert all("level 1 searched nomNaissance" in str(one.text) for one in root.iter("failure"))


def test_what_was_deposited_before_is_named_with_its_day_and_can_be_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, flux = tmp_path / "data", tmp_path / "mine.xml"
    flux.write_bytes(a_flux_xml(a_passage_xml("T-1")))
    _deposit(data, flux)

    again = Run(capsys, "check", "--data", data, flux)
    fresh = Run(capsys, "check", "--data", data, "--fresh", flux)

    assert again.status == 1
    assert "accepté dans le dépôt n° 1 du " in again.out
    assert "(mine.xml)" in again.out
    assert "check --fresh leaves" in again.out
    assert fresh.status == 0


def _deposit(data: Path, flux: Path) -> None:
    """Deposit a file in a data folder, where its people stay."""
    with PortalServer(data=data, registry="open") as server:
        server.default.deposit(flux).assert_all_accepted()
