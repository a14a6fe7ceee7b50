"""Commands that a signal ends, or whose output nobody reads: nothing stays, and no exit 1."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mockportal.resources import seeds_folder
from tests.fluxes import a_flux_xml

_COMMAND = [sys.executable, "-m", "mockportal"]
_PATIENCE = 60.0


def _until_one_lies_in(folder: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while not any(folder.iterdir()):
        assert time.monotonic() < end, f"nothing appeared in {folder}"
        time.sleep(0.02)


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGQUIT"])
@pytest.mark.parametrize("words", [["check", "-"], ["registry", "learn"]])
def test_a_command_that_a_signal_ends_leaves_no_temporary_folder(
    tmp_path: Path, words: list[str], name: str
) -> None:
    number = getattr(signal, name)
    scratch, pipe = tmp_path / "scratch", tmp_path / "never-ends.xml"
    scratch.mkdir()
    os.mkfifo(pipe)
    if words[0] == "registry":  # reads from a pipe that nobody writes to
        words = [*words, "--data", str(tmp_path / "data"), str(pipe)]
    with subprocess.Popen(
        [*_COMMAND, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(scratch)},
    ) as command:
        _until_one_lies_in(scratch)
        command.send_signal(number)
        _, told = command.communicate(timeout=_PATIENCE)

    assert (command.returncode, told) == (128 + number, b"")
    assert list(scratch.iterdir()) == []


def test_a_deposit_that_a_signal_ends_says_so_by_its_status(tmp_path: Path) -> None:
    flux = tmp_path / "mine.xml"
    flux.write_bytes(a_flux_xml())
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        who = ["--account", "CERT00001", "--password", "x", "--junit", str(tmp_path / "j.xml")]
        with subprocess.Popen([*_COMMAND, "deposit", "--url", url, *who, str(flux)]) as command:
            connection, _ = silent.accept()
            with connection:
                command.terminate()
                assert command.wait(_PATIENCE) == 128 + signal.SIGTERM
    assert not (tmp_path / "j.xml").exists()


@pytest.mark.parametrize(
    "words",
    [["rules", "--json"], ["example"], ["coverage"], ["registry", "export", "-"], ["check"]],
    ids=" ".join,
)
def test_a_command_whose_output_nobody_reads_never_exits_with_1(
    tmp_path: Path, words: list[str]
) -> None:
    data = tmp_path / "data"
    if words[0] in ("coverage", "registry"):
        made = [*_COMMAND, "registry", "generate", "--holders", "3", "--data", str(data)]
        assert subprocess.run(made, check=False).returncode == 0
        words = [*words, "--data", str(data)]
    if words[0] == "check":
        words = [
            "check",
            "--open",
            "--json",
            "--all",
            str(seeds_folder() / "flux-demonstration.xml"),
        ]
    reads, writes = os.pipe()
    os.close(reads)
    with subprocess.Popen(
        [*_COMMAND, *words], stdout=writes, stderr=subprocess.PIPE, text=True
    ) as command:
        os.close(writes)
        _, told = command.communicate(timeout=_PATIENCE)

    assert command.returncode == 3
    assert "Traceback" not in told
    assert "Exception ignored" not in told
