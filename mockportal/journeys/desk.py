"""What every journey is given: the stores, the circumstances, and the portal's policy."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from mockportal.domain.identifiers import (
    AccountId,
    ClientId,
    ContractId,
    DepositId,
    FluxId,
    WorldId,
)
from mockportal.domain.keeping import Keeping
from mockportal.domain.processing import Processing
from mockportal.domain.uploads import MOST_BYTES, MOST_PASSAGES
from mockportal.journeys.ports import Stores
from mockportal.wire.receipts import EmptyLists, ReceiptYear


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a journey may not draw by itself: time, and new identifiers."""

    real: Callable[[], datetime]
    """What time it is outside."""
    now: Callable[[WorldId], datetime]
    """What time it is in a world, in Paris."""
    in_paris: Callable[[datetime], datetime]
    """The same moment as clocks in Paris show it: whose days are the portal's."""
    works: Callable[[date], bool]
    """Whether a day is worked in France."""
    new_deposit_id: Callable[[WorldId], DepositId]
    new_account_id: Callable[[WorldId], AccountId]
    new_flux_id: Callable[[WorldId], FluxId]
    new_client_id: Callable[[WorldId], ClientId]
    new_contract_id: Callable[[WorldId], ContractId]
    new_world_name: Callable[[WorldId], str]
    """A name for a world that is given none, drawn in the world in which it is asked for."""
    new_secret: Callable[[], str]
    """A password or a token, never twice the same, whatever the seed."""
    wake: Callable[[], None]
    """Tell the workers that there may be something to do."""
    wait: Callable[[Callable[[], bool], float], bool]
    """Wait until something is so, at most so many real seconds; tell whether it is."""
    ending: Callable[[], bool]
    """Whether the portal ends: what takes long stops at its next step, and goes on another day."""
    beating: Callable[[Callable[[], None], float | None], AbstractContextManager[None]]
    """Call something again and again, well within a lease, while the block runs.

    At most for so many seconds; None: as long as that takes."""
    is_trouble: Callable[[Exception], bool]
    """Whether a fault is one of the surroundings (disk, database, memory), not of what was done."""
    progress: Callable[[float], None] = lambda _seconds: None
    """Tell whoever watches that the work goes on, and takes at most so many seconds to the next
    call; else it is thought to hang."""
    require_storage: Callable[[], None] = lambda: None
    """Raise StorageError where disk or database are of no use now."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What the operator has chosen."""

    schema: str = "1.1.2"
    any_sender: bool = False
    """Let every émetteur through, and make certificateurs known on first sight."""
    open_registry: bool = False
    """Make people known on first sight."""
    open_certifications: bool = False
    """List certifications on first sight."""
    most_bytes: int = MOST_BYTES
    most_passages: int = MOST_PASSAGES
    """A file with more is refused by the first control (ASSUMED)."""
    empty_lists: EmptyLists = EmptyLists.PRESENT
    receipts: ReceiptYear = ReceiptYear.Y2023
    keeping: Keeping = field(default_factory=Keeping)
    stall: float = 600.0
    """Real seconds without progress after which a treatment is taken to hang."""
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
