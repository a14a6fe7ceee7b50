"""A second process that reads passages of a large file while the first control is at it.

It is asked for parts of the file by offset and length, answers with blocks of leaves (empty where
not all is surely good), and ends with its standard input.
"""

import logging
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from types import TracebackType
from typing import BinaryIO, NamedTuple, Self, cast

from mockportal.wire.cutting import Window
from mockportal.wire.frames import frame_of
from mockportal.wire.leaves import block_of, read_block, write_block
from mockportal.wire.passage_patterns import pattern_for
from mockportal.wire.passages import LEAVES

_ASKED = 3
"""Parts that the other process is asked for at once: it never waits for us."""
_WAITING = 6
"""Parts that may wait for their turn: they are in memory."""
_TO_END = 5.0
log = logging.getLogger(__name__)


class Task(NamedTuple):
    """What the other process reads: a file, by which schema, for which world.

    ``learns_from`` are the offset and the length of passages that show the order of its elements.
    """

    path: Path
    schema: Path
    world: int
    learns_from: tuple[int, int]


class ReadingApart:
    """The other process, in a ``with`` block; it is of use once it is ready."""

    def __init__(self, task: Task) -> None:
        """Start it."""
        words = (task.path, task.schema, task.world, *task.learns_from)
        self._process = subprocess.Popen(  # noqa: S603  # ourselves
            [sys.executable, "-m", __name__, *map(str, words)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._ready = False
        self._asked = 0
        self._answers: SimpleQueue[bytes | None] = SimpleQueue()
        self._thread = Thread(target=self._take, name="taking-answers", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        """Return it."""
        return self

    def __exit__(
        self, _t: type[BaseException] | None, _e: BaseException | None, _b: TracebackType | None
    ) -> None:
        """End it."""
        with suppress(OSError):
            cast("BinaryIO", self._process.stdin).close()
        try:
            self._process.wait(_TO_END)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._thread.join()
        cast("BinaryIO", self._process.stdout).close()

    def takes(self, window: Window) -> bool:
        """Ask for a part of the file, and tell whether it was taken on."""
        if not self._ready or self._asked >= _ASKED:
            return False
        asked = cast("BinaryIO", self._process.stdin)
        try:
            asked.write(b"%d %d\n" % (window.offset, len(window.content)))
            asked.flush()
        except OSError:
            self._ready = False
            log.warning("the process that reads beside this one has died; this one does it all")
            return False
        self._asked += 1
        return True

    @property
    def answered(self) -> bool:
        """Tell whether an answer is there."""
        return not self._answers.empty()

    def answer(self) -> bytes | None:
        """Return the next answer, waiting for it; None when the process has died."""
        self._asked -= 1
        answer = self._answers.get()
        if answer is None:
            self._answers.put(None)  # for whatever else it was asked
        return answer

    def _take(self) -> None:
        pipe = cast("BinaryIO", self._process.stdout)
        while (answer := read_block(pipe)) is not None:
            if self._ready:
                self._answers.put(answer)
            self._ready = True
        self._answers.put(None)


def read_with(
    other: ReadingApart, windows: Iterator[Window], own: Callable[[bytes], bytes | None]
) -> Iterator[tuple[Window, bytes | None]]:
    """Yield parts of a file in order with their blocks, read here or by the other process."""
    waiting: deque[tuple[Window, bytes | None, bool]] = deque()

    def first() -> tuple[Window, bytes | None]:
        window, block, theirs = waiting.popleft()
        if not theirs:
            return window, block
        answer = other.answer()
        return window, own(window.content) if answer is None else answer or None

    for window in windows:
        theirs = other.takes(window)
        waiting.append((window, None if theirs else own(window.content), theirs))
        while waiting and (not waiting[0][2] or other.answered or len(waiting) > _WAITING):
            yield first()
    while waiting:
        yield first()


def main(path: Path, schema: Path, world: int, learns_from: tuple[int, int]) -> None:
    """Answer what is asked on standard input."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asks says when it is over
    with path.open("rb") as file:

        def part(offset: int, length: int) -> bytes:
            file.seek(offset)
            return file.read(length)

        pattern = pattern_for(
            schema, frame_of(file, path.stat().st_size), part(*learns_from), LEAVES
        )
        if pattern is None:
            return
        _tell(b"")
        for line in sys.stdin.buffer:
            leaves = pattern.leaves(part(*map(int, line.split())))
            _tell(block_of(leaves.filed(world)) if leaves else b"")


def _tell(block: bytes) -> None:
    write_block(sys.stdout.buffer, block)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    given = sys.argv[1:]
    with suppress(BrokenPipeError):
        main(Path(given[0]), Path(given[1]), int(given[2]), (int(given[3]), int(given[4])))
