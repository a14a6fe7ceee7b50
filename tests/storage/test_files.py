import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest

from mockportal.domain.identifiers import DepositId
from mockportal.storage.files import FileStore

DEPOSIT = DepositId("deposit-1")


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


def everything_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_an_upload_is_kept_as_it_came(files: FileStore) -> None:
    content = bytes(range(256)) * 10_000

    size = files.keep(DEPOSIT, BytesIO(content), limit=len(content))

    assert size == len(content)
    assert files.original(DEPOSIT).read_bytes() == content


@pytest.mark.skipif(os.name == "nt", reason="Windows opens no folder")
@pytest.mark.parametrize("durable", [True, False])
@pytest.mark.parametrize("size", [10, 1_000_000])
def test_the_name_of_an_upload_reaches_the_disk_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, *, durable: bool
) -> None:
    files = FileStore(tmp_path / "files", durable=durable)
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda file: synced.append(os.fstat(file).st_ino))

    with files.incoming(size) as coming:
        coming.write(bytes(size))
        coming.seek(0)
        files.keep(DEPOSIT, coming, limit=size)

    kept = files.original(DEPOSIT)
    wanted = [kept, kept.parent, tmp_path / "files", tmp_path] if durable else []
    assert synced[-4:] == [path.stat().st_ino for path in wanted]


def test_an_empty_upload_is_kept(files: FileStore) -> None:
    assert files.keep(DEPOSIT, BytesIO(), limit=10) == 0
    assert files.original(DEPOSIT).read_bytes() == b""


def test_of_an_upload_over_the_limit_nothing_is_kept(files: FileStore, tmp_path: Path) -> None:
    assert files.keep(DEPOSIT, BytesIO(b"x" * 11), limit=10) is None
    assert everything_below(tmp_path) == []


def test_of_an_upload_that_breaks_off_nothing_is_kept(files: FileStore, tmp_path: Path) -> None:
    class BrokenOff(BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise ConnectionResetError(size)

    with pytest.raises(ConnectionResetError):
        files.keep(DEPOSIT, BrokenOff(), limit=10)

    assert everything_below(tmp_path) == []


@pytest.mark.parametrize("size", [0, 10, 1_000_000])
def test_what_comes_in_is_kept_as_it_came(files: FileStore, tmp_path: Path, size: int) -> None:
    content = bytes(number % 251 for number in range(size))

    with files.incoming(size) as coming:
        for at in range(0, size, 7_001):
            coming.write(content[at : at + 7_001])
        coming.seek(0)
        kept = files.keep(DEPOSIT, coming, limit=size)

    assert kept == size
    assert files.original(DEPOSIT).read_bytes() == content
    assert everything_below(tmp_path) == [files.original(DEPOSIT)]


def test_a_large_file_that_comes_in_is_written_once_for_its_owner_alone(
    files: FileStore, tmp_path: Path
) -> None:
    with files.incoming(2_000_000) as coming:
        coming.write(b"x" * 1_000_000)
        (begun,) = everything_below(tmp_path)
        number = begun.stat().st_ino
        files.keep(DEPOSIT, coming, limit=2_000_000)

    assert files.original(DEPOSIT).stat().st_ino == number
    if os.name == "posix":
        assert files.original(DEPOSIT).stat().st_mode & 0o077 == 0


def test_of_a_file_that_comes_in_over_the_limit_nothing_is_kept(
    files: FileStore, tmp_path: Path
) -> None:
    with files.incoming(1_000_000) as coming:
        for _ in range(5):
            coming.write(b"x" * 500_000)
        assert sum(path.stat().st_size for path in everything_below(tmp_path)) <= 1_000_000

        assert files.keep(DEPOSIT, coming, limit=1_000_000) is None

    assert everything_below(tmp_path) == []


def test_files_that_come_in_at_once_do_not_hinder_each_other(
    files: FileStore, tmp_path: Path
) -> None:
    def one(number: int) -> None:
        with files.incoming(1_000_000) as coming:
            coming.write(b"%d" % number + b"x" * 300_000)
            if number % 2:
                files.keep(DepositId(str(number)), coming, limit=1_000_000)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, range(200)))

    kept = sorted(path.parent.name for path in everything_below(tmp_path))
    assert kept == sorted(str(number) for number in range(1, 200, 2))


