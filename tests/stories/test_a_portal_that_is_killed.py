"""Kill -9 at random moments: what was acknowledged is there, and ends as if nothing had been."""

import http.client
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from threading import Thread

import pytest

from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire
from tests.stories.served import Browser, ServedPortal

PASSAGES, DEPOSITS, KILLS = 5_000, 6, 8
KNOWN = a_titulaire(
    nomNaissance="KERVELLANT", prenom1="Jean-François", anneeNaissance="1974", sexe="M"
)
UNKNOWN = a_titulaire(nomNaissance="PERSONNE", prenom1="Inconnue")


def a_large_flux(number: int) -> bytes:
    """Return a flux of which every seventh passage is KO, and every tenth comes twice."""
    passages = (
        a_passage_xml(f"{number}/T-{n - (n % 10 == 9)}", UNKNOWN if n % 7 == 6 else KNOWN)
        for n in range(PASSAGES)
    )
    return a_flux_xml(*passages, flux_id=f"flux-{number}")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """Return the receipts of such files, deposited one after another in peace."""
    receipts = []
    with ServedPortal(tmp_path_factory.mktemp("undisturbed")) as portal:
        browser = Browser(portal, "CERT00001")
        for number in range(DEPOSITS):
            deposit = browser.upload(f"{number}.xml", a_large_flux(number)).location
            receipts.append(browser.receipt(deposit))
    return receipts


def accepted_by_deposit(data: Path) -> Iterator[tuple[int, int, int, int]]:
    """Yield of each deposit: passages, distinct identifiers, KO, and what its row counts as OK."""
    with closing(sqlite3.connect(data / "portal.db")) as connection:
        yield from connection.execute(
            "SELECT (SELECT count(*) FROM passages p WHERE p.deposit_id = d.id), "
            "(SELECT count(DISTINCT technical_id) FROM passages p WHERE p.deposit_id = d.id), "
            "(SELECT count(*) FROM rejections r WHERE r.deposit_id = d.id), d.accepted "
            "FROM deposits d ORDER BY d.id"
        )


def what_lies_there(data: Path) -> tuple[set[str], set[str]]:
    """Return the names of the deposits' folders, and those of the deposits that are recorded."""
    with closing(sqlite3.connect(data / "portal.db")) as connection:
        recorded = {row[0] for row in connection.execute("SELECT public_id FROM deposits")}
    return {folder.name for folder in (data / "files").iterdir()}, recorded


def in_hand(data: Path) -> bool | None:
    """Tell whether a worker has the last deposit in hand; None when it is treated."""
    with closing(sqlite3.connect(data / "portal.db")) as connection:
        status, lease = connection.execute(
            "SELECT status, lease_until FROM deposits ORDER BY id DESC LIMIT 1"
        ).fetchone()
    return None if status != "processing" else lease is not None


def wait_until_in_hand(data: Path) -> bool:
    """Wait until a worker has the last deposit in hand; False when it is treated before that."""
    end = time.monotonic() + 60
    while (held := in_hand(data)) is False and time.monotonic() < end:
        time.sleep(0.005)
    assert held is not False, "no worker took the deposit up"
    return held is True


@pytest.mark.slow
@pytest.mark.xdist_group("killed")
def test_a_treatment_that_is_killed_again_and_again_ends_as_if_it_had_not_been(
    tmp_path: Path, undisturbed: list[bytes]
) -> None:
    rng, receipts, kills = Random(20), list[bytes](), 0
    with ServedPortal(tmp_path, "--processing", "delay=1") as portal:
        for number in range(DEPOSITS):
            deposit = Browser(portal, "CERT00001").upload(f"{number}.xml", a_large_flux(number))
            while kills < KILLS and wait_until_in_hand(tmp_path):
                time.sleep(rng.uniform(0, 0.12))
                portal.kill()
                kills += in_hand(tmp_path) is not None  # it met the treatment, not its end
                portal.start()
            receipts.append(Browser(portal, "CERT00001").receipt(deposit.location))

    assert kills == KILLS
    assert receipts == undisturbed
    rejected = undisturbed[0].count(b"<messageErreur>")
    accepted = PASSAGES - rejected
    counts = [(accepted, accepted, rejected, accepted)] * DEPOSITS
    assert list(accepted_by_deposit(tmp_path)) == counts
    folders, recorded = what_lies_there(tmp_path)
    assert folders == recorded
    assert list((tmp_path / "files").glob("*/*.unfinished")) == []


@pytest.mark.slow
@pytest.mark.xdist_group("killed")
def test_an_upload_that_is_killed_again_and_again_is_there_whole_or_not_at_all(
    tmp_path: Path,
) -> None:
    rng, acknowledged = Random(10), []
    flux = a_large_flux(0)
    with ServedPortal(tmp_path, "--processing", "manual") as portal:
        for number in range(6):
            browser, began = Browser(portal, "CERT00001"), list[float]()
            answers: list[str] = []
            sender = Thread(target=send, args=(browser, f"{number}.xml", flux, began, answers))
            sender.start()
            while not began:
                time.sleep(0.001)
            time.sleep(rng.uniform(0, 0.8))
            portal.kill()
            sender.join()
            portal.start()
            acknowledged += answers

        browser = Browser(portal, "CERT00001")
        for deposit in acknowledged:
            assert "Traitement en cours" in browser.get(deposit).words

    folders, recorded = what_lies_there(tmp_path)
    assert {one.rpartition("/")[2] for one in acknowledged} <= recorded
    assert folders == recorded
    for one in recorded:
        assert (tmp_path / "files" / one / "deposit.xml").read_bytes() == flux
    assert list((tmp_path / "files").glob("*/*.unfinished")) == []


def send(browser: Browser, name: str, flux: bytes, began: list[float], answers: list[str]) -> None:
    """Upload a file; note where the deposit is, if an answer comes."""
    try:
        page = browser.upload(name, flux, began)
    except (OSError, http.client.HTTPException):
        return
    if page.status == 303:
        answers.append(page.location)


@pytest.mark.slow
@pytest.mark.xdist_group("killed")
def test_a_worker_that_is_killed_is_replaced_and_its_deposit_goes_on(
    tmp_path: Path, undisturbed: list[bytes]
) -> None:
    with ServedPortal(tmp_path) as portal:
        browser = Browser(portal, "CERT00001")
        deposit = browser.upload("0.xml", a_large_flux(0)).location
        portal.kill_the_worker()

        assert browser.receipt(deposit) == undisturbed[0]
