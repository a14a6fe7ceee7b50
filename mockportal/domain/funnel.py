"""The search for the holder (« nirisation »): three levels, each narrower than the one before."""

from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar

from mockportal.domain.comparing import normalised
from mockportal.domain.messages import Code
from mockportal.domain.people import Born, Holder, HolderClaim
from mockportal.domain.places import Gazetteer
from mockportal.domain.verdicts import Accepted, Level, Rejected, Verdict

P = TypeVar("P", Holder, Born)


class Undecided(NamedTuple, Generic[P]):
    """Several people whom levels 1 and 2 do not tell apart."""

    left: Sequence[P]
    levels: tuple[Level, ...]


ALONE = (Level(1, 1),)
"""The levels tried for a claim that fits one person of the registry."""


def find_holder(claim: HolderClaim, alike: Sequence[Holder], places: Gazetteer) -> Verdict:
    """Return who ``claim`` names among ``alike``, the people that fit its level-1 data.

    Level 1 (birth name, first name, sex, year) is DOCUMENTED, as are the order of the levels and
    that the search stops at the first level that leaves one person.
    """
    found = find_by_birth(claim, alike)
    if not isinstance(found, Undecided):
        return found
    left = [h for h in found.left if fits_other_data(claim, h, places)]
    levels = (*found.levels, Level(3, len(left)))
    if not left:
        return Rejected(Code.LEVEL3, levels)
    if len(left) == 1:
        return Accepted(left[0].id, levels)
    return Rejected(Code.SEVERAL, levels)


def find_by_birth(claim: HolderClaim, alike: Sequence[P]) -> "Verdict | Undecided[P]":
    """Return what levels 1 and 2 say of ``claim``, or those whom they leave for level 3."""
    level1 = Level(1, len(alike))
    if not alike:
        return Rejected(Code.LEVEL1, (level1,))
    if len(alike) == 1:
        return Accepted(alike[0].id, ALONE)
    if claim.birth_month is None and claim.birth_day is None:
        return Undecided(alike, (level1,))
    left = [h for h in alike if born_on_the_same_day(claim, h)]
    levels = (level1, Level(2, len(left)))
    if not left:
        return Rejected(Code.LEVEL2, levels)
    if len(left) == 1:
        return Accepted(left[0].id, levels)
    return Undecided(left, levels)


def born_on_the_same_day(claim: HolderClaim, holder: Holder | Born) -> bool:
    """Tell whether month and day agree, as far as both sides give them (ASSUMED)."""
    return _agree(claim.birth_month, holder.birth_month) and _agree(
        claim.birth_day, holder.birth_day
    )


def fits_other_data(claim: HolderClaim, holder: Holder, places: Gazetteer) -> bool:
    """Tell whether the place of birth and all the other data agree.

    A datum that either side does not hold neither fits nor excludes (ASSUMED).
    """
    return (
        fits_place(claim, holder, places)
        and _agree(claim.country, holder.country)
        and _same_name(claim.second_name, holder.second_name)
        and _same_name(claim.third_name, holder.third_name)
        and _same_name(claim.usage_name, holder.usage_name)
    )


def fits_place(claim: HolderClaim, holder: Holder, places: Gazetteer) -> bool:
    """Tell whether the place of birth agrees, by INSEE code or by postal code (ASSUMED)."""
    if holder.commune is None:
        return True
    if claim.commune is not None:
        return places.same_place(claim.commune, holder.commune)
    if claim.postal_code is not None:
        return places.has_postal_code(holder.commune, claim.postal_code) is not False
    return True


def _agree(given: object, held: object) -> bool:
    return given is None or held is None or given == held


def _same_name(given: str | None, held: str | None) -> bool:
    return given is None or held is None or normalised(given) == normalised(held)
