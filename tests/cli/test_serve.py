"""``mockportal serve`` as a process: what it leaves behind when it ends, and what it keeps."""

import json
import os
import signal
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic

import pytest

from mockportal.assembly import assemble
from mockportal.domain.deposits import Status
from mockportal.domain.identifiers import AccountId
from mockportal.journeys.consult import deposits_of
from mockportal.pacing import Patience
from mockportal.settings import Settings
from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire
from tests.stories.served import Browser, ServedPortal

KNOWN = a_titulaire(
    nomNaissance="KERVELLANT", prenom1="Jean-François", anneeNaissance="1974", sexe="M"
)
FLUX = a_flux_xml(a_passage_xml("T-1", KNOWN))
LARGE = a_flux_xml(*(a_passage_xml(f"T-{n}", KNOWN) for n in range(20_000)))
_TO_END = 8.0
"""Seconds within which a portal that is told to end has ended: five, and a busy machine's share."""


@dataclass
class Served:
    """A portal that serves, as a browser needs it, and its process."""

    process: subprocess.Popen[str]
    address: tuple[str, int]


@contextmanager
def served(scratch: Path, *options: str) -> Iterator[Served]:
    """Serve with a folder for temporary files of its own."""
    folders = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(scratch))
    command = [sys.executable, "-m", "mockportal", "serve", "--port", "0", *options]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, **folders},
    ) as process:
        assert process.stdout is not None
        try:
            url = json.loads(process.stdout.readline())["url"]
            yield Served(process, ("127.0.0.1", int(url.rpartition(":")[2])))
        finally:
            process.kill()


def seconds_to_end(process: subprocess.Popen[str]) -> float:
    """Tell a process to end, and return how long it took."""
    begun = monotonic()
    process.terminate()
    assert process.wait(30) == 0
    return monotonic() - begun


def children(process: int) -> set[int]:
    """Return the processes that a process has started."""
    if not Path("/proc/self/task").is_dir():
        pytest.skip("only Linux tells the children of a process")
    lists = Path(f"/proc/{process}/task").glob("*/children")
    return {int(one) for path in lists for one in path.read_text().split()}


def command_of(process: int) -> bytes:
    """Return the command line that a process was started with."""
    return Path(f"/proc/{process}/cmdline").read_bytes()


@pytest.mark.parametrize(
    "content", [FLUX, pytest.param(LARGE, marks=pytest.mark.slow)], ids=["idle", "at work"]
)
def test_nothing_stays_on_disk_of_an_ephemeral_portal(tmp_path: Path, content: bytes) -> None:
    with served(tmp_path, "--ephemeral") as portal:
        browser = Browser(portal, "CERT00001")  # type: ignore[arg-type]  # it has an address
        deposit = browser.upload("flux.xml", content).location
        if content is FLUX:
            browser.receipt(deposit)
        assert any(tmp_path.rglob("deposit.xml"))

        assert seconds_to_end(portal.process) < _TO_END

    assert list(tmp_path.iterdir()) == []


def test_the_worker_ends_with_the_portal(tmp_path: Path) -> None:
    with served(tmp_path, "--data", str(tmp_path / "data")) as portal:
        workers = children(portal.process.pid)
        assert len(workers) == 1

        assert seconds_to_end(portal.process) < _TO_END

    assert not any(Path(f"/proc/{worker}").exists() for worker in workers)


def test_a_portal_told_to_keep_two_deposits_keeps_two(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with ServedPortal(data) as portal:
        browser = Browser(portal, "CERT00001")
        for number in range(4):
            flux = a_flux_xml(a_passage_xml(f"T-{number}", KNOWN))
            browser.receipt(browser.upload(f"{number}.xml", flux).location)

    def stripped() -> int:
        return 4 - len(list(data.rglob("deposit.xml")))

    with ServedPortal(data, "--keep-deposits", "2"):
        assert Patience().wait_until(lambda: stripped() == 2, 20)

    with assemble(Settings(data=data)) as again:
        account = again.desk.stores.organisations.account(AccountId("CERT00001"))
        assert account is not None
        kept = deposits_of(again.desk, account).items
    assert [(one.file_name, one.status) for one in kept] == [
        ("3.xml", Status.ACCEPTED),
        ("2.xml", Status.ACCEPTED),
    ]


needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="gunicorn needs fork")


