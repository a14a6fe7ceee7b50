"""A data folder is never taken for another one's, and nothing in it goes that was deposited."""

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from io import BytesIO
from pathlib import Path
from threading import Thread

import pytest

from mockportal.assembly import Portal, assemble
from mockportal.domain.identifiers import AccountId, DepositId
from mockportal.domain.processing import Mode, Processing
from mockportal.domain.storage_failures import StorageError
from mockportal.domain.worlds import DEFAULT_WORLD
from mockportal.settings import DATABASE_FILE, Settings
from mockportal.storage.folder import FILES, DataFolder
from mockportal.storage.folder_mark import MARK_FILE
from mockportal.storage.worlds import WorldStore
from tests import services
from tests.fluxes import SAMPLES
from tests.working import deposited

FLUX = (SAMPLES / "csv-exporter-clean.xml").read_bytes()
needs_postgresql = pytest.mark.skipif(
    services.POSTGRESQL is None, reason="PostgreSQL does not answer"
)


def deposit(portal: Portal, name: str = "flux.xml") -> DepositId:
    account = portal.desk.stores.organisations.account(AccountId("CERT00001"))
    assert account is not None
    return deposited(portal.desk, account, name, BytesIO(FLUX)).id


def used(settings: Settings, deposits: int = 2) -> list[DepositId]:
    """Begin, deposit some files, and end."""
    with assemble(settings) as portal:
        portal.begin()
        return [deposit(portal, f"flux-{number}.xml") for number in range(deposits)]


def killed(folder: Path, copy: Path) -> list[DepositId]:
    """Leave in ``copy`` what a portal that is killed leaves behind after two deposits."""
    with assemble(Settings(data=folder)) as portal:
        portal.begin()
        made = [deposit(portal) for _ in range(2)]
        shutil.copytree(folder, copy)
    return made


