"""What the journeys need from the outside: storage, files, time. Storage fits these shapes."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from mockportal.domain.deposits import (
    EVERY_DEPOSIT,
    AcceptedPassage,
    Census,
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
    AccountId,
    ClientId,
    ContractId,
    DepositId,
    FluxId,
    HolderId,
    TechnicalId,
    WorldId,
)
from mockportal.domain.organisations import Account, Kind, Organisation
from mockportal.domain.people import Holder, HolderClaim
from mockportal.domain.places import Gazetteer
from mockportal.domain.processing import Processing
from mockportal.domain.reference import Certification, NewAccount, NewHolder
from mockportal.journeys.account_ports import Accounts, Attempts, Links, Outbox
from mockportal.journeys.figure_ports import FigureCounts, Passports
from mockportal.journeys.passage_ports import Passages
from mockportal.journeys.world_ports import Directory, Retention, Worlds


class Organisations(Protocol):
    """Organisations and accounts, of all worlds."""

    def account(self, account: AccountId) -> Account | None:
        """Return the account of that identifier (unique over all worlds), or None."""

    def with_client_id(
        self, world: WorldId, client: ClientId, kind: Kind | None = None
    ) -> Organisation | None:
        """Return the organisation of that matricule, or None; a kind narrows the search."""

    def accounts(self, organisation: int) -> list[Account]:
        """Return the accounts of an organisation, oldest first."""

    def of_world(self, world: WorldId, limit: int) -> list[Account]:
        """Return the accounts of a world, oldest first, at most so many."""

    def set_processing(self, account: AccountId, processing: Processing | None) -> None:
        """Say when the second control of an account's deposits runs; None: as its world says."""

    def add(
        self, world: WorldId, kind: Kind, name: str, client: ClientId,
        contracts: Iterable[ContractId] = (),
    ) -> Organisation:  # fmt: skip
        """Add an organisation."""

    def add_contract(self, organisation: int, contract: ContractId) -> None:
        """Add a contract to a certificateur; one that it has already is left alone."""

    def mandate(self, certifier: int, depositor: int) -> None:
        """Let a déposant deposit for a certificateur; a mandate in force is left alone."""

    def end_mandate(self, certifier: int, depositor: int, at: datetime) -> bool:
        """End the mandate that is in force; tell whether there was one."""

    def add_account(self, organisation: int, account: NewAccount) -> Account:
        """Add an account; raises ValueError when its identifier is taken in any world."""


class Registry(Protocol):
    """The people of a world."""

    def alike(self, world: WorldId, keys: Collection[int]) -> Mapping[int, list[Holder]]:
        """Return the people filed under these level-1 keys; one query for a whole batch."""

    def with_training_files(
        self, world: WorldId, numbers: Collection[str]
    ) -> Mapping[str, list[Holder]]:
        """Return the holders of these training files, by number.

        A number has one holder in the seeds, several where an exporter's own file says so.
        """

    def with_nirs(self, world: WorldId, nirs: Collection[str]) -> Mapping[str, Holder]:
        """Return people by the first 13 characters of their NIR."""

    def holders(self, ids: Collection[HolderId]) -> Mapping[HolderId, Holder]:
        """Return people by number."""

    def near(self, world: WorldId, claim: HolderClaim, limit: int = 200) -> list[Holder]:
        """Return people who share some of a claim: a name with the sex, or the date of birth.

        Every query uses an index and is bounded, so that a large registry slows nothing.
        """

    def add(self, world: WorldId, people: Iterable[NewHolder]) -> int:
        """Add people as a stream, in one transaction, and return how many.

        Training files of a NewHolder are added with it.
        """

    def add_training_file(self, holder: HolderId, number: str) -> None:
        """Give a training file to a person."""

    def everyone(self, world: WorldId) -> Iterator[tuple[Holder, str | None]]:
        """Yield each person with its (first) training file, streaming, in the order of arrival."""

    def nirs_taken(self, world: WorldId, nirs: Collection[str]) -> set[str]:
        """Return those of these 15-character NIR that the registry holds."""

    def count(self, world: WorldId) -> int:
        """Return the number of people (a kept counter or an indexed count)."""


