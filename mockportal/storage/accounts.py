"""What changes of accounts and of their organisations."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, delete, exists, func, or_, select, update

from mockportal.domain.identifiers import AccountId, ClientId, WorldId
from mockportal.domain.organisations import Account, Mandate, Organisation, Role
from mockportal.storage.account_tables import password_links
from mockportal.storage.organisation_rows import account_of, organisation_of
from mockportal.storage.sessions import end_sessions
from mockportal.storage.tables import accounts, mandates, organisations


class AccountStore:
    """Accounts, and what their people may change of an organisation."""

    def __init__(self, engine: Engine) -> None:
        """Keep the engine."""
        self._engine = engine
        self._writer = engine.execution_options(writes=True)

    def with_email(self, email: str) -> list[Account]:
        """Return the active accounts of an e-mail address, of all worlds, oldest first."""
        same = func.lower(accounts.c.email) == func.lower(email)
        wanted = select(accounts).where(same, accounts.c.active).order_by(accounts.c.number)
        with self._engine.connect() as connection:
            return [account_of(connection, row) for row in connection.execute(wanted).all()]

    def set_password(self, account: AccountId, password_hash: str) -> None:
        """Replace a password; the links that would do so too are dead from then on."""
        with self._writer.begin() as connection:
            replace_password(connection, account, password_hash)

    def set_email(self, account: AccountId, email: str) -> None:
        """Replace an e-mail address."""
        with self._writer.begin() as connection:
            _change(connection, account, email=email)

    def set_role(self, account: AccountId, role: Role) -> bool:
        """Change a role; False, and nothing changed, where no administrateur would be left."""
        with self._writer.begin() as connection:
            if role is not Role.ADMINISTRATOR and not _another_administrator(connection, account):
                return False
            _change(connection, account, role=role.value)
        return True

    def deactivate(self, account: AccountId) -> bool:
        """Close an account; False, and nothing changed, where no administrateur would be left."""
        with self._writer.begin() as connection:
            if not _another_administrator(connection, account):
                return False
            _change(connection, account, active=False)
            connection.execute(delete(password_links).where(password_links.c.account_id == account))
            end_sessions(connection, account)
        return True

    def set_trade_name(self, organisation: int, trade_name: str) -> None:
        """Change the name that an organisation is shown by; empty: its own."""
        with self._writer.begin() as connection:
            connection.execute(
                update(organisations)
                .where(organisations.c.id == organisation)
                .values(trade_name=trade_name)
            )

    def unregistered(self, world: WorldId, limit: int) -> list[Organisation]:
        """Return organisations of a world that have no account yet, by matricule."""
        registered = exists().where(accounts.c.organisation_id == organisations.c.id)
        wanted = (
            select(organisations.c.id)
            .where(organisations.c.world_id == world, ~registered)
            .order_by(organisations.c.client_id, organisations.c.id)
            .limit(limit)
        )
        with self._engine.connect() as connection:
            numbers = connection.scalars(wanted).all()
            found = [
                organisation_of(
                    connection, select(organisations).where(organisations.c.id == number)
                )
                for number in numbers
            ]
        return [one for one in found if one]

    def mandates(self, organisation: int) -> list[Mandate]:
        """Return all mandates that an organisation gives or has, those in force first."""
        certifier, depositor = organisations.alias(), organisations.alias()
        wanted = (
            select(
                mandates.c.ended_at,
                certifier.c.client_id.label("certifier"),
                _shown(certifier).label("certifier_name"),
                depositor.c.client_id.label("depositor"),
                _shown(depositor).label("depositor_name"),
            )
            .join(certifier, certifier.c.id == mandates.c.certifier_id)
            .join(depositor, depositor.c.id == mandates.c.depositor_id)
            .where(or_(certifier.c.id == organisation, depositor.c.id == organisation))
            .order_by(mandates.c.ended_at.is_not(None), mandates.c.id)
        )
        with self._engine.connect() as connection:
            return [
                Mandate(
                    certifier=ClientId(row.certifier),
                    certifier_name=row.certifier_name,
                    depositor=ClientId(row.depositor),
                    depositor_name=row.depositor_name,
                    ended_at=datetime.fromisoformat(row.ended_at) if row.ended_at else None,
                )
                for row in connection.execute(wanted)
            ]


def replace_password(connection: Connection, account: AccountId, password_hash: str) -> None:
    """Replace a password; the links that would do so too, and all sessions, are dead by it."""
    connection.execute(delete(password_links).where(password_links.c.account_id == account))
    end_sessions(connection, account)
    _change(connection, account, password_hash=password_hash)


def _change(connection: Connection, account: AccountId, **values: object) -> None:
    connection.execute(update(accounts).where(accounts.c.id == account).values(**values))


def _another_administrator(connection: Connection, account: AccountId) -> bool:
    """Tell whether somebody else can manage the organisation: its row is held meanwhile."""
    organisation = (
        select(accounts.c.organisation_id).where(accounts.c.id == account).scalar_subquery()
    )
    connection.execute(
        select(organisations.c.id).where(organisations.c.id == organisation).with_for_update()
    )
    others = select(accounts.c.id).where(
        accounts.c.organisation_id == organisation,
        accounts.c.id != account,
        accounts.c.active,
        accounts.c.role == Role.ADMINISTRATOR.value,
        accounts.c.password_hash != "",  # one who has not chosen a password cannot log in
    )
    return connection.execute(others.limit(1)).first() is not None


def _shown(organisation: Any) -> Any:
    return func.coalesce(func.nullif(organisation.c.trade_name, ""), organisation.c.name)
