"""The rules of the second control, in the order in which the portal applies them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mockportal.domain.comparing import Level1Key, level1_key, names_key, normalised
from mockportal.domain.flux import AwardedCertification, Outline, Passage
from mockportal.domain.funnel import ALONE, Undecided, find_by_birth, find_holder, left_by_birth
from mockportal.domain.identifiers import HolderId, TechnicalId, WorldId
from mockportal.domain.messages import NOT_FOUND, NOT_FOUND_IN_2022, Code, message_of
from mockportal.domain.people import (
    Born,
    Claim,
    Holder,
    HolderClaim,
    NirClaim,
    TrainingFileClaim,
)
from mockportal.domain.places import Gazetteer
from mockportal.domain.verdicts import Accepted, Rejected, Suppressed, Verdict

_NO_KEYS: Mapping[HolderClaim, Level1Key] = {}
TYPES_WITHOUT_PREFIX = (
    "Diplôme d'Etablissement",
    "Diplôme Universitaire",
    "Habilitation",
    "Reconnaissance",
)
"""The types whose codes do not begin with them."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the portal holds that bears on one batch of passages, fetched at once."""

    stored: Collection[TechnicalId] = ()
    """The identifiers of the batch that this sender has sent already, and that were accepted."""
    staged: Collection[TechnicalId] = ()
    """Those that earlier batches of the same deposit have, and that were accepted."""
    certifications: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """The (type, code) pairs of the batch that are in the reference list and active, numbered."""
    alone: Mapping[Level1Key, HolderId] = field(default_factory=dict)
    """The people of the registry whose level-1 key is theirs alone."""
    born: Mapping[Level1Key, Sequence[Born]] = field(default_factory=dict)
    """The others, by the level-1 key that they share, as far as level 2 looks at them."""
    alike: Mapping[Level1Key, list[Holder]] = field(default_factory=dict)
    """The same, whole, where level 2 does not decide on a claim of the batch."""
    training_files: Mapping[str, Sequence[Holder]] = field(default_factory=dict)
    """The holders of the training files that the batch names."""
    nirs: Mapping[str, Holder] = field(default_factory=dict)
    """The people of the registry by the first 13 characters of their NIR."""


def judge(
    world: WorldId, passages: Iterable[Passage], known: Known, places: Gazetteer
) -> Iterator[Verdict]:
    """Yield the verdict on each passage: its holder, or the first rule that it breaks.

    The order duplicate, certification, dates, holder is ASSUMED for the first three. A passage
    accepted earlier in the same batch counts as stored (ASSUMED), a KO one does not.
    """
    sent, alone = {*known.stored, *known.staged}, known.alone
    awarded, listed = None, False
    for passage in passages:
        if passage.technical_id in sent:
            yield Rejected(Code.DUPLICATE)
            continue
        if passage.certification is not awarded:  # as most often the one before
            awarded = passage.certification
            listed = _listed(awarded, known)
        broken = broken_dates(passage) if listed else Code.CERTIFICATION
        filing = passage.filing
        verdict: Verdict
        if broken:
            verdict = Rejected(broken)
        elif filing is not None and (holder := alone.get(filing.key)) is not None:  # as most are
            verdict = Accepted(holder, ALONE)
        else:
            verdict = _holder(world, passage, known, places)
        if isinstance(verdict, Accepted):
            sent.add(passage.technical_id)
        yield verdict


def judge_suppressions(passages: Iterable[Passage], known: Known) -> Iterator[Verdict]:
    """Yield the verdict on each passage of a SUPPRESSION: none of the other rules runs (ASSUMED).

    What earlier batches have deleted cannot be deleted once more.
    """
    deleted = set(known.staged)
    for passage in passages:
        one = passage.technical_id
        if one in known.stored and one not in deleted:
            deleted.add(one)
            yield Suppressed()
        else:
            yield Rejected(Code.SUPPRESSION_UNKNOWN)


def _listed(awarded: AwardedCertification, known: Known) -> bool:
    return agreeing_type(awarded) and (awarded.type, awarded.code) in known.certifications


def broken_dates(passage: Passage) -> Code | None:
    """Return which of a passage's dates are in the wrong order, or None."""
    if passage.valid_until is not None and passage.valid_until < passage.valid_from:
        return Code.VALIDITY
    if (
        passage.exam_from is not None
        and passage.exam_until is not None
        and passage.exam_until < passage.exam_from
    ):
        return Code.EXAM_DATES
    return None


