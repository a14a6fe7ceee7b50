"""What the journeys need of figures and passports. Storage fits these shapes."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

from mockportal.domain.figures import Figures, Kept, Place
from mockportal.domain.identifiers import HolderId, WorldId
from mockportal.domain.organisations import Organisation
from mockportal.domain.passages import StoredPassage
from mockportal.domain.people import Holder


class FigureCounts(Protocol):
    """The figures of each world, and of each organisation in it (None: of all of them)."""

    def count(self, world: WorldId, organisation: Organisation | None, at: datetime) -> Figures:
        """Count the figures; they say ``at`` for when that was."""

    def state(self, world: WorldId) -> tuple[int, ...]:
        """Return what differs once anything has changed that figures are counted from."""

    def kept(self, world: WorldId, organisation: Organisation | None) -> Kept | None:
        """Return figures that were kept."""

    def keep(self, world: WorldId, organisation: Organisation | None, counted: Kept) -> None:
        """Keep figures in place of those kept before, unless their place is no more."""

    def due(
        self, counted_before: datetime, large: int, passing_over: Collection[Place] = ()
    ) -> Place | None:
        """Return a place whose figures are to be counted: kept, too old, and changed since.

        Or whose figures are not kept although about ``large`` files and passages, or more, are
        behind them; once kept, it is not due for that. Places to pass over are never due.
        """


class Passports(Protocol):
    """Who holds which living passages. What is staged is seen by none of these."""

    def person(self, world: WorldId, holder: HolderId) -> Holder | None:
        """Return a person of a world."""

    def named(self, world: WorldId, name: str, limit: int) -> list[Holder]:
        """Return people whose names begin so: birth or usage name, and first name after it."""

    def fed_lately(self, world: WorldId, limit: int) -> list[Holder]:
        """Return people with living passages, those of the newest deposits first."""

    def counts(self, holders: Collection[HolderId]) -> Mapping[HolderId, int]:
        """Return how many living passages these people have; nobody stands for none."""

    def passages(self, holder: HolderId, limit: int) -> list[StoredPassage]:
        """Return the living passages of a person, newest award first."""
