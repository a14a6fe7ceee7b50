"""Filling a new world with the seeds."""

from collections.abc import Iterator
from pathlib import Path

from mockportal.domain.identifiers import AccountId, ClientId, ContractId, WorldId
from mockportal.domain.organisations import Kind, Role
from mockportal.domain.reference import NewAccount, NewHolder
from mockportal.journeys.login import hashed
from mockportal.journeys.ports import Stores
from mockportal.wire.tables_csv import (
    BadRow,
    read_certifications,
    read_organisations,
    read_people,
)

DEFAULT_WORLD = "default"
DEMO_ACCOUNT = "CERT00001"
DEMO_PASSWORD = "mockportal"  # noqa: S105  # written on the login page on purpose


def seed(stores: Stores, folder: Path, password: str = DEMO_PASSWORD) -> WorldId:
    """Return the default world, filled from the seeds' ``folder`` when it did not exist."""
    world = stores.worlds.named(DEFAULT_WORLD)
    if world is not None:
        return world
    world = stores.worlds.create(DEFAULT_WORLD)
    stores.references.add(world, read_certifications(folder / "certifications.csv"))
    stores.registry.add(world, _people(folder / "holders.csv"))
    _add_organisations(stores, world, folder / "organisations.json", hashed(password))
    return world


def _people(path: Path) -> Iterator[NewHolder]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in read_people(file):
            if isinstance(row, BadRow):
                raise ValueError(f"{path.name}, line {row.line}: {row.reason}")
            yield row.person


def _add_organisations(stores: Stores, world: WorldId, path: Path, password_hash: str) -> None:
    seeds = read_organisations(path)
    known: dict[tuple[str, str], int] = {}
    for one in seeds["certifiers"]:
        contracts = [ContractId(c) for c in one["contracts"]]
        added = stores.organisations.add(
            world, Kind.CERTIFIER, one["name"], ClientId(one["client_id"]), contracts
        )
        known[Kind.CERTIFIER.value, one["client_id"]] = added.id
    for one in seeds["depositors"]:
        client = ClientId(one["client_id"])
        added = stores.organisations.add(world, Kind.DEPOSITOR, one["name"], client)
        known[Kind.DEPOSITOR.value, client] = added.id
        for certifier in one["mandated_by"]:
            stores.organisations.mandate(known[Kind.CERTIFIER.value, certifier], added.id)
    for one in seeds["accounts"]:
        stores.organisations.add_account(
            known[one["kind"], one["client_id"]],
            NewAccount(
                id=AccountId(one["account_id"]),
                password_hash=password_hash,
                role=Role(one["role"]),
                first_name=one["first_name"],
                last_name=one["last_name"],
                email=one["email"],
            ),
        )
