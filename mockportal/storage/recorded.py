"""Stores that note in the journal what they change: what a replay does again.

Each is the store that it is named after, and changes nothing of what that does. What is noted comes
after the change itself, in a transaction of its own.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select

from mockportal.domain.clocks import WorldClock
from mockportal.domain.deposits import Deposit, Lease
from mockportal.domain.identifiers import (
    AccountId,
    ClientId,
    ContractId,
    DepositId,
    HolderId,
    PassageId,
    WorldId,
)
from mockportal.domain.journal import Change
from mockportal.domain.mails import Letter, Mail
from mockportal.domain.organisations import Kind, Organisation
from mockportal.domain.passages import Author, Rewritten, StoredPassage
from mockportal.domain.places import Gazetteer
from mockportal.domain.processing import Processing
from mockportal.domain.reference import Certification, NewHolder
from mockportal.storage.deposits import DepositStore
from mockportal.storage.journal import JournalStore
from mockportal.storage.organisations import OrganisationStore
from mockportal.storage.outbox import OutboxStore
from mockportal.storage.passage_rows import passages_by_number
from mockportal.storage.passages import PassageStore
from mockportal.storage.references import ReferenceStore
from mockportal.storage.registry import RegistryStore
from mockportal.storage.tables import holders, organisations
from mockportal.storage.worlds import WorldStore

Now = Callable[[WorldId], datetime]


class Journalist:
    """Notes what changes, at the time that the world's clock shows unless another is said."""

    def __init__(self, journal: JournalStore, now: Now) -> None:
        """Keep the journal, and what tells the time of a world."""
        self._journal = journal
        self._now = now

    def note(
        self,
        world: WorldId,
        what: Change,
        at: datetime | None = None,
        account: AccountId | None = None,
        deposit: DepositId | None = None,
        **content: Any,
    ) -> None:
        """Note a change."""
        shown = self._now(world) if at is None else at
        self._journal.note(world, what, shown, account=account, deposit=deposit, content=content)


class RecordedRegistry(RegistryStore):
    """The people of a world; of those added, how many: they stay in their order."""

    def __init__(self, engine: Engine, journalist: Journalist) -> None:
        """Keep the engine and who notes."""
        super().__init__(engine)
        self._journalist = journalist

    def add(self, world: WorldId, people: Iterable[NewHolder]) -> int:
        """Add people, and note how many."""
        added = super().add(world, people)
        if added:
            self._journalist.note(world, Change.PEOPLE, count=added)
        return added

    def add_training_file(self, holder: HolderId, number: str) -> None:
        """Give a training file to a person, and note it."""
        super().add_training_file(holder, number)
        with self._engine.connect() as connection:
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
        added = super().add(world, given)
        if added:
            self._note(world, given, replaces=False)
        return added

    def put(self, world: WorldId, certifications: Iterable[Certification]) -> None:
        """Add or change certifications, and note them."""
        given = list(certifications)
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
        added = super().add(world, kind, name, client, given)
        self._journalist.note(
            world, Change.ORGANISATION,
            kind=kind.value, name=name, client_id=client, contracts=given,
        )  # fmt: skip
        return added

    def add_contract(self, organisation: int, contract: ContractId) -> None:
        """Add a contract, and note it."""
        super().add_contract(organisation, contract)
        row = self._named(organisation)
        self._journalist.note(
            WorldId(row.world_id), Change.CONTRACT, client_id=row.client_id, contract=contract
        )

    def mandate(self, certifier: int, depositor: int) -> None:
        """Give a mandate, and note it."""
        super().mandate(certifier, depositor)
        self._note_mandate(Change.MANDATE, certifier, depositor)

    def end_mandate(self, certifier: int, depositor: int, at: datetime) -> bool:
        """End a mandate, and note it."""
        ended = super().end_mandate(certifier, depositor, at)
        if ended:
            self._note_mandate(Change.MANDATE_ENDED, certifier, depositor)
        return ended

    def set_processing(self, account: AccountId, processing: Processing | None) -> None:
        """Set the processing of an account, and note it."""
        super().set_processing(account, processing)
        found = self.account(account)
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
        with self._engine.connect() as connection:
            return connection.execute(wanted.where(organisations.c.id == organisation)).one()


