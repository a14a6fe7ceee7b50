"""SIGTERM ends a portal cleanly within five seconds, whatever it is at."""

import json
import signal
import sqlite3
import time
from base64 import b64encode
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Thread, Timer
from typing import Any

from mockportal.journeys.seeding import DEMO_PASSWORD
from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire
from tests.stories.served import ServedPortal

SECONDS = 20.0
"""A portal ends within five seconds; on a machine that others keep busy, within these."""
KNOWN = a_titulaire(
    nomNaissance="KERVELLANT", prenom1="Jean-François", anneeNaissance="1974", sexe="M"
)
LARGE = 100_000
_BOUNDARY = "----the-end"
_AUTH = "Basic " + b64encode(f"CERT00001:{DEMO_PASSWORD}".encode()).decode()


def ask(
    portal: ServedPortal, method: str, path: str, body: bytes | None = None, kind: str = ""
) -> Any:
    connection = HTTPConnection(*portal.address, timeout=60)
    try:
        headers = {"Authorization": _AUTH, "Content-Type": kind or "application/json"}
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return json.loads(answer.read() or b"null")
    finally:
        connection.close()


def asking(portal: ServedPortal, method: str, path: str) -> Thread:
    """Ask in a thread; the connection may end before the answer is out."""

    def wait() -> None:
        with suppress(OSError, HTTPException):
            ask(portal, method, path)

    thread = Thread(target=wait)
    thread.start()
    return thread


def deposit(portal: ServedPortal, flux: bytes) -> str:
    head = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="f.xml"\r\n\r\n'
    body = head.encode() + flux + f"\r\n--{_BOUNDARY}--\r\n".encode()
    kind = f"multipart/form-data; boundary={_BOUNDARY}"
    return str(ask(portal, "POST", "/api/v1/deposits", body, kind)["id"])


def test_who_waits_for_a_receipt_is_let_go(tmp_path: Path) -> None:
    with ServedPortal(tmp_path, "--ephemeral", "--processing", "manual") as portal:
        waited_for = deposit(portal, a_flux_xml(a_passage_xml("T-1", KNOWN)))
        waiting = asking(portal, "GET", f"/api/v1/deposits/{waited_for}?wait=60")
        time.sleep(0.5)
        assert waiting.is_alive()

        status, seconds = portal.end()

        waiting.join(10)
        assert (status, waiting.is_alive()) == (0, False)
        assert seconds < SECONDS


def judged(data: Path) -> tuple[int, int]:
    """Return how many of the pieces of the only deposit are judged, and how many there are."""
    with closing(sqlite3.connect(data / "portal.db")) as connection:
        row = connection.execute("SELECT coalesce(sum(judged), 0), count(*) FROM pieces").fetchone()
    return int(row[0]), int(row[1])


def test_a_treatment_stops_after_its_batch_and_goes_on_at_the_next_start(tmp_path: Path) -> None:
    flux = a_flux_xml(*(a_passage_xml(f"T-{n}", KNOWN) for n in range(LARGE)))
    with ServedPortal(tmp_path, "--processing", "delay=1") as portal:
        begun = deposit(portal, flux)
        while not judged(tmp_path)[0]:
            time.sleep(0.005)
        portal.signal_the_worker(signal.SIGSTOP)  # or it is done before the server tells it
        portal.signal_the_worker(signal.SIGTERM)
        Timer(0.3, portal.signal_the_worker, [signal.SIGCONT]).start()

        status, seconds = portal.end()

        assert status == 0
        assert seconds < SECONDS
        some, all_of_them = judged(tmp_path)
        assert 0 < some < all_of_them
        portal.start()
        treated = ask(portal, "GET", f"/api/v1/deposits/{begun}?wait=60")
        assert (treated["status"], treated["accepted"]) == ("accepted", LARGE)


def test_a_portal_that_keeps_nothing_ends_in_the_midst_of_a_treatment(tmp_path: Path) -> None:
    flux = a_flux_xml(*(a_passage_xml(f"T-{n}", KNOWN) for n in range(LARGE)))
    with ServedPortal(tmp_path, "--ephemeral", "--processing", "manual") as portal:
        deposit(portal, flux)
        told = asking(portal, "POST", "/_mock/process")
        time.sleep(0.3)

        status, seconds = portal.end()

        told.join(10)
        assert status == 0
        assert seconds < SECONDS


def test_a_portal_is_ready_when_it_says_so(tmp_path: Path) -> None:
    with ServedPortal(tmp_path) as portal:
        connection = HTTPConnection(*portal.address, timeout=10)
        connection.request("GET", "/readyz")

        assert connection.getresponse().status == 200
        connection.close()
