"""Commands on a folder or a database that fails: a sentence, and the status 3."""

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from mockportal.assembly import assemble
from mockportal.settings import DATABASE_FILE, Settings
from mockportal.storage.database import open_database
from mockportal.storage.migrations import NEWEST
from tests.environments import unmeasured
from tests.fluxes import SAMPLES
from tests.passages import deposits
from tests.storage.downgrading import back_to

FLUX = SAMPLES / "csv-exporter-clean.xml"


def run(*words: object, largest: int | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command; of files that it writes, ``largest`` is how many bytes fit on its disk."""

    def limit() -> None:
        if largest is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    return subprocess.run(
        [sys.executable, "-m", "mockportal", *map(str, words)],
        env=os.environ if largest is None else unmeasured(),  # what counts lines needs room, too
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
        preexec_fn=limit,  # this process has no other threads here
    )


def told(result: subprocess.CompletedProcess[str]) -> str:
    """Return the sentence that a command ends with, which is all that it says."""
    assert result.returncode == 3, result
    assert "Traceback" not in result.stderr
    return result.stderr.splitlines()[-1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a data folder with a deposit in it."""
    data = tmp_path / "data"
    with assemble(Settings(data=data)) as portal:
        deposits(portal, "T-1")
    return data


COMMANDS = [
    ("serve", "--port", "0"),
    ("worker",),
    ("registry", "learn", FLUX),
    ("check", FLUX),
]


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_a_damaged_database_is_told_once(folder: Path, words: tuple[object, ...]) -> None:
    database = folder / DATABASE_FILE
    database.write_bytes(b"no database at all" * 1_000)

    ended = run(*words, "--data", folder)

    assert "is damaged" in told(ended)
    assert ended.stderr.count("is damaged") == 1
    assert database.read_bytes() == b"no database at all" * 1_000


@pytest.mark.parametrize("words", [COMMANDS[2]], ids=lambda words: words[0])
def test_a_disk_without_room_is_told(tmp_path: Path, words: tuple[object, ...]) -> None:
    assert "cannot be written" in told(run(*words, "--data", tmp_path / "new", largest=100_000))


def test_a_disk_that_fills_during_a_migration_leaves_the_old_database_whole(folder: Path) -> None:
    database = folder / DATABASE_FILE
    engine = open_database(database)
    back_to(engine, "0010")
    engine.dispose()
    with closing(sqlite3.connect(database)) as old:
        before = list(old.iterdump())

    for largest in (20_000, 100_000):
        reason = told(run("registry", "learn", FLUX, "--data", folder, largest=largest))
        assert "cannot be written" in reason

    with closing(sqlite3.connect(database)) as old:
        assert list(old.iterdump()) == before
    assert not list(folder.glob("*.unfinished"))
    assert run("registry", "learn", FLUX, "--data", folder).returncode == 0
    assert (folder / f"{DATABASE_FILE}.before-{NEWEST}").exists()


def test_an_export_that_is_refused_leaves_the_earlier_one(folder: Path, tmp_path: Path) -> None:
    archive = tmp_path / "world.zip"
    assert run("journal", "export", archive, "--data", folder).returncode == 0
    before = archive.read_bytes()
    for deposit in (folder / "files").iterdir():
        shutil.rmtree(deposit)

    assert "not whole" in told(run("journal", "export", archive, "--data", folder))

    assert archive.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["world.zip"]


def test_an_emptied_database_is_called_empty(folder: Path) -> None:
    (folder / DATABASE_FILE).write_bytes(b"")

    ended = run("check", "--data", folder, FLUX)

    assert ended.returncode == 3
    assert f"the database {folder / DATABASE_FILE} is empty" in ended.stderr


@pytest.mark.parametrize("option", ["--junit", "--receipt"])
def test_what_cannot_be_written_is_named(option: str) -> None:
    ended = run("check", option, "/dev/full", FLUX)

    assert ended.returncode == 3
    assert "'/dev/full'" in ended.stderr
    assert "Traceback" not in ended.stderr
