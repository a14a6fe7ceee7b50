"""The search for the holder (« nirisation »): three levels, each narrower than the one before."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from mockportal.domain.comparing import normalised
from mockportal.domain.messages import Code
from mockportal.domain.people import DAYS, Born, Holder, HolderClaim, born, day_of, number_of
from mockportal.domain.places import Gazetteer
from mockportal.domain.verdicts import Accepted, Level, Rejected, Verdict


class Undecided(NamedTuple):
    """Several people whom levels 1 and 2 do not tell apart."""

    left: Sequence[Born]
    levels: tuple[Level, ...]


ALONE = (Level(1, 1),)
"""The levels tried for a claim that fits one person of the registry."""


def find_holder(claim: HolderClaim, alike: Sequence[Holder], places: Gazetteer) -> Verdict:
    """Return who ``claim`` names among ``alike``, the people that fit its level-1 data.

    Level 1 (birth name, first name, sex, year) is DOCUMENTED, as are the order of the levels and
    that the search stops at the first level that leaves one person.
    """
    found = find_by_birth(claim, [born(h.id, h.birth_month, h.birth_day) for h in alike])
    if not isinstance(found, Undecided):
        return found
    still = {number_of(one) for one in found.left}
    left = [h for h in alike if h.id in still and fits_other_data(claim, h, places)]
    levels = (*found.levels, Level(3, len(left)))
    if not left:
        return Rejected(Code.LEVEL3, levels)
    if len(left) == 1:
        return Accepted(left[0].id, levels)
    return Rejected(Code.SEVERAL, levels)


def find_by_birth(claim: HolderClaim, alike: Sequence[Born]) -> Verdict | Undecided:
    """Return what levels 1 and 2 say of ``claim``, or those whom they leave for level 3."""
    if not alike:
        return Rejected(Code.LEVEL1, _levels(0))
    if len(alike) == 1:
        return Accepted(number_of(alike[0]), ALONE)
    left = left_by_birth(claim, alike)
    if left is None:
        return Undecided(alike, _levels(len(alike)))
    levels = _levels(len(alike), len(left))
    if not left:
        return Rejected(Code.LEVEL2, levels)
    if len(left) == 1:
        return Accepted(number_of(left[0]), levels)
    return Undecided(left, levels)


def left_by_birth(claim: HolderClaim, alike: Sequence[Born]) -> list[Born] | None:
    """Return whom level 2 leaves; None where the claim gives neither month nor day."""
    month, day = claim.birth_month, claim.birth_day
    if month is None or day is None:
        if month is None and day is None:
            return None
        return [one for one in alike if _on_the_day(month, day, day_of(one))]
    on_the_day = month * 100 + day
    return [
        one
        for one in alike
        # Most have another day, which is seen at once; some have none.
        if (held := one % DAYS) == on_the_day
        or ((held < 100 or not held % 100) and _on_the_day(month, day, held))
    ]


@lru_cache(maxsize=1024)
def _levels(*matches: int) -> tuple[Level, ...]:
    return tuple(Level(level, count) for level, count in enumerate(matches, 1))


def _on_the_day(month: int | None, day: int | None, held: int) -> bool:
    held_month, held_day = divmod(held, 100)
    return (month is None or month == held_month or not held_month) and (
        day is None or day == held_day or not held_day
    )


def born_on_the_same_day(claim: HolderClaim, holder: Holder) -> bool:
    """Tell whether month and day agree, as far as both sides give them (ASSUMED)."""
    held = day_of(born(holder.id, holder.birth_month, holder.birth_day))
    return _on_the_day(claim.birth_month, claim.birth_day, held)


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
