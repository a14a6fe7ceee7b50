"""Organisations, their contracts and mandates, and the accounts of their people."""

from dataclasses import dataclass
from enum import Enum

from mockportal.domain.identifiers import AccountId, ClientId, ContractId, WorldId
from mockportal.domain.processing import Processing


class Kind(Enum):
    """The two kinds of organisation (DOCUMENTED)."""

    CERTIFIER = "certifier"
    DEPOSITOR = "depositor"


class Role(Enum):
    """What a person of an organisation may do (ASSUMED)."""

    ADMINISTRATOR = "administrateur"
    USER = "utilisateur"


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A certificateur or a déposant, and whom it may deposit for."""

    id: int
    world: WorldId
    kind: Kind
    name: str
    client_id: ClientId
    contracts: frozenset[ContractId] = frozenset()
    mandated_by: frozenset[ClientId] = frozenset()
    """The certificateurs that mandate it now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person of an organisation who can log in."""

    id: AccountId
    organisation: Organisation
    role: Role
    first_name: str
    last_name: str
    email: str
    password_hash: str
    schema: str | None = None
    """The schema version that the portal applies to this account; None: the portal's setting."""
    processing: Processing | None = None
    """When the second control of its deposits runs; None: as its world says."""
