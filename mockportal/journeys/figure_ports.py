"""What the journeys need of figures and passports. Storage fits these shapes."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

from mockportal.domain.figures import Figures, Place
from mockportal.domain.identifiers import HolderId, WorldId
from mockportal.domain.organisations import Organisation
from mockportal.domain.passages import StoredPassage
from mockportal.domain.people import Holder


class FigureCounts(Protocol):
    """The figures of each world, and of each organisation in it (None: of all of them)."""

    def count(self, world: WorldId, organisation: Organisation | None, at: datetime) -> Figures:
        """Count the figures; they say ``at`` for when that was."""

    def kept(
        self, world: WorldId, organisation: Organisation | None
    ) -> tuple[Figures, datetime] | None:
        """Return figures that were kept, with the real time of their count."""

    def keep(
        self, world: WorldId, organisation: Organisation | None, figures: Figures | None,
        counted_at: datetime,
    ) -> None:  # fmt: skip
        """Keep figures in place of those kept before; None forgets them."""

    def due(self, counted_before: datetime, large: int) -> Place | None:
        """Return a place whose figures are to be counted: kept, too old, and changed since.

        Or whose figures are not kept although they have more than ``large`` files and passages.
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
