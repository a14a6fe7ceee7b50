"""Learning a flux: what its deposit needs and the portal lacks is added, and only that."""

from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from mockportal.domain.deposits import FileError
from mockportal.domain.flux import AwardedCertification, Outline
from mockportal.domain.identifiers import AccountId, WorldId
from mockportal.domain.organisations import Account, Kind
from mockportal.domain.rules import agreeing_type
from mockportal.domain.unnamed import SOME_EMAIL, organisation_name, unnamed_account
from mockportal.journeys.desk import Desk
from mockportal.journeys.emptying import unless_emptied
from mockportal.journeys.login import hashed
from mockportal.journeys.newcomers import (
    Newcomers,
    certifier_of,
    make_certifications_known,
    make_people_known,
)
from mockportal.journeys.treatment import PIECES_AT_ONCE
from mockportal.wire.first_control import Reading, first_control
from mockportal.wire.reading import KeptFile

_ELSEWHERE = (
    "{} people have a NIR that names another place of birth: all 999 of their sex, month and place "
    "are taken"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What learning a flux has added; ``password`` is None for an account that existed."""

    account: AccountId
    password: str | None
    sender: str
    certifier: str
    contract: str
    certifications: int
    people: int
    remarks: tuple[str, ...] = ()


@unless_emptied
def learn_bytes(desk: Desk, world: WorldId, content: bytes) -> Learned | tuple[FileError, ...]:
    """Learn a flux that is at hand as bytes."""
    with TemporaryDirectory(prefix="mockportal-") as scratch:
        flux = Path(scratch) / "flux.xml"
        flux.write_bytes(content)
        return learn(desk, world, flux, Path(scratch) / "regular.xml")


def learn(
    desk: Desk, world: WorldId, flux: Path, regular: Path, *, password: str | None = None
) -> Learned | tuple[FileError, ...]:
    """Add what a flux needs to be accepted, or return the errors of its first control.

    ``regular`` is a path where a transcription may be written; a new account gets ``password``,
    by default one that is drawn.
    """
    schema = desk.schemas[desk.policy.schema]
    with regular.open("w+b") as copy:
        reading = first_control(flux, schema, copy)
    if not isinstance(reading, Reading):
        return reading
    with desk.stores.organisations.exclusive():  # the same file may be learned twice at once
        account, shown = _account(desk, world, reading.outline, password)

    def certifications(first: int, last: int) -> list[AwardedCertification]:
        return reading.certifications[first : last + 1]

    newcomers = Newcomers()
    with KeptFile(regular if reading.regular_copy else flux, schema=schema) as kept:
        pieces = iter(reading.pieces)
        while some := list(islice(pieces, PIECES_AT_ONCE)):
            claims = (
                one.passage.claim for piece in some for one in kept.passages(piece, certifications)
            )
            newcomers = newcomers.with_more(make_people_known(desk, world, claims))
    strangers = {a for a in reading.certifications if not agreeing_type(a)}
    return Learned(
        account=account.id,
        password=shown,
        sender=reading.outline.sender,
        certifier=reading.outline.certifier,
        contract=reading.outline.contract,
        certifications=make_certifications_known(desk, world, reading.certifications),
        people=newcomers.people,
        remarks=(
            *(
                f"certification not learned: code {a.code!r} does not agree with type {a.type!r}"
                for a in sorted(strangers, key=lambda a: (a.type, a.code))
            ),
            *([_ELSEWHERE.format(newcomers.nirs_elsewhere)] if newcomers.nirs_elsewhere else []),
        ),
    )


def _account(
    desk: Desk, world: WorldId, outline: Outline, password: str | None
) -> tuple[Account, str | None]:
    """Return an account of the file's émetteur that may deposit it; made where there is none."""
    organisations = desk.stores.organisations
    certifier = certifier_of(desk, world, outline)
    sender = certifier
    if outline.sender != outline.certifier:
        known = organisations.with_client_id(world, outline.sender, Kind.DEPOSITOR)
        name = organisation_name(Kind.DEPOSITOR, outline.sender)
        sender = known or organisations.add(world, Kind.DEPOSITOR, name, outline.sender)
        organisations.mandate(certifier.id, sender.id)
    accounts = [one for one in organisations.accounts(sender.id) if one.active]
    if accounts:
        return accounts[0], None
    password = password or desk.circumstances.new_secret()
    plain = outline.sender.isalnum() and outline.sender.isascii()
    made = unnamed_account(
        desk.circumstances.new_account_id(world),
        hashed(password),
        f"{outline.sender.lower()}@example.org" if plain else SOME_EMAIL,
    )
    return organisations.add_account(sender.id, made), password
