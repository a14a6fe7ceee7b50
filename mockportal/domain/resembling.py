"""Who resembles a claim: the people of the registry whom a file may have meant."""

from collections.abc import Iterable
from dataclasses import dataclass

from mockportal.domain.comparing import normalised
from mockportal.domain.differences import Difference, Kind, differences
from mockportal.domain.funnel import born_on_the_same_day, fits_place
from mockportal.domain.people import (
    Claim,
    Holder,
    HolderClaim,
    NirClaim,
    TrainingFileClaim,
    claim_by_names,
)
from mockportal.domain.places import Gazetteer

_COSTS = {
    Kind.ACCENT: 0.0,
    Kind.CASE: 0.0,
    Kind.HYPHEN: 0.5,
    Kind.APOSTROPHE: 0.5,
    Kind.SPACING: 0.5,
    Kind.USAGE_NAME_GIVEN: 1.0,
    Kind.OTHER_FIRST_NAME: 1.0,
    Kind.SWAPPED_DAY_AND_MONTH: 0.5,
    Kind.SWAPPED_NAMES: 0.5,
    Kind.PART_OF_NAME: 1.0,
    Kind.TYPO: 1.0,
    Kind.OTHER_COMMUNE: 1.0,
}
_OTHER_COSTS = {"birth_name": 4.5, "first_name": 4.0, "sex": 2.0, "birth_year": 2.0}
_SAME_DATE, _SAME_PLACE = 1.0, 0.5
_FARTHEST = 3.0
"""Someone who differs by more is a stranger: showing him would mislead."""
_MOST_NEAR = 3


@dataclass(frozen=True, slots=True)
class Nearest:
    """A person who resembles a claim, and what differs."""

    holder: Holder
    differences: tuple[Difference, ...]


def nearest(
    claim: Claim,
    candidates: Iterable[Holder],
    places: Gazetteer,
    limit: int = _MOST_NEAR,
    *,
    fitting: int = 0,
) -> tuple[Nearest, ...]:
    """Return the people nearest to a claim, the nearest first; nobody who is too different.

    Each difference costs: half a point for a hyphen, an apostrophe, a space, a swapped day and
    month, each of a birth name and a first name in the other's place; one for a slip of the pen, a
    usage name, a part of a name, another first name of the person, a day, a place; two for the sex
    or the year; more for a name that is wholly another. The same date of birth takes one off, the
    same place half a point, so that a wholly other first name needs the date to agree, a wholly
    other birth name the date and the place. Over three points: a stranger.

    Those who fit the funnel up to level ``fitting`` come first, however much else differs. The
    holder of a training file or of a NIR is always told: the number names him. Between equals, the
    smallest number of the registry comes first.
    """
    ranked = []
    for holder in {one.id: one for one in candidates}.values():
        said = claim_of(claim, holder)
        found = differences(said, holder, places)
        cost = sum(_cost(one) for one in found) - _agreement(said, holder, places)
        meant = not isinstance(claim, HolderClaim) or _fits(said, holder, fitting)
        if meant or cost <= _FARTHEST:
            ranked.append((not meant, cost, holder.id, Nearest(holder, found)))
    ranked.sort(key=lambda one: one[:3])
    return tuple(one for *_, one in ranked[:limit])


def _fits(claim: HolderClaim, holder: Holder, level: int) -> bool:
    """Tell whether a person fits levels 1 to ``level`` (0, 1 or 2); nobody fits level 0."""
    if level < 1:
        return False
    return (
        normalised(claim.birth_name) == normalised(holder.birth_name)
        and normalised(claim.first_name) == normalised(holder.first_name)
        and (claim.sex, claim.birth_year) == (holder.sex, holder.birth_year)
        and (level < 2 or born_on_the_same_day(claim, holder))
    )


def _agreement(claim: HolderClaim, holder: Holder, places: Gazetteer) -> float:
    date = (claim.birth_year, claim.birth_month, claim.birth_day)
    born = (holder.birth_year, holder.birth_month, holder.birth_day)
    place = None not in (claim.commune or claim.postal_code, holder.commune)
    return _SAME_DATE * (None not in date and date == born) + _SAME_PLACE * (
        place and fits_place(claim, holder, places)
    )


def claim_of(claim: Claim, holder: Holder) -> HolderClaim:
    """Return a claim in the form of ``titulaire``: what it does not say is as the holder's."""
    match claim:
        case HolderClaim():
            return claim
        case TrainingFileClaim(_, birth_name, first_name):
            return claim_by_names(
                birth_name=birth_name,
                first_name=first_name,
                sex=holder.sex,
                birth_year=holder.birth_year,
            )
        case NirClaim(_, birth_name):
            return claim_by_names(
                birth_name=birth_name,
                first_name=holder.first_name,
                sex=holder.sex,
                birth_year=holder.birth_year,
            )


def _cost(one: Difference) -> float:
    if one.kind is Kind.OTHER:
        return _OTHER_COSTS.get(one.field, 1.0)
    return _COSTS[one.kind]
