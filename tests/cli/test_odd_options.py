"""Commands with odd options: a sentence and exit status 3, never a traceback, never « some KO »."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mockportal.cli import main
from mockportal.cli.main import commands
from mockportal.resources import seeds_folder
from mockportal.settings import TRACEBACK

FLUX = seeds_folder() / "flux-demonstration.xml"
ADDRESSES = [
    "x", "http://", "http:///x", "ftp://x", "//x", "http://x:99999", "http://x:-1", "http://x:abc",
    "http://[::1", "http://a" + "b" * 300,
    "http://127.0.0.1:1\r\nX: y", "http://\x00", "http://a b",
    "http://127.0.0.1:1", "https://127.0.0.1:1", "http://é.invalid",
]  # fmt: skip


@pytest.fixture(autouse=True)
def show_tracebacks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what the last resort would word come out as it is."""
    monkeypatch.setenv(TRACEBACK, "1")


@pytest.fixture
def taken() -> Iterator[int]:
    """Return a port that somebody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        one.listen()
        yield one.getsockname()[1]


def status_of(*words: object) -> object:
    with pytest.raises(SystemExit) as end:
        main([str(word) for word in words])
    return end.value.code


@pytest.mark.parametrize("url", ADDRESSES, ids=lambda url: ascii(url[:20]))
@pytest.mark.parametrize(
    "words", [("ready",), ("coverage",), ("journal", "export", "out.zip"), ("deposit", FLUX)],
    ids=lambda words: words[0],
)  # fmt: skip
def test_an_odd_address_of_a_portal(
    words: tuple[object, ...], url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    account = ("--account", "CERT00001", "--password", "x") if words[0] == "deposit" else ()

    assert status_of(*words, "--url", url, *account) == 3
    assert capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("host", ["x.invalid", "256.1.1.1", "a" * 300, "192.0.2.1", "127.0.0.1:8"])
def test_an_address_that_nobody_can_listen_on_is_named(
    host: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status_of("serve", "--ephemeral", "--port", "0", "--host", host) == 3
    assert repr(host) in capsys.readouterr().err


@pytest.mark.parametrize("processes", [1, 2])
def test_a_port_that_is_taken_is_named(
    taken: int, processes: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status_of("serve", "--ephemeral", "--port", taken, "--processes", processes) == 3
    assert f"port {taken} of 127.0.0.1 is taken" in capsys.readouterr().err


@pytest.mark.parametrize("seed", ["1.5", "x", "", "9" * 5_000])
def test_a_seed_is_a_number(seed: str, tmp_path: Path) -> None:
    assert (
        status_of("registry", "generate", "--holders", 1, "--seed", seed, "--data", tmp_path) == 3
    )


@pytest.mark.parametrize(
    "database", ["x", "mysql://x", "postgresql://x:abc/y", "postgresql://[::1/x"]
)
def test_a_database_is_given_by_its_address(database: str, tmp_path: Path) -> None:
    assert status_of("coverage", "--database", database, "--data", tmp_path) == 3


@pytest.mark.parametrize("seed", ["-1", "9" * 30])
def test_any_number_is_a_seed(seed: str, tmp_path: Path) -> None:
    assert (
        status_of("registry", "generate", "--holders", 1, "--seed", seed, "--data", tmp_path) == 0
    )


def test_a_key_that_no_header_can_hold_is_refused() -> None:
    assert status_of("coverage", "--url", "http://127.0.0.1:1", "--control-key", "é\r\n") == 3


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    assert status_of("registry", "export", "-", "--data", tmp_path / "file") == 3
    assert status_of("registry", "export", "-", "--data", tmp_path / "file" / "below") == 3


def test_a_refused_export_leaves_the_one_before(tmp_path: Path) -> None:
    out = tmp_path / "world.zip"
    out.write_bytes(b"before")

    data = ("--data", tmp_path / "data")
    assert status_of("world", "create", *data) == 0
    assert status_of("journal", "export", out, *data, "--world", "nobody") == 3
    assert status_of("registry", "export", out, *data, "--world", "nobody") == 3

    assert out.read_bytes() == b"before"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["data", "world.zip"]


def test_what_nobody_foresaw_is_a_sentence_and_not_some_ko(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(TRACEBACK)
    monkeypatch.setattr(commands, "main", _fails)

    assert status_of("rules") == 3
    said = capsys.readouterr().err
    assert "Error: RuntimeError: two lines" in said
    assert "Traceback" not in said


def _fails(*_words: object, **_options: object) -> None:
    raise RuntimeError("two\n lines")


def test_whoever_stops_reading_hears_nothing_more() -> None:
    command = [sys.executable, "-m", "mockportal", "rules"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
    assert (process.returncode, said) == (3, b"")


@pytest.mark.skipif(os.name == "nt", reason="signals are of another kind there")
def test_an_interrupted_command_ends_as_shells_expect(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(commands, "main", _is_interrupted)

    assert status_of("rules") == 130
    assert "Traceback" not in capsys.readouterr().err


def _is_interrupted(*_words: object, **_options: object) -> None:
    raise KeyboardInterrupt
