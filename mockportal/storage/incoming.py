"""A file that comes in: in memory while it is small, then on the disk where it is to stay."""

import os
from contextlib import suppress
from io import BufferedIOBase, BytesIO
from pathlib import Path
from secrets import token_hex
from typing import Any, BinaryIO

_IN_MEMORY = 1 << 18
"""Bytes up to which a file waits in memory: whoever keeps it writes it once, too."""
_OWN_EYES = 0o600
_MOST_TRIES = 100


class IncomingFile(BufferedIOBase):
    """What was sent of a file, to be written once and then read, as often as one likes.

    A larger one lies in ``folder`` from its first byte on: ``move`` makes it a file that stays,
    without copying it, and ``close`` removes one that was not moved. Beyond ``most`` bytes nothing
    is kept of it, only counted.
    """

    def __init__(self, folder: Path, most: int) -> None:
        """Be empty, in memory."""
        self._folder, self._most = folder, most
        self._file: BinaryIO = BytesIO()
        self._path: Path | None = None
        self.size = 0
        """How many bytes came, whether they were kept or not."""

    @property
    def on_disk(self) -> bool:
        """Tell whether it lies on the disk, from where it can be moved."""
        return self._path is not None

    def write(self, block: Any) -> int:
        """Take what comes next; raises OSError where the disk does not."""
        self.size += len(block)
        if self.size > self._most:
            self._file.truncate(0)
            return len(block)
        if self._path is None and self.size > _IN_MEMORY:
            self._put_on_disk()
        return self._file.write(block)

    def move(self, target: Path, *, durable: bool) -> None:
        """Have it take the place of ``target``; a ``durable`` one first reaches the disk itself."""
        if self._path is None:
            raise ValueError("a file in memory cannot be moved")
        self._file.flush()
        if durable:
            os.fsync(self._file.fileno())
        self._file.close()  # Windows moves no open file
        self._path.replace(target)
        self._leave()

    def close(self) -> None:
        """Remove it, unless it was moved."""
        self._file.close()
        if self._path is not None:
            self._path.unlink(missing_ok=True)
            self._leave()
        super().close()

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def writable(self) -> bool:
        """Tell that it can be written."""
        return True

    def seekable(self) -> bool:
        """Tell that one can go to and fro in it."""
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        """Return the next bytes."""
        return self._file.read(-1 if size is None else size)

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Go to a place; return which one that is."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """Return where it is read or written next."""
        return self._file.tell()

    def _put_on_disk(self) -> None:
        begun = self._file
        path = self._folder / f"{token_hex(8)}.unfinished"
        self._file, self._path = _opened(path), path
        begun.seek(0)
        self._file.write(begun.read())

    def _leave(self) -> None:
        """Leave the folder, which goes with the last that was in it."""
        self._path = None
        with suppress(OSError):  # others are in it, or have just removed it
            self._folder.rmdir()


def _opened(path: Path) -> BinaryIO:
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    for _ in range(_MOST_TRIES):
        # The last that was in there may remove it at any moment, as it is made, too.
        with suppress(FileNotFoundError, FileExistsError):
            path.parent.mkdir(parents=True, exist_ok=True)
            return os.fdopen(os.open(path, flags, _OWN_EYES), "w+b")
    raise FileNotFoundError(f"{path.parent} is removed again and again")
