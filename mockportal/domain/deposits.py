"""A deposit: one file that an account has sent, and what became of it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import NamedTuple

from mockportal.domain.file_errors import Facts, Place
from mockportal.domain.flux import Outline
from mockportal.domain.identifiers import (
    AccountId,
    ClientId,
    DepositId,
    HolderId,
    ProcessingId,
    TechnicalId,
    WorldId,
)
from mockportal.domain.messages import Code
from mockportal.domain.verdicts import Level


class VanishedError(LookupError):
    """A deposit, or its world, is no longer there: it went while somebody was at it."""


class PortalEndsError(Exception):
    """A treatment stopped between two batches because the portal ends; it goes on another day."""


class Status(Enum):
    """Where a deposit stands; ``value`` is the API's word, ``label`` the portal's (DOCUMENTED).

    FAILED is ours (ASSUMED): the treatment failed again and again, which says nothing of the file.
    """

    PROCESSING = "processing"
    REFUSED = "refused"
    ACCEPTED = "accepted"
    PARTLY_REJECTED = "partly_rejected"
    FAILED = "failed"

    @property
    def label(self) -> str:
        """Return the French words that the portal shows."""
        return {
            Status.PROCESSING: "Traitement en cours",
            Status.REFUSED: "Traitement avec erreurs",
            Status.ACCEPTED: "Traité avec succès",
            Status.PARTLY_REJECTED: "Traité avec erreurs",
            Status.FAILED: "Non traité",
        }[self]


@dataclass(frozen=True, slots=True)
class FileError:
    """One error of the first control; ``line`` and ``column`` are 1-based."""

    line: int
    column: int
    message: str
    place: Place | None = field(default=None, compare=False)
    """Where that is in the file and in the schema, when it has been looked for."""
    facts: Facts | None = field(default=None, compare=False)
    """What kind of error it is, and what it tells; None of a file that an older version refused."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of bytes of a kept file that holds whole passages: one batch of the treatment."""

    number: int
    offset: int
    length: int
    first_certification: int
    """The ordinal, in the file, of the certification that the piece starts in."""
    passages: int


AROUND = -1
"""The number, in what is left of a file, of what surrounds its passages; pieces count from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposit:
    """A recorded deposit. Times carry an offset; counts are those so far, final once treated."""

    id: DepositId
    world: WorldId
    account: AccountId
    organisation: int
    """The storage number of the depositing organisation."""
    file_name: str
    size: int
    received_at: datetime
    processing_id: ProcessingId
    schema: str
    status: Status
    outline: Outline | None = None
    treated_at: datetime | None = None
    accepted: int = 0
    rejected: int = 0
    late: int = 0
    flux_seen_before: bool = False
    regular_copy: bool = False
    """The file was transcribed to the regular shape that batches are cut from."""
    due_at: datetime | None = None
    """When the second control falls due, by the world's clock; None while it waits to be told."""
    looks_left: int | None = None
    """How many looks at it the second control still waits for; None where they do not count."""
    alive: int = 0
    """How many of its passages are published and not deleted since."""
    removed_at: datetime | None = None
    """When its file and what explains it were cleaned away."""
    attempts: int = 0
    """How often its treatment has begun since it last came forward."""
    failure: str | None = None
    """Why the last attempt failed, for the operator; None where none did, or none could tell."""

    at_once: bool = False
    """It fell due when it came in or was let go: wherever the world's clock is set to since."""
    lane: ClientId | None = None
    """The émetteur in whose turn it stands; None: that of its file, as soon as that has told it."""

    @property
    def has_receipt(self) -> bool:
        """Tell whether it ended with a receipt."""
        return self.treated_at is not None and self.status is not Status.FAILED

    @property
    def published(self) -> bool:
        """Tell whether it has brought passages, deleted since or not."""
        ended = self.status in (Status.ACCEPTED, Status.PARTLY_REJECTED)
        return ended and self.accepted > 0 and not self.suppresses

    @property
    def suppresses(self) -> bool:
        """Tell whether the file deletes its passages."""
        return self.outline is not None and self.outline.suppresses

    def waits(self, now: datetime) -> bool:
        """Tell whether the second control is still to come: for the clock, for looks, a word."""
        if self.status is not Status.PROCESSING or self.outline is None:
            return False
        return self.due_at is None or (self.due_at > now and not self.at_once)


@dataclass(frozen=True, slots=True)
class Rejection:
    """A KO passage of a deposit, with where to find it in the kept file."""

    technical_id: TechnicalId
    code: Code
    text: str
    levels: tuple[Level, ...]
    piece: int
    position: int


@dataclass(frozen=True, slots=True)
class Lease:
    """Who works on a deposit, and until when others leave it alone.

    ``until`` counts microseconds of real time since 1970, whatever the world's clock says.
    """

    owner: str
    until: int


@dataclass(frozen=True, slots=True)
class Due:
    """When something falls due: at a time, after so many looks, or, without either, when told."""

    at: datetime | None = None
    looks: int | None = None
    at_once: bool = False
    """``at`` is now: setting a clock back does not put it off."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The first control passed the file: its outline and the pieces it is treated by."""

    outline: Outline
    regular_copy: bool = False
    due: Due | None = None
    """When the second control falls due, if that is known: nobody holds the deposit any more."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The first control refused the file, for these errors (the first 100, at least one)."""

    errors: tuple[FileError, ...]


FirstControl = Taken | Refused


class Staged(NamedTuple):
    """One passage of a batch, judged: what is staged under the deposit until all is published."""

    technical_id: TechnicalId
    position: int
    certification: int
    """The ordinal of its certification in the file."""
    valid_from: date
    late: bool
    holder: int | None
    code: Code | None
    text: str | None
    levels: tuple[Level, ...] = ()
    name_key: str = ""
    """The holder's names as they compare, the birth name first: what a search looks for."""
    certification_id: int | None = None
    """The certification's own number in the reference list; None for one that is not in it."""


@dataclass(frozen=True, slots=True)
class AcceptedPassage:
    """An OK passage of a deposit as it was judged, with where to find it in the kept file."""

    technical_id: TechnicalId
    levels: tuple[Level, ...]
    holder: HolderId | None
    """Whom it was attached to; None for a passage that a SUPPRESSION deletes."""
    piece: int
    position: int
    alive: bool
    """It is published and was not deleted since."""


@dataclass(frozen=True, slots=True)
class DepositFilter:
    """Which deposits to list; ``since`` and ``until`` are days of receipt, both included."""

    status: Status | None = None
    since: date | None = None
    until: date | None = None


EVERY_DEPOSIT = DepositFilter()


@dataclass(frozen=True, slots=True)
class Census:
    """How many deposits of each status a world holds, and how many passages that are published."""

    deposits: dict[Status, int]
    passages: int


@dataclass(frozen=True, slots=True)
class DepositPage:
    """Deposits from newest to oldest; ``total`` counts them all."""

    items: list[Deposit]
    total: int
