"""What the journeys need to know before anything is deposited: whom, and what is listed."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from mockportal.domain.comparing import FoundPeople, Level1Key
from mockportal.domain.identifiers import AccountId, ClientId, ContractId, HolderId, WorldId
from mockportal.domain.organisations import Account, Kind, Organisation
from mockportal.domain.people import Holder, HolderClaim
from mockportal.domain.places import Gazetteer
from mockportal.domain.processing import Processing
from mockportal.domain.reference import Certification, NewAccount, NewHolder


class Organisations(Protocol):
    """Organisations and accounts, of all worlds."""

    def exclusive(self) -> AbstractContextManager[None]:
        """Let nobody else do so while the block runs, which looks up and then adds.

        All that it adds is one transaction.
        """

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

    def has_mandated(self, certifier: int, depositor: int) -> bool:
        """Tell whether a certificateur mandates a déposant, or has ever mandated it."""

    def add_account(self, organisation: int, account: NewAccount) -> Account:
        """Add an account; raises ValueError when its identifier is taken in any world."""


class Registry(Protocol):
    """The people of a world."""

    def exclusive(self) -> AbstractContextManager[None]:
        """Let nobody else add people while the block runs, which looks up and then adds some.

        All that it adds is one transaction, in which look-ups of claims and of NIR read.
        """

    def filed(self, keys: Collection[Level1Key]) -> FoundPeople:
        """Return who is under these level-1 keys; one query for a batch."""

    def alike(self, keys: Collection[Level1Key]) -> Mapping[Level1Key, list[Holder]]:
        """Return the people under these level-1 keys; one query for a batch."""

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

    def highest_orders(self, world: WorldId, stems: Collection[str]) -> Mapping[str, int]:
        """Return the highest order held of each stem of a NIR (all before its order), 0 for none.

        One query for all of them.
        """

    def orders(self, world: WorldId, stem: str) -> set[int]:
        """Return all orders of a stem that the registry holds."""

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
