"""One treatment at a time for an émetteur: two at once could both take the same identifier."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from mockportal.domain.identifiers import ClientId, WorldId


@dataclass(frozen=True, slots=True)
class Turns:
    """The turns of a process; the senders of several processes do not wait for each other."""

    _locks: dict[tuple[WorldId, ClientId], Lock] = field(default_factory=dict)
    _door: Lock = field(default_factory=Lock)

    @contextmanager
    def of(self, world: WorldId, sender: ClientId) -> Iterator[None]:
        """Wait for the sender's turn, and have it while the block runs."""
        with self._door:
            turn = self._locks.setdefault((world, sender), Lock())
        with turn:
            yield
