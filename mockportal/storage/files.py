"""The files of deposits, on disk: written under another name first, so that none is ever half."""

import logging
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO, cast

from mockportal.domain.identifiers import DepositId
from mockportal.storage.durability import sync_folder
from mockportal.storage.incoming import IncomingFile

_BLOCK = 1 << 20
_ASIDE = timedelta(days=30)
"""For how long an upload that no deposit is known of is kept, aside."""
_SWEPT_EVERY = timedelta(hours=1)
_INCOMING = "incoming"
"""A folder among those of deposits, there while a file is still coming in."""
log = logging.getLogger(__name__)


class FileStore:
    """One folder a deposit, below ``folder``; what nobody knows of is moved beside it."""

    def __init__(
        self, folder: Path, *, durable: bool = True, require: Callable[[], None] = lambda: None
    ) -> None:
        """Keep the folder, which is made when the first file comes.

        One that is not ``durable`` goes with the process: nothing waits for the disk. ``require``
        raises when the folder is not what it was, before an upload is kept in it.
        """
        self._folder = folder
        self._durable = durable
        self._require = require
        self._moved = False
        self._synced = False
        self._swept: datetime | None = None

    def keep(self, deposit: DepositId, content: BinaryIO, limit: int) -> int | None:
        """Store an upload durably and return its size; None, and nothing kept, over ``limit``.

        One that is ``incoming`` and lies on the disk is not written a second time.
        """
        self._require()
        if isinstance(content, IncomingFile) and content.size > limit:
            return None
        size = 0
        try:
            if isinstance(content, IncomingFile) and content.on_disk:
                self.original(deposit).parent.mkdir(parents=True, exist_ok=True)
                content.move(self.original(deposit), durable=self._durable)
                if self._durable:
                    sync_folder(self.original(deposit).parent)
                self._sync()
                return content.size
            with self.writing(self.original(deposit)) as out:
                while size <= limit and (block := content.read(_BLOCK)):
                    size += len(block)
                    out.write(block)
            if size <= limit:
                self._sync()
                return size
        except BaseException:
            self.discard(deposit)
            raise
        self.discard(deposit)
        return None

    def _sync(self) -> None:
        """Have the folder of an upload reach the disk, with the first one ours."""
        if self._durable:
            sync_folder(self._folder)
            if not self._synced:
                sync_folder(self._folder.parent)
                self._synced = True

    def incoming(self, limit: int) -> BinaryIO:
        """Return a file for what is coming in, on the same disk as what ``keep`` makes of it.

        Of more than ``limit`` bytes nothing is kept. Who opened it closes it.
        """
        self._require()
        return cast("BinaryIO", IncomingFile(self._folder / _INCOMING, limit))

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
        """Return where an older version has put what is left of a deposit that was cleaned away."""
        return self._folder / deposit / "packed.bin"

    def next_packed(self, is_known: Callable[[DepositId], bool]) -> DepositId | None:
        """Return a known deposit of which that is still to be moved to the database, or None."""
        if not self._moved and self._folder.is_dir():
            with os.scandir(self._folder) as folders:
                for folder in folders:
                    deposit = DepositId(folder.name)
                    if self.packed(deposit).exists() and is_known(deposit):
                        return deposit
        self._moved = True
        return None

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
                # Of an empty file there is nothing to wait for.
                waits = durable and self._durable and os.fstat(out.fileno()).st_size > 0
                if waits:
                    os.fsync(out.fileno())
            unfinished.replace(path)
            if waits:
                sync_folder(path.parent)
        except BaseException:
            with suppress(OSError):  # what went wrong says more than that this did, too
                unfinished.unlink(missing_ok=True)
            raise

    def discard(self, deposit: DepositId) -> None:
        """Remove the files of a deposit, or of what never became one."""
        shutil.rmtree(self._folder / deposit, ignore_errors=True)

    def drop_empty(self, deposit: DepositId) -> None:
        """Remove the folder of a deposit where nothing is left in it."""
        with suppress(OSError):
            (self._folder / deposit).rmdir()

    def tidy(self, deposit: DepositId) -> None:
        """Remove what was left unfinished by whoever had a deposit in hand before."""
        for unfinished in (self._folder / deposit).glob("*.unfinished"):
            unfinished.unlink(missing_ok=True)

    def is_sweep_due(self, now: datetime) -> bool:
        """Tell whether an hour has gone since this was so, or since it was first asked."""
        if self._swept is not None and now - self._swept < _SWEPT_EVERY:
            return False
        due = self._swept is not None
        self._swept = now
        return due

    def sweep(
        self, processing: Callable[[DepositId], bool | None], since: datetime | None = None
    ) -> None:
        """Remove what was left unfinished, and move aside uploads that no deposit is known of.

        ``processing`` tells whether a deposit is being treated, None where there is none. What was
        touched ``since`` then stays: somebody else may be at it.
        """
        aside = self._folder.with_name(f"{self._folder.name}-aside")
        moved = 0
        for folder in self._folder.iterdir() if self._folder.is_dir() else ():
            if folder.name == _INCOMING:
                for path in folder.iterdir():
                    if not _touched(path, since):
                        path.unlink(missing_ok=True)
                with suppress(OSError):  # something is still coming in
                    folder.rmdir()
                continue
            deposit = DepositId(folder.name)
            treated = processing(deposit)
            if treated is None and not _touched(folder, since):
                if _holds_work(folder):
                    self._put_aside(folder, aside)
                    moved += 1
                else:
                    shutil.rmtree(folder, ignore_errors=True)
                continue
            left = [*folder.glob("*.unfinished"), *([] if treated else [self.leaves(deposit)])]
            for path in left:
                if not _touched(path, since):
                    path.unlink(missing_ok=True)
        if moved:
            log.warning("%d uploads that no deposit is known of were moved to %s", moved, aside)
        _forget_old(aside)

    def _put_aside(self, folder: Path, aside: Path) -> None:
        today = aside / datetime.now(UTC).date().isoformat()
        today.mkdir(parents=True, exist_ok=True)
        place = today / folder.name
        folder.rename(place if not place.exists() else today / f"{folder.name}.{token_hex(4)}")


def _forget_old(aside: Path) -> None:
    """Remove what was moved aside long ago; each day has a folder of its own."""
    oldest = datetime.now(UTC).date() - _ASIDE
    for day in aside.iterdir() if aside.is_dir() else ():
        with suppress(ValueError):
            if date.fromisoformat(day.name) < oldest:
                shutil.rmtree(day, ignore_errors=True)


def _holds_work(folder: Path) -> bool:
    """Tell whether a folder holds more than what was cut off: an upload, or what is left of one."""
    return folder.is_dir() and any(path.suffix != ".unfinished" for path in folder.iterdir())


def _touched(path: Path, since: datetime | None) -> bool:
    """Tell whether a file or a folder was written since a moment, or has just gone."""
    try:
        return since is not None and path.stat().st_mtime >= since.timestamp()
    except FileNotFoundError:
        return True