def test_what_came_in_and_was_not_kept_goes(files: FileStore, tmp_path: Path) -> None:
    with files.incoming(1_000_000) as coming:
        coming.write(b"x" * 1_000_000)
        assert len(everything_below(tmp_path)) == 1

    assert everything_below(tmp_path) == []


def test_what_an_earlier_process_was_receiving_is_swept_and_nothing_else(
    files: FileStore, tmp_path: Path
) -> None:
    coming = files.incoming(1_000_000)  # closed by nobody: its process is killed
    coming.write(b"x" * 1_000_000)
    files.keep(DEPOSIT, BytesIO(b"<a/>"), limit=10)

    files.sweep(lambda _deposit: False, datetime.now(UTC) - timedelta(hours=1))
    assert len(everything_below(tmp_path)) == 2

    files.sweep(lambda _deposit: False)
    assert everything_below(tmp_path) == [files.original(DEPOSIT)]
    assert [folder.name for folder in (tmp_path / "files").iterdir()] == [DEPOSIT]


def test_the_files_of_a_deposit_lie_apart(files: FileStore) -> None:
    other = DepositId("deposit-2")

    paths = {
        place(deposit)
        for place in (files.original, files.regular, files.receipt)
        for deposit in (DEPOSIT, other)
    }

    assert len(paths) == 6


def test_what_is_written_is_there_once_the_block_ends(files: FileStore) -> None:
    path = files.receipt(DEPOSIT)

    with files.writing(path) as out:
        out.write(b"<accuse/>")
        assert not path.exists()

    assert path.read_bytes() == b"<accuse/>"


def test_what_is_being_written_can_be_read_back(files: FileStore) -> None:
    with files.writing(files.regular(DEPOSIT)) as out:
        out.write(b"<flux/>")
        out.seek(0)

        assert out.read() == b"<flux/>"


def test_a_writing_that_fails_leaves_what_was_there(files: FileStore) -> None:
    path = files.receipt(DEPOSIT)
    with files.writing(path) as out:
        out.write(b"first")

    with pytest.raises(TypeError), files.writing(path) as out:
        out.writelines([b"second", None])  # type: ignore[list-item]  # what makes it fail

    assert path.read_bytes() == b"first"
    assert everything_below(path.parent) == [path]


def test_a_discarded_deposit_leaves_no_file(files: FileStore, tmp_path: Path) -> None:
    files.keep(DEPOSIT, BytesIO(b"<flux/>"), limit=10)

    files.discard(DEPOSIT)

    assert everything_below(tmp_path) == []


def test_discarding_what_was_never_kept_is_no_fault(files: FileStore) -> None:
    files.discard(DEPOSIT)


def test_what_others_may_still_be_at_is_not_swept(tmp_path: Path) -> None:
    files = FileStore(tmp_path)
    for name in ("old", "new"):
        files.original(DepositId(name)).parent.mkdir()
        files.original(DepositId(name)).write_bytes(b"<flux/>")
    hours_ago = datetime.now(UTC) - timedelta(hours=2)
    os.utime(tmp_path / "old", (hours_ago.timestamp(), hours_ago.timestamp()))

    files.sweep(lambda _: None, datetime.now(UTC) - timedelta(hours=1))

    assert [one.name for one in tmp_path.iterdir()] == ["new"]


def test_what_was_left_unfinished_of_a_deposit_goes(tmp_path: Path) -> None:
    files, deposit = FileStore(tmp_path), DepositId("d")
    files.original(deposit).parent.mkdir()
    (tmp_path / "d" / "receipt.xml.1234.unfinished").write_bytes(b"<half")
    files.original(deposit).write_bytes(b"<flux/>")

    files.tidy(deposit)

    assert [one.name for one in (tmp_path / "d").iterdir()] == ["deposit.xml"]