class References(Protocol):
    """The reference lists: certifications, communes and countries."""

    def active(
        self, world: WorldId, wanted: Collection[tuple[str, str]]
    ) -> Mapping[tuple[str, str], int]:
        """Return those (type, code) pairs that are in the list and active, with their numbers."""

    def certifications(self, world: WorldId) -> list[Certification]:
        """Return the whole list, by type and code."""

    def numbered(self, numbers: Collection[int]) -> Mapping[int, Certification]:
        """Return certifications by their numbers in the list."""

    def numbers_of(self, world: WorldId, code: str) -> list[int]:
        """Return the numbers of the certifications of a code, active or not."""

    def put(self, world: WorldId, certifications: Iterable[Certification]) -> None:
        """Add certifications; those that are listed already become what is given."""

    def add(self, world: WorldId, certifications: Iterable[Certification]) -> int:
        """Add certifications; those that are listed already are left alone."""

    def gazetteer(self) -> Gazetteer:
        """Return the communes and countries, read once."""


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

    def staged(self, deposit: DepositId, ids: Collection[TechnicalId]) -> set[TechnicalId]:
        """Return those identifiers that were accepted in earlier batches of this deposit."""

    def stage(self, deposit: DepositId, judged: Sequence[tuple[Piece, Sequence[Staged]]]) -> None:
        """Keep the verdicts on some pieces and mark them as judged, in one transaction.

        The deposit's counts go on with it. A piece that is judged already is left alone. Raises
        VanishedError for a deposit that is not there any more.
        """

    def publish(self, deposit: DepositId, treated_at: datetime) -> Deposit:
        """Publish all that is staged and end the deposit, in one short transaction.

        One that has ended already is left alone, as it is by ``refuse`` and ``take``.
        """

    def get(self, deposit: DepositId) -> Deposit | None:
        """Return a deposit, or None."""

    def of_organisation(
        self, organisation: Organisation, page: int, size: int,
        wanted: DepositFilter = EVERY_DEPOSIT,
    ) -> DepositPage:  # fmt: skip
        """Return those wanted of the deposits that an organisation may see, newest first.

        A certificateur sees all that was deposited for it (the file's certificateur), and what
        it deposited itself; a déposant what it deposited.
        """

    def unfinished(self) -> list[DepositId]:
        """Return the deposits that are still processing, oldest first."""

    def errors(self, deposit: DepositId) -> list[FileError]:
        """Return the errors of a refused file."""

    def rejections(self, deposit: DepositId, code: str | None = None, limit: int | None = None
    ) -> Iterator[Rejection]:  # fmt: skip
        """Yield the KO passages in the order of the file, streaming."""

    def rejections_by_reason(self, deposit: DepositId) -> list[tuple[str, int]]:
        """Return (code, count), the most frequent first."""

    def accepted_ids(self, deposit: DepositId) -> Iterator[TechnicalId]:
        """Yield the identifiers of the accepted passages in the order of the file, streaming.

        They are those of the treatment: what was deleted since still counts.
        """

    def accepted(self, deposit: DepositId, page: int, size: int) -> list[AcceptedPassage]:
        """Return a page of the accepted passages in the order of the file."""


class Agenda(Protocol):
    """What falls due when, and who works on it. Due times are the world's, leases real time's."""

    def lease(self) -> Lease:
        """Return a lease that begins now."""

    def claim(self) -> DepositId | None:
        """Take the next deposit to work on, or None when nothing is to be done.

        One whose first control was cut off, or that is due. Those of an émetteur are given out one
        at a time, in the order in which they fall due.
        """

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
        """Make all that waits to be told fall due, looks or not; return how many deposits."""

    def next_due(self, world: WorldId) -> datetime | None:
        """Return when the next deposit that is still processing falls due, or fell due."""

    def census(self, world: WorldId) -> Census:
        """Return how many deposits a world holds by status, and how many passages."""

    def busy(self, world: WorldId) -> bool:
        """Tell whether somebody holds a deposit of a world."""


class Files(Protocol):
    """The files of deposits, on disk."""

    def keep(self, deposit: DepositId, content: BinaryIO, limit: int) -> int | None:
        """Store an upload durably and return its size; None, and nothing kept, over ``limit``."""

    def original(self, deposit: DepositId) -> Path:
        """Return where the file lies as it was deposited."""

    def regular(self, deposit: DepositId) -> Path:
        """Return where the transcription of an oddly shaped file lies (or is to be written)."""

    def receipt(self, deposit: DepositId) -> Path:
        """Return where the receipt lies, once it is made."""

    def places(self, deposit: DepositId) -> Path:
        """Return where the places of a refused file's errors lie (or are to be written)."""

    def packed(self, deposit: DepositId) -> Path:
        """Return where the passages of a deposit lie that was cleaned away."""

    def strip(self, deposit: DepositId) -> None:
        """Remove the file of a deposit and its receipt, but for what was packed of it."""

    def writing(self, path: Path) -> AbstractContextManager[BinaryIO]:
        """Open a file that takes ``path``'s place when the block ends well, and else vanishes."""

    def discard(self, deposit: DepositId) -> None:
        """Remove the files of a deposit, or of what never became one."""

    def sweep(self, recorded: Callable[[DepositId], bool], since: datetime | None = None) -> None:
        """Remove unfinished files, and those of deposits that are not recorded.

        What was touched ``since`` then stays: somebody else may be at it.
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
    outbox: Outbox
    figures: FigureCounts
    passports: Passports
    directory: Directory


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a journey may not draw by itself: time, and new identifiers."""

    real: Callable[[], datetime]
    """What time it is outside."""
    now: Callable[[WorldId], datetime]
    """What time it is in a world, in Paris."""
    in_paris: Callable[[datetime], datetime]
    """The same moment as clocks in Paris show it: whose days are the portal's."""
    works: Callable[[date], bool]
    """Whether a day is worked in France."""
    new_deposit_id: Callable[[WorldId], DepositId]
    new_account_id: Callable[[WorldId], AccountId]
    new_flux_id: Callable[[WorldId], FluxId]
    new_client_id: Callable[[WorldId], ClientId]
    new_contract_id: Callable[[WorldId], ContractId]
    new_world_name: Callable[[WorldId], str]
    """A name for a world that is given none, drawn in the world in which it is asked for."""
    new_secret: Callable[[], str]
    """A password or a token, never twice the same, whatever the seed."""
    wake: Callable[[], None]
    """Tell the workers that there may be something to do."""
    wait: Callable[[Callable[[], bool], float], bool]
    """Wait until something is so, at most so many real seconds; tell whether it is."""
    ending: Callable[[], bool]
    """Whether the portal ends: what takes long stops at its next step, and goes on another day."""
    beating: Callable[[Callable[[], None]], AbstractContextManager[None]]
    """Call something again and again, well within a lease, while the block runs."""
