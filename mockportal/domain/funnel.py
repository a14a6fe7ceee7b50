"""The search for the holder (« nirisation »): three levels, each narrower than the one before."""

from collections.abc import Sequence

from mockportal.domain.comparing import normalised
from mockportal.domain.messages import Code
from mockportal.domain.people import Holder, HolderClaim
from mockportal.domain.places import Gazetteer
from mockportal.domain.verdicts import Accepted, Level, Rejected, Verdict

ALONE = (Level(1, 1),)
"""The levels tried for a claim that fits one person of the registry."""


def find_holder(claim: HolderClaim, alike: Sequence[Holder], places: Gazetteer) -> Verdict:
    """Return who ``claim`` names among ``alike``, the people that fit its level-1 data.

    Level 1 (birth name, first name, sex, year) is DOCUMENTED, as are the order of the levels and
    that the search stops at the first level that leaves one person.
    """
    levels = [Level(1, len(alike))]
    if not alike:
        return Rejected(Code.LEVEL1, tuple(levels))
    if len(alike) == 1:
        return Accepted(alike[0].id, ALONE)
    left = list(alike)
    if claim.birth_month is not None or claim.birth_day is not None:
        left = [h for h in left if born_on_the_same_day(claim, h)]
        levels.append(Level(2, len(left)))
        if not left:
            return Rejected(Code.LEVEL2, tuple(levels))
        if len(left) == 1:
            return Accepted(left[0].id, tuple(levels))
    left = [h for h in left if fits_other_data(claim, h, places)]
    levels.append(Level(3, len(left)))
    if not left:
        return Rejected(Code.LEVEL3, tuple(levels))
    if len(left) == 1:
        return Accepted(left[0].id, tuple(levels))
    return Rejected(Code.SEVERAL, tuple(levels))


def born_on_the_same_day(claim: HolderClaim, holder: Holder) -> bool:
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
