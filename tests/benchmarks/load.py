"""Measure a portal that many people and programs use at once.

    python -m tests.benchmarks.load [--people 200] [--seconds 10] [--processes 2] [--database URL]

Everything comes from this process, on loopback, and is bounded: so many people, so many seconds.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from pathlib import Path
from threading import Lock
from urllib.parse import urlencode, urlsplit

from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire

_BOUNDARY = "----load"
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_PATIENCE = 60.0
_BASIC = "Basic Q0VSVDAwMDAxOm1vY2twb3J0YWw="
KNOWN = a_titulaire(
    nomNaissance="KERVELLANT", prenom1="Jean-François", anneeNaissance="1974", sexe="M"
)


class FailedError(Exception):
    """The portal did not answer as it should."""


@dataclass
class Tally:
    """How it went: the seconds of each that went well, and what was wrong with the others."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def count(self, act: Callable[[], None]) -> None:
        """Do something and count it."""
        begun = time.perf_counter()
        try:
            act()
        except (FailedError, OSError, HTTPException) as fault:
            with self._lock:
                self.errors.append(f"{type(fault).__name__}: {fault}")
        else:
            with self._lock:
                self.seconds.append(time.perf_counter() - begun)


class Visitor:
    """A browser of one person: a connection, and cookies."""

    def __init__(self, address: tuple[str, int]) -> None:
        self._connection = HTTPConnection(*address, timeout=_PATIENCE)
        self._cookies: dict[str, str] = {}

    def ask(
        self, method: str, path: str, body: bytes | None = None, kind: str = "", **headers: str
    ) -> tuple[int, str, bytes]:
        """Return the status, where it leads, and what it says."""
        cookie = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        sent = {"Cookie": cookie, **({"Content-Type": kind} if kind else {}), **headers}
        self._connection.request(method, path, body, sent)
        answer = self._connection.getresponse()
        for line in answer.headers.get_all("Set-Cookie") or ():
            self._cookies.update({k: m.value for k, m in SimpleCookie(line).items()})
        return answer.status, answer.headers.get("Location", ""), answer.read()

    def token(self, path: str) -> str:
        """Open a page that holds a form, and return the form's token."""
        status, _, content = self.ask("GET", path)
        found = _TOKEN.search(content.decode())
        if status != 200 or found is None:
            raise FailedError(f"{path}: {status}")
        return found[1]

    def log_in(self) -> None:
        """Log in by page."""
        fields = {
            "csrf_token": self.token("/connexion"),
            "identifiant": "CERT00001",
            "mot_de_passe": "mockportal",
        }
        form = "application/x-www-form-urlencoded"
        status, _, _ = self.ask("POST", "/connexion", urlencode(fields).encode(), form)
        if status not in (302, 303):
            raise FailedError(f"login: {status}")

    def deposit(self, flux: bytes) -> str:
        """Deposit by page, and return where the deposit is."""
        body = multipart("fichier", flux, self.token("/transmettre/fichier"))
        kind = f"multipart/form-data; boundary={_BOUNDARY}"
        status, location, _ = self.ask("POST", "/transmettre/fichier", body, kind)
        if status not in (302, 303):
            raise FailedError(f"deposit: {status}")
        return location

    def fetch_receipt(self, deposit: str) -> None:
        """Fetch the receipt of a deposit by page, as soon as it is there."""
        status, end = 0, time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            status, _, content = self.ask("GET", f"{deposit}/accuse-de-traitement")
            if status == 200 and b"PassagesOK" in content:
                return
            time.sleep(0.1)
        raise FailedError(f"no receipt: {status}")

    def close(self) -> None:
        """Leave."""
        self._connection.close()


def multipart(name: str, flux: bytes, token: str = "") -> bytes:
    """Return a form with a file."""
    parts = []
    if token:
        parts.append(
            f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
        )
    parts.append(
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="f.xml"\r\n'
        "Content-Type: text/xml\r\n\r\n"
    )
    return "".join(parts).encode() + flux + f"\r\n--{_BOUNDARY}--\r\n".encode()


def three_passages(name: str) -> bytes:
    """Return a flux of three passages that are accepted."""
    return a_flux_xml(*(a_passage_xml(f"{name}/{n}", KNOWN) for n in range(3)), flux_id=name)


