"""« Passeport de compétences » : what a holder sees of their certifications.

In the real world only the holder sees it; here, whoever is logged in plays the holder.
"""

from dataclasses import dataclass
from datetime import date

from mockportal.domain.identifiers import HolderId
from mockportal.domain.organisations import Account
from mockportal.domain.passages import StoredPassage
from mockportal.domain.people import Holder
from mockportal.domain.reference import Certification
from mockportal.journeys.desk import Desk
from mockportal.journeys.passages import deposit_of, values_said

PEOPLE_SHOWN = 24
_PASSAGES_SHOWN = 100
"""Nobody of a registry has so many; a made-up one may."""
_MOST = (1 << 63) - 1
"""A database counts no farther; an address may."""


@dataclass(frozen=True, slots=True)
class PassportFound:
    """A person, and how many certifications their passport shows."""

    holder: Holder
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """A certification as its holder sees it."""

    passage: StoredPassage
    certification: Certification | None
    code: str
    certifier: str
    """The name by which the certificateur is shown."""
    over: bool
    """Its validity has ended, by the world's clock."""
    said: dict[str, str | None]
    """What the passage says, by our names of the fields."""


@dataclass(frozen=True, slots=True)
class Passport:
    """A person's passport."""

    holder: Holder
    recognised: list[Recognised]
    count: int
    """How many there are in all, the shown ones included."""


def passports_named(desk: Desk, account: Account, typed: str) -> list[PassportFound]:
    """Return people whose names begin so; for nothing typed, those of the newest passages."""
    world, passports = account.organisation.world, desk.stores.passports
    if typed.strip():
        people = passports.named(world, typed, PEOPLE_SHOWN)
    else:
        people = passports.fed_lately(world, PEOPLE_SHOWN)
    counts = passports.counts([one.id for one in people])
    return [PassportFound(one, counts.get(one.id, 0)) for one in people]


def passport_of(desk: Desk, account: Account, number: int) -> Passport | None:
    """Return a person's passport, or None when the world has no such person."""
    passports, world = desk.stores.passports, account.organisation.world
    holder = passports.person(world, HolderId(number)) if number <= _MOST else None
    if holder is None:
        return None
    today = desk.circumstances.now(world).date()
    found = passports.passages(holder.id, _PASSAGES_SHOWN)
    count = passports.counts([holder.id]).get(holder.id, 0)
    return Passport(holder, [_recognised(desk, one, today) for one in found], count)


def _recognised(desk: Desk, passage: StoredPassage, today: date) -> Recognised:
    said = values_said(desk, passage, deposit_of(desk, passage))
    known = desk.stores.references.numbered(
        [passage.certification_id] if passage.certification_id else []
    )
    certifier = desk.stores.organisations.with_client_id(passage.world, passage.certifier_client)
    until = said["valid_until"]
    return Recognised(
        passage=passage,
        certification=next(iter(known.values()), None),
        code=said["certification_code"] or "",
        certifier=certifier.shown_name if certifier else passage.certifier_client,
        over=until is not None and date.fromisoformat(until.strip()) < today,
        said=said,
    )
