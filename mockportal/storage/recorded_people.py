"""People, certifications and organisations: stores that note what they change."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select

from mockportal.domain.identifiers import (
    AccountId,
    ClientId,
    ContractId,
    HolderId,
    WorldId,
)
from mockportal.domain.journal import Change
from mockportal.domain.organisations import Kind, Organisation
from mockportal.domain.places import Gazetteer
from mockportal.domain.processing import Processing
from mockportal.domain.reference import Certification, NewHolder
from mockportal.storage.journalist import Journalist
from mockportal.storage.organisations import OrganisationStore
from mockportal.storage.references import ReferenceStore
from mockportal.storage.registry import RegistryStore
from mockportal.storage.tables import holders, organisations


class RecordedRegistry(RegistryStore):
    """The people of a world; of those added, how many: they stay in their order."""

    def __init__(self, engine: Engine, journalist: Journalist) -> None:
        """Keep the engine and who notes."""
        super().__init__(engine)
        self._journalist = journalist

    def add(self, world: WorldId, people: Iterable[NewHolder]) -> int:
        """Add people, and note how many."""
        with self._writer.begin():
            added = super().add(world, people)
            if added:
                self._journalist.note(world, Change.PEOPLE, count=added)
        return added

    def add_training_file(self, holder: HolderId, number: str) -> None:
        """Give a training file to a person, and note it."""
        with self._writer.begin() as connection:
            super().add_training_file(holder, number)
            row = connection.execute(
                select(holders.c.world_id, holders.c.nir).where(holders.c.id == holder)
            ).one()
            self._journalist.note(
                WorldId(row.world_id), Change.TRAINING_FILE, nir=row.nir, number=number
            )


class RecordedReferences(ReferenceStore):
    """The reference lists."""

    def __init__(self, engine: Engine, gazetteer: Gazetteer, journalist: Journalist) -> None:
        """Keep the engine and who notes."""
        super().__init__(engine, gazetteer)
        self._journalist = journalist

    def add(self, world: WorldId, certifications: Iterable[Certification]) -> int:
        """Add certifications that are not listed yet, and note those given."""
        given = list(certifications)
        with self._writer.begin():
            added = super().add(world, given)
            if added:
                self._note(world, given, replaces=False)
        return added

    def put(self, world: WorldId, certifications: Iterable[Certification]) -> None:
        """Add or change certifications, and note them."""
        given = list(certifications)
        with self._writer.begin():
            super().put(world, given)
            self._note(world, given, replaces=True)

    def _note(self, world: WorldId, given: list[Certification], *, replaces: bool) -> None:
        listed = [asdict(one) for one in given]
        self._journalist.note(world, Change.CERTIFICATIONS, listed=listed, replaces=replaces)


class RecordedOrganisations(OrganisationStore):
    """Organisations, their contracts and mandates."""

    def __init__(self, engine: Engine, journalist: Journalist) -> None:
        """Keep the engine and who notes."""
        super().__init__(engine)
        self._journalist = journalist

    def add(
        self,
        world: WorldId,
        kind: Kind,
        name: str,
        client: ClientId,
        contracts: Iterable[ContractId] = (),
    ) -> Organisation:
        """Add an organisation, and note it."""
        given = list(contracts)
        with self._writer.begin():
            added = super().add(world, kind, name, client, given)
            self._journalist.note(
                world, Change.ORGANISATION,
                kind=kind.value, name=name, client_id=client, contracts=given,
            )  # fmt: skip
        return added

    def add_contract(self, organisation: int, contract: ContractId) -> None:
        """Add a contract, and note it."""
        with self._writer.begin():
            super().add_contract(organisation, contract)
            row = self._named(organisation)
            self._journalist.note(
                WorldId(row.world_id), Change.CONTRACT, client_id=row.client_id, contract=contract
            )

    def mandate(self, certifier: int, depositor: int) -> None:
        """Give a mandate, and note it."""
        with self._writer.begin():
            super().mandate(certifier, depositor)
            self._note_mandate(Change.MANDATE, certifier, depositor)

    def end_mandate(self, certifier: int, depositor: int, at: datetime) -> bool:
        """End a mandate, and note it."""
        with self._writer.begin():
            ended = super().end_mandate(certifier, depositor, at)
            if ended:
                self._note_mandate(Change.MANDATE_ENDED, certifier, depositor)
        return ended

    def set_processing(self, account: AccountId, processing: Processing | None) -> None:
        """Set the processing of an account, and note it."""
        found = self.account(account)
        with self._writer.begin():
            super().set_processing(account, processing)
            if found is not None:
                self._journalist.note(
                    found.organisation.world, Change.PROCESSING, account=account,
                    processing=None if processing is None else str(processing),
                )  # fmt: skip

    def _note_mandate(self, what: Change, certifier: int, depositor: int) -> None:
        gives, has = self._named(certifier), self._named(depositor)
        self._journalist.note(
            WorldId(gives.world_id), what, certifier=gives.client_id, depositor=has.client_id
        )

    def _named(self, organisation: int) -> Any:
        wanted = select(organisations.c.world_id, organisations.c.client_id)
        with self._writer.connect() as connection:
            return connection.execute(wanted.where(organisations.c.id == organisation)).one()
