"""Looking up deposits: who sees what."""

from mockportal.domain.deposits import Deposit, DepositPage
from mockportal.domain.identifiers import DepositId
from mockportal.domain.organisations import Account, Kind, Organisation
from mockportal.journeys.desk import Desk


def deposits_of(desk: Desk, account: Account, page: int = 1, size: int = 25) -> DepositPage:
    """Return a page of the deposits that an account may see, newest first."""
    return desk.stores.deposits.of_organisation(account.organisation, max(page, 1), size)


def deposit_seen_by(desk: Desk, account: Account, deposit_id: str) -> Deposit | None:
    """Return a deposit, or None when there is none or when it is not this account's to see."""
    deposit = desk.stores.deposits.get(DepositId(deposit_id))
    return deposit if deposit and may_see(account.organisation, deposit) else None


def may_see(organisation: Organisation, deposit: Deposit) -> bool:
    """Tell whether an organisation sees a deposit.

    A déposant sees what it deposited; a certificateur, also all that was deposited for it.
    """
    if deposit.world != organisation.world:
        return False
    if deposit.organisation == organisation.id:
        return True
    return (
        organisation.kind is Kind.CERTIFIER
        and deposit.outline is not None
        and deposit.outline.certifier == organisation.client_id
    )
