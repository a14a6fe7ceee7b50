"""A data folder of the first version opens with all its deposits.

``tools/make_folder_0001.py`` made it.
"""

import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from mockportal.assembly import Portal, assemble
from mockportal.domain.deposits import Status
from mockportal.domain.identifiers import AccountId, DepositId
from mockportal.journeys.consult import deposits_of
from mockportal.journeys.explain import explained
from mockportal.journeys.work import take_over
from mockportal.settings import DATABASE_FILE, Settings
from mockportal.storage.migrations import NEWEST
from tests.working import seen, work_off

ARCHIVE = Path(__file__).parents[1] / "folders" / "0001.tar.xz"
STATUS = {
    1: (Status.ACCEPTED, 3, 0),
    2: (Status.ACCEPTED, 3, 0),
    3: (Status.PARTLY_REJECTED, 22, 33),
    4: (Status.REFUSED, 0, 0),
    5: (Status.PARTLY_REJECTED, 6, 1),
    6: (Status.PARTLY_REJECTED, 3, 2),
    7: (Status.PARTLY_REJECTED, 1, 2),
    8: (Status.PARTLY_REJECTED, 4, 1),
    9: (Status.PARTLY_REJECTED, 96, 24),
}
"""What becomes of each deposit of the folder, by idTraitement: OK and KO."""
CUT_OFF = {8, 9}


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("old")
    with tarfile.open(ARCHIVE) as archive:
        # The first releases of Python 3.11 know no filter, the later ones ask for it.
        safely: dict[str, Any] = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
        archive.extractall(folder, **safely)  # noqa: S202  # an archive of ours
    return folder


@pytest.fixture(scope="module")
def opened(unpacked: Path) -> Iterator[Portal]:
    with assemble(Settings(data=unpacked / "data")) as portal:
        take_over(portal.desk)
        yield portal


@pytest.fixture(scope="module")
def ended(opened: Portal) -> Portal:
    work_off(opened.desk)
    return opened


def ids(portal_or_copy: Path) -> dict[int, DepositId]:
    with closing(sqlite3.connect(portal_or_copy)) as database:
        return {
            number: DepositId(name)
            for number, name in database.execute("SELECT processing_id, public_id FROM deposits")
        }


def rows(unpacked: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(unpacked / "data" / DATABASE_FILE)) as database:
        return list(database.execute(query))


def test_the_folder_is_copied_before_it_is_migrated(unpacked: Path, opened: Portal) -> None:
    copy = unpacked / "data" / f"{DATABASE_FILE}.before-{NEWEST}"

    assert opened.desk.stores.worlds.names() == ["default"]
    with closing(sqlite3.connect(copy)) as old:
        assert old.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
        staged = old.execute(
            "SELECT count(*) FROM passages WHERE deposit_id = "
            "(SELECT id FROM deposits WHERE processing_id = 9)"
        ).fetchone()
    assert set(ids(copy)) == set(STATUS)
    assert 0 < staged[0] < STATUS[9][1]  # it was killed in the middle


def test_a_deposit_that_had_ended_is_shown_as_it_was(unpacked: Path, opened: Portal) -> None:
    for number, deposit_id in ids(unpacked / "data" / DATABASE_FILE).items():
        if number in CUT_OFF:
            continue
        deposit = seen(opened.desk, deposit_id)
        assert (deposit.status, deposit.accepted, deposit.rejected) == STATUS[number]
        receipt = opened.desk.stores.files.receipt(deposit.id).read_bytes()
        assert receipt == (unpacked / "receipts" / f"{number}.xml").read_bytes()


def test_what_was_cut_off_is_brought_to_the_end_of_an_undisturbed_run(
    unpacked: Path, ended: Portal
) -> None:
    for number, deposit_id in ids(unpacked / "data" / DATABASE_FILE).items():
        deposit = seen(ended.desk, deposit_id)
        assert (deposit.status, deposit.accepted, deposit.rejected) == STATUS[number]
        receipt = ended.desk.stores.files.receipt(deposit.id).read_bytes()
        assert receipt == (unpacked / "receipts" / f"{number}.xml").read_bytes()
    assert list((unpacked / "data" / "files").rglob("*.unfinished")) == []


def test_each_account_finds_its_deposits(ended: Portal) -> None:
    found = {}
    for identifier in ("CERT00001", "DEPO00001"):
        account = ended.desk.stores.organisations.account(AccountId(identifier))
        assert account is not None
        items = deposits_of(ended.desk, account).items
        found[identifier] = {one.processing_id for one in items}

    assert found == {"CERT00001": {3, 4, 5, 6, 7, 8, 9}, "DEPO00001": {5, 9}}


def test_the_ko_passages_of_an_old_deposit_are_explained(unpacked: Path, ended: Portal) -> None:
    numbers = ids(unpacked / "data" / DATABASE_FILE)
    reasons = explained(ended.desk, seen(ended.desk, numbers[3])).reasons

    assert sum(one.count for one in reasons) == 33
    assert all(one.passages for one in reasons)


def test_each_passage_knows_whose_it_is_and_what_for(unpacked: Path, ended: Portal) -> None:
    assert ended.desk.stores.deposits.unfinished() == []
    wrong = rows(
        unpacked,
        """SELECT p.id FROM passages p JOIN deposits d ON d.id = p.deposit_id
        LEFT JOIN organisations c ON c.id = p.certifier_id AND c.kind = 'certifier'
        LEFT JOIN deposit_certifications a
            ON a.deposit_id = d.id AND a.ordinal = p.certification
        LEFT JOIN certifications r ON r.id = p.certification_id
        LEFT JOIN holders h ON h.id = p.holder_id
        WHERE p.organisation_id <> d.organisation_id OR c.client_id IS NOT d.certifier
            OR NOT p.suppresses AND (r.code IS NOT a.code OR r.type IS NOT a.type)
            OR NOT p.suppresses AND p.name_key <> h.birth_key || ' ' || h.first_key""",
    )

    assert wrong == []


def test_the_living_passages_are_those_that_were_not_deleted(unpacked: Path, ended: Portal) -> None:
    assert ended.desk.stores.deposits.unfinished() == []
    living = dict(rows(
        unpacked,
        """SELECT d.processing_id, count(*) FROM passages p JOIN deposits d ON d.id = p.deposit_id
        WHERE p.alive GROUP BY d.id""",
    ))  # fmt: skip
    counted: dict[int, int] = dict(
        rows(unpacked, "SELECT processing_id, alive FROM deposits WHERE alive > 0")
    )
    deleted = rows(unpacked, "SELECT technical_id FROM passages WHERE NOT alive AND NOT suppresses")

    assert living == counted == {1: 3, 2: 3, 3: 22, 5: 6, 6: 2, 8: 4, 9: 96}
    assert deleted == [("DEMO-NIR",)]


def test_the_counters_are_what_a_count_finds(unpacked: Path, ended: Portal) -> None:
    assert ended.desk.stores.deposits.unfinished() == []
    counted = rows(
        unpacked,
        "SELECT organisation_id, status, count(*), sum(alive) FROM deposits GROUP BY 1, 2 "
        "ORDER BY 1, 2",
    )
    kept = rows(
        unpacked,
        "SELECT organisation_id, status, sum(deposits), sum(alive) FROM deposit_tallies "
        "GROUP BY 1, 2 ORDER BY 1, 2",
    )

    assert kept == counted
    assert sum(row[2] for row in kept) == len(STATUS)
