"""The stores on a database of their own, once for each kind of database there is to test on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from mockportal.domain.deposits import Deposit, Piece, Staged, Taken
from mockportal.domain.flux import AwardedCertification, Outline
from mockportal.domain.identifiers import ClientId, ContractId, DepositId, TechnicalId, WorldId
from mockportal.domain.organisations import Kind, Organisation
from mockportal.journeys.ports import Stores
from mockportal.pacing import microseconds
from mockportal.storage.accounts import AccountStore
from mockportal.storage.agenda import AgendaStore
from mockportal.storage.attempts import AttemptStore
from mockportal.storage.database import open_database
from mockportal.storage.declarations import DeclarationStore
from mockportal.storage.deposits import DepositStore
from mockportal.storage.directory import DirectoryStore
from mockportal.storage.exercised import ExercisedStore
from mockportal.storage.faults import FaultStore
from mockportal.storage.figures import FigureStore
from mockportal.storage.files import FileStore
from mockportal.storage.journal import JournalStore
from mockportal.storage.links import LinkStore
from mockportal.storage.organisations import OrganisationStore
from mockportal.storage.outbox import OutboxStore
from mockportal.storage.passages import PassageStore
from mockportal.storage.passports import PassportStore
from mockportal.storage.postgresql import open_postgresql
from mockportal.storage.references import ReferenceStore
from mockportal.storage.registry import RegistryStore
from mockportal.storage.retention import RetentionStore
from mockportal.storage.sessions import SessionStore
from mockportal.storage.worlds import WorldStore
from tests import services
from tests.builders import (
    NOON,
    a_deposit,
    a_gazetteer,
    a_new_account,
    a_piece,
    an_outline,
)


@pytest.fixture(params=["sqlite", *(["postgresql"] if services.POSTGRESQL else [])])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "postgresql":
        engine = open_postgresql(request.getfixturevalue("postgresql_url"))
        event.listen(engine, "connect", do_not_wait_for_the_disk)
        engine.dispose()
    else:
        engine = open_database(tmp_path / "portal.db")
    yield engine
    engine.dispose()


def do_not_wait_for_the_disk(connection: Any, _record: Any) -> None:
    connection.execute("SET synchronous_commit = off")
    connection.commit()


@pytest.fixture
def stores(engine: Engine, tmp_path: Path) -> Stores:
    agenda = AgendaStore(engine, "tests", microseconds, 10_000_000)
    return Stores(
        worlds=WorldStore(engine),
        organisations=OrganisationStore(engine),
        registry=RegistryStore(engine),
        references=ReferenceStore(engine, a_gazetteer()),
        passages=PassageStore(engine),
        deposits=DepositStore(engine),
        agenda=agenda,
        files=FileStore(tmp_path / "files"),
        retention=RetentionStore(engine, agenda.lease, microseconds),
        accounts=AccountStore(engine),
        links=LinkStore(engine),
        attempts=AttemptStore(engine),
        sessions=SessionStore(engine),
        outbox=OutboxStore(engine),
        figures=FigureStore(engine),
        passports=PassportStore(engine),
        faults=FaultStore(engine),
        exercised=ExercisedStore(engine),
        journal=JournalStore(engine, microseconds),
        directory=DirectoryStore(engine),
        declarations=DeclarationStore(engine),
    )


@pytest.fixture
def world(stores: Stores) -> WorldId:
    return stores.worlds.create("default")


@dataclass(frozen=True)
class Counter:
    """An organisation at the counter: what it deposits, in as few words as a test can bear."""

    stores: Stores
    organisation: Organisation
    account: str

    def records(self, deposit_id: str = "deposit-1") -> Deposit:
        return self.stores.deposits.record(
            a_deposit(
                id=deposit_id,
                world=self.organisation.world,
                account=self.account,
                organisation=self.organisation.id,
            )
        )

    def takes(
        self, deposit_id: str = "deposit-1", *, outline: Outline | None = None, pieces: int = 1
    ) -> Deposit:
        """Record a deposit that passes the first control; its émetteur is the organisation."""
        self.records(deposit_id)
        client = self.organisation.client_id
        return self.stores.deposits.take(
            DepositId(deposit_id),
            Taken(outline or replace(an_outline(), sender=client, certifier=client)),
            [a_piece(number) for number in range(pieces)],
            [AwardedCertification("RS", "RS1710")],
        )

    def publishes(
        self, *verdicts: Staged, deposit_id: str = "deposit-1", outline: Outline | None = None
    ) -> Deposit:
        """Bring a deposit of one piece with these verdicts to its end."""
        self.takes(deposit_id, outline=outline)
        stage(self.stores, DepositId(deposit_id), [(a_piece(), verdicts)])
        return self.stores.deposits.publish(DepositId(deposit_id), NOON)


@pytest.fixture
def certifier(stores: Stores, world: WorldId) -> Counter:
    return at_counter(stores, world, "03TST001", "CERT00001")


def at_counter(
    stores: Stores, world: WorldId, client: str, account: str, kind: Kind = Kind.CERTIFIER
) -> Counter:
    """Add an organisation and an account of it."""
    added = stores.organisations.add(
        world,
        kind,
        f"Organisme {client}",
        ClientId(client),
        [ContractId("MCFCER100001")] if kind is Kind.CERTIFIER else [],
    )
    stores.organisations.add_account(added.id, a_new_account(account))
    return Counter(stores, added, account)


@pytest.fixture(params=["walked", "by index"])
def passages(request: pytest.FixtureRequest, engine: Engine) -> PassageStore:
    """Return the store as it is with few passages, and as it is with very many."""
    return PassageStore(engine, few=1_000 if request.param == "walked" else 0)


def sent_before(
    stores: Stores, world: WorldId, sender: ClientId, ids: list[TechnicalId]
) -> set[TechnicalId]:
    """Return those identifiers that an émetteur has in store."""
    sent = stores.passages.sent(world, sender, DepositId("none"), ids)
    assert not sent.staged
    return sent.stored


def stage(
    stores: Stores, deposit: DepositId, judged: Sequence[tuple[Piece, Sequence[Staged]]]
) -> None:
    """Stage the verdicts on some pieces of a deposit."""
    with stores.deposits.staging(deposit) as staged:
        staged(judged)
