"""Passages once they are stored: what is looked for, who sees them, what became of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Generic, NamedTuple, TypeVar

from mockportal.domain.identifiers import (
    AccountId,
    ClientId,
    DepositId,
    HolderId,
    PassageId,
    TechnicalId,
    WorldId,
)
from mockportal.domain.organisations import Kind, Organisation
from mockportal.domain.verdicts import Level

T = TypeVar("T")

EXACT = 1_000
"""What a search finds is counted so far; then there is « more »."""
FEW = 10_000
"""So many passages are walked through whole; of more, an index leads to the first so many."""
FARTHEST = 10_000
"""How far into a long list its pages reach; beyond it, a search leads farther."""


class Sent(NamedTuple):
    """Which identifiers an émetteur has sent before."""

    stored: set[TechnicalId]
    """Those of living passages that are published."""
    staged: set[TechnicalId]
    """Those that earlier batches of the same deposit have, and that were accepted."""


class Sort(Enum):
    """The orders in which passages are listed; ``value`` is the word in addresses."""

    NEWEST = "recents"
    IDENTIFIER = "identifiant"
    NAME = "nom"
    AWARDED = "validite"


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageSearch:
    """What is looked for; all that is given must agree."""

    identifier: str = ""
    """How the idTechnique begins, to the letter."""
    name: str = ""
    """How the holder's names begin, birth name first, as names compare."""
    certifications: tuple[int, ...] | None = None
    """The certification, by its numbers in the reference list; none of them finds nothing."""
    awarded_from: date | None = None
    awarded_until: date | None = None
    deposit: DepositId | None = None
    sort: Sort | None = None
    """None: newest deposit first, or the order of what is looked for."""

    @property
    def sifts(self) -> bool:
        """Tell whether it asks for anything but a deposit and an order."""
        dated = self.awarded_from or self.awarded_until
        return bool(self.identifier or self.name or dated) or self.certifications is not None

    @property
    def narrows(self) -> bool:
        """Tell whether it leaves anything out."""
        return self.sifts or self.deposit is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPassage:
    """A passage that a deposit has brought and that was published."""

    id: PassageId
    world: WorldId
    technical_id: TechnicalId
    deposit: DepositId
    organisation: int
    """The organisation that deposited it; ``certifier`` is the one that it was deposited for."""
    certifier: int
    certifier_client: ClientId
    sender: ClientId
    piece: int
    position: int
    certification: int
    """The ordinal of its certification in the file."""
    certification_id: int | None
    holder: HolderId | None
    valid_from: date
    late: bool
    alive: bool
    """False once it is deleted."""
    levels: tuple[Level, ...] = ()
    modified_at: datetime | None = None
    version: int = 0
    """Grows with each change: whoever changes it says which one they have seen."""


@dataclass(frozen=True, slots=True)
class PassagePage(Generic[T]):
    """Passages in order. ``total`` counts them all, or with ``more`` at least so many."""

    items: Sequence[T]
    total: int
    more: bool = False
    partial: bool = False
    """So many passages agree with a part of the search that only the first of them were tried."""
    reach: int | None = None
    """How many of them the pages lead to; None: as far as there are any, up to ``FARTHEST``."""

    def __iter__(self) -> Iterator[T]:
        """Yield the passages of the page."""
        return iter(self.items)


@dataclass(frozen=True, slots=True)
class Change:
    """A field before and after; ``field`` is our own name of it, None is nil or absent."""

    field: str
    before: str | None
    after: str | None


class What(Enum):
    """What may become of a passage after its deposit."""

    MODIFIED = "modified"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a passage's history. Without an account, nobody is known to have done it."""

    at: datetime
    what: What
    account: AccountId | None
    deposit: DepositId | None = None
    """The SUPPRESSION that deleted it."""
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Author:
    """Who changes something, and when by the world's clock."""

    account: AccountId
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """What a modified passage says now, and what follows from it."""

    content: str
    valid_from: date
    late: bool
    holder: HolderId | None
    levels: tuple[Level, ...]
    name_key: str | None
    """None leaves it as it is."""
    certification_id: int | None
    changes: tuple[Change, ...]


def may_see(organisation: Organisation, passage: StoredPassage) -> bool:
    """Tell whether an organisation sees a passage.

    A certificateur sees all that was deposited for it, by whomever, and what it deposited; a
    déposant what it deposited, also when its mandate has ended (ASSUMED).
    """
    if passage.world != organisation.world:
        return False
    for_it = organisation.kind is Kind.CERTIFIER and passage.certifier == organisation.id
    return for_it or passage.organisation == organisation.id


def may_change(organisation: Organisation, passage: StoredPassage) -> bool:
    """Tell whether an organisation may modify and delete a passage that it sees.

    A déposant may as long as the certificateur mandates it (ASSUMED).
    """
    if not may_see(organisation, passage):
        return False
    mandated = passage.certifier_client in organisation.mandated_by
    return organisation.kind is Kind.CERTIFIER or mandated
