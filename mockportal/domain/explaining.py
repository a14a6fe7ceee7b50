"""Why a passage has its verdict: the criteria tried, who is near, and what differs."""

from collections.abc import Iterable
from dataclasses import dataclass

from mockportal.domain.differences import Difference, Kind, differences
from mockportal.domain.flux import Passage
from mockportal.domain.identifiers import TechnicalId
from mockportal.domain.people import Claim, Holder, HolderClaim, NirClaim, TrainingFileClaim
from mockportal.domain.places import Gazetteer
from mockportal.domain.verdicts import Verdict

_CRITERIA = {
    1: ("birth_name", "first_name", "sex", "birth_year"),
    2: ("birth_month", "birth_day"),
    3: ("commune", "country", "second_name", "third_name", "usage_name"),
}
_COSTS = {
    Kind.ACCENT: 0.0,
    Kind.CASE: 0.0,
    Kind.HYPHEN: 0.5,
    Kind.APOSTROPHE: 0.5,
    Kind.SPACING: 0.5,
    Kind.USAGE_NAME_GIVEN: 1.0,
    Kind.OTHER_FIRST_NAME: 1.0,
    Kind.SWAPPED_DAY_AND_MONTH: 0.5,
    Kind.TYPO: 1.0,
    Kind.OTHER_COMMUNE: 1.0,
}
_OTHER_COSTS = {"birth_name": 4.0, "first_name": 3.0, "sex": 2.0, "birth_year": 2.0}
_FARTHEST = 4.0
"""Someone who differs by more is a stranger: showing him would mislead."""
_MOST_NEAR = 3


@dataclass(frozen=True, slots=True)
class ExplainedLevel:
    """A level of the funnel: its criteria, and who was left; ``matches`` is None if not tried."""

    level: int
    criteria: tuple[str, ...]
    matches: int | None


@dataclass(frozen=True, slots=True)
class Nearest:
    """A person who resembles a claim, and what differs."""

    holder: Holder
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a passage has its verdict."""

    technical_id: TechnicalId
    verdict: Verdict
    text: str | None
    levels: tuple[ExplainedLevel, ...]
    nearest: tuple[Nearest, ...]
    found: Nearest | None = None
    """For an accepted passage: its holder, and what differs without harm."""


def explain(  # all that bears on it
    passage: Passage,
    verdict: Verdict,
    *,
    text: str | None,
    candidates: Iterable[Holder],
    found: Holder | None,
    places: Gazetteer,
) -> Explanation:
    """Return the explanation of a verdict. ``candidates`` are people who might be meant."""
    claim = passage.claim
    counts = {one.level: one.matches for one in verdict.levels}
    levels = tuple(
        ExplainedLevel(level, criteria, counts.get(level)) for level, criteria in _CRITERIA.items()
    )
    return Explanation(
        technical_id=passage.technical_id,
        verdict=verdict,
        text=text,
        levels=levels if counts else (),
        nearest=nearest(claim, candidates, places) if found is None else (),
        found=Nearest(found, differences(claim_of(claim, found), found, places)) if found else None,
    )


def nearest(
    claim: Claim, candidates: Iterable[Holder], places: Gazetteer, limit: int = _MOST_NEAR
) -> tuple[Nearest, ...]:
    """Return the people nearest to a claim, the nearest first; nobody who is too different.

    The holder of a training file or of a NIR is always told: the number names him.
    """
    named = not isinstance(claim, HolderClaim)
    ranked = []
    for holder in {one.id: one for one in candidates}.values():
        found = differences(claim_of(claim, holder), holder, places)
        cost = sum(_cost(one) for one in found)
        if named or cost <= _FARTHEST:
            ranked.append((cost, holder.id, Nearest(holder, found)))
    ranked.sort(key=lambda one: one[:2])
    return tuple(one for _, _, one in ranked[:limit])


def claim_of(claim: Claim, holder: Holder) -> HolderClaim:
    """Return a claim in the form of ``titulaire``: what it does not say is as the holder's."""
    match claim:
        case HolderClaim():
            return claim
        case TrainingFileClaim(_, birth_name, first_name):
            return HolderClaim(
                birth_name=birth_name,
                first_name=first_name,
                sex=holder.sex,
                birth_year=holder.birth_year,
            )
        case NirClaim(_, birth_name):
            return HolderClaim(
                birth_name=birth_name,
                first_name=holder.first_name,
                sex=holder.sex,
                birth_year=holder.birth_year,
            )


def _cost(one: Difference) -> float:
    if one.kind is Kind.OTHER:
        return _OTHER_COSTS.get(one.field, 1.0)
    return _COSTS[one.kind]
