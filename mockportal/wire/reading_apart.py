"""Reading the passages of a large file in a process of its own: two of them have two locks.

The other process is asked for pieces by number, offset, length, ordinal and count, and answers with
their leaves. It ends with its standard input.
"""

import logging
import marshal
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import astuple
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import BinaryIO

from mockportal.domain.deposits import Piece
from mockportal.wire.reading import KeptFile, Leaves

_AHEAD = 8
"""Pieces that are asked for before their turn."""
_LENGTH = 8
"""Bytes of the length of an answer."""
_TO_END = 5.0
log = logging.getLogger(__name__)
ReadPiece = tuple[Piece, Leaves | None]


@contextmanager
def read_apart(kept: KeptFile, pieces: Iterable[Piece]) -> Iterator[Iterator[ReadPiece]]:
    """Yield each piece of a kept file in order, with its leaves where the other process read them.

    Nobody waits for that process to be there: pieces come without their leaves until then, and
    from when it may have died.
    """
    process = subprocess.Popen(  # ourselves
        [sys.executable, "-m", __name__, str(kept.path), str(kept.schema)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    asked, answers = process.stdin, _Answers(process.stdout)
    try:
        yield _answered(iter(pieces), asked, answers)
    finally:
        with suppress(OSError):
            asked.close()
        answers.end()
        try:
            process.wait(_TO_END)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class _Answers:
    """What the other process says, taken from the pipe as it comes."""

    def __init__(self, pipe: BinaryIO) -> None:
        self.ready = self.over = False
        self._pipe = pipe
        self._come: SimpleQueue[bytes | None] = SimpleQueue()
        self._thread = Thread(target=self._take, name="taking-answers", daemon=True)
        self._thread.start()

    def next(self) -> Leaves | None:
        answer = None if self.over else self._come.get()
        if answer is None:
            self.over = True
            return None
        said = marshal.loads(answer)  # noqa: S302  # our own process
        return Leaves(*said) if said else None

    def end(self) -> None:
        self._thread.join()
        self._pipe.close()

    def _take(self) -> None:
        while (length := self._pipe.read(_LENGTH)) and len(length) == _LENGTH:
            answer = self._pipe.read(int.from_bytes(length, "big"))
            if self.ready:
                self._come.put(answer)
            self.ready = True
        self._come.put(None)


def _answered(pieces: Iterator[Piece], asked: BinaryIO, answers: _Answers) -> Iterator[ReadPiece]:
    waiting: deque[Piece] = deque()
    for piece in pieces:
        if not answers.ready:
            yield piece, None
            continue
        waiting.append(piece)
        _ask(asked, piece)
        if len(waiting) > _AHEAD:
            yield waiting.popleft(), answers.next()
    while waiting:
        yield waiting.popleft(), answers.next()
    if answers.over:
        log.warning("the process that reads passages has died; they were read without it")


def _ask(asked: BinaryIO, piece: Piece) -> None:
    with suppress(OSError):  # it has died: no answer will come, and that is heard
        asked.write(b"%d %d %d %d %d\n" % astuple(piece))
        asked.flush()


def main(path: Path, schema: Path) -> None:
    """Answer what is asked on standard input."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asks says when it is over
    with KeptFile(path, schema=schema) as kept:
        _tell(b"")
        for line in sys.stdin.buffer:
            leaves = kept.leaves(Piece(*map(int, line.split())))
            _tell(marshal.dumps(leaves and tuple(leaves)))


def _tell(answer: bytes) -> None:
    sys.stdout.buffer.write(len(answer).to_bytes(_LENGTH, "big") + answer)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    with suppress(BrokenPipeError):
        main(*map(Path, sys.argv[1:]))
