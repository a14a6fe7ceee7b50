"""A deposit without a portal and without a trace: both controls, in the name of the émetteur."""

from dataclasses import dataclass

from mockportal.domain.deposits import Deposit, Refused
from mockportal.domain.flux import Outline
from mockportal.domain.identifiers import ContractId, WorldId
from mockportal.domain.organisations import Account, Kind, Organisation
from mockportal.domain.uploads import UploadRefusal
from mockportal.journeys.control import control_file
from mockportal.journeys.deposit import Upload, record
from mockportal.journeys.desk import Desk
from mockportal.journeys.receipt import end_refused, publish
from mockportal.journeys.treatment import treat


@dataclass(frozen=True, slots=True)
class Checked:
    """What a deposit of the file would have given."""

    deposit: Deposit
    unknown_organisations: tuple[str, ...] = ()
    """The matricules in the file that the portal has never met."""
    judged: bool = True
    """False when only the first control was run (and passed)."""


def check_file(
    desk: Desk, account: Account, upload: Upload, *, schema_only: bool = False
) -> Checked | UploadRefusal:
    """Return what depositing a file would give. ``account`` is a scratch one to file it under."""
    deposit = record(desk, account, upload)
    if isinstance(deposit, UploadRefusal):
        return deposit
    controlled = control_file(desk, deposit)
    if isinstance(controlled, Refused):
        return Checked(end_refused(desk, deposit, controlled))
    if schema_only or controlled.outline is None:
        return Checked(controlled, judged=False)
    acting, unknown = acting_sender(desk, deposit.world, controlled.outline)
    treat(desk, controlled, acting)
    return Checked(publish(desk, controlled), unknown)


def acting_sender(
    desk: Desk, world: WorldId, outline: Outline
) -> tuple[Organisation, tuple[str, ...]]:
    """Return the émetteur of a file, and the matricules in it that are not known."""
    organisations = desk.stores.organisations
    certifier = organisations.with_client_id(world, outline.certifier, Kind.CERTIFIER)
    kind = Kind.CERTIFIER if outline.sender == outline.certifier else Kind.DEPOSITOR
    sender = organisations.with_client_id(world, outline.sender, kind)
    unknown = dict.fromkeys(
        client
        for client, known in ((outline.sender, sender), (outline.certifier, certifier))
        if known is None
    )
    stranger = Organisation(
        id=0,
        world=world,
        kind=kind,
        name="",
        client_id=outline.sender,
        contracts=frozenset[ContractId](),
    )
    return sender or stranger, tuple(unknown)