@needs_fork
def all_gone(processes: set[int]) -> bool:
    """Tell whether processes end, if not at once: the system buries them after their parent."""
    return Patience().wait_until(
        lambda: not any(Path(f"/proc/{one}").exists() for one in processes), _TO_END
    )


class TestSeveralProcesses:
    def test_each_answers_and_the_worker_beside_treats(self, tmp_path: Path) -> None:
        with served(tmp_path, "--data", str(tmp_path / "data"), "--processes", "2") as portal:
            beneath = children(portal.process.pid)
            browser = Browser(portal, "CERT00001")  # type: ignore[arg-type]  # it has an address
            receipts = [
                browser.receipt(browser.upload(f"{number}.xml", flux).location)
                for number in range(4)
                for flux in [a_flux_xml(a_passage_xml(f"T-{number}", KNOWN))]
            ]
            assert len(beneath) == 3
            assert all(b"<PassagesOK>" in one for one in receipts)

            assert seconds_to_end(portal.process) < _TO_END

        assert all_gone(beneath)

    def test_a_file_over_the_limit_gets_its_french_sentence(self, tmp_path: Path) -> None:
        options = ("--data", str(tmp_path / "data"), "--processes", "2", "--max-upload", "100000")
        with served(tmp_path, *options) as portal:
            browser = Browser(portal, "CERT00001")  # type: ignore[arg-type]  # it has an address

            answer = browser.upload("flux.xml", LARGE[:5_000_000])

        assert answer.status == 413
        assert "taille" in answer.words or "volumineux" in answer.words

    def test_one_that_ends_leaves_the_data_of_an_ephemeral_portal(self, tmp_path: Path) -> None:
        with served(tmp_path, "--ephemeral", "--processes", "2", "--no-worker") as portal:
            browser = Browser(portal, "CERT00001")  # type: ignore[arg-type]  # it has an address
            browser.upload("flux.xml", FLUX)
            own = command_of(portal.process.pid)  # the children that were forked have the same
            ended = next(one for one in children(portal.process.pid) if command_of(one) == own)
            os.kill(ended, signal.SIGTERM)

            gone = Patience().wait_until(lambda: ended not in children(portal.process.pid), 20)

            assert gone
            assert len(list(tmp_path.rglob("deposit.xml"))) == 1
            assert seconds_to_end(portal.process) < _TO_END
        assert list(tmp_path.iterdir()) == []

    def test_one_that_is_killed_is_replaced(self, tmp_path: Path) -> None:
        options = ("--data", str(tmp_path / "data"), "--processes", "2", "--no-worker")
        with served(tmp_path, *options) as portal:
            beneath = children(portal.process.pid)
            os.kill(beneath.pop(), signal.SIGKILL)

            replaced = Patience().wait_until(lambda: len(children(portal.process.pid)) == 2, 20)

            assert replaced
            assert beneath < children(portal.process.pid)
            browser = Browser(portal, "CERT00001")  # type: ignore[arg-type]  # it has an address
            assert browser.get("/depots").status == 200

    def test_who_waits_for_a_receipt_is_let_go(self, tmp_path: Path) -> None:
        options = ("--data", str(tmp_path / "data"), "--processes", "2", "--processing", "manual")
        with served(tmp_path, *options) as portal:
            credentials = b64encode(b"CERT00001:mockportal").decode()
            browser = Browser(portal, "CERT00001")  # type: ignore[arg-type]  # it has an address
            deposit = browser.upload("flux.xml", FLUX).location.rpartition("/")[2]
            connection = HTTPConnection(*portal.address)
            connection.request(
                "GET", f"/api/v1/deposits/{deposit}?wait=60",
                headers={"Authorization": f"Basic {credentials}"},
            )  # fmt: skip

            assert seconds_to_end(portal.process) < _TO_END

            assert json.loads(connection.getresponse().read())["status"] == "processing"
            connection.close()
