"""What the journeys need of worlds, and of what each keeps. Storage fits these shapes."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Protocol

from mockportal.domain.clocks import WorldClock
from mockportal.domain.identifiers import DepositId, WorldId
from mockportal.domain.keeping import Keeping
from mockportal.domain.people import Holder
from mockportal.domain.processing import Processing
from mockportal.domain.worlds import Origin, Step


class Worlds(Protocol):
    """The worlds of the portal."""

    def named(self, name: str) -> WorldId | None:
        """Return the world of that name, or None."""

    def names(self) -> list[str]:
        """Return the names of all worlds that are not being deleted, by name."""

    def create(
        self, name: str, number: WorldId | None = None, step: Step | None = None,
        until: datetime | None = None,
    ) -> WorldId:  # fmt: skip
        """Make an empty world, its counters at 1; with a ``number`` where it must have that one.

        With a ``step``, it is not at rest yet. Raises ValueError when the name is taken.
        """

    def origin(self, world: WorldId) -> Origin:
        """Return what a world was made from."""

    def set_origin(self, world: WorldId, origin: Origin) -> None:
        """Keep what a world was made from, and what is being done to it."""

    def begin(
        self,
        world: WorldId,
        step: Step,
        now: datetime | None = None,
        until: datetime | None = None,
        *,
        given_up: Origin | None = None,
    ) -> bool:
        """Say what is being done to a world, and ``until`` when at least.

        Tells whether it was at rest, or whoever was at it was so until before ``now``, or it is
        still as ``given_up`` says, which the caller knows that nobody goes on with; else nothing
        is said.
        """

    def hold(self, world: WorldId, until: datetime) -> None:
        """Say that somebody is still at what is being done to a world."""

    def unsettled(self) -> list[str]:
        """Return the names of the worlds to which something is being done, or was when cut off."""

    def close(self, world: WorldId) -> None:
        """Withdraw the deposits that are still processing: no worker takes or goes on with them."""

    def empty(self, world: WorldId) -> Iterator[DepositId]:
        """Remove all that a world holds, in short transactions; yield the deposits that went."""

    def rewind(self, world: WorldId, drawn: int) -> None:
        """Set the counters to their start, the clock to real time, the processing to default."""

    def delete(self, world: WorldId) -> list[DepositId]:
        """Remove a world with all it still holds; return the deposits that went with it."""

    def drawn(self, world: WorldId) -> tuple[str, int]:
        """Return a world's name, and how many identifiers it has drawn, this one included."""

    def draws(self, world: WorldId) -> int:
        """Return how many identifiers a world has drawn."""

    def clock(self, world: WorldId) -> WorldClock:
        """Return the clock of a world."""

    def set_clock(self, world: WorldId, clock: WorldClock) -> None:
        """Set the clock of a world."""

    def processing(self, world: WorldId) -> Processing | None:
        """Return what a world has been told of its processing; None: the portal's setting."""

    def set_processing(self, world: WorldId, processing: Processing | None) -> None:
        """Tell a world of its processing."""


class Directory(Protocol):
    """The people of a world as a list to leaf through, in the order of their names."""

    def count(self, world: WorldId, name: str) -> int:
        """Return how many people have a name that begins so; all of them for an empty one."""

    def page(
        self, world: WorldId, name: str, limit: int, skip: int
    ) -> list[tuple[Holder, str | None]]:
        """Return some of them, each with its first training file; ``skip`` come before."""


class Retention(Protocol):
    """What is taken away of deposits that are past keeping; passages stay."""

    def begin(self, world: WorldId, keeping: Keeping, now: datetime) -> DepositId | None:
        """Take away the next ended deposit that is past keeping, or return None.

        It vanishes from all lists, and is held by a lease (``Agenda.renew``, ``Agenda.free``). One
        whose cleaning was cut off comes first.
        """

    def begin_next(self, keeping: Keeping, now: Callable[[WorldId], datetime]) -> DepositId | None:
        """Take away the next one of any world, whose time ``now`` tells, likewise."""

    def published(self, deposit: DepositId, piece: int) -> set[int]:
        """Return the positions in a piece of what was published, whether deleted since or not."""

    def pack(self, deposit: DepositId, packed: Iterable[tuple[int, bytes]]) -> None:
        """Keep what is left of a deposit's file, on disk before this ends; done again, the same."""

    def packed(self, deposit: DepositId) -> Callable[[int], bytes | None] | None:
        """Return what reads what is left of a deposit, by its number; None where it is not whole.

        Of what surrounds the passages, and comes last, the number is ``AROUND``.
        """

    def forget(self, deposit: DepositId) -> None:
        """Remove what explained the deposit, in short transactions, and call it cleaned."""
