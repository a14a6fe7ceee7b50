"""What the journeys of tests need from the storage: faults, the journal, what was exercised."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from mockportal.domain.coverage import Part
from mockportal.domain.deposits import Deposit
from mockportal.domain.faults import Fault, FaultId, SetFault
from mockportal.domain.identifiers import DepositId, HolderId, WorldId
from mockportal.domain.journal import Entry, EntrySearch, Happened, Request
from mockportal.domain.messages import Code
from mockportal.domain.verdicts import Level


class Faults(Protocol):
    """The faults of all worlds."""

    def any(self) -> bool:
        """Tell whether any fault may still strike, anywhere: one small query."""

    def of_world(self, world: WorldId) -> list[SetFault]:
        """Return the faults of a world in their order, those that are used up too."""

    def add(self, world: WorldId, faults: Sequence[Fault]) -> list[SetFault]:
        """Add faults to a world, and return them as they are set."""

    def remove(self, world: WorldId, fault: FaultId | None = None) -> int:
        """Remove a fault of a world, or all of them; return how many there were."""

    def turn(self, fault: FaultId) -> tuple[str, int]:
        """Return the name of a fault's world, and how often the fault could have struck by now."""

    def strike(self, fault: FaultId) -> bool:
        """Count that a fault strikes; False, and nothing counted, where it is used up or gone."""

    def hold(self, deposit: DepositId, fault: FaultId) -> None:
        """Keep a deposit « en cours » until the fault is removed."""

    def let_go(self, world: WorldId, now: datetime) -> int:
        """Let deposits go on whose fault is no more, and return how many; they are due at once."""


class Exercised(Protocol):
    """What the deposits of each world have exercised; a deposit is looked at once."""

    def uncovered(self, world: WorldId, limit: int) -> list[DepositId]:
        """Return deposits that have ended and were not looked at yet, oldest first."""

    def verdicts(self, deposit: DepositId) -> tuple[set[Code], set[tuple[Level, ...]]]:
        """Return the different messages of a deposit's passages, and the searches behind them."""

    def keep(self, deposit: Deposit, found: Mapping[Part, Collection[str]]) -> None:
        """Keep what a deposit has exercised, and that it was looked at."""

    def of_world(self, world: WorldId) -> Mapping[Part, set[str]]:
        """Return all that the deposits of a world have exercised."""

    def deposits(self, world: WorldId) -> int:
        """Return how many deposits were looked at."""


class Journal(Protocol):
    """The journals of all worlds."""

    def keep(self, requests: Sequence[Request]) -> None:
        """Keep requests, those of worlds that are no more left out."""

    def page(
        self, world: WorldId, search: EntrySearch, page: int, size: int
    ) -> tuple[list[Entry], int]:
        """Return a page of what is found in a journal, newest first, and how much there is."""

    def happened(self, world: WorldId) -> Iterator[Happened]:
        """Yield what has changed in a world, in order, streaming."""

    def training_files_of(self, people: Collection[HolderId]) -> Mapping[int, list[str]]:
        """Return the numbers of the training files of some people."""

    def sweep(self, before: datetime) -> bool:
        """Remove some old requests, or some beyond those that are kept; tell whether there were."""
