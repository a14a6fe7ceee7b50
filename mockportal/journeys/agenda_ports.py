"""What the journeys need of the agenda. Storage fits this shape."""

from datetime import datetime
from typing import Protocol

from mockportal.domain.deposits import Census, Deposit, Lease
from mockportal.domain.identifiers import DepositId, WorldId


class Agenda(Protocol):
    """What falls due when, and who works on it. Due times are the world's, leases real time's."""

    def lease(self) -> Lease:
        """Return a lease that begins now."""

    def claim(self) -> DepositId | None:
        """Take the next deposit to work on, or None when nothing is to be done.

        One whose first control was cut off, or that is due. Those of an émetteur are given out one
        at a time, in the order of their numbers. It is an attempt, and counted.
        """

    def put_back(self, deposit: DepositId, pause: float = 0) -> None:
        """Let go of a deposit that was taken up for nothing: the attempt does not count."""

    def postpone(self, deposit: DepositId, pause: float, failure: str) -> None:
        """Let go of a deposit whose attempt failed, for so many seconds at least; say why."""

    def failed(self, world: WorldId, most: int) -> list[Deposit]:
        """Return the newest deposits of a world that ended without having been treated."""

    def renew(self, deposit: DepositId) -> None:
        """Hold a deposit for longer."""

    def free(self, deposit: DepositId) -> None:
        """Let go of a deposit."""

    def free_all(self, process: str = "") -> None:
        """Let go of all deposits, or of those that a process held which is no more.

        All of them when a portal starts and is alone on its database.
        """

    def schedule(self, deposit: DepositId, due_at: datetime | None, looks: int | None) -> Deposit:
        """Say when the second control falls due, or after how many looks at the deposit."""

    def look(self, deposit: DepositId, now: datetime) -> bool:
        """Count a look at a deposit that waits for looks; tell whether it fell due by it."""

    def release(self, world: WorldId, now: datetime) -> int:
        """Make all that waits fall due, to be told, for looks or for its time; return how many."""

    def next_due(self, world: WorldId) -> datetime | None:
        """Return when the next deposit that is still processing falls due, or fell due."""

    def census(self, world: WorldId) -> Census:
        """Return how many deposits a world holds by status, and how many passages."""

    def busy(self, world: WorldId) -> bool:
        """Tell whether somebody holds a deposit of a world."""