class RecordedWorlds(WorldStore):
    """The clocks of worlds, and their processing."""

    def __init__(self, engine: Engine, journalist: Journalist) -> None:
        """Keep the engine and who notes."""
        super().__init__(engine)
        self._journalist = journalist

    def set_clock(self, world: WorldId, clock: WorldClock) -> None:
        """Set a clock, and note what it shows from now on."""
        super().set_clock(world, clock)
        self._journalist.note(world, Change.CLOCK, frozen=clock.frozen is not None)

    def set_processing(self, world: WorldId, processing: Processing | None) -> None:
        """Set the processing, and note it."""
        super().set_processing(world, processing)
        said = None if processing is None else str(processing)
        self._journalist.note(world, Change.PROCESSING, processing=said)


class RecordedDeposits(DepositStore):
    """Deposits: that they came in, and that they were treated."""

    def __init__(
        self, engine: Engine, journalist: Journalist, *, any_sender: bool = False
    ) -> None:
        """Keep the engine and who notes."""
        super().__init__(engine, any_sender=any_sender)
        self._journalist = journalist

    def record(self, deposit: Deposit, lease: Lease | None = None) -> Deposit:
        """Record a deposit, and note it."""
        made = super().record(deposit, lease)
        self._journalist.note(
            made.world, Change.DEPOSITED, made.received_at, made.account, made.id,
            file_name=made.file_name, schema=made.schema, processing_id=made.processing_id,
        )  # fmt: skip
        return made

    def publish(self, deposit: DepositId, treated_at: datetime) -> Deposit:
        """Publish a deposit, and note it."""
        ended = super().publish(deposit, treated_at)
        self._journalist.note(
            ended.world, Change.TREATED, ended.treated_at, ended.account, ended.id
        )
        return ended


class RecordedPassages(PassageStore):
    """Passages that are modified or deleted."""

    def __init__(self, engine: Engine, journalist: Journalist) -> None:
        """Keep the engine and who notes."""
        super().__init__(engine)
        self._journalist = journalist

    def change(self, passage: PassageId, version: int, new: Rewritten, author: Author) -> bool:
        """Change a passage, and note it."""
        changed = super().change(passage, version, new, author)
        if changed:
            self._note(
                Change.MODIFIED, author, [passage],
                changes={one.field: one.after for one in new.changes},
            )  # fmt: skip
        return changed

    def delete(self, ids: Sequence[PassageId], author: Author) -> int:
        """Delete passages, and note those given; who was gone already is gone again."""
        gone = super().delete(ids, author)
        if gone:
            self._note(Change.DELETED, author, ids)
        return gone

    def _note(self, what: Change, author: Author, ids: Sequence[PassageId], **content: Any) -> None:
        with self._engine.connect() as connection:
            found = passages_by_number(connection, ids)
        if found:
            self._journalist.note(
                found[0].world, what, author.at, author.account,
                passages=[_place(one) for one in found], **content,
            )  # fmt: skip


class RecordedOutbox(OutboxStore):
    """The mails of all worlds."""

    def __init__(self, engine: Engine, journalist: Journalist) -> None:
        """Keep the engine and who notes."""
        super().__init__(engine)
        self._journalist = journalist

    def add(self, world: WorldId, to: str, letter: Letter, made_at: datetime) -> Mail:
        """Put a mail into a world's outbox, and note it; its text holds links, and stays there."""
        mail = super().add(world, to, letter, made_at)
        self._journalist.note(
            world, Change.MAIL, made_at, mail=mail.id, to=to, subject=letter.subject
        )
        return mail


def _place(passage: StoredPassage) -> dict[str, Any]:
    return {
        "deposit": passage.deposit,
        "technical_id": passage.technical_id,
        "piece": passage.piece,
        "position": passage.position,
    }
