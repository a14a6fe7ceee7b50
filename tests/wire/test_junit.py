"""JUnit XML: whole whatever it is given, and written as its cases come."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from mockportal.cli.output import replaced
from mockportal.wire.junit import Case, JunitReport, Problem


def test_suites_are_counted_and_so_is_the_whole(tmp_path: Path) -> None:
    with JunitReport(tmp_path / "junit.xml", replaced) as report:
        report.add("a.xml", [Case("1"), Case("2", Problem("no", "KO", "no\nbecause"))])
        report.add("b.xml", [Case("deposit", Problem("gone", "FAULT", error=True))])
        report.add("c.xml", [])

    root = etree.parse(tmp_path / "junit.xml").getroot()
    counts = [[one.get(name) for name in ("tests", "failures", "errors")]
              for one in (root, *root)]  # fmt: skip
    assert counts == [["3", "1", "1"], ["2", "1", "0"], ["1", "0", "1"], ["0", "0", "0"]]
    assert root.findtext(".//failure") == "no\nbecause"


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("é & <b> \"quoted\" 'both'", "é & <b> \"quoted\" 'both'"),
        ("line\nfeed\ttab\rreturn", "line\nfeed\ttab\rreturn"),
        ("nul\x00 bell\x07 \ufffe \udc80", "nul\ufffd bell\ufffd \ufffd \ufffd"),
        ("]]> 😀", "]]> 😀"),
    ],
)
def test_any_text_comes_back(tmp_path: Path, given: str, read: str) -> None:
    with JunitReport(tmp_path / "junit.xml", replaced) as report:
        report.add(given, [Case(given, Problem(given, given, given))])

    root = etree.parse(tmp_path / "junit.xml").getroot()
    failure = next(root.iter("failure"))
    assert (root[0].get("name"), root[0][0].get("name"), failure.get("message")) == (read,) * 3
    assert failure.text == read


def test_cases_are_taken_one_by_one_and_not_kept(tmp_path: Path) -> None:
    alive = 0

    class Counted(Case):
        def __del__(self) -> None:
            nonlocal alive
            alive -= 1

    most = 0

    def cases() -> Iterator[Case]:
        nonlocal alive, most
        for number in range(2_000):
            alive += 1
            most = max(most, alive)
            yield Counted(str(number))

    with JunitReport(tmp_path / "junit.xml", replaced) as report:
        report.add("a.xml", cases())

    assert most <= 3
    assert len(etree.parse(tmp_path / "junit.xml").getroot()[0]) == 2_000


def test_a_report_that_is_broken_off_leaves_the_one_before(tmp_path: Path) -> None:
    (tmp_path / "junit.xml").write_text("before")

    def broken() -> Iterator[Case]:
        yield Case("1")
        raise KeyError

    with pytest.raises(KeyError), JunitReport(tmp_path / "junit.xml", replaced) as report:
        report.add("a.xml", broken())

    assert (tmp_path / "junit.xml").read_text() == "before"
