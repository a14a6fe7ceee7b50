"""Nobody else opens a data folder, nor anything in it."""

import os
import stat
from pathlib import Path

import pytest

from mockportal.assembly import assemble
from mockportal.settings import Settings
from mockportal.storage.private_folder import make_private

pytestmark = pytest.mark.skipif(os.name != "posix", reason="rights of others are of Unix")


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def open_to_others(folder: Path) -> list[str]:
    paths = [folder, *folder.rglob("*")]
    return [path.name for path in paths if rights(path) & 0o077]


def an_old_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    (folder / "files" / "deposit-1").mkdir(parents=True)
    for name in ("portal.db", "portal.db-wal", "portal.db.before-0011", "secret-key"):
        (folder / name).touch()
    (folder / "files" / "deposit-1" / "deposit.xml").touch()
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return folder


def test_a_new_folder_is_its_owners(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "data"
    with assemble(Settings(data=folder)):
        assert open_to_others(folder) == []


def test_an_older_one_becomes_so_with_all_that_it_holds(tmp_path: Path) -> None:
    folder = an_old_folder(tmp_path)

    make_private(folder)

    assert open_to_others(folder) == []
    assert rights(folder) == 0o700
    assert rights(folder / "portal.db") == 0o600


def test_a_folder_with_other_things_keeps_them_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "readme.txt").touch()
    (tmp_path / "readme.txt").chmod(0o644)  # whatever the umask, which a command run here changes
    tmp_path.chmod(0o755)

    make_private(tmp_path)

    assert rights(tmp_path) == 0o755
    assert rights(tmp_path / "readme.txt") == 0o644


def test_what_a_link_leads_to_is_left_alone(tmp_path: Path) -> None:
    folder = an_old_folder(tmp_path)
    other = tmp_path / "other"
    other.touch()
    other.chmod(0o644)
    (folder / "files" / "link").symlink_to(other)

    make_private(folder)

    assert rights(other) == 0o644


def test_a_folder_that_others_use_as_well_stays_open_at_each_start(tmp_path: Path) -> None:
    shared = tmp_path / "project"
    shared.mkdir()
    shared.chmod(0o775)
    (shared / "minutes.txt").touch()

    for _ in range(2):
        with assemble(Settings(data=shared)):
            assert rights(shared) == 0o775
            assert not rights(shared / "portal.db") & 0o077
