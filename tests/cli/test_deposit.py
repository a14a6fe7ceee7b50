"""``mockportal deposit``, against a portal that is served."""

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mockportal.cli import main
from mockportal.testing import MockPortal, PortalServer
from mockportal.testing.types import Person
from tests.fluxes import a_flux_xml, a_passage_xml

LEA: Person = {
    "nomNaissance": "MARTIN",
    "prenom1": "Léa",
    "anneeNaissance": 1990,
    "sexe": "F",
}


class Run:
    """What the command printed, and its exit status."""

    def __init__(
        self, capsys: pytest.CaptureFixture[str], portal: MockPortal, file: Path, *more: object
    ) -> None:
        who = ("--url", portal.url, "--account", portal.account.id)
        words = ["deposit", file, *who, "--password", portal.account.password, *more]
        with pytest.raises(SystemExit) as ended:
            main([str(one) for one in words])
        self.status = ended.value.code
        self.out, self.err = capsys.readouterr()


@pytest.fixture
def portal() -> Iterator[MockPortal]:
    with PortalServer() as server:
        portal = server.default
        portal.people.add(**LEA)
        yield portal


@pytest.fixture
def flux(tmp_path: Path) -> Path:
    path = tmp_path / "export.xml"
    path.write_bytes(a_flux_xml(a_passage_xml("T-1"), a_passage_xml("T-2")))
    return path


def test_a_file_whose_passages_are_all_accepted_exits_with_0(
    portal: MockPortal, flux: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = Run(capsys, portal, flux)

    assert run.status == 0
    assert "export.xml: ACCEPTED - 2 OK, 0 KO (Traité avec succès)" in run.out
    assert run.err == ""


def test_a_ko_exits_with_1_and_tells_why(
    portal: MockPortal, flux: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    flux.write_bytes(a_flux_xml(*[a_passage_xml("T-1")] * 7))

    run = Run(capsys, portal, flux)

    assert run.status == 1
    assert "1 OK, 6 KO (Traité avec erreurs)" in run.out
    assert "DUPLICATE: 6 KO" in run.out
    assert "... and 1 more" in run.out


def test_a_refused_file_exits_with_2_and_tells_its_errors(
    portal: MockPortal, flux: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    flux.write_bytes(b"<flux>")

    run = Run(capsys, portal, flux)

    assert run.status == 2
    assert "REFUSED by the first control" in run.out
    assert "line 1, column" in run.out


def test_a_receipt_that_does_not_come_in_time_exits_with_3(
    portal: MockPortal, flux: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    portal.processing = "manual"

    run = Run(capsys, portal, flux, "--wait", 0.1, "--junit", tmp_path / "junit.xml")

    assert run.status == 3
    assert "no receipt after 0.1 s" in run.err
    assert portal.deposits[0].id in run.err
    assert "no receipt" in (tmp_path / "junit.xml").read_text(encoding="utf-8")


def test_a_receipt_that_comes_later_is_waited_for(
    portal: MockPortal, flux: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    portal.processing = "delay=3"

    assert Run(capsys, portal, flux).status == 0


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--password", "wrong"), "the portal knows no such account with this password"),
        (("--url", "ftp://127.0.0.1"), "is not an http address"),
        (("--wait", "-1"), "-1"),
    ],
)
def test_anything_else_exits_with_3(
    portal: MockPortal,
    flux: Path,
    capsys: pytest.CaptureFixture[str],
    more: tuple[str, ...],
    said: str,
) -> None:
    run = Run(capsys, portal, flux, *more)

    assert run.status == 3
    assert said in run.err


def test_a_portal_that_does_not_answer_exits_with_3(
    portal: MockPortal, flux: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    run = Run(capsys, portal, flux, "--url", f"http://127.0.0.1:{port}")

    assert run.status == 3
    assert "does not answer" in run.err


def test_json_tells_what_the_api_tells(
    portal: MockPortal, flux: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = json.loads(Run(capsys, portal, flux, "--json").out)

    (deposit,) = portal.deposits
    assert told["file"] == str(flux)
    assert deposit.as_json().items() <= told.items()
    assert told["passages"] == told["errors"] == []


def test_the_receipt_is_written_to_a_file_or_by_its_own_name_to_a_folder(
    portal: MockPortal, flux: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    Run(capsys, portal, flux, "--receipt", tmp_path / "receipt.xml")
    Run(capsys, portal, flux, "--receipt", tmp_path)

    first, second = portal.deposits
    assert (tmp_path / "receipt.xml").read_bytes() == first.receipt
    assert (tmp_path / str(second.receipt_name)).read_bytes() == second.receipt
    assert str(second.receipt_name).startswith("Accusé de traitement_export.xml_")


def test_the_password_may_come_from_the_environment(
    portal: MockPortal,
    flux: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MOCKPORTAL_PASSWORD", portal.account.password)
    monkeypatch.setenv("MOCKPORTAL_URL", portal.url)
    monkeypatch.setenv("MOCKPORTAL_ACCOUNT", portal.account.id)

    with pytest.raises(SystemExit) as ended:
        main(["deposit", str(flux)])

    assert ended.value.code == 0
    assert "ACCEPTED" in capsys.readouterr().out


def test_progress_is_shown_on_a_terminal(portal: MockPortal, flux: Path) -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    who = ("--url", portal.url, "--account", portal.account.id)
    words = ("deposit", str(flux), *who, "--password", portal.account.password)

    ran = subprocess.run(
        [sys.executable, "-m", "mockportal", *words],
        stderr=theirs,
        stdout=subprocess.PIPE,
        env={**os.environ, "TERM": "xterm"},
        check=False,
    )
    os.close(theirs)
    shown = os.read(ours, 1 << 16).decode()
    os.close(ours)

    assert ran.returncode == 0
    assert "export.xml" in shown
    assert "\x1b[" in shown


def test_who_deposits_a_file_of_strangers_reads_how_to_make_them_known(
    portal: MockPortal, flux: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    flux.write_bytes(a_flux_xml(sender="03ABC123", certifier="03ABC123"))

    run = Run(capsys, portal, flux)

    assert run.status == 1
    assert "SENDER: 1 KO" in run.out
    assert f"mockportal registry learn --url {portal.url} {flux}" in run.err


def test_who_reads_some_ko_alone_reads_how_many_are_left(
    portal: MockPortal, flux: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    flux.write_bytes(a_flux_xml(*[a_passage_xml("T-1")] * 271))

    run = Run(capsys, portal, flux, "--limit", "1")
    shown = re.findall(r"and (\d+) more", run.out)

    assert run.status == 1
    assert sum(map(int, shown)) == 269  # of 270, one is shown
