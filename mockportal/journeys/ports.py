"""What the journeys need from the outside: storage, files, time. Storage fits these shapes."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from mockportal.domain.deposits import (
    EVERY_DEPOSIT,
    AcceptedPassage,
    Deposit,
    DepositFilter,
    DepositPage,
    FileError,
    Lease,
    Piece,
    Rejection,
    Staged,
    Taken,
)
from mockportal.domain.flux import AwardedCertification
from mockportal.domain.identifiers import (
    DepositId,
    TechnicalId,
)
from mockportal.domain.organisations import Organisation
from mockportal.domain.pages import Turn
from mockportal.journeys.account_ports import Accounts, Attempts, Links, Outbox, Sessions
from mockportal.journeys.agenda_ports import Agenda
from mockportal.journeys.declaration_ports import Declarations
from mockportal.journeys.figure_ports import FigureCounts, Passports
from mockportal.journeys.known_ports import Organisations, References, Registry
from mockportal.journeys.passage_ports import Passages
from mockportal.journeys.program_ports import Exercised, Faults, Journal
from mockportal.journeys.world_ports import Directory, Retention, Worlds

Stage = Callable[[Sequence[tuple[Piece, Sequence[Staged]]]], None]


class Deposits(Protocol):
    """Deposits, their pieces, and the verdicts staged or published under them."""

    def record(self, deposit: Deposit, lease: Lease | None = None) -> Deposit:
        """Record a new deposit and return it with the ``processing_id`` that its world gives.

        The ``processing_id`` of the argument is ignored. In the same transaction. With a
        ``lease``, no worker takes it up while that holds.
        """

    def refuse(
        self, deposit: DepositId, errors: Sequence[FileError], treated_at: datetime
    ) -> Deposit:
        """Keep the errors of the first control and end the deposit as REFUSED."""

    def take(
        self, deposit: DepositId, taken: Taken, pieces: Iterable[Piece],
        certifications: Iterable[AwardedCertification],
    ) -> Deposit:  # fmt: skip
        """Keep what the first control read: outline, pieces, certifications by ordinal.

        Where it is known when the second falls due, nobody holds the deposit after that.
        Also sets ``flux_seen_before`` when the same organisation deposited that idFlux before.
        """

    def pending(self, deposit: DepositId) -> Iterator[Piece]:
        """Yield the pieces that are not judged yet, in order."""

    def piece(self, deposit: DepositId, number: int) -> Piece | None:
        """Return one piece."""

    def certifications(
        self, deposit: DepositId, first: int, last: int
    ) -> list[AwardedCertification]:
        """Return the certifications of the file from ordinal ``first`` to ``last`` included."""

    def staging(self, deposit: DepositId) -> AbstractContextManager[Stage]:
        """Give, for a ``with`` block, what stages one batch after the other, as ``stage`` does."""

    def publish(self, deposit: DepositId, treated_at: datetime) -> Deposit:
        """Publish all that is staged and end the deposit, in one short transaction.

        One that has ended already is left alone, as it is by ``refuse`` and ``take``.
        """

    def fail(self, deposit: DepositId, reason: str, now: datetime) -> Deposit:
        """End a deposit as FAILED, for a reason that the operator reads; nothing staged is left."""

    def reopen(self, deposit: DepositId, now: datetime) -> Deposit | None:
        """Have a deposit treated after all that ended as FAILED; None where there is no such."""

    def get(self, deposit: DepositId) -> Deposit | None:
        """Return a deposit, or None."""

    def is_processing(self, deposit: DepositId) -> bool | None:
        """Tell whether a deposit is still processing; None where there is none."""

    def of_organisation(
        self, organisation: Organisation, page: int, size: int,
        wanted: DepositFilter = EVERY_DEPOSIT, turn: Turn | None = None,
    ) -> DepositPage:  # fmt: skip
        """Return those wanted of the deposits that an organisation may see, newest first.

        A ``turn`` leads to a page without counting, an empty one where nothing lies beside its
        item; where there is no such item, ``page`` counts.
        A certificateur sees all that was deposited for it (the file's certificateur), and what
        it deposited itself; a déposant what it deposited.
        """

    def unfinished(self) -> list[DepositId]:
        """Return the deposits that are still processing, oldest first."""

    def errors(self, deposit: DepositId) -> list[FileError]:
        """Return the errors of a refused file."""

    def rejected_ids(self, deposit: DepositId) -> Iterator[tuple[TechnicalId, str]]:
        """Yield (identifier, message) of the KO passages in the order of the file, streaming."""

    def rejections(
        self, deposit: DepositId, code: str | None = None, limit: int | None = None, first: int = 0
    ) -> Iterator[Rejection]:
        """Yield the KO passages in the order of the file, from number ``first`` on.

        All of them stream; a ``limit`` of them is fetched at once.
        """

    def rejections_by_reason(self, deposit: DepositId) -> list[tuple[str, int]]:
        """Return (code, count), the most frequent first."""

    def accepted_ids(self, deposit: DepositId) -> Iterator[TechnicalId]:
        """Yield the identifiers of the accepted passages in the order of the file, streaming.

        They are those of the treatment: what was deleted since still counts.
        """

    def accepted(self, deposit: DepositId, page: int, size: int) -> list[AcceptedPassage]:
        """Return a page of the accepted passages in the order of the file."""


class Files(Protocol):
    """The files of deposits, on disk."""

    def keep(self, deposit: DepositId, content: BinaryIO, limit: int) -> int | None:
        """Store an upload durably and return its size; None, and nothing kept, over ``limit``.

        One that is ``incoming`` is not written a second time.
        """

    def incoming(self, limit: int) -> BinaryIO:
        """Return a file for what is coming in; of more than ``limit`` bytes nothing is kept."""

    def original(self, deposit: DepositId) -> Path:
        """Return where the file lies as it was deposited."""

    def regular(self, deposit: DepositId) -> Path:
        """Return where the transcription of an oddly shaped file lies (or is to be written)."""

    def receipt(self, deposit: DepositId) -> Path:
        """Return where the receipt lies, once it is made."""

    def places(self, deposit: DepositId) -> Path:
        """Return where the places of a refused file's errors lie (or are to be written)."""

    def leaves(self, deposit: DepositId) -> Path:
        """Return where the leaves of a large file's passages lie until it is treated."""

    def packed(self, deposit: DepositId) -> Path:
        """Return where an older version has put what is left of a deposit that was cleaned away."""

    def next_packed(self, is_known: Callable[[DepositId], bool]) -> DepositId | None:
        """Return a known deposit of which that is still to be moved to the database, or None."""

    def writing(self, path: Path, *, durable: bool = True) -> AbstractContextManager[BinaryIO]:
        """Open a file that takes ``path``'s place when the block ends well, and else vanishes."""

    def discard(self, deposit: DepositId) -> None:
        """Remove the files of a deposit, or of what never became one."""

    def drop_empty(self, deposit: DepositId) -> None:
        """Remove the folder of a deposit where nothing is left in it."""

    def tidy(self, deposit: DepositId) -> None:
        """Remove what was left unfinished by whoever had a deposit in hand before."""

    def is_sweep_due(self, now: datetime) -> bool:
        """Tell whether an hour has gone since this was so, or since it was first asked."""

    def sweep(
        self, processing: Callable[[DepositId], bool | None], since: datetime | None = None
    ) -> None:
        """Remove what was left unfinished, and move aside uploads that no deposit is known of.

        ``processing`` tells whether a deposit is being treated, None where there is none. What was
        touched ``since`` then stays: somebody else may be at it.
        """


@dataclass(frozen=True, slots=True)
class Stores:
    """All that is kept, in one hand. ``check`` mixes a reader of a folder and a scratch one."""

    worlds: Worlds
    organisations: Organisations
    registry: Registry
    references: References
    passages: Passages
    deposits: Deposits
    agenda: Agenda
    files: Files
    retention: Retention
    accounts: Accounts
    links: Links
    attempts: Attempts
    sessions: Sessions
    outbox: Outbox
    figures: FigureCounts
    passports: Passports
    directory: Directory
    faults: Faults
    exercised: Exercised
    journal: Journal
    declarations: Declarations
    unrecorded: "Stores | None" = None
    """The same stores, which note nothing in the journal of what they change."""
