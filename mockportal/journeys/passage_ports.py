"""What the journeys need of the stored passages. Storage fits this shape."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Protocol

from mockportal.domain.causes import EarlierDeposit
from mockportal.domain.identifiers import ClientId, DepositId, PassageId, TechnicalId, WorldId
from mockportal.domain.organisations import Organisation
from mockportal.domain.pages import Turn
from mockportal.domain.passages import (
    Author,
    Happening,
    PassagePage,
    PassageSearch,
    Rewritten,
    Sent,
    StoredPassage,
)


class Passages(Protocol):
    """The published passages. What is staged is seen by none of these but ``sent``."""

    def sent(
        self, world: WorldId, sender: ClientId, deposit: DepositId, ids: Collection[TechnicalId]
    ) -> Sent:
        """Return which of these identifiers were sent before; one query for a batch."""

    def accepted_in(
        self, world: WorldId, sender: ClientId, deposit: DepositId, ids: Collection[TechnicalId]
    ) -> Mapping[TechnicalId, EarlierDeposit]:
        """Return in which deposit each of these was accepted; another than ``deposit`` first."""

    def get(self, passage: PassageId) -> StoredPassage | None:
        """Return a passage, deleted ones included, or None."""

    def count(self, seer: Organisation) -> int:
        """Return how many passages an organisation sees, by kept counters."""

    def page(
        self, seer: Organisation, search: PassageSearch, number: int, size: int,
        turn: Turn | None = None,
    ) -> PassagePage[StoredPassage]:  # fmt: skip
        """Return a page of the passages that an organisation sees; ``number`` starts at 1.

        A ``turn`` leads to a page of the newest deposits without counting, an empty one where
        nothing lies beside its item; where there is no such item, ``number`` counts.
        """

    def named(
        self, seer: Organisation, ids: Collection[TechnicalId], *, changeable: bool = False,
        deleted: bool = False,
    ) -> list[StoredPassage]:  # fmt: skip
        """Return the passages of these identifiers that an organisation sees, or may change.

        ``deleted`` returns those that were deleted, in their place.
        """

    def matching(
        self, seer: Organisation, search: PassageSearch, *, changeable: bool = False
    ) -> Iterator[StoredPassage]:
        """Yield all that is found, streaming; without a search, newest deposit first."""

    def content(self, passage: PassageId) -> str | None:
        """Return what a modified passage says now; None for one that says what its file does."""

    def history(self, passage: PassageId) -> list[Happening]:
        """Return what became of a passage since its deposit, oldest first."""

    def change(self, passage: PassageId, version: int, new: Rewritten, author: Author) -> bool:
        """Keep what a passage says now; False, and nothing kept, when it is no longer as seen."""

    def delete(self, ids: Sequence[PassageId], author: Author) -> int:
        """Delete passages and return how many were still there, for a batch of a few thousand."""
