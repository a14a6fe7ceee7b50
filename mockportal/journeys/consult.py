"""Looking up deposits: who sees what."""

from mockportal.domain.deposits import EVERY_DEPOSIT, Deposit, DepositFilter, DepositPage
from mockportal.domain.identifiers import DepositId
from mockportal.domain.organisations import Account, Kind, Organisation
from mockportal.domain.pages import Turn
from mockportal.journeys.desk import Desk
from mockportal.journeys.work import A_MOMENT, wait_for


def deposits_of(
    desk: Desk,
    account: Account,
    page: int = 1,
    size: int = 25,
    wanted: DepositFilter = EVERY_DEPOSIT,
    turn: Turn | None = None,
) -> DepositPage:
    """Return a page of those wanted of the deposits that an account may see, newest first."""
    stored, organisation = desk.stores.deposits, account.organisation
    return stored.of_organisation(organisation, max(page, 1), size, wanted, turn)


def deposit_seen_by(desk: Desk, account: Account, deposit_id: str) -> Deposit | None:
    """Return a deposit, or None when there is none or when it is not this account's to see."""
    deposit = desk.stores.deposits.get(DepositId(deposit_id))
    if deposit is None or deposit.removed_at or not may_see(desk, account.organisation, deposit):
        return None
    return deposit


def turn_after(desk: Desk, account: Account, deposit_id: str) -> Turn | None:
    """Return what leads to the page after a deposit, also after one that was taken away.

    None when there is none or when it is not this account's to see.
    """
    deposit = desk.stores.deposits.get(DepositId(deposit_id))
    if deposit is None or not may_see(desk, account.organisation, deposit):
        return None
    return Turn(deposit.processing_id)


def look_at(desk: Desk, account: Account, deposit_id: str) -> Deposit | None:
    """Return a deposit like ``deposit_seen_by``; a look that counts where one is waited for."""
    deposit = deposit_seen_by(desk, account, deposit_id)
    if deposit is None or not deposit.looks_left:
        return deposit
    if not desk.stores.agenda.look(deposit.id, desk.circumstances.now(deposit.world)):
        return deposit_seen_by(desk, account, deposit_id)  # one look fewer to wait for
    desk.circumstances.wake()
    return wait_for(desk, deposit, A_MOMENT)


def may_see(desk: Desk, organisation: Organisation, deposit: Deposit) -> bool:
    """Tell whether an organisation sees a deposit.

    A déposant sees what it deposited. A certificateur sees also what names it, when it mandates
    or has ever mandated the organisation that deposited it, or when some of it was accepted for
    it; where every émetteur is let through, whatever names it. A file that names it and comes
    from an organisation that it never mandated is its depositor's alone (ASSUMED).
    """
    if deposit.world != organisation.world:
        return False
    if deposit.organisation == organisation.id:
        return True
    outline, certifier = deposit.outline, organisation.kind is Kind.CERTIFIER
    if not certifier or outline is None or outline.certifier != organisation.client_id:
        return False
    if desk.policy.any_sender or deposit.accepted:
        return True
    return desk.stores.organisations.has_mandated(organisation.id, deposit.organisation)
