"""What waits for somebody to follow a link: registrations, and passwords to choose."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select
from sqlalchemy.exc import IntegrityError

from mockportal.domain.identifiers import AccountId, ClientId, ContractId, WorldId
from mockportal.domain.organisations import Account, Kind
from mockportal.domain.reference import NewAccount
from mockportal.domain.registrations import Candidate, Person, Registration
from mockportal.storage.account_tables import password_links, registrations
from mockportal.storage.accounts import replace_password
from mockportal.storage.deposit_rows import microseconds
from mockportal.storage.organisation_rows import account_of, account_values
from mockportal.storage.tables import accounts, organisations


class LinkStore:
    """Registrations and password links; both go when they are used, or after they expire."""

    def __init__(self, engine: Engine) -> None:
        """Keep the engine."""
        self._engine = engine
        self._writer = engine.execution_options(writes=True)

    def register(self, digest: str, registration: Registration, expires: datetime) -> bool:
        """Keep a registration; False where its form was sent before, and nothing is kept."""
        values = _values(registration) | {"digest": digest, "expires_at": microseconds(expires)}
        try:
            with self._writer.begin() as connection:
                connection.execute(insert(registrations).values(values))
        except IntegrityError:
            return False
        return True

    def registration(self, digest: str, now: datetime) -> Registration | None:
        """Return the registration that a link confirms, or None when it is used or expired."""
        live = registrations.c.expires_at > microseconds(now)
        wanted = select(registrations).where(registrations.c.digest == digest, live)
        with self._engine.connect() as connection:
            row = connection.execute(wanted).first()
        return None if row is None else _registration(row)

    def admit(
        self, digest: str, now: datetime, organisation: int, account: NewAccount
    ) -> Account | None:
        """Use a link up and add the first account of an organisation, in one transaction.

        None, and nothing changed, when the link is used or the organisation has an account.
        """
        live = (registrations.c.digest == digest) & (registrations.c.expires_at > microseconds(now))
        with self._writer.begin() as connection:
            connection.execute(
                select(organisations.c.id)
                .where(organisations.c.id == organisation)
                .with_for_update()
            )
            theirs = select(accounts.c.id).where(accounts.c.organisation_id == organisation)
            if connection.execute(theirs.limit(1)).first() is not None:
                return None
            if connection.execute(delete(registrations).where(live)).rowcount == 0:
                return None
            connection.execute(insert(accounts).values(account_values(organisation, account)))
            return _account(connection, account.id)

    def offer(self, digest: str, account: AccountId, expires: datetime) -> None:
        """Let a link choose the password of an account."""
        values = {"digest": digest, "account_id": account, "expires_at": microseconds(expires)}
        with self._writer.begin() as connection:
            connection.execute(insert(password_links).values(values))

    def offered(self, digest: str, now: datetime) -> Account | None:
        """Return the account whose password a link chooses, or None when it is used or expired."""
        live = password_links.c.expires_at > microseconds(now)
        wanted = select(password_links.c.account_id).where(password_links.c.digest == digest, live)
        with self._engine.connect() as connection:
            found = connection.scalar(wanted)
            return None if found is None else _account(connection, found)

    def take(self, digest: str, now: datetime, password_hash: str) -> Account | None:
        """Use a link up, and all others of its account, and replace the password."""
        live = (password_links.c.digest == digest) & (
            password_links.c.expires_at > microseconds(now)
        )
        with self._writer.begin() as connection:
            found = connection.scalar(
                delete(password_links).where(live).returning(password_links.c.account_id)
            )
            if found is None:
                return None
            replace_password(connection, AccountId(found), password_hash)
            return _account(connection, found)

    def forget_expired(self, now: datetime) -> None:
        """Remove what nobody can use any more."""
        with self._writer.begin() as connection:
            for table in (registrations, password_links):
                connection.execute(delete(table).where(table.c.expires_at <= microseconds(now)))


def _account(connection: Connection, account: str) -> Account:
    row = connection.execute(select(accounts).where(accounts.c.id == account)).one()
    return account_of(connection, row)


def _values(registration: Registration) -> dict[str, object]:
    candidate, person = registration.candidate, registration.person
    return {
        "draft": registration.draft,
        "world_id": registration.world,
        "kind": candidate.kind.value,
        "client_id": candidate.client_id,
        "contract": candidate.contract,
        "certifier": candidate.certifier,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "email": person.email,
        "password_hash": registration.password_hash,
    }


def _registration(row: Any) -> Registration:
    return Registration(
        draft=row.draft,
        world=WorldId(row.world_id),
        candidate=Candidate(
            kind=Kind(row.kind),
            client_id=ClientId(row.client_id),
            contract=ContractId(row.contract),
            certifier=ClientId(row.certifier),
        ),
        person=Person(first_name=row.first_name, last_name=row.last_name, email=row.email),
        password_hash=row.password_hash,
    )