def _holder(world: WorldId, passage: Passage, known: Known, places: Gazetteer) -> Verdict:
    if passage.filing is not None and isinstance(passage.claim, HolderClaim):
        return _person(passage.claim, passage.filing.key, known, places)
    return holder_of(world, passage.claim, known, places)


def holder_of(
    world: WorldId,
    claim: Claim,
    known: Known,
    places: Gazetteer,
    keys: Mapping[HolderClaim, Level1Key] = _NO_KEYS,
) -> Verdict:
    """Return whom a claim names, or why nobody, the other rules left aside.

    ``keys`` are level-1 keys that are known already.
    """
    match claim:
        case HolderClaim():
            return _person(claim, keys.get(claim) or key_of(world, claim), known, places)
        case TrainingFileClaim(number, birth_name, first_name):
            holders = known.training_files.get(number, ())
            for one in holders:
                if not _differ(birth_name, one.birth_name) and not _differ(
                    first_name, one.first_name
                ):
                    return Accepted(one.id)
            return Rejected(Code.TRAINING_FILE_NAMES if holders else Code.TRAINING_FILE_UNKNOWN)
        case NirClaim(nir13, birth_name):
            holder = known.nirs.get(nir13)
            if holder is None:
                return Rejected(Code.NIR_UNKNOWN)
            if _differ(birth_name, holder.birth_name):
                return Rejected(Code.NIR_NAME)
            return Accepted(holder.id)


def _person(claim: HolderClaim, key: Level1Key, known: Known, places: Gazetteer) -> Verdict:
    alone = known.alone.get(key)
    if alone is not None:
        return Accepted(alone, ALONE)
    found = find_by_birth(claim, known.born.get(key, ()))
    return find_holder(claim, known.alike[key], places) if isinstance(found, Undecided) else found


def _differ(given: str, held: str) -> bool:
    return normalised(given) != normalised(held)


def key_of(world: WorldId, claim: HolderClaim) -> Level1Key:
    """Return the level-1 key under which the people that fit ``claim`` are filed."""
    return level1_key(world, claim.birth_name, claim.first_name, claim.sex, claim.birth_year)


def keyed(world: WorldId, passages: Iterable[Passage]) -> list[tuple[HolderClaim, Level1Key]]:
    """Return the claims by names, each with the level-1 key under which who fits it is filed."""
    return [
        (p.claim, p.filing.key if p.filing else key_of(world, p.claim))
        for p in passages
        if isinstance(p.claim, HolderClaim)
    ]


def undecided(
    claims: Iterable[tuple[HolderClaim, Level1Key]],
    shared: Mapping[Level1Key, Sequence[Born]],
) -> set[Level1Key]:
    """Return the keys of claims whose people must be looked at whole."""
    return {
        key
        for claim, key in claims
        if key in shared and ((left := left_by_birth(claim, shared[key])) is None or len(left) > 1)
    }


def name_key(claim: Claim, known: Known) -> str:
    """Return the names of a holder that was found, as they compare, the birth name first."""
    if isinstance(claim, NirClaim):
        holder = known.nirs[claim.nir13]
        return names_key(holder.birth_name, holder.first_name)
    return names_key(claim.birth_name, claim.first_name)


def agreeing_type(awarded: AwardedCertification) -> bool:
    """Tell whether a code has the prefix of its type: type ``RS`` with ``RNCP…`` does not.

    Four types of the dictionary, such as « Diplôme Universitaire », have none (ASSUMED).
    """
    return awarded.code.startswith(awarded.type) or awarded.type in TYPES_WITHOUT_PREFIX


def wording(code: Code, outline: Outline, passage: Passage, *, one_sentence: bool = False) -> str:
    """Return the text of ``code`` as the receipt gives it for ``passage``.

    ``one_sentence`` says all that the levels of the holder bring in the words of July 2022.
    """
    if one_sentence and code in NOT_FOUND:
        return NOT_FOUND_IN_2022
    claim = passage.claim
    return message_of(code).worded(
        sender=outline.sender,
        certifier=outline.certifier,
        contract=outline.contract,
        technical_id=passage.technical_id,
        number=claim.number if isinstance(claim, TrainingFileClaim) else "",
    )
