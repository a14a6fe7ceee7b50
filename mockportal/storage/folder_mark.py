"""The mark of a data folder: which database it belongs with, and whether that was closed."""

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from secrets import token_hex

from mockportal.domain.storage_failures import StorageError, StorageFailure
from mockportal.storage.durability import sync_folder

MARK_FILE = "portal.mark"
UNTOUCHED = "Nothing in it was changed."


@dataclass(frozen=True, slots=True)
class Mark:
    """What a data folder says of itself."""

    identity: str
    """The same text stands in the database."""
    database: str
    """How that database was called, for people to read: a URL without its password, or a file."""
    opened: bool = False
    """Somebody has opened the SQLite database, and nobody has closed it as the last one since."""
    opening: int = 0
    """A number drawn when the SQLite database was opened, which its header repeats; 0: none."""
    former: int = 0
    """What the header holds until it has got the other: then that one, too."""


def read_mark(folder: Path) -> Mark | None:
    """Return the mark of a folder, None where there is none; raises StorageError if damaged."""
    try:
        return Mark(**json.loads((folder / MARK_FILE).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError) as fault:
        raise StorageError(
            StorageFailure.DAMAGED,
            f"{folder / MARK_FILE} is damaged. {UNTOUCHED} Restore it from a backup, or "
            "remove it if you are sure that the database is the one of this folder.",
        ) from fault


def write_mark(folder: Path, mark: Mark) -> None:
    """Write the mark of a folder such that it is whole whenever the machine goes down."""
    path = folder / MARK_FILE
    unfinished = path.with_name(f"{path.name}.{token_hex(4)}.unfinished")
    try:
        with unfinished.open("w", encoding="utf-8") as out:
            json.dump(asdict(mark), out)
            out.flush()
            os.fsync(out.fileno())
        unfinished.replace(path)
        sync_folder(folder)
    except BaseException:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise
