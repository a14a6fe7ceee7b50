"""Commands run one after another in a process of their own: ``python -m tests.hostile.commands``.

A line of JSON comes in for each, its arguments; a line goes out: how it ended, and what it said.
"""

import contextlib
import io
import json
import subprocess
import sys
import threading
import traceback
from pathlib import Path
from typing import Any

from tests.environments import unmeasured

_MOST_SAID = 20_000


class Commands:
    """A process that runs commands; one that hangs is killed, and another takes its place."""

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._process: subprocess.Popen[str] | None = None

    def run(self, *arguments: str) -> dict[str, Any]:
        """Run a command; return its ``status``, what it ``said``, its ``traceback``."""
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.hostile.commands"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                env=unmeasured(MOCKPORTAL_TRACEBACK="1", TERM="dumb"),
            )  # fmt: skip
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        too_long = threading.Timer(self._patience, process.kill)
        too_long.start()
        try:
            process.stdin.write(json.dumps(arguments) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except OSError:
            line = ""
        finally:
            too_long.cancel()
        if not line:
            self.end()
            return {"status": None, "said": "", "traceback": "it did not end, or died", "peak": 0}
        ended: dict[str, Any] = json.loads(line)
        return ended

    def end(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for stream in (self._process.stdin, self._process.stdout):
                if stream is not None:
                    with contextlib.suppress(OSError):
                        stream.close()
            self._process = None


def _run(arguments: list[str]) -> dict[str, Any]:
    from mockportal.cli import main  # noqa: PLC0415  # whoever only asks needs no commands

    said, fault, status = io.StringIO(), "", None
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            main(arguments)
        except SystemExit as end:
            status = end.code
        except BaseException:  # noqa: BLE001  # whatever comes out of a command is what is looked for
            fault = traceback.format_exc()
    return {
        "status": status,
        "said": said.getvalue()[:_MOST_SAID],
        "traceback": fault,
        "peak": _peak_since_the_last(),
    }


def _peak_since_the_last() -> int:
    """Return the most memory in bytes since the last command, 0 where the system does not tell."""
    own = Path("/proc/self")
    try:
        (line,) = [one for one in (own / "status").read_text().splitlines() if "VmHWM" in one]
        (own / "clear_refs").write_text("5")
    except (OSError, ValueError):
        return 0
    return int(line.split()[1]) * 1024


if __name__ == "__main__":
    out = sys.stdout
    for asked in sys.stdin:
        print(json.dumps(_run(json.loads(asked))), file=out, flush=True)  # the answer
