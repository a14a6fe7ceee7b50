"""What a portal meets for the first time: people, certificateurs, certifications."""

from random import Random

from mockportal.domain.comparing import Level1Key
from mockportal.domain.deposits import Deposit
from mockportal.domain.flux import AwardedCertification, Outline
from mockportal.domain.identifiers import WorldId
from mockportal.domain.inventing import invented_holder
from mockportal.domain.messages import Code
from mockportal.domain.organisations import Kind, Organisation
from mockportal.domain.people import Claim, HolderClaim, NirClaim, TrainingFileClaim
from mockportal.domain.reference import Certification, NewHolder
from mockportal.domain.rules import Known, agreeing_type, holder_of, key_of, undecided
from mockportal.domain.unnamed import organisation_name
from mockportal.domain.verdicts import Rejected
from mockportal.journeys.desk import Desk

_MISSING = {
    Code.LEVEL1,
    Code.LEVEL2,
    Code.LEVEL3,
    Code.TRAINING_FILE_UNKNOWN,
    Code.TRAINING_FILE_NAMES,
    Code.NIR_UNKNOWN,
}
_MOST_ORDERS = 999


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


def make_people_known(desk: Desk, world: WorldId, claims: list[Claim]) -> int:
    """Add whomever ``claims`` name and the registry does not find; return how many were added.

    What a claim does not say is invented coherently. People are added one for each set of
    claims that would find the same person, and the rest are asked again.
    """
    places, added = desk.stores.references.gazetteer(), 0
    waiting = list(dict.fromkeys(claims))
    while waiting:
        known = people_known(desk, world, waiting)
        missing: dict[object, Claim] = {}
        for claim in waiting:
            verdict = holder_of(world, claim, known, places)
            if isinstance(verdict, Rejected) and verdict.code in _MISSING:
                missing.setdefault(_same_person(world, claim), claim)
        newcomers = _with_free_nirs(desk, world, list(missing.values()))
        added += desk.stores.registry.add(world, newcomers)
        taken = set(missing.values())
        waiting = [c for c in waiting if c not in taken] if missing else []
    return added


def _same_person(world: WorldId, claim: Claim) -> object:
    match claim:
        case HolderClaim():
            return key_of(world, claim)
        case TrainingFileClaim():
            return claim
        case NirClaim():
            return claim.nir13


def _with_free_nirs(desk: Desk, world: WorldId, claims: list[Claim]) -> list[NewHolder]:
    """Return a person for each claim, their NIR such that nobody has it yet."""
    places = desk.stores.references.gazetteer()
    free: list[NewHolder] = []
    taken: set[str] = set()
    waiting: list[tuple[Claim, int]] = [(claim, 1) for claim in claims]
    while waiting:
        made = [
            invented_holder(Random(repr(claim)), claim=claim, order=order, places=places)  # noqa: S311  # invented people, no secret
            for claim, order in waiting
        ]
        held = desk.stores.registry.nirs_taken(world, {one.nir for one in made})
        again: list[tuple[Claim, int]] = []
        for (claim, order), one in zip(waiting, made, strict=True):
            if one.nir not in held and one.nir not in taken:
                taken.add(one.nir)
                free.append(one)
            elif order < _MOST_ORDERS and not isinstance(claim, NirClaim):
                again.append((claim, order + 1))
        waiting = again
    return free


def make_certifier_known(desk: Desk, deposit: Deposit) -> None:
    """Add the certificateur and the contract that a deposited file names, where they are new."""
    if deposit.outline is not None:
        certifier_of(desk, deposit.world, deposit.outline)


def certifier_of(desk: Desk, world: WorldId, outline: Outline) -> Organisation:
    """Return the certificateur that a file names, added with its contract where it is new."""
    organisations = desk.stores.organisations
    certifier = organisations.with_client_id(world, outline.certifier, Kind.CERTIFIER)
    if certifier is None:
        name = organisation_name(Kind.CERTIFIER, outline.certifier)
        return organisations.add(world, Kind.CERTIFIER, name, outline.certifier, [outline.contract])
    if outline.contract not in certifier.contracts:
        organisations.add_contract(certifier.id, outline.contract)
    return certifier


def make_certifications_known(
    desk: Desk, world: WorldId, awarded: list[AwardedCertification]
) -> int:
    """Add the certifications that are new and whose code agrees with their type."""
    wanted = dict.fromkeys((a.type, a.code) for a in awarded if agreeing_type(a))
    known = desk.stores.references.active(world, wanted.keys())
    return desk.stores.references.add(
        world,
        [
            Certification(type=type_, code=code, label=f"Certification {code}")
            for type_, code in wanted
            if (type_, code) not in known
        ],
    )
