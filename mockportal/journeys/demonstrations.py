"""The demonstration fluxes of the seeds, each in the name of whoever wants to deposit it."""

from dataclasses import dataclass
from pathlib import Path

from mockportal.domain.identifiers import ClientId, ContractId
from mockportal.domain.organisations import Account, Kind, Organisation
from mockportal.journeys.desk import Desk
from mockportal.wire.addressing import addressed

DEMONSTRATION = "flux-demonstration.xml"
_DEMONSTRATIONS = "flux-*.xml"
DEMONSTRATED = "1.1.2"
"""The version of those whose name tells none: the kit's of 2022 to 2025."""


@dataclass(frozen=True, slots=True)
class Header:
    """Whom a demonstration flux names."""

    sender: ClientId
    certifier: ClientId
    contract: ContractId | None
    """None: as the seeds have it, since the organisation has none to offer."""


@dataclass(frozen=True, slots=True)
class Demonstration:
    """A demonstration flux."""

    path: Path
    schema: str
    """The version of the schema that it follows."""


def demonstrations(desk: Desk) -> dict[str, Demonstration]:
    """Return the demonstration fluxes by name: files to deposit that bring every message."""
    return {
        path.name: Demonstration(path, _schema_of(desk, path))
        for path in sorted(desk.seeds.glob(_DEMONSTRATIONS))
    }


def schema_for(desk: Desk, account: Account | None) -> str:
    """Return the version of the schema that a deposit of an account is checked by."""
    return (account.schema if account else None) or desk.policy.schema


def header_for(desk: Desk, account: Account) -> Header | None:
    """Return whom a flux of an account names: its organisation, and the certificateur.

    A certificateur deposits for itself, a déposant for the first of those that mandate it; None
    where nobody does.
    """
    own = account.organisation
    certifier = own if own.kind is Kind.CERTIFIER else _mandating(desk, own)
    if certifier is None:
        return None
    return Header(own.client_id, certifier.client_id, min(certifier.contracts, default=None))


def demonstration_for(desk: Desk, name: str, account: Account | None) -> bytes | None:
    """Return a demonstration flux in an account's name; as the seeds have it for nobody's.

    None when there is no flux of that name.
    """
    wanted = demonstrations(desk).get(name)
    if wanted is None:
        return None
    flux = wanted.path.read_bytes()
    header = header_for(desk, account) if account else None
    return addressed(flux, header.sender, header.certifier, header.contract) if header else flux


def _mandating(desk: Desk, depositor: Organisation) -> Organisation | None:
    first = min(depositor.mandated_by, default=None)
    if first is None:
        return None
    return desk.stores.organisations.with_client_id(depositor.world, first, Kind.CERTIFIER)


def _schema_of(desk: Desk, path: Path) -> str:
    named = (version for version in desk.schemas if path.stem.endswith(f"-{version}"))
    return next(named, DEMONSTRATED)
