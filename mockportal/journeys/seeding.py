"""Filling a new world with the seeds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from mockportal.domain.identifiers import AccountId, ClientId, ContractId, WorldId
from mockportal.domain.organisations import Kind, Role
from mockportal.domain.reference import Certification, NewAccount, NewHolder
from mockportal.domain.worlds import DEFAULT_WORLD, Origin, Step
from mockportal.journeys.login import hashed
from mockportal.journeys.ports import Stores
from mockportal.wire.tables_csv import (
    BadRow,
    read_certifications,
    read_organisations,
    read_people,
)

DEMO_ACCOUNT = "CERT00001"
DEMO_PASSWORD = "mockportal"  # noqa: S105  # written on the login page on purpose


@dataclass(frozen=True, slots=True)
class Seeds:
    """What a new portal starts with."""

    certifications: tuple[Certification, ...]
    people: tuple[NewHolder, ...]
    organisations: Mapping[str, list[dict[str, Any]]]
    """``certifiers``, ``depositors`` and ``accounts``, as the file lists them."""

    @property
    def account_ids(self) -> list[AccountId]:
        """Return the identifiers that the seeds give their accounts."""
        return [AccountId(one["account_id"]) for one in self.organisations["accounts"]]


@cache
def seeds_in(folder: Path) -> Seeds:
    """Return the seeds of a folder, read once a process."""
    return Seeds(
        tuple(read_certifications(folder / "certifications.csv")),
        tuple(_people(folder / "holders.csv")),
        read_organisations(folder / "organisations.json"),
    )


@cache
def demo_hash() -> str:
    """Return what is kept of the password that everybody knows, computed once a process."""
    return hashed(DEMO_PASSWORD)


def seed(stores: Stores, folder: Path, password: str = DEMO_PASSWORD) -> WorldId:
    """Return the default world, filled from the seeds' ``folder`` when it did not exist."""
    world = stores.worlds.named(DEFAULT_WORLD)
    if world is not None:
        return world
    seeds = seeds_in(folder)
    origin = Origin(
        seeds=True,
        password_hash=demo_hash() if password == DEMO_PASSWORD else hashed(password),
        accounts={one: one for one in seeds.account_ids},
    )
    world = stores.worlds.create(DEFAULT_WORLD, step=Step.MAKING)
    # Before anything is filled in: cut off here, it is not made again with the known password.
    stores.worlds.set_origin(world, replace(origin, step=Step.MAKING))
    fill(stores, world, seeds, origin)
    return world


def fill(stores: Stores, world: WorldId, seeds: Seeds, origin: Origin) -> None:
    """Put into an empty world what its origin says, and leave it at rest.

    The journal begins after that.
    """
    stores = stores.unrecorded or stores
    if origin.seeds:
        stores.references.add(world, seeds.certifications)
        stores.registry.add(world, seeds.people)
        _add_organisations(stores, world, seeds.organisations, origin)
    stores.worlds.set_origin(world, origin)


def _people(path: Path) -> Iterator[NewHolder]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in read_people(file):
            if isinstance(row, BadRow):
                raise ValueError(f"{path.name}, line {row.line}: {row.reason}")
            yield row.person


def _add_organisations(
    stores: Stores, world: WorldId, seeds: Mapping[str, list[dict[str, Any]]], origin: Origin
) -> None:
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
                id=origin.accounts[one["account_id"]],
                password_hash=origin.password_hash,
                role=Role(one["role"]),
                first_name=one["first_name"],
                last_name=one["last_name"],
                email=one["email"],
            ),
        )
