"""A second process that reads passages of a large file while the first control is at it.

It is asked for parts of the file by offset and length, answers with blocks of leaves (empty where
not all is surely good), and ends with its standard input.
"""

import logging
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import BinaryIO, NamedTuple, Self, cast

from mockportal.wire.cutting import Window
from mockportal.wire.frames import frame_of
from mockportal.wire.leaves import block_of, read_block, write_block
from mockportal.wire.passage_patterns import pattern_for

_ASKED = 3
"""Parts that the other process is asked for at once: it never waits for us."""
_WAITING = 6
"""Parts that may wait for their turn: they are in memory."""
_TO_END = 5.0
_TO_ANSWER = 30.0
"""Seconds after which it is given up; it takes some thousandths of one."""
_PACKAGE = Path(__file__).parents[2]
_START = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); "
    "from mockportal.wire.reading_apart import main; main()"
)
_free = threading.Semaphore(1)
"""One such process is enough, however many files come at once."""
log = logging.getLogger(__name__)


class Task(NamedTuple):
    """What the other process reads: a file, by which schema, for which world.

    ``learns_from`` are the offset and the length of passages that show the order of its elements.
    """

    path: Path
    schema: Path
    world: int
    learns_from: tuple[int, int]


@contextmanager
def reading_apart(task: Task) -> Iterator["ReadingApart | None"]:
    """Start the other process; None where one is at work for another file, or cannot be started."""
    if not _free.acquire(blocking=False):
        yield None
        return
    try:
        other = _started(task)
        with other or nullcontext():
            yield other
    finally:
        _free.release()


def _started(task: Task) -> "ReadingApart | None":
    words = (_PACKAGE, task.path, task.schema, task.world, *task.learns_from)
    try:
        return ReadingApart(
            # Not -m, which looks for modules where somebody happens to stand.
            subprocess.Popen(  # noqa: S603  # ourselves
                [sys.executable or "", "-P", "-c", _START, *map(str, words)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # it ends with us, not by a key
            )
        )
    except OSError as fault:
        log.warning("no second process reads beside this one: %s", fault)
        return None


class ReadingApart:
    """The other process, in a ``with`` block; it is of use once it is ready."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        """Take the process, which has just been started."""
        self._process = process
        self._ready = self._over = False
        self._asked = 0
        self._answers: SimpleQueue[bytes | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._take, name="taking-answers", daemon=True)
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

    def ask(self, window: Window) -> bool:
        """Ask for a part of the file; tell whether it was asked for."""
        if not self._ready or self._over or self._asked >= _ASKED:
            return False
        asked = cast("BinaryIO", self._process.stdin)
        try:
            asked.write(b"%d %d\n" % (window.offset, len(window.content)))
            asked.flush()
        except OSError:
            self._give_up()
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
        try:
            answer = None if self._over else self._answers.get(timeout=_TO_ANSWER)
        except Empty:
            answer = None
        if answer is None:
            self._give_up()
        return answer

    def _give_up(self) -> None:
        if not self._over:
            log.warning("the process that reads beside this one has died; this one does it all")
        self._over = True

    def _take(self) -> None:
        pipe = cast("BinaryIO", self._process.stdout)
        self._ready = read_block(pipe) is not None  # it says that it is there
        while (answer := read_block(pipe)) is not None:
            self._answers.put(answer)
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
        theirs = other.ask(window)
        waiting.append((window, None if theirs else own(window.content), theirs))
        while waiting and (not waiting[0][2] or other.answered or len(waiting) > _WAITING):
            yield first()
    while waiting:
        yield first()


def main() -> None:
    """Answer what is asked on standard input, about the file that the command line names."""
    path, schema = map(Path, sys.argv[1:3])
    world, *learns_from = map(int, sys.argv[3:])
    with suppress(BrokenPipeError), path.open("rb") as file:

        def part(offset: int, length: int) -> bytes:
            file.seek(offset)
            return file.read(length)

        pattern = pattern_for(schema, frame_of(file, path.stat().st_size), part(*learns_from))
        if pattern is None:
            return
        _tell(b"")
        for line in sys.stdin.buffer:
            leaves = pattern.leaves(part(*map(int, line.split())))
            _tell(block_of(leaves.with_filings(world)) if leaves else b"")


def _tell(block: bytes) -> None:
    write_block(sys.stdout.buffer, block)
    sys.stdout.buffer.flush()