class Processes:
    """A portal's processes, and how long the processor was theirs (Linux tells)."""

    def __init__(self, first: int) -> None:
        self._first = first

    def seconds(self) -> float:
        """Return the processor's seconds of all of them so far."""
        return sum(map(self._own, self._all(self._first)))

    def _all(self, process: int) -> Iterator[int]:
        yield process
        for path in Path(f"/proc/{process}/task").glob("*/children"):
            for child in path.read_text().split():
                yield from self._all(int(child))

    @staticmethod
    def _own(process: int) -> float:
        try:
            told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        except FileNotFoundError:
            return 0.0
        return sum(map(int, told[11:13])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(data: Path, *options: str) -> Iterator[tuple[tuple[str, int], Processes]]:
    """Serve a portal on a data folder while the block runs."""
    command = [sys.executable, "-m", "mockportal", "serve", "--port", "0", "--data", str(data)]
    with subprocess.Popen([*command, *options], stdout=subprocess.PIPE, text=True) as portal:
        try:
            told = portal.stdout.readline() if portal.stdout else ""
            url = urlsplit(json.loads(told)["url"])
            yield (str(url.hostname), int(url.port or 0)), Processes(portal.pid)
        finally:
            portal.terminate()


def everybody_at_once(address: tuple[str, int], people: int) -> Tally:
    """Let so many people log in, deposit three passages and fetch the receipt, all at once."""
    tally = Tally()

    def person(number: int) -> None:
        visitor = Visitor(address)
        try:
            visitor.log_in()
            visitor.fetch_receipt(visitor.deposit(three_passages(f"P{number}")))
        finally:
            visitor.close()

    with ThreadPoolExecutor(people) as pool:
        list(pool.map(lambda n: tally.count(lambda: person(n)), range(people)))
    return tally


def deposits_by_api(address: tuple[str, int], seconds: float, callers: int) -> Tally:
    """Deposit three passages by API, again and again, from so many callers."""
    tally, end = Tally(), time.monotonic() + seconds

    def caller(which: int) -> None:
        visitor, number = Visitor(address), 0
        while time.monotonic() < end:
            flux, number = three_passages(f"A{which}-{number}"), number + 1
            tally.count(lambda one=flux: _deposit_by_api(visitor, one))  # type: ignore[misc]
        visitor.close()

    with ThreadPoolExecutor(callers) as pool:
        list(pool.map(caller, range(callers)))
    return tally


def _deposit_by_api(visitor: Visitor, flux: bytes) -> None:
    kind = f"multipart/form-data; boundary={_BOUNDARY}"
    status, _, content = visitor.ask(
        "POST", "/api/v1/deposits", multipart("file", flux), kind, Authorization=_BASIC
    )
    if status != 201:
        raise FailedError(f"{status}: {content[:200]!r}")
    made = json.loads(content)
    if made["status"] == "processing":
        path = f"/api/v1/deposits/{made['id']}?wait=30"
        made = json.loads(visitor.ask("GET", path, Authorization=_BASIC)[2])
    if made["status"] != "accepted":
        raise FailedError(made["status"])


def deposits_by_page(address: tuple[str, int], seconds: float, people: int) -> Tally:
    """Log in and deposit three passages by page, again and again, from so many people."""
    tally, end = Tally(), time.monotonic() + seconds

    def once(flux: bytes) -> None:
        visitor = Visitor(address)
        try:
            visitor.log_in()
            visitor.fetch_receipt(visitor.deposit(flux))
        finally:
            visitor.close()

    def person(which: int) -> None:
        number = 0
        while time.monotonic() < end:
            flux, number = three_passages(f"B{which}-{number}"), number + 1
            tally.count(lambda one=flux: once(one))  # type: ignore[misc]

    with ThreadPoolExecutor(people) as pool:
        list(pool.map(person, range(people)))
    return tally


def row(name: str, processes: Processes, measure: Callable[[], Tally], wanted: str) -> None:
    """Take one measure and print it."""
    begun, busy = time.monotonic(), processes.seconds()
    tally = measure()
    took, busy = time.monotonic() - begun, processes.seconds() - busy
    done = sorted(tally.seconds) or [0.0]
    late = done[min(len(done) - 1, int(0.95 * len(done)))]
    print(
        f"{name:40}{len(tally.errors):>7}{len(tally.seconds) / took:>9.1f}"
        f"{statistics.median(done):>10.2f}{late:>7.2f}{1_000 * busy / len(done):>8.0f}  {wanted}"
    )
    for error in sorted(set(tally.errors))[:3]:
        print(f"    {error}")


def main() -> None:
    """Run the measures on a new portal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--callers", type=int, default=8)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--database")
    arguments = parser.parse_args()
    kept = ["--database", arguments.database] if arguments.database else []
    with (
        tempfile.TemporaryDirectory(prefix="mockportal-load-") as folder,
        served(Path(folder), "--processes", str(arguments.processes), *kept) as (address, its),
    ):
        print(
            f"{'what':40}{'errors':>7}{'a second':>9}{'median s':>10}{'p95 s':>7}{'CPU ms':>8}"
            "  wanted"
        )
        people, seconds, callers = arguments.people, arguments.seconds, arguments.callers
        row(
            f"{people} people at once by page",
            its, partial(everybody_at_once, address, people), "errors: 0",
        )  # fmt: skip
        row(
            "deposits of three passages by API",
            its, partial(deposits_by_api, address, seconds, callers), "40 a second",
        )  # fmt: skip
        row(
            "the same by page with a login each",
            its, partial(deposits_by_page, address, seconds, callers), "10 a second",
        )  # fmt: skip


if __name__ == "__main__":
    main()
