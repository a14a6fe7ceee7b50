"""``mockportal ready``: for scripts that start a portal and go on when it answers."""

import json
import socket
import subprocess
import sys

import pytest

from tests.cli.test_commands import Run


def test_a_portal_that_is_just_started_is_waited_for(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    command = [sys.executable, "-m", "mockportal", "serve", "--ephemeral", "--port", port]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            run = Run(capsys, "ready", "--url", f"http://127.0.0.1:{port}", "--wait", 60)
            assert (run.status, run.err) == (0, "")
            assert process.stdout is not None
            assert json.loads(process.stdout.readline())["url"].endswith(port)
        finally:
            process.terminate()


def test_a_portal_that_does_not_come_is_said_in_the_end(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run = Run(capsys, "ready", "--url", "http://127.0.0.1:1", "--wait", 0.5)
    assert run.status == 3
    assert run.err.startswith("http://127.0.0.1:1 does not answer")
