"""Workers of several processes on one PostgreSQL: none treats twice, none loses anything."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from random import Random
from secrets import token_hex
from types import TracebackType
from typing import Any, Self

import pytest
from sqlalchemy import Connection, create_engine, make_url, text

from tests import services
from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire
from tests.stories.served import Browser, ServedPortal, ServedWorker

DEPOSITS, PASSAGES, KILLS = 25, 3_000, 5
SENDERS = {"CERT00001": ("03TST001", "MCFCER100001"), "CERT00002": ("03TST002", "MCFCER100002")}
KNOWN = a_titulaire(
    nomNaissance="KERVELLANT", prenom1="Jean-François", anneeNaissance="1974", sexe="M"
)
needs_postgresql = pytest.mark.skipif(
    services.POSTGRESQL is None, reason="no PostgreSQL answers on 127.0.0.1:5432"
)


def sender_of(number: int) -> str:
    return list(SENDERS)[number % len(SENDERS)]


def flux(number: int) -> bytes:
    """Return a flux of which each seventh passage is KO, and the first was in the one before."""
    client, contract = SENDERS[sender_of(number)]
    passages = (
        a_passage_xml(f"{number}/T-{n}", None if n % 7 == 6 else KNOWN) for n in range(PASSAGES)
    )
    again = a_passage_xml(f"{number - len(SENDERS)}/T-0", KNOWN)
    return a_flux_xml(
        again, *passages,
        flux_id=f"flux-{number}", sender=client, certifier=client, contract=contract,
    )  # fmt: skip


def deposited(portal: ServedPortal, numbers: Iterable[int]) -> list[tuple[Browser, str]]:
    """Deposit files one after the other, without waiting for any; return where they are."""
    browsers = {account: Browser(portal, account) for account in SENDERS}
    made = []
    for number in numbers:
        browser = browsers[sender_of(number)]
        made.append((browser, browser.upload(f"{number}.xml", flux(number)).location))
    return made


def receipts_of(deposits: list[tuple[Browser, str]]) -> list[bytes]:
    return [browser.receipt(deposit) for browser, deposit in deposits]


@contextmanager
def asking(url: str) -> Iterator[Connection]:
    """Ask a database for what its rows say now."""
    engine = create_engine(
        make_url(url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def wait_until(connection: Connection, query: str, **values: str) -> None:
    """Wait until a query finds a row."""
    end = time.monotonic() + 60
    while connection.execute(text(query), values).first() is None:
        assert time.monotonic() < end, f"never came true: {query}"
        time.sleep(0.001)


THERE = "SELECT 1 FROM pg_stat_activity WHERE application_name = :name"
IN_HAND = (
    "SELECT 1 FROM deposits WHERE status = 'processing' AND lease_until IS NOT NULL "
    "AND lease_owner LIKE :owner"
)


def what_is_stored(connection: Connection) -> list[tuple[Any, ...]]:
    """Return of each deposit: accepted passages, distinct identifiers, KO, and its counters."""
    rows = connection.execute(
        text(
            "SELECT (SELECT count(*) FROM passages p WHERE p.deposit_id = d.id), "
            "(SELECT count(DISTINCT technical_id) FROM passages p WHERE p.deposit_id = d.id), "
            "(SELECT count(*) FROM rejections r WHERE r.deposit_id = d.id), "
            "d.accepted, d.rejected FROM deposits d ORDER BY d.id"
        )
    )
    return [tuple(row) for row in rows]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """Return the receipts of those files from one portal on SQLite, with one worker, in peace."""
    with ServedPortal(tmp_path_factory.mktemp("undisturbed")) as portal:
        return receipts_of(deposited(portal, range(DEPOSITS)))


@pytest.mark.slow
@pytest.mark.xdist_group("killed")
@needs_postgresql
def test_two_workers_of_which_one_is_killed_five_times_give_every_receipt_once(
    tmp_path: Path, undisturbed: list[bytes]
) -> None:
    rng, deposits, name = Random(50), list[tuple[Browser, str]](), f"mortal-{token_hex(4)}"
    with services.a_schema() as url, asking(url) as connection:
        its_own = f"{url}&application_name={name}"
        with (
            ServedPortal(
                tmp_path, "--database", url, "--no-worker", "--processing", "delay=1"
            ) as portal,
            ServedWorker(tmp_path, "--database", url, "--lease", "1"),
            ServedWorker(tmp_path, "--database", its_own, "--lease", "1") as mortal,
        ):
            each = DEPOSITS // KILLS
            for kill in range(KILLS):
                wait_until(connection, THERE, name=name)
                deposits += deposited(portal, range(kill * each, (kill + 1) * each))
                wait_until(connection, IN_HAND, owner=f"{mortal.owner}/%")
                time.sleep(rng.uniform(0, 0.1))
                mortal.kill()
                mortal.start()
            receipts = receipts_of(deposits)

        stored = what_is_stored(connection)

    assert receipts == undisturbed
    rejected = [one.count(b"<messageErreur>") for one in undisturbed]
    accepted = [PASSAGES + 1 - ko for ko in rejected]
    assert stored == [(ok, ok, ko, ok, ko) for ok, ko in zip(accepted, rejected, strict=True)]
    assert list((tmp_path / "files").glob("*/*.unfinished")) == []


class OwnRedis:
    """A Redis of the test's own on a free port, which keeps nothing on disk."""

    def __init__(self, folder: Path) -> None:
        with closing(socket.create_server(("127.0.0.1", 0))) as free:
            self.port = free.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._command = [
            "redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "",
            "--appendonly", "no", "--dir", str(folder),
        ]  # fmt: skip

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL)
        end = time.monotonic() + 20
        while True:
            with suppress(OSError), closing(socket.create_connection(("127.0.0.1", self.port))):
                return self
            assert time.monotonic() < end, "redis-server does not start"
            time.sleep(0.02)

    def __exit__(
        self, _t: type[BaseException] | None, _e: BaseException | None, _b: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()


@pytest.mark.slow
@pytest.mark.xdist_group("killed")
@pytest.mark.skipif(shutil.which("redis-server") is None, reason="no redis-server is installed")
def test_a_redis_that_stops_for_ten_seconds_and_forgets_all_loses_nothing(
    tmp_path: Path, undisturbed: list[bytes]
) -> None:
    data, redis = tmp_path / "data", OwnRedis(tmp_path)
    options = ("--queue", redis.url)
    with redis:
        portal = ServedPortal(data, *options, "--no-worker", "--processing", "delay=1")
        portal.start()
        worker = ServedWorker(data, *options)
        deposits = deposited(portal, range(4))
    with portal, worker:
        stopped = time.monotonic()
        deposits += deposited(portal, range(4, 8))
        while_it_was_gone = receipts_of(deposits)
        time.sleep(max(0.0, 10 - (time.monotonic() - stopped)))
        with redis:
            deposits += deposited(portal, range(8, 12))

            assert while_it_was_gone == undisturbed[:8]
            assert receipts_of(deposits) == undisturbed[:12]
