"""Organisations, contracts, mandates and accounts."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection, Engine, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from mockportal.domain.identifiers import AccountId, ClientId, ContractId, WorldId
from mockportal.domain.organisations import Account, Kind, Organisation
from mockportal.domain.processing import Processing
from mockportal.domain.reference import NewAccount
from mockportal.storage.organisation_rows import (
    account_of,
    account_values,
    numbered,
    organisation_of,
)
from mockportal.storage.tables import accounts, contracts, mandates, organisations
from mockportal.storage.transactions import Writer

# Put together once: SQLAlchemy takes longer over a statement than the database.
_ACCOUNT = select(accounts).where(accounts.c.id == bindparam("account"))
_WITH_CLIENT_ID = (
    select(organisations)
    .where(
        organisations.c.world_id == bindparam("world"),
        organisations.c.client_id == bindparam("client"),
    )
    .order_by(organisations.c.id)
)
_OF_KIND = _WITH_CLIENT_ID.where(organisations.c.kind == bindparam("kind"))


class OrganisationStore:
    """Organisations and accounts, of all worlds."""

    def __init__(self, engine: Engine) -> None:
        """Keep the engine."""
        self._engine = engine
        self._writer = Writer(engine)

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Let nobody else do so while the block runs, which looks up and then adds.

        All that it adds is one transaction.
        """
        with self._writer.exclusive():
            yield

    def account(self, account: AccountId) -> Account | None:
        """Return the account of that identifier, or None."""
        with self._writer.connect() as connection:
            row = connection.execute(_ACCOUNT, {"account": account}).first()
            return account_of(connection, row) if row else None

    def with_client_id(
        self, world: WorldId, client: ClientId, kind: Kind | None = None
    ) -> Organisation | None:
        """Return the organisation of that matricule, or None; a kind narrows the search."""
        meant: dict[str, object] = {"world": world, "client": client}
        with self._writer.connect() as connection:
            if kind is None:
                return organisation_of(connection, _WITH_CLIENT_ID, **meant)
            return organisation_of(connection, _OF_KIND, **meant, kind=kind.value)

    def accounts(self, organisation: int) -> list[Account]:
        """Return the accounts of an organisation."""
        wanted = select(accounts).where(accounts.c.organisation_id == organisation)
        with self._writer.connect() as connection:
            rows = connection.execute(wanted.order_by(accounts.c.number)).all()
            return [account_of(connection, row) for row in rows]

    def add(
        self,
        world: WorldId,
        kind: Kind,
        name: str,
        client: ClientId,
        contracts: Iterable[ContractId] = (),
    ) -> Organisation:
        """Add an organisation and its contracts."""
        with self._writer.begin() as connection:
            number = connection.scalar(
                insert(organisations)
                .values(world_id=world, kind=kind.value, name=name, client_id=client)
                .returning(organisations.c.id)
            )
            if number is None:
                raise LookupError(f"organisation {client} vanished")
            for contract in contracts:
                _add_contract(connection, number, contract)
            added = numbered(connection, number)
        if added is None:
            raise LookupError(f"organisation {number} vanished")
        return added

    def add_contract(self, organisation: int, contract: ContractId) -> None:
        """Add a contract; one that is there already is left alone."""
        with self._writer.begin() as connection:
            _add_contract(connection, organisation, contract)

    def mandate(self, certifier: int, depositor: int) -> None:
        """Let a déposant deposit for a certificateur; a mandate in force is left alone."""
        with self._writer.begin() as connection:
            there = connection.scalar(
                select(mandates.c.id).where(
                    mandates.c.certifier_id == certifier,
                    mandates.c.depositor_id == depositor,
                    mandates.c.ended_at.is_(None),
                )
            )
            if there is None:
                connection.execute(
                    insert(mandates).values(certifier_id=certifier, depositor_id=depositor)
                )

    def end_mandate(self, certifier: int, depositor: int, at: datetime) -> bool:
        """End the mandate that is in force; tell whether there was one."""
        in_force = (
            (mandates.c.certifier_id == certifier)
            & (mandates.c.depositor_id == depositor)
            & mandates.c.ended_at.is_(None)
        )
        with self._writer.begin() as connection:
            ended = connection.execute(
                update(mandates).where(in_force).values(ended_at=at.isoformat())
            )
        return ended.rowcount > 0

    def has_mandated(self, certifier: int, depositor: int) -> bool:
        """Tell whether a certificateur mandates a déposant, or has ever mandated it."""
        there = select(mandates.c.id).where(
            mandates.c.certifier_id == certifier, mandates.c.depositor_id == depositor
        )
        with self._engine.connect() as connection:
            return connection.scalar(there.limit(1)) is not None

    def of_world(self, world: WorldId, limit: int) -> list[Account]:
        """Return the accounts of a world, oldest first, at most so many."""
        wanted = (
            select(accounts)
            .join(organisations, organisations.c.id == accounts.c.organisation_id)
            .where(organisations.c.world_id == world)
            .order_by(accounts.c.number)
            .limit(limit)
        )
        with self._engine.connect() as connection:
            return [account_of(connection, row) for row in connection.execute(wanted).all()]

    def set_processing(self, account: AccountId, processing: Processing | None) -> None:
        """Say when the second control of an account's deposits runs; None: as its world says."""
        words = None if processing is None else str(processing)
        with self._writer.begin() as connection:
            connection.execute(
                update(accounts).where(accounts.c.id == account).values(processing=words)
            )

    def add_account(self, organisation: int, account: NewAccount) -> Account:
        """Add an account; raises ValueError when its identifier is taken in any world."""
        try:
            with self._writer.begin() as connection:
                connection.execute(insert(accounts).values(account_values(organisation, account)))
        except IntegrityError as fault:
            raise ValueError(f"the identifier {account.id} is taken") from fault
        made = self.account(account.id)
        if made is None:
            raise LookupError(f"account {account.id} vanished")
        return made


def _add_contract(connection: Connection, organisation: int, contract: ContractId) -> None:
    there = select(contracts.c.number).where(
        contracts.c.organisation_id == organisation, contracts.c.number == contract
    )
    if connection.scalar(there) is None:
        connection.execute(insert(contracts).values(organisation_id=organisation, number=contract))
