"""What may be wrong with the disk or the database, whatever is asked of the portal meanwhile."""

from enum import Enum


class StorageFailure(Enum):
    """What is wrong with where the portal keeps its data."""

    FULL = "full"
    """The disk has no room left, no inodes or no quota, or fails."""
    READ_ONLY = "read only"
    """Nothing may be written."""
    BUSY = "busy"
    """Somebody else holds the database; that passes."""
    AWAY = "away"
    """The database does not answer, or the data folder is not where it was."""
    DAMAGED = "damaged"
    """What is there is not what the portal has written."""
    MISSING = "missing"
    """A single kept file is gone, or cannot be read as what it was."""


class StorageError(OSError):
    """The disk or the database is in trouble; the text says which, and how, in a sentence."""

    def __init__(self, failure: StorageFailure, sentence: str) -> None:
        """Keep what is wrong."""
        super().__init__(sentence)
        self.failure = failure
