"""Organisations, their contracts and mandates, and the accounts of their people."""

from dataclasses import dataclass
from datetime import datetime
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
    trade_name: str = ""
    """The « nom commercial » that it has chosen to be shown by; empty: none (DOCUMENTED)."""

    @property
    def shown_name(self) -> str:
        """Return the name that pages show: the trade name, where there is one."""
        return self.trade_name or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """What lets a déposant deposit for a certificateur, or has let it."""

    certifier: ClientId
    certifier_name: str
    depositor: ClientId
    depositor_name: str
    ended_at: datetime | None = None
    """None while it is in force."""


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
    active: bool = True
    """Whether its person may log in; one that was removed stays the author of its deposits."""

    @property
    def full_name(self) -> str:
        """Return the name of its person, or the identifier where nobody gave one."""
        return f"{self.first_name} {self.last_name}".strip() or self.id

    @property
    def is_administrator(self) -> bool:
        """Tell whether it may manage the organisation and its users."""
        return self.role is Role.ADMINISTRATOR

    @property
    def invited(self) -> bool:
        """Tell whether its person has not chosen a password yet."""
        return not self.password_hash
