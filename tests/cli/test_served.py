"""Commands that ask a portal which is served, or else work on its data folder."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from mockportal.cli.asking import ControlClient
from mockportal.cli.world import names_of
from mockportal.testing import PortalServer
from tests.cli.test_commands import Run
from tests.fluxes import SAMPLES, a_flux_xml, a_passage_xml

FLUX = SAMPLES / "csv-exporter-clean.xml"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with PortalServer() as server:
        yield server.url


@pytest.fixture(params=["served", "folder"])
def where(request: pytest.FixtureRequest, url: str, tmp_path: Path) -> list[str]:
    """Return the options that lead to a portal that is served, and to one in a folder."""
    return ["--url", url] if request.param == "served" else ["--data", str(tmp_path / "data")]


def test_a_portal_that_is_served_learns_a_flux(
    url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    first = Run(capsys, "registry", "learn", "--url", url, FLUX)
    learned = json.loads(first.out)
    assert (first.status, learned["people_added"], learned["file"]) == (0, 3, str(FLUX))

    again = json.loads(Run(capsys, "registry", "learn", "--url", url, FLUX).out)
    assert again["account"] == learned["account"]
    assert "password" not in again
    assert again["people_added"] == 0

    who = ["--url", url, "--account", learned["account"], "--password", learned["password"]]
    assert Run(capsys, "deposit", *who, FLUX).status == 0


def test_what_a_served_portal_cannot_learn_is_told_as_check_does(
    url: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    broken = tmp_path / "broken.xml"
    broken.write_bytes(b"<flux>")

    run = Run(capsys, "registry", "learn", "--url", url, broken, FLUX)

    assert run.status == 2
    assert f"{broken}: refused by the first control, nothing learned" in run.err
    assert "line 1, column" in run.err
    assert json.loads(run.out)["file"] == str(FLUX)
    unknown = Run(capsys, "registry", "learn", "--url", url, "--world", "nowhere", FLUX)
    assert (unknown.status, unknown.out) == (3, "")
    assert "There is no world 'nowhere'" in unknown.err


def test_worlds_are_made_listed_reset_and_deleted(
    where: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    made = Run(capsys, "world", "create", *where, "class-a")
    assert made.status == 0
    world = json.loads(made.out)
    assert world["name"] == "class-a"
    assert [one["seed_id"] for one in world["accounts"]] == ["CERT00001", "CERT00002", "DEPO00001"]

    assert json.loads(Run(capsys, "world", "reset", *where, "class-a").out) == world
    drawn = json.loads(Run(capsys, "world", "create", *where, "--empty").out)
    assert drawn["accounts"] == []
    names = Run(capsys, "world", "list", *where).out.splitlines()
    assert {"default", "class-a", drawn["name"]} <= set(names)

    for name in ("class-a", drawn["name"]):
        deleted = Run(capsys, "world", "delete", *where, name)
        assert (deleted.status, deleted.out) == (0, "")
    assert "class-a" not in Run(capsys, "world", "list", *where).out


class InPages(ControlClient):
    """A portal with three worlds, of which it tells two a page."""

    def get(self, path: str, **query: str | None) -> bytes:
        assert path == "/_mock/worlds"
        first = 2 * int(query["page"] or 1) - 2
        told = {"items": ["a", "b", "c"][first : first + 2], "total": 3, "size": 2}
        return json.dumps(told).encode()


def test_all_worlds_are_listed_however_many_pages_they_take() -> None:
    assert list(names_of(InPages("http://portal.test"))) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["create", "default"], "there is a world of that name already"),
        (["create", "une école"], "1 to 100 letters"),
        (["reset", "nowhere"], "there is no world of that name"),
        (["delete", "nowhere"], "there is no world of that name"),
        (["delete", "default"], "cannot be deleted, only reset"),
    ],
)
def test_what_a_world_cannot_be_is_said(
    where: list[str], capsys: pytest.CaptureFixture[str], words: list[str], sentence: str
) -> None:
    Run(capsys, "world", "create", *where, "another")
    run = Run(capsys, "world", *words, *where)
    assert (run.status, run.out) == (3, "")
    assert sentence.lower() in run.err.lower()
    Run(capsys, "world", "delete", *where, "another")


def test_several_files_are_deposited_in_their_order_with_one_status(
    url: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    world = json.loads(Run(capsys, "world", "create", "--url", url, "several").out)
    account = world["accounts"][0]
    who = ["--url", url, "--account", account["account_id"], "--password", account["password"]]
    files = [tmp_path / name for name in ("b.xml", "a.xml", "c.xml")]
    files[0].write_bytes(a_flux_xml(a_passage_xml("T-1")))
    files[1].write_bytes(b"<flux>")
    files[2].write_bytes(a_flux_xml(a_passage_xml("T-2"), a_passage_xml("T-3")))

    run = Run(
        capsys, "deposit", *who, "--json", "--receipt", tmp_path, "--junit", tmp_path / "j.xml",
        *files,
    )  # fmt: skip

    assert run.status == 2
    told = json.loads(run.out)
    assert [(Path(one["file"]).name, one["rejected"]) for one in told] == [
        ("b.xml", 1), ("a.xml", 0), ("c.xml", 2),
    ]  # fmt: skip
    assert len(list(tmp_path.glob("Accus*"))) == 3
    report = (tmp_path / "j.xml").read_text(encoding="utf-8")
    assert report.count("<testsuite ") == 3
    single = Run(capsys, "deposit", *who, "--receipt", tmp_path / "r.xml", *files)
    assert single.status == 3
    assert "must be a folder that exists, with several files" in single.err


@pytest.mark.parametrize(
    "words",
    [
        ["coverage"], ["journal", "export", "out.zip"], ["registry", "export", "out.csv"],
        ["world", "list"], ["world", "reset", "default"], ["world", "delete", "a"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_what_only_reads_makes_no_portal_of_a_slip(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    run = Run(capsys, *words, "--data", tmp_path / "typo")
    assert run.status == 3
    assert f"there is no portal in '{tmp_path / 'typo'}'" in run.err
    assert not (tmp_path / "typo").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["check", "--receipt"], ["check", "--junit"], ["deposit", "--account", "A", "--password",
         "b", "--receipt"], ["deposit", "--account", "A", "--password", "b", "--junit"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_folder_that_is_not_there_is_said_before_any_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    run = Run(capsys, *words, tmp_path / "nowhere" / "x", FLUX)
    assert (run.status, run.out) == (3, "")
    assert f"there is no folder '{tmp_path / 'nowhere'}' to write it to" in run.err
