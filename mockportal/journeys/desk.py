"""What every journey is given: the stores, the circumstances, and the portal's policy."""

from dataclasses import dataclass, field
from pathlib import Path

from mockportal.domain.keeping import Keeping
from mockportal.domain.processing import Processing
from mockportal.domain.uploads import MOST_BYTES
from mockportal.journeys.ports import Circumstances, Stores
from mockportal.wire.receipts import EmptyLists


class EndedError(Exception):
    """This process is told to end: what it is at is left to the next one."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What the operator has chosen."""

    schema: str = "1.1.2"
    any_sender: bool = False
    """Let every émetteur through, and make certificateurs known on first sight."""
    open_registry: bool = False
    """Make people known on first sight."""
    most_bytes: int = MOST_BYTES
    empty_lists: EmptyLists = EmptyLists.PRESENT
    keeping: Keeping = field(default_factory=Keeping)
    public: bool = False
    """The password of the seeds' accounts is drawn, not the one that everybody knows."""
    processing: Processing = field(default_factory=Processing)
    """When the second control runs, where a world or an account says nothing else."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a journey starts."""

    stores: Stores
    circumstances: Circumstances
    policy: Policy
    schemas: dict[str, Path]
    """The schema file of each version."""
    seeds: Path
    """The folder of the seeds."""
