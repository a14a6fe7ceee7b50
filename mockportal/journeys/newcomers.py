"""What a portal meets for the first time: people, certificateurs, certifications."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from random import Random
from typing import cast

from mockportal.domain.comparing import Level1Key
from mockportal.domain.deposits import Deposit
from mockportal.domain.flux import AwardedCertification, Outline
from mockportal.domain.identifiers import WorldId
from mockportal.domain.inventing import invented_holder
from mockportal.domain.messages import Code
from mockportal.domain.namesakes import Namesakes
from mockportal.domain.organisations import Kind, Organisation
from mockportal.domain.people import Claim, HolderClaim, NirClaim, TrainingFileClaim
from mockportal.domain.places import Gazetteer
from mockportal.domain.reference import Certification, NewHolder
from mockportal.domain.rules import Known, agreeing_type, holder_of, key_of, undecided
from mockportal.domain.unnamed import organisation_name
from mockportal.domain.verdicts import Rejected
from mockportal.journeys.desk import Desk
from mockportal.journeys.free_nirs import FreeNirs

_MISSING = {
    Code.LEVEL1,
    Code.LEVEL2,
    Code.LEVEL3,
    Code.TRAINING_FILE_UNKNOWN,
    Code.TRAINING_FILE_NAMES,
    Code.NIR_UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class Newcomers:
    """How many people were added, and for how many of them the NIR names another place."""

    people: int = 0
    nirs_elsewhere: int = 0

    def with_more(self, more: "Newcomers") -> "Newcomers":
        """Return both together."""
        return Newcomers(self.people + more.people, self.nirs_elsewhere + more.nirs_elsewhere)


def people_known(
    desk: Desk,
    world: WorldId,
    claims: list[Claim],
    by_names: list[tuple[HolderClaim, Level1Key]] | None = None,
) -> Known:
    """Return what the registry holds of the people that a batch names.

    ``by_names`` are the claims by names with their level-1 keys, where those are known already.
    """
    registry = desk.stores.registry
    if by_names is None:
        by_names = [(c, key_of(world, c)) for c in claims if isinstance(c, HolderClaim)]
    filed = registry.filed({key for _, key in by_names})
    return Known(
        alone=filed.alone,
        born=filed.shared,
        alike=registry.alike(undecided(by_names, filed.shared)),
        training_files=registry.with_training_files(
            world, {c.number for c in claims if isinstance(c, TrainingFileClaim)}
        ),
        nirs=registry.with_nirs(world, {c.nir13 for c in claims if isinstance(c, NirClaim)}),
    )


def make_people_known(
    desk: Desk,
    world: WorldId,
    claims: Iterable[Claim],
    by_names: list[tuple[HolderClaim, Level1Key]] | None = None,
) -> Newcomers:
    """Add whomever ``claims`` name and the registry does not find; return how many were added.

    What a claim does not say is invented coherently. The registry is asked for all of them at once;
    who is added is judged beside those whom it holds, so that it is asked again once, for those
    who may be another one's, and not for each person of a name. Where somebody is missing, it is
    asked once more while nobody else adds: another one may have met the same people meanwhile.
    ``by_names`` is as in ``people_known``.
    """
    registry = desk.stores.registry
    invented = cache(partial(_invented, places=desk.stores.references.gazetteer()))
    added = Newcomers()
    waiting = list(dict.fromkeys(claims))
    if by_names is None:
        by_names = [(c, key_of(world, c)) for c in waiting if isinstance(c, HolderClaim)]
    keys = dict(by_names)
    while waiting:
        unfound, missing = _missing(desk, world, waiting, keys, invented)
        if not missing:
            break
        with registry.exclusive():
            unfound, missing = _missing(desk, world, unfound, keys, invented)
            people = _with_free_nirs(desk, world, missing)
            if people:
                registry.add(world, people)
        elsewhere = sum(one.nir_place is not None for one in people)
        added = added.with_more(Newcomers(len(people), elsewhere))
        waiting = [claim for claim in unfound if claim not in missing]
    return added


def _missing(
    desk: Desk,
    world: WorldId,
    claims: list[Claim],
    keys: Mapping[HolderClaim, Level1Key],
    invented: Callable[[Claim], NewHolder],
) -> tuple[list[Claim], dict[Claim, NewHolder]]:
    """Return the claims that find nobody, and who is missing for them.

    Somebody who is added for one claim may be whom another one names.
    """
    places = desk.stores.references.gazetteer()
    by_names = [(c, keys[c]) for c in claims if isinstance(c, HolderClaim)]
    known = people_known(desk, world, claims, by_names)
    unfound: dict[object, list[Claim]] = {}
    for claim in claims:
        verdict = holder_of(world, claim, known, places, keys)
        if isinstance(verdict, Rejected) and verdict.code in _MISSING:
            unfound.setdefault(_same_person(claim, keys), []).append(claim)
    several = [key for key, them in unfound.items() if len(them) > 1 and key in known.born]
    held = desk.stores.registry.alike(cast("list[Level1Key]", several))
    missing: dict[Claim, NewHolder] = {}
    for key, them in unfound.items():
        first, *others = them
        missing[first] = invented(first)
        if not others or not isinstance(first, HolderClaim):
            continue
        namesakes = Namesakes(held.get(cast("Level1Key", key), ()))
        namesakes.add(missing[first])
        for claim in others:
            if isinstance(claim, HolderClaim) and not namesakes.find(claim, places):
                missing[claim] = invented(claim)
                namesakes.add(missing[claim])
    return [claim for them in unfound.values() for claim in them], missing


def _same_person(claim: Claim, keys: Mapping[HolderClaim, Level1Key]) -> object:
    match claim:
        case HolderClaim():
            return keys[claim]
        case TrainingFileClaim():
            return claim
        case NirClaim():
            return claim.nir13


def _with_free_nirs(
    desk: Desk, world: WorldId, missing: Mapping[Claim, NewHolder]
) -> list[NewHolder]:
    """Return the missing people, their NIR such that nobody has it yet."""
    by_nir = [one for claim, one in missing.items() if isinstance(claim, NirClaim)]
    others = [one for claim, one in missing.items() if not isinstance(claim, NirClaim)]
    free = FreeNirs(desk, world, {one.nir for one in by_nir})
    return [*by_nir, *free.given_to(others)]


def _invented(claim: Claim, places: Gazetteer) -> NewHolder:
    return invented_holder(
        lambda: Random(repr(claim)),  # noqa: S311  # invented people, no secret
        claim=claim,
        places=places,
    )


def make_certifier_known(desk: Desk, deposit: Deposit) -> None:
    """Add the certificateur and the contract that a deposited file names, where they are new."""
    if deposit.outline is not None:
        certifier_of(desk, deposit.world, deposit.outline)


def certifier_of(desk: Desk, world: WorldId, outline: Outline) -> Organisation:
    """Return the certificateur that a file names, added with its contract where it is new."""
    organisations = desk.stores.organisations
    certifier = organisations.with_client_id(world, outline.certifier, Kind.CERTIFIER)
    if certifier is not None and outline.contract in certifier.contracts:
        return certifier
    with organisations.exclusive():  # another one may have met it meanwhile
        certifier = organisations.with_client_id(world, outline.certifier, Kind.CERTIFIER)
        if certifier is None:
            name = organisation_name(Kind.CERTIFIER, outline.certifier)
            contracts = [outline.contract]
            return organisations.add(world, Kind.CERTIFIER, name, outline.certifier, contracts)
        organisations.add_contract(certifier.id, outline.contract)
    return certifier


def make_certifications_known(
    desk: Desk, world: WorldId, awarded: Iterable[AwardedCertification]
) -> int:
    """Add the certifications that are new and whose code agrees with their type."""
    wanted = dict.fromkeys((a.type, a.code) for a in awarded if agreeing_type(a))
    known = desk.stores.references.active(world, wanted.keys())
    new = [
        Certification(type=type_, code=code, label=f"Certification {code}")
        for type_, code in wanted
        if (type_, code) not in known
    ]
    return desk.stores.references.add(world, new) if new else 0