def contents(folder: Path) -> dict[str, bytes]:
    """Return all that is in a folder but for locks and SQLite's index of its log."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith((".lock", "-shm"))
    }


def refused(settings: Settings) -> str:
    """Try to begin, and return why that is refused; nothing in the folder may have changed."""
    assert settings.data is not None
    before = contents(settings.data)
    with pytest.raises(StorageError) as refusal, assemble(settings) as portal:
        portal.begin()
    assert contents(settings.data) == before
    return str(refusal.value)


def remove(database: Path) -> None:
    database.unlink()


def empty(database: Path) -> None:
    database.write_bytes(b"")


@pytest.mark.parametrize("spoil", [remove, empty])
def test_a_folder_whose_database_is_gone_is_left_alone(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    made = used(Settings(data=tmp_path))
    spoil(tmp_path / DATABASE_FILE)

    reason = refused(Settings(data=tmp_path))

    assert f"holds the files of {len(made)} deposits" in reason
    assert "new or empty" in reason


@pytest.mark.parametrize("spoil", [remove, empty])
def test_so_is_one_that_an_older_version_has_left_without_a_mark(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    used(Settings(data=tmp_path))
    (tmp_path / MARK_FILE).unlink()
    spoil(tmp_path / DATABASE_FILE)

    assert "new or empty" in refused(Settings(data=tmp_path))


def test_a_database_of_another_folder_is_refused_and_both_are_named(tmp_path: Path) -> None:
    used(Settings(data=tmp_path / "one"))
    used(Settings(data=tmp_path / "other"))
    shutil.copy(tmp_path / "other" / DATABASE_FILE, tmp_path / "one" / DATABASE_FILE)

    reason = refused(Settings(data=tmp_path / "one"))

    marks = [(tmp_path / name / MARK_FILE).read_text(encoding="utf-8") for name in ("one", "other")]
    assert sum(reason.count(word) for mark in marks for word in mark.split('"')[3:4]) == 2


def test_without_marks_the_deposits_tell_whether_folder_and_database_belong_together(
    tmp_path: Path,
) -> None:
    for name in ("one", "other"):
        used(Settings(data=tmp_path / name))
        (tmp_path / name / MARK_FILE).unlink()
    shutil.copy(tmp_path / "other" / DATABASE_FILE, tmp_path / "one" / DATABASE_FILE)

    assert "knows 2 other deposits" in refused(Settings(data=tmp_path / "one"))


def test_a_folder_without_a_mark_gets_one_when_its_deposits_are_those_of_the_database(
    tmp_path: Path,
) -> None:
    made = used(Settings(data=tmp_path))
    mark = json.loads((tmp_path / MARK_FILE).read_bytes())
    (tmp_path / MARK_FILE).unlink()

    made += used(Settings(data=tmp_path))

    assert json.loads((tmp_path / MARK_FILE).read_bytes())["identity"] == mark["identity"]
    assert {one.name for one in (tmp_path / FILES).iterdir()} == set(made)


def test_a_folder_that_was_copied_elsewhere_goes_on(tmp_path: Path) -> None:
    made = used(Settings(data=tmp_path / "data"))
    shutil.copytree(tmp_path / "data", tmp_path / "copy")

    made += used(Settings(data=tmp_path / "copy"))

    assert {one.name for one in (tmp_path / "copy" / FILES).iterdir()} == set(made)


def test_what_a_killed_portal_left_goes_on(tmp_path: Path) -> None:
    made = killed(tmp_path / "data", tmp_path / "killed")

    with assemble(Settings(data=tmp_path / "killed")) as portal:
        portal.begin()

        assert all(portal.desk.stores.deposits.get(one) for one in made)


def test_the_log_of_a_killed_portal_is_missed(tmp_path: Path) -> None:
    killed(tmp_path / "data", tmp_path / "killed")
    checkpointed = tmp_path / "killed" / DATABASE_FILE
    checkpointed.with_name(f"{DATABASE_FILE}-wal").unlink()
    checkpointed.with_name(f"{DATABASE_FILE}-shm").unlink()

    reason = refused(Settings(data=tmp_path / "killed"))

    assert "2 deposits" in reason


def test_a_log_that_another_program_has_brought_into_the_database_is_not_missed(
    tmp_path: Path,
) -> None:
    made = killed(tmp_path / "data", tmp_path / "killed")
    with closing(sqlite3.connect(tmp_path / "killed" / DATABASE_FILE)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert not (tmp_path / "killed" / f"{DATABASE_FILE}-wal").exists()

    with assemble(Settings(data=tmp_path / "killed")) as portal:
        assert all(portal.desk.stores.deposits.get(one) for one in made)


def test_who_looks_at_the_database_of_a_portal_at_work_takes_no_log_away(tmp_path: Path) -> None:
    look = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('SELECT * FROM deposits')"
    with assemble(Settings(data=tmp_path)) as portal:
        portal.begin()
        deposit(portal)
        # Another process: locks of files are a process's, and the last one removes the log.
        subprocess.run([sys.executable, "-c", look, tmp_path / DATABASE_FILE], check=True)

        assert (tmp_path / f"{DATABASE_FILE}-wal").stat().st_size > 0


def test_a_database_alone_that_was_copied_over_a_killed_portals_is_refused(tmp_path: Path) -> None:
    data, killed_at = tmp_path / "data", tmp_path / "killed"
    used(Settings(data=data), 3)
    shutil.copy(data / DATABASE_FILE, tmp_path / "backup.db")
    made = killed(data, killed_at)
    shutil.copy(killed_at / DATABASE_FILE, tmp_path / "there.db")
    shutil.copy(tmp_path / "backup.db", killed_at / DATABASE_FILE)

    reason = refused(Settings(data=killed_at))
    assert "is another copy, from a backup say" in reason
    assert "move portal.db-wal and portal.db-shm away" in reason

    shutil.copy(tmp_path / "there.db", killed_at / DATABASE_FILE)
    for _ in range(2):  # the second start finds what a killed portal of the first would
        with assemble(Settings(data=killed_at)) as portal:
            assert all(portal.desk.stores.deposits.get(one) for one in made)


def test_a_portal_killed_before_it_numbered_its_database_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = killed(tmp_path / "data", tmp_path / "killed")

    def ended(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("mockportal.assembly.number", ended)
        with pytest.raises(KeyboardInterrupt), assemble(Settings(data=tmp_path / "killed")):
            pass

    with assemble(Settings(data=tmp_path / "killed")) as portal:
        assert all(portal.desk.stores.deposits.get(one) for one in made)


def test_a_backup_that_was_copied_over_a_killed_portal_is_refused_until_the_log_is_moved_away(
    tmp_path: Path,
) -> None:
    data, backup = tmp_path / "data", tmp_path / "backup"
    saved = used(Settings(data=data), 3)
    shutil.copytree(data, backup)
    killed(data, tmp_path / "killed")
    shutil.copytree(backup, tmp_path / "killed", dirs_exist_ok=True)

    reason = refused(Settings(data=tmp_path / "killed"))
    assert "may not belong" in reason
    assert "move portal.db-wal and portal.db-shm away" in reason

    for end in ("wal", "shm"):
        (tmp_path / "killed" / f"{DATABASE_FILE}-{end}").unlink()
    with assemble(Settings(data=tmp_path / "killed")) as portal:
        portal.begin()
        world = portal.desk.stores.worlds.named("default")
        assert world is not None
        assert sum(portal.desk.stores.agenda.census(world).deposits.values()) == len(saved)
    aside = [one.name for one in (tmp_path / "killed" / f"{FILES}-aside").glob("*/*")]
    assert len(aside) == 2


def test_what_an_older_version_did_before_it_was_killed_is_not_given_up(tmp_path: Path) -> None:
    killed(tmp_path / "data", tmp_path / "killed")
    folder = DataFolder(tmp_path / "killed", tmp_path / "killed" / DATABASE_FILE, DATABASE_FILE)
    mark = folder.mark()
    assert mark is not None
    older = {"identity": mark.identity, "database": mark.database, "opened": False}
    (tmp_path / "killed" / MARK_FILE).write_text(json.dumps(older))

    reason = refused(Settings(data=tmp_path / "killed"))

    assert "start that version once more and end it" in reason
    assert "remove" not in reason


@pytest.mark.parametrize(
    "content",
    [
        b"this is no database, whatever its name says" * 200,
        b"SQLite format 3\0" + b"\xff" * 8_000,
    ],
)
def test_a_damaged_database_is_refused_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    used(Settings(data=tmp_path))
    (tmp_path / DATABASE_FILE).write_bytes(content)

    assert "damaged" in refused(Settings(data=tmp_path))


def test_a_damaged_mark_is_refused_in_a_sentence(tmp_path: Path) -> None:
    used(Settings(data=tmp_path))
    (tmp_path / MARK_FILE).write_bytes(b"{}")

    assert "portal.mark is damaged" in refused(Settings(data=tmp_path))


def test_a_folder_that_is_a_file_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_bytes(b"")

    with (
        pytest.raises(StorageError, match="cannot be written"),
        assemble(Settings(data=tmp_path / "data")),
    ):
        pass


@needs_postgresql
def test_a_folder_of_a_database_elsewhere_is_not_used_without_it(
    tmp_path: Path, postgresql_url: str
) -> None:
    made = used(Settings(data=tmp_path, database=postgresql_url))

    reason = refused(Settings(data=tmp_path))

    assert "postgresql://" in reason
    made += used(Settings(data=tmp_path, database=postgresql_url))
    assert {one.name for one in (tmp_path / FILES).iterdir()} == set(made)


@needs_postgresql
def test_a_database_elsewhere_that_is_another_one_is_refused(
    tmp_path: Path, postgresql_url: str
) -> None:
    used(Settings(data=tmp_path, database=postgresql_url))
    with services.a_schema() as mistyped:
        assert "new or empty" in refused(Settings(data=tmp_path, database=mistyped))


@needs_postgresql
def test_a_folder_of_its_own_is_refused_where_the_database_keeps_files_elsewhere(
    tmp_path: Path, postgresql_url: str
) -> None:
    used(Settings(data=tmp_path / "data", database=postgresql_url))
    (tmp_path / "other").mkdir()

    reason = refused(Settings(data=tmp_path / "other", database=postgresql_url))

    assert "holds the files of 0 deposits" in reason


def test_whoever_comes_second_sweeps_nothing_and_frees_nothing(tmp_path: Path) -> None:
    with assemble(Settings(data=tmp_path)) as first:
        first.begin()
        made = deposit(first)
        files = first.desk.stores.files
        files.keep(DepositId("coming-in"), BytesIO(FLUX), len(FLUX))
        with files.writing(files.receipt(made)) as out, assemble(Settings(data=tmp_path)) as second:
            second.begin()
            out.write(b"<accuse/>")

        assert files.original(DepositId("coming-in")).exists()
        assert files.receipt(made).read_bytes() == b"<accuse/>"


def test_whoever_comes_alone_moves_uploads_aside_that_nobody_recorded(tmp_path: Path) -> None:
    with assemble(Settings(data=tmp_path)) as first:
        first.begin()
        first.desk.stores.files.keep(DepositId("unknown"), BytesIO(FLUX), len(FLUX))
        half = tmp_path / FILES / "half" / "deposit.xml.12345678.unfinished"
        half.parent.mkdir()
        half.write_bytes(b"<flux")

    with assemble(Settings(data=tmp_path)) as second:
        second.begin()

    assert list((tmp_path / FILES).iterdir()) == []
    (aside,) = (tmp_path / f"{FILES}-aside").glob("*/unknown/deposit.xml")
    assert aside.read_bytes() == FLUX


def test_what_is_left_of_a_deposit_goes_aside_like_an_upload(tmp_path: Path) -> None:
    with assemble(Settings(data=tmp_path)) as first:
        first.begin()
        packed = first.desk.stores.files.packed(DepositId("older"))
        packed.parent.mkdir(parents=True)
        packed.write_bytes(b"packed")

    with assemble(Settings(data=tmp_path)) as second:
        second.begin()

    (aside,) = (tmp_path / f"{FILES}-aside").glob("*/older/packed.bin")
    assert aside.read_bytes() == b"packed"


def test_a_folder_that_cannot_be_made_is_told_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    with (
        pytest.raises(StorageError, match="choose another folder by --data"),
        assemble(Settings(data=tmp_path / "file" / "data")),
    ):
        pass


@pytest.mark.embedded
def test_threads_that_are_at_work_while_a_portal_closes_are_told_so(tmp_path: Path) -> None:
    faults: list[Exception] = []

    def ask_until_closed(worlds: WorldStore) -> None:
        try:
            while True:
                worlds.named(DEFAULT_WORLD)
        except Exception as fault:  # noqa: BLE001  # any: which one it is, is looked at below
            faults.append(fault)

    with assemble(Settings(data=tmp_path)) as portal:
        threads = [
            Thread(target=ask_until_closed, args=[portal.desk.stores.worlds]) for _ in "1234"
        ]
        for thread in threads:
            thread.start()
    for thread in threads:
        thread.join()

    assert [str(fault).endswith("is closed") for fault in faults] == [True] * 4, faults


@pytest.mark.embedded
def test_a_thread_that_outlives_its_portal_writes_nothing_that_the_next_start_refuses(
    tmp_path: Path,
) -> None:
    with assemble(Settings(data=tmp_path)) as portal:
        worlds = portal.desk.stores.worlds
        world = worlds.named(DEFAULT_WORLD)
        assert world is not None

    with pytest.raises(StorageError, match="is closed"):
        worlds.set_processing(world, Processing(Mode.MANUAL))

    with assemble(Settings(data=tmp_path)) as portal:
        assert portal.desk.stores.worlds.processing(world) is None


def test_many_may_start_on_a_new_folder_at_once(tmp_path: Path) -> None:
    def start(_number: int) -> str | None:
        with assemble(Settings(data=tmp_path)) as portal:
            return portal.folder.trouble()

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(start, range(6))) == [None] * 6


@pytest.mark.embedded
def test_a_database_that_is_emptied_while_it_is_open_is_damaged_to_whoever_asks(
    tmp_path: Path,
) -> None:
    with assemble(Settings(data=tmp_path)):
        pass
    with assemble(Settings(data=tmp_path)) as portal:
        (tmp_path / DATABASE_FILE).write_bytes(b"")

        with pytest.raises(StorageError, match="is damaged"):
            portal.desk.stores.deposits.get(DepositId("none"))


@pytest.mark.embedded
def test_a_database_whose_texts_are_no_texts_is_damaged(tmp_path: Path) -> None:
    with assemble(Settings(data=tmp_path)):
        pass
    with closing(sqlite3.connect(tmp_path / DATABASE_FILE)) as database:
        database.execute("UPDATE identity SET value = CAST(x'ff' AS TEXT)")
        database.commit()

    assert "is damaged" in refused(Settings(data=tmp_path))
