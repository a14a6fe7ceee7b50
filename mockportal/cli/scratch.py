"""A folder that goes with its process, however that ends."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mockportal.temporary import blocked_signals

_SWEEP = """
import os, shutil, signal, sys, time
for name in ("SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT", "SIGBREAK"):
    if hasattr(signal, name):
        signal.signal(getattr(signal, name), signal.SIG_IGN)
sys.stdin.buffer.read()
for _ in range(100):
    shutil.rmtree(sys.argv[1], ignore_errors=True)
    if not os.path.exists(sys.argv[1]):
        break
    time.sleep(0.1)
"""
"""Waits until nobody holds the other end of its standard input any more, then removes a folder."""
_APART: dict[str, Any] = (
    {"creationflags": getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)}
    if os.name == "nt"
    else {"start_new_session": True}
)
_TO_SWEEP = 5.0


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Make a folder for the block; a small process beside removes it even if this one is killed."""
    with blocked_signals() as unblock:
        folder = tempfile.mkdtemp(prefix="mockportal-")
        sweeper = subprocess.Popen(  # noqa: S603  # our own words
            [sys.executable, "-I", "-S", "-c", _SWEEP, folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **_APART,
        )
        try:
            unblock()
            yield Path(folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            if sweeper.stdin is not None:
                sweeper.stdin.close()
            try:
                sweeper.wait(_TO_SWEEP)
            except subprocess.TimeoutExpired:
                sweeper.kill()
