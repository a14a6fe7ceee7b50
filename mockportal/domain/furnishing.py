"""What a test puts into a world: accounts, as they are wished for and as they were made."""

from dataclasses import dataclass

from mockportal.domain.identifiers import ClientId, ContractId
from mockportal.domain.organisations import Account, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class WishedAccount:
    """An account to make, with its organisation where that is new; None: whatever the portal draws.

    ``mandates`` are the other sides: the certificateurs that mandate a déposant, or the déposants
    that a certificateur mandates.
    """

    kind: Kind = Kind.CERTIFIER
    name: str | None = None
    client_id: ClientId | None = None
    contract_id: ContractId | None = None
    mandates: tuple[ClientId, ...] = ()
    password: str | None = None
    schema: str | None = None

    @property
    def other_side(self) -> Kind:
        """Return what those that it has a mandate with are."""
        return Kind.DEPOSITOR if self.kind is Kind.CERTIFIER else Kind.CERTIFIER


@dataclass(frozen=True, slots=True, kw_only=True)
class FurnishedAccount:
    """An account that was made, with the password that nobody is told again."""

    account: Account
    contract_id: ContractId | None
    mandates: tuple[ClientId, ...]
    password: str


@dataclass(frozen=True, slots=True)
class Unfit:
    """Why something cannot be put into a world: which of the things given, which key, the reason.

    ``taken`` tells that it would fit if it were not there already.
    """

    index: int
    key: str
    reason: str
    taken: bool = False
