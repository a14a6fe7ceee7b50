"""Journals that somebody else may have written: whatever is wrong is one sentence."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mockportal.cli import main
from mockportal.settings import TRACEBACK
from mockportal.wire.journal_archive import JournalReader, NoJournalError
from tests.hostile.files import a_journal

Members = dict[str, bytes]
SCHEMAS = ("1.1.1", "1.1.2", "1.1.5")


@pytest.fixture(scope="module")
def members(tmp_path_factory: pytest.TempPathFactory) -> Members:
    """Return what is in a right journal."""
    content = a_journal(tmp_path_factory.mktemp("journal"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def head(**said: Any) -> Callable[[Members], Members]:
    def changed(members: Members) -> Members:
        whole = {**json.loads(members["world.json"]), **said}
        return {**members, "world.json": json.dumps(whole).encode()}

    return changed


def line(name: str, row: int, /, **said: Any) -> Callable[[Members], Members]:
    def changed(members: Members) -> Members:
        lines = members[name].splitlines()
        lines[row] = json.dumps({**json.loads(lines[row]), **said}).encode()
        return {**members, name: b"\n".join(lines) + b"\n"}

    return changed


def holding(name: str, content: bytes) -> Callable[[Members], Members]:
    return lambda members: {**members, name: content}


def without(name: str) -> Callable[[Members], Members]:
    return lambda members: {key: value for key, value in members.items() if key != name}


ODD: dict[str, tuple[Callable[[Members], Members], str]] = {
    "no head": (without("world.json"), "it holds no world.json"),
    "no people": (without("people.jsonl"), "it holds no people.jsonl"),
    "no deposit": (without("deposits/1.xml"), "there is no deposits/1.xml"),
    "no receipt": (without("receipts/2.xml"), "there is no receipts/2.xml"),
    "up and away": (holding("../../evil", b""), "'../../evil'"),
    "absolute": (holding("/etc/passwd", b""), "'/etc/passwd'"),
    "long name": (holding("x" * 60_000, b""), "which no journal does"),
    "head no JSON": (holding("world.json", b"{"), "world.json: "),
    "head a number": (holding("world.json", b"1"), "world.json: "),
    "head deep": (holding("world.json", b"[" * 1_000_000), "world.json: "),
    "head no text": (holding("world.json", b"\xff\xfe"), "world.json: "),
    "head of tomorrow": (head(format=2), "of another version: 2"),
    "head without": (holding("world.json", b'{"format": 1}'), "Field required"),
    "schema a list": (head(schema=[]), "world.json: schema"),
    "seed a text": (head(seed="7"), "world.json: seed"),
    "drawn huge": (head(drawn=1 << 63), "world.json: drawn"),
    "clock": (head(clock={"offset_seconds": 1e300, "frozen": None}), "clock.offset_seconds"),
    "processing": (head(processing="x"), "world.json: processing"),
    "accounts": (head(accounts=[1]), "world.json: accounts.0"),
    "person": (holding("people.jsonl", b"[]\n"), "line 1 of people.jsonl"),
    "person typed": (line("people.jsonl", 1, birth_name=1.5), "line 2 of people.jsonl: birth_name"),
    "person NUL": (line("people.jsonl", 1, birth_name="a\x00"), "line 2 of people.jsonl"),
    "person more": (line("people.jsonl", 0, world_id=1), "line 1 of people.jsonl: world_id"),
    "event unknown": (line("events.jsonl", 0, what="x"), "line 1 of events.jsonl: what"),
    "event of old": (line("events.jsonl", 0, at="0001-01-01T00:00:00+00:00"), "events.jsonl: at"),
    "event without zone": (line("events.jsonl", 0, at="2026-11-30T10:00:00"), "events.jsonl: at"),
    "event of nobody": (line("events.jsonl", 0, account="X"), "'X' is none of those"),
    "event content": (line("events.jsonl", 0, content=[]), "events.jsonl: content"),
    "count negative": (line("events.jsonl", 1, content={"count": -1}), "content.count"),
    "treated first": (line("events.jsonl", 0, what="treated"), "was not deposited before"),
    "receipt typed": (line("receipts.jsonl", 0, number=[1]), "line 1 of receipts.jsonl: number"),
}


def written(path: Path, members: Members) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def read(path: Path) -> None:
    with JournalReader(path) as archive:
        archive.check(SCHEMAS)


def test_a_right_journal_is_read(members: Members, tmp_path: Path) -> None:
    read(written(tmp_path / "right.zip", members))


@pytest.mark.parametrize("name", ODD)
def test_what_is_wrong_is_named(name: str, members: Members, tmp_path: Path) -> None:
    change, reason = ODD[name]
    path = written(tmp_path / "odd.zip", change(members))

    with pytest.raises(NoJournalError) as refused:
        read(path)

    assert reason in str(refused.value)
    assert len(str(refused.value)) < 600


@pytest.mark.parametrize(
    ("name", "sign", "length"),
    [
        ("world.json", b" ", 400_000_000),
        ("people.jsonl", b" ", 400_000_000),
        ("events.jsonl", b"[", 40_000_000),
    ],
)
def test_what_becomes_huge_is_refused_before_it_does(
    name: str, sign: bytes, length: int, members: Members, tmp_path: Path
) -> None:
    path = written(tmp_path / "bomb.zip", {**members, name: sign * length})

    with pytest.raises(NoJournalError, match=r"many times larger|too long"):
        read(path)


def test_a_long_list_of_entries_is_refused_before_it_is_read(
    members: Members, tmp_path: Path
) -> None:
    many = {f"{'x' * 60_000}{number}": b"" for number in range(300)}
    path = tmp_path / "list.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in {**members, **many}.items():
            archive.writestr(name, content)
    read_by_parts = path.read_bytes()
    assert len(read_by_parts) > 32_000_000

    with pytest.raises(NoJournalError, match=r"no journal does|far more"):
        read(path)


@pytest.mark.parametrize(
    "content",
    [b"", b"PK", b"PK\x05\x06" + b"\0" * 18, b"PK\x05\x06" + b"\xff" * 18, b"\x1f\x8b", b"no"],
    ids=repr,
)
def test_what_is_no_archive_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "odd.zip"
    path.write_bytes(content)

    with pytest.raises(NoJournalError):
        read(path)


@pytest.mark.parametrize(
    "change",
    [
        line("people.jsonl", 1, nir="174052901927316"),
        head(world="../x"),
        head(organisations={"depositors": [{"client_id": "1", "name": "x", "mandated_by": ["2"]}]}),
    ],
    ids=["a NIR twice", "a name of a world", "a mandate by nobody"],
)
def test_what_only_a_replay_finds_is_a_sentence_too(
    change: Callable[[Members], Members], members: Members, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv(TRACEBACK, "1")
    path = written(tmp_path / "odd.zip", change(members))

    with pytest.raises(SystemExit) as end:
        main(["journal", "replay", str(path)])

    assert end.value.code == 3
    assert capsys.readouterr().err
