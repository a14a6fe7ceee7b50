"""The data folder: what marks it as one database's, who is at work on it, and whether it is well.

The mark is a file with the identity that the database has, too (``identity``), so that no database
is ever taken for another one. The lock (of SQLite's own making, as Windows has it too) is shared by
all who work on the folder; whoever starts and can have it alone may clean up after the dead.
"""

import errno
import os
import shutil
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from secrets import token_hex

from mockportal.domain.storage_failures import StorageError, StorageFailure
from mockportal.storage.failures import FailureLog, failure_of
from mockportal.storage.folder_lock import LONGEST_START, FolderLock
from mockportal.storage.folder_mark import UNTOUCHED, Mark, read_mark, write_mark
from mockportal.storage.identity import DatabaseState

LOCK_FILE, FILES = "portal.lock", "files"
_ROOM = 4_000_000
"""Bytes that must be free for a portal to be called ready."""
_PAUSE = 0.02
_START_LOCK_FILE = "portal.lock-start"
_NUMBER_AT = 60
"""Where the header of an SQLite file holds its ``user_version``, four bytes."""


class DataFolder:
    """A folder and the database, here or elsewhere, that belongs with it."""

    def __init__(self, path: Path, database: Path | None, name: str) -> None:
        """Keep the folder and its SQLite ``database``, None for one that is elsewhere.

        ``name`` is how people call the database.
        """
        self.path = path
        self._database = database
        self._name = name
        self._lock = FolderLock(path / LOCK_FILE) if database else None
        self._mark: Mark | None = None
        self._number = 0
        """What stood in the header of the SQLite file before it was opened."""
        self._inode = 0
        self._failures = FailureLog(f"the data folder {path}")

    def prepare(self) -> None:
        """Make the folder; raises StorageError where nothing can be written in it."""
        try:
            self.path.mkdir(parents=True, exist_ok=True, mode=stat.S_IRWXU)
            self._try_to_write()
            if self._database and self._database.exists():
                _require_rights(self._database)
        except OSError as fault:
            reason = fault.strerror or str(fault)
            raise StorageError(
                failure_of(fault) or StorageFailure.READ_ONLY,
                f"the data folder {self.path} cannot be written: {reason}. {UNTOUCHED} "
                "Make room or give the rights to write there, or choose another folder by --data",
            ) from fault

    @contextmanager
    def opening(self) -> Iterator[bool]:
        """Let the block open the database, alone where nobody has it open yet; say whether alone.

        From then on the lock is held, shared with the others, until ``close``.
        """
        if self._lock is None:
            yield False
            return
        end = time.monotonic() + LONGEST_START
        alone = self._lock.alone()
        while not alone:
            self._lock.share()
            mark = self.mark()
            if mark is not None and mark.opened:
                break  # whoever is here has opened the database
            if time.monotonic() > end:
                raise StorageError(
                    StorageFailure.BUSY,
                    f"another process has been starting on {self.path} for too long",
                )
            time.sleep(_PAUSE)
            alone = self._lock.alone()
        try:
            if alone:
                self._number = self._read_number()
            yield alone
        except BaseException:
            self._lock.close()
            raise
        self._lock.share()

    @contextmanager
    def starting(self) -> Iterator[None]:
        """Let the others that start on the folder wait while the block fills its database."""
        if self._database is None:
            yield
            return
        lock, end = FolderLock(self.path / _START_LOCK_FILE), time.monotonic() + LONGEST_START
        try:
            while not lock.alone():
                if time.monotonic() > end:
                    raise StorageError(
                        StorageFailure.BUSY,
                        f"another process has been starting on {self.path} for too long",
                    )
                time.sleep(_PAUSE)
            yield
        finally:
            lock.close()

    def accept(self, state: DatabaseState, *, alone: bool) -> None:
        """Raise StorageError when a database, as it was found, is not this folder's."""
        reason = self._belongs(state) or (self._log_refused(state) if alone else None)
        if reason:
            raise StorageError(StorageFailure.AWAY, f"{reason} {UNTOUCHED}")

    def settle(self, identity: str, *, opening: int = 0) -> None:
        """Write the mark, of a database that is open now.

        ``opening`` is the number that its header is about to get; 0 leaves both as they are.
        """
        before = self.mark()
        self._mark = Mark(identity, self._name, opened=self._database is not None)
        if opening:
            self._mark = replace(self._mark, opening=opening, former=self._number)
        elif before is not None:
            self._mark = replace(self._mark, opening=before.opening, former=before.former)
        if before != self._mark:
            write_mark(self.path, self._mark)
        self._inode = self._database.stat().st_ino if self._database else 0

    def numbered(self) -> None:
        """Note that the header of the database has the number that its mark announced."""
        if self._mark is not None:
            self._mark = replace(self._mark, former=self._mark.opening)
            write_mark(self.path, self._mark)

    @property
    def identity(self) -> str | None:
        """Return the identity that the folder's mark holds."""
        mark = self.mark()
        return mark.identity if mark else None

    @contextmanager
    def cleaning(self) -> Iterator[bool]:
        """Tell the block whether nobody else is at work on the folder, nor begins while it runs."""
        if self._lock is None:
            yield False
            return
        alone = self._lock.alone()
        if not alone:
            self._lock.share()
        try:
            yield alone
        finally:
            if alone:
                self._lock.share()

    @contextmanager
    def closing(self) -> Iterator[bool]:
        """Tell the block whether the database is closed by its last user; it sets ``closed``."""
        if self._lock is None:
            yield False
            return
        try:
            yield self._lock.alone()
        finally:
            self._lock.close()

    def closed(self) -> None:
        """Note that the database was closed with nothing left in its write-ahead log."""
        if self._mark is not None and self.trouble() is None:
            with suppress(OSError):
                write_mark(self.path, replace(self._mark, opened=False))

    def mark(self) -> Mark | None:
        """Return the mark of the folder, None where there is none."""
        return read_mark(self.path)

    def require(self) -> None:
        """Raise StorageError when the folder is not what it was at the start."""
        reason = self.trouble()
        if reason:
            self._failures.begins(StorageFailure.AWAY, reason)
            raise StorageError(StorageFailure.AWAY, reason)
        self._failures.goes_well(writes=True)

    def trouble(self) -> str | None:
        """Return why the folder is not what it was when it was opened, None while it is."""
        if self._mark is None:
            return None
        try:
            mark = self.mark()
        except OSError as fault:
            return f"the data folder {self.path} cannot be read: {fault}"
        if mark is None or mark.identity != self._mark.identity:
            return f"the data folder {self.path} is gone, or another one is in its place"
        if self._database is not None:
            try:
                if self._database.stat().st_ino != self._inode:
                    return f"another database is in the place of {self._database}"
            except OSError:
                return f"the database {self._database} is gone"
        return None

    def room(self) -> str | None:
        """Return why no file can be kept, None when one can."""
        try:
            self._try_to_write()
            free = shutil.disk_usage(self.path).free
        except OSError as fault:
            return f"the data folder {self.path} cannot be written: {fault.strerror or fault}"
        if free < _ROOM:
            return f"the disk of {self.path} is full: {free} bytes are left"
        return None

    def _try_to_write(self) -> None:
        probe = self.path / f"portal.probe.{token_hex(4)}"
        try:
            with probe.open("wb") as out:
                out.write(b"\0" * 4096)
        finally:
            with suppress(OSError):
                probe.unlink(missing_ok=True)

    def _deposits(self) -> set[str]:
        """Return the names of the deposits whose files are here, as they came in."""
        files = self.path / FILES
        if not files.is_dir():
            return set()
        return {one.name for one in os.scandir(files) if (Path(one) / "deposit.xml").exists()}

    def _belongs(self, state: DatabaseState) -> str | None:
        mark, here = self.mark(), self._deposits()
        if state.revision is None:
            if mark is None and not here:
                return None
            facts = [f"belongs with the database {mark.database}"] if mark else []
            facts += [f"holds the files of {_deposits(len(here))}"] if here else []
            return (
                f"the data folder {self.path} {' and '.join(facts)}, but "
                f"the database {self._name} is new or empty. Give the --database it was used with, "
                "put the database back, or choose another folder by --data."
            )
        if mark and state.identity:
            if mark.identity == state.identity:
                return None
            return (
                f"the data folder {self.path} belongs with the database {mark.database} "
                f"(mark {mark.identity}), and {self._name} is another one (mark {state.identity}). "
                "Give the --database that this folder was used with, or the --data of that one."
            )
        kept = state.deposits()
        if (here or kept) and not here & kept:
            return (
                f"the data folder {self.path} holds the files of {_deposits(len(here))}, and the "
                f"database {self._name} knows {_deposits(len(kept), 'other ')}. Give the "
                "folder and the database that belong together by --data and --database."
            )
        return None

    def _log_refused(self, state: DatabaseState) -> str | None:
        """Say why the write-ahead log of SQLite cannot be right, when nobody has it open."""
        mark = self.mark()
        if self._database is None or mark is None:
            return None
        log = self._database.with_name(f"{self._database.name}-wal")
        size = log.stat().st_size if log.exists() else 0
        if size and not mark.opened:
            return (
                f"{log} may not belong to {self._database}, which this version closed without one. "
                "If an older version was at work in the folder since, and was killed, it holds "
                "deposits: start that version once more and end it by Ctrl+C or SIGTERM, then "
                "start this one. If a backup was copied over a portal that had been killed, go on "
                f"with the backup: move {log.name} and {self._database.name}-shm away, into "
                "another folder."
            )
        if size and mark.opening and self._number not in (mark.opening, mark.former):
            return (
                f"{log} belongs to the database that was there when the portal was killed, and "
                f"{self._database} is another copy, from a backup say. To go on with it, move "
                f"{log.name} and {self._database.name}-shm away, into another folder. To go on "
                f"with what was there, put its {self._database.name} back."
            )
        if mark.opened and not log.exists():
            unknown = self._deposits() - state.deposits(whole=False)
            if unknown:
                return (
                    f"the portal was killed, and {log} is gone, which held what it did last: the "
                    f"database does not know {_deposits(len(unknown))} whose files are there. "
                    "Put it back, or restore a backup. To do without those deposits, move their "
                    f"folders out of {self.path / FILES}: {_some(unknown)}."
                )
        return None

    def _read_number(self) -> int:
        """Return the number in the header of the SQLite file, whatever its log holds.

        Only while nothing in this process has it open: to close a file gives up all locks that a
        process has on it, those of SQLite too, and others would take its log for nobody's.
        """
        if self._database is None or not self._database.exists():
            return 0
        with self._database.open("rb") as file:
            file.seek(_NUMBER_AT)
            return int.from_bytes(file.read(4), "big", signed=True)


def _require_rights(path: Path) -> None:
    """Raise OSError where a file cannot be written; it is not opened, for SQLite's locks on it."""
    if not os.access(path, os.R_OK | os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))


def _some(names: set[str]) -> str:
    shown = sorted(names)[:5]
    return ", ".join(shown) + (", …" if len(names) > len(shown) else "")


def _deposits(number: int, kind: str = "") -> str:
    return f"{number} {kind}deposit{'' if number == 1 else 's'}"
