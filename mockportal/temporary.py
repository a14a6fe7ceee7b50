"""Folders that are there for a while."""

import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from mockportal.shutdown import SIGNALS


@contextmanager
def temporary_folder(prefix: str = "mockportal-") -> Iterator[Path]:
    """Make a folder for the block, which goes with it, whatever signal ends the block."""
    with blocked_signals() as unblock:
        folder = tempfile.TemporaryDirectory(prefix=prefix)
        with folder as path:
            unblock()
            yield Path(path)


@contextmanager
def blocked_signals() -> Iterator[Callable[[], None]]:
    """Hear of signals that end this process when what is yielded is called, or after the block.

    What the block makes by then is made whole: nothing raises between a thing and its ``try``.
    """
    with ExitStack() as blocked:
        if hasattr(signal, "pthread_sigmask"):
            before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
            blocked.callback(signal.pthread_sigmask, signal.SIG_SETMASK, before)
        yield blocked.close
