"""What a CI reads: JUnit XML, made by ``check`` and by ``deposit``."""

from pathlib import Path

import pytest
from lxml import etree

from mockportal.cli import main
from mockportal.resources import seeds_folder
from mockportal.testing import PortalServer
from tests.fluxes import SAMPLES, a_flux_xml, a_passage_xml

DEMONSTRATION = seeds_folder() / "flux-demonstration.xml"


def reported(tmp_path: Path, *words: object) -> etree._Element:
    """Run a command, and return its report."""
    out = tmp_path / "junit.xml"
    with pytest.raises(SystemExit):
        main([*map(str, words), "--junit", str(out)])
    return etree.parse(out).getroot()


def checked(tmp_path: Path, *files: Path) -> etree._Element:
    return reported(tmp_path, "check", "--data", tmp_path / "none", *files)


def test_a_passage_is_a_test_case(tmp_path: Path) -> None:
    report = checked(tmp_path, DEMONSTRATION)

    (suite,) = report
    assert (report.tag, suite.tag) == ("testsuites", "testsuite")
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("55", "33", "0")
    assert {one.tag for one in suite} == {"testcase"}
    assert {one.get("classname") for one in suite} == {str(DEMONSTRATION)}


def test_a_failure_tells_the_message_the_nearest_person_and_what_differs(tmp_path: Path) -> None:
    report = checked(tmp_path, DEMONSTRATION)

    (hyphen,) = report.findall(".//testcase[@name='DEMO-NIVEAU-1-TRAIT-D-UNION']/failure")
    assert hyphen.get("type") == "LEVEL1"
    assert "Aucun titulaire" in str(hyphen.get("message"))
    told = str(hyphen.text)
    assert "nearest: KERVELLANT Jean-François, M, 12/05/1974 BREST" in told
    assert "'Jean François' in the file, 'Jean-François' there (hyphen)" in told


def test_a_refused_file_has_a_test_case_for_each_error(tmp_path: Path) -> None:
    report = checked(tmp_path, SAMPLES / "csv-exporter-dirty.xml")

    (suite,) = report
    receipt = Path("tests/examples/sample-csv-exporter-dirty/receipt.xml")
    errors = etree.parse(Path(__file__).parents[2] / receipt).findall(".//erreur")
    failures = [str(one.get("message")) for one in suite.iter("failure")]
    assert failures == [one.findtext("message") for one in errors]
    assert suite[0].get("name") == "line 20, column 74"


def test_several_files_are_as_many_suites(tmp_path: Path) -> None:
    names = ["csv-exporter-clean.xml", "legal-any-order.xml"]

    report = checked(tmp_path, *(SAMPLES / name for name in names), tmp_path / "nowhere.xml")

    assert [Path(str(one.get("name"))).name for one in report] == [*names, "nowhere.xml"]
    assert [one.get("message") for one in report.iter("error")] == ["no such file"]


def test_the_first_control_alone_is_one_test_case(tmp_path: Path) -> None:
    sample = SAMPLES / "csv-exporter-clean.xml"

    (suite,) = reported(tmp_path, "check", "--schema-only", "--data", tmp_path / "none", sample)

    assert [(one.get("name"), len(one)) for one in suite] == [("first control", 0)]


def test_a_passage_that_comes_twice_keeps_both_its_verdicts(tmp_path: Path) -> None:
    (tmp_path / "flux.xml").write_bytes(a_flux_xml(*[a_passage_xml("A/1 &amp; é")] * 2))

    report = reported(
        tmp_path, "check", "--registry", "open", "--data", tmp_path / "none", tmp_path / "flux.xml"
    )

    (suite,) = report
    assert [one.get("name") for one in suite] == ["A/1 & é", "A/1 & é (2)"]
    assert [len(one) for one in suite] == [1, 0]


def test_a_deposit_reports_what_a_check_reports(tmp_path: Path) -> None:
    with PortalServer() as server:
        account = server.default.account
        who = ("--url", server.url, "--account", account.id, "--password", account.password)
        deposited = reported(tmp_path, "deposit", *who, DEMONSTRATION)
        refused = reported(tmp_path, "deposit", *who, SAMPLES / "csv-exporter-dirty.xml")

    assert etree.tostring(deposited) == etree.tostring(checked(tmp_path, DEMONSTRATION))
    assert etree.tostring(refused) == etree.tostring(
        checked(tmp_path, SAMPLES / "csv-exporter-dirty.xml")
    )


def test_a_file_that_is_checked_twice_is_two_suites(tmp_path: Path) -> None:
    file = tmp_path / "mine.xml"
    file.write_bytes(a_flux_xml())

    cases = checked(tmp_path, file, file).iter("testcase")

    assert [(one.get("classname"), one.get("name")) for one in cases] == [
        (str(file), "T-1"), (f"{file} (2)", "T-1"),
    ]  # fmt: skip
