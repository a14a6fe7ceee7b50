"""Organisations and accounts as rows of their tables, and back."""

from typing import Any

from sqlalchemy import BindParameter, Connection, Select, bindparam, false, select, true, union_all

from mockportal.domain.deposits import VanishedError
from mockportal.domain.identifiers import AccountId, ClientId, WorldId
from mockportal.domain.organisations import Account, Kind, Organisation, Role
from mockportal.domain.processing import processing_of
from mockportal.domain.reference import NewAccount
from mockportal.storage.tables import contracts, mandates, organisations

_certifier = organisations.alias()
_organisation: BindParameter[int] = bindparam("organisation")
# Put together once: these run with nearly every query of an account.
_CONTRACTS_AND_MANDATES = union_all(
    select(contracts.c.number, true().label("contract")).where(
        contracts.c.organisation_id == _organisation
    ),
    select(_certifier.c.client_id, false())
    .join(mandates, mandates.c.certifier_id == _certifier.c.id)
    .where(mandates.c.depositor_id == _organisation, mandates.c.ended_at.is_(None)),
)
_BY_NUMBER = select(organisations).where(organisations.c.id == _organisation)


def account_values(organisation: int, account: NewAccount) -> dict[str, object]:
    """Return the columns of a new account."""
    return {
        "id": account.id,
        "organisation_id": organisation,
        "role": account.role.value,
        "first_name": account.first_name,
        "last_name": account.last_name,
        "email": account.email,
        "password_hash": account.password_hash,
        "schema": account.schema,
    }


def organisation_of(
    connection: Connection, wanted: Select[Any], **values: object
) -> Organisation | None:
    """Return the organisation that a query finds, with its contracts and mandates, or None."""
    row = connection.execute(wanted, values).first()
    if row is None:
        return None
    told = connection.execute(_CONTRACTS_AND_MANDATES, {_organisation.key: row.id}).all()
    return Organisation(
        id=row.id,
        world=WorldId(row.world_id),
        kind=Kind(row.kind),
        name=row.name,
        client_id=ClientId(row.client_id),
        contracts=frozenset(number for number, contract in told if contract),
        mandated_by=frozenset(client for client, contract in told if not contract),
        trade_name=row.trade_name,
    )


def numbered(connection: Connection, organisation: int) -> Organisation | None:
    """Return the organisation of a number, or None."""
    return organisation_of(connection, _BY_NUMBER, organisation=organisation)


def account_of(connection: Connection, row: Any) -> Account:
    """Return the account that a row holds, with its organisation."""
    organisation = numbered(connection, row.organisation_id)
    if organisation is None:
        raise VanishedError(f"account {row.id} has no organisation")
    return Account(
        id=AccountId(row.id),
        organisation=organisation,
        role=Role(row.role),
        first_name=row.first_name,
        last_name=row.last_name,
        email=row.email,
        password_hash=row.password_hash,
        schema=row.schema,
        processing=processing_of(row.processing) if row.processing else None,
        active=row.active,
    )
