"""The accounts of a world, as a test uses them: with their password."""

from dataclasses import dataclass
from typing import Self

from mockportal.domain.organisations import Organisation
from mockportal.testing.types import AccountKind


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Account:
    """Who deposits: what an exporter writes into its file, and what it logs in with."""

    id: str
    """The 9-character identifier."""
    password: str
    kind: AccountKind
    """``certifier`` or ``depositor``."""
    name: str
    """The organisation's."""
    client_id: str
    """The organisation's matricule, ``idClient``."""
    contracts: tuple[str, ...] = ()
    """A certificateur's contract numbers, in their order."""
    mandated_by: tuple[str, ...] = ()
    """The matricules of the certificateurs that mandate a déposant."""

    def __repr__(self) -> str:
        """Return who it is; never the password."""
        return f"<Account {self.id}: {self.kind} {self.client_id}, {self.name!r}>"

    @property
    def contract_id(self) -> str:
        """Return the first contract; raise LookupError for a déposant, who has none."""
        if not self.contracts:
            raise LookupError(f"{self.id} is a {self.kind}: it has no contract of its own")
        return self.contracts[0]

    @classmethod
    def of(cls, account_id: str, password: str, organisation: Organisation) -> Self:
        """Return an account of an organisation."""
        return cls(
            id=account_id,
            password=password,
            kind=organisation.kind.value,
            name=organisation.name,
            client_id=organisation.client_id,
            contracts=tuple(sorted(organisation.contracts)),
            mandated_by=tuple(sorted(organisation.mandated_by)),
        )
