"""The files of deposits, on disk: written under another name first, so that none is ever half."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from mockportal.domain.identifiers import DepositId

_BLOCK = 1 << 20


class FileStore:
    """One folder a deposit, below ``folder``."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        """Keep the folder, which is made when the first file comes.

        One that is not ``durable`` goes with the process: nothing waits for the disk.
        """
        self._folder = folder
        self._durable = durable

    def keep(self, deposit: DepositId, content: BinaryIO, limit: int) -> int | None:
        """Store an upload durably and return its size; None, and nothing kept, over ``limit``."""
        size = 0
        with self.writing(self.original(deposit)) as out:
            while size <= limit and (block := content.read(_BLOCK)):
                size += len(block)
                out.write(block)
        if size > limit:
            self.discard(deposit)
            return None
        return size

    def original(self, deposit: DepositId) -> Path:
        """Return where the file lies as it was deposited."""
        return self._folder / deposit / "deposit.xml"

    def regular(self, deposit: DepositId) -> Path:
        """Return where the transcription of an oddly shaped file lies."""
        return self._folder / deposit / "regular.xml"

    def receipt(self, deposit: DepositId) -> Path:
        """Return where the receipt lies, once it is made."""
        return self._folder / deposit / "receipt.xml"

    def places(self, deposit: DepositId) -> Path:
        """Return where the places of a refused file's errors lie, beside its receipt."""
        return self._folder / deposit / "places.json"

    def leaves(self, deposit: DepositId) -> Path:
        """Return where the leaves of a large file's passages lie until it is treated."""
        return self._folder / deposit / "leaves.txt"

    def packed(self, deposit: DepositId) -> Path:
        """Return where the passages of a deposit lie that was cleaned away."""
        return self._folder / deposit / "packed.bin"

    def strip(self, deposit: DepositId) -> None:
        """Remove the file of a deposit and its receipt, but for what was packed of it."""
        for path in (self.receipt, self.regular, self.original, self.leaves):
            path(deposit).unlink(missing_ok=True)

    @contextmanager
    def writing(self, path: Path, *, durable: bool = True) -> Iterator[BinaryIO]:
        """Open a file that takes ``path``'s place when the block ends well, and else vanishes.

        One that is not ``durable`` may be cut off when the machine goes down.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        # A name of its own: a worker whose lease ran out may still be writing the same file.
        unfinished = path.with_name(f"{path.name}.{token_hex(4)}.unfinished")
        try:
            with unfinished.open("w+b") as out:
                yield out
                out.flush()
                if durable and self._durable and os.fstat(out.fileno()).st_size:
                    os.fsync(out.fileno())  # of an empty file there is nothing to wait for
            unfinished.replace(path)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise

    def discard(self, deposit: DepositId) -> None:
        """Remove the files of a deposit, or of what never became one."""
        shutil.rmtree(self._folder / deposit, ignore_errors=True)

    def tidy(self, deposit: DepositId) -> None:
        """Remove what was left unfinished by whoever had a deposit in hand before."""
        for unfinished in (self._folder / deposit).glob("*.unfinished"):
            unfinished.unlink(missing_ok=True)

    def sweep(self, recorded: Callable[[DepositId], bool], since: datetime | None = None) -> None:
        """Remove unfinished files, and those of deposits that are not recorded.

        What was touched ``since`` then stays: somebody else may be at it.
        """
        for folder in self._folder.iterdir() if self._folder.is_dir() else ():
            if not _touched(folder, since) and not recorded(DepositId(folder.name)):
                shutil.rmtree(folder, ignore_errors=True)
                continue
            for unfinished in folder.glob("*.unfinished"):
                if not _touched(unfinished, since):
                    unfinished.unlink(missing_ok=True)


def _touched(path: Path, since: datetime | None) -> bool:
    """Tell whether a file or a folder was written since a moment, or has just gone."""
    try:
        return since is not None and path.stat().st_mtime >= since.timestamp()
    except FileNotFoundError:
        return True
