"""Learning a flux: what its deposit needs and the portal lacks is added, and only that."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from mockportal.domain.deposits import FileError
from mockportal.domain.flux import Outline
from mockportal.domain.identifiers import AccountId, WorldId
from mockportal.domain.organisations import Account, Kind
from mockportal.domain.rules import agreeing_type
from mockportal.domain.unnamed import SOME_EMAIL, organisation_name, unnamed_account
from mockportal.journeys.desk import Desk
from mockportal.journeys.login import hashed
from mockportal.journeys.newcomers import (
    certifier_of,
    make_certifications_known,
    make_people_known,
)
from mockportal.wire.first_control import Reading, first_control
from mockportal.wire.reading import KeptFile


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


def learn_bytes(desk: Desk, world: WorldId, content: bytes) -> Learned | tuple[FileError, ...]:
    """Learn a flux that is at hand as bytes."""
    with TemporaryDirectory(prefix="mockportal-") as scratch:
        flux = Path(scratch) / "flux.xml"
        flux.write_bytes(content)
        return learn(desk, world, flux, Path(scratch) / "regular.xml")


def learn(desk: Desk, world: WorldId, flux: Path, regular: Path) -> Learned | tuple[FileError, ...]:
    """Add what a flux needs to be accepted, or return the errors of its first control.

    ``regular`` is a path where a transcription may be written.
    """
    with regular.open("w+b") as copy:
        reading = first_control(flux, desk.schemas[desk.policy.schema], copy)
    if not isinstance(reading, Reading):
        return reading
    account, password = _account(desk, world, reading.outline)
    people = 0
    with KeptFile(regular if reading.regular_copy else flux) as kept:
        for piece in reading.pieces:
            placed = kept.passages(
                piece, lambda first, last: reading.certifications[first : last + 1]
            )
            people += make_people_known(desk, world, [one.passage.claim for one in placed])
    strangers = {a for a in reading.certifications if not agreeing_type(a)}
    return Learned(
        account=account.id,
        password=password,
        sender=reading.outline.sender,
        certifier=reading.outline.certifier,
        contract=reading.outline.contract,
        certifications=make_certifications_known(desk, world, reading.certifications),
        people=people,
        remarks=tuple(
            f"certification not learned: code {a.code!r} does not agree with type {a.type!r}"
            for a in sorted(strangers, key=lambda a: (a.type, a.code))
        ),
    )


def _account(desk: Desk, world: WorldId, outline: Outline) -> tuple[Account, str | None]:
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
    password = desk.circumstances.new_secret()
    plain = outline.sender.isalnum() and outline.sender.isascii()
    made = unnamed_account(
        desk.circumstances.new_account_id(world),
        hashed(password),
        f"{outline.sender.lower()}@example.org" if plain else SOME_EMAIL,
    )
    return organisations.add_account(sender.id, made), password
