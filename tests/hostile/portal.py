"""The portal that things are thrown at: started here and watched, or one that is there."""

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from tests.benchmarks.memory import family, pss
from tests.environments import unmeasured

_PAUSE = 0.2
_TO_END = 10.0
_TRACEBACK = b"Traceback (most recent call last)"


class Target:
    """A portal that somebody else has started: what it logs and uses is not seen."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.highest = 0.0
        """The most memory that all its processes had at once, in bytes."""

    @property
    def address(self) -> tuple[str, int]:
        """Return where it listens."""
        parts = urlsplit(self.url)
        return str(parts.hostname), parts.port or 80

    def traceback(self) -> str:
        """Return what its log says since the last look, if that holds a traceback."""
        return ""

    def restart(self) -> bool:
        """Start it anew; False where that is not ours to do."""
        return False

    def peak(self) -> float:
        """Return the most memory, in bytes, that it had since the last look."""
        return 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _t: type[BaseException] | None, _e: BaseException | None, _b: TracebackType | None
    ) -> None:
        """Leave it alone."""


class OwnPortal(Target):
    """``mockportal serve --ephemeral``, with its log in a file and its memory sampled."""

    def __init__(self, folder: Path, *options: str) -> None:
        super().__init__("")
        self._command = [
            sys.executable, "-m", "mockportal", "serve", "--ephemeral", "--port", "0",
            "--registry", "open", *options,
        ]  # fmt: skip
        self._log = folder / "server.log"
        self._read = 0
        self._since = 0.0
        self._over = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._start()
        self._watcher.start()
        return self

    def __exit__(
        self, _t: type[BaseException] | None, _e: BaseException | None, _b: TracebackType | None
    ) -> None:
        self._over.set()
        self._end()
        self._watcher.join()

    def traceback(self) -> str:
        with self._log.open("rb") as log:
            log.seek(self._read)
            said = log.read()
        if _TRACEBACK not in said:
            return ""
        self._read += len(said)
        return said.decode(errors="replace")

    def restart(self) -> bool:
        self._end()
        self._start()
        return True

    def peak(self) -> float:
        since, self._since = self._since, 0.0
        return since

    def _start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,
                env=unmeasured(),
            )
        assert self._process.stdout is not None
        self.url = json.loads(self._process.stdout.readline())["url"]

    def _end(self) -> None:
        process = self._process
        if process is None:
            return
        process.terminate()
        try:
            process.wait(_TO_END)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        if process.stdout:
            process.stdout.close()

    def _watch(self) -> None:
        while not self._over.wait(_PAUSE):
            if self._process is not None and self._process.poll() is None:
                used = sum(map(pss, family(self._process.pid)))
                self._since = max(self._since, used)
                self.highest = max(self.highest, used)
