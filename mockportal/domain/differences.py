"""What differs between a claim and a person, and of what kind the difference is."""

from dataclasses import dataclass
from enum import Enum

from mockportal.domain.comparing import normalised, parts_of
from mockportal.domain.funnel import fits_place
from mockportal.domain.people import Holder, HolderClaim
from mockportal.domain.places import Gazetteer


class Kind(Enum):
    """The kinds of difference that people meet."""

    ACCENT = "accent"
    CASE = "case"
    HYPHEN = "hyphen"
    APOSTROPHE = "apostrophe"
    SPACING = "spacing"
    SWAPPED_DAY_AND_MONTH = "swapped_day_and_month"
    USAGE_NAME_GIVEN = "usage_name_given"
    OTHER_FIRST_NAME = "other_first_name"
    SWAPPED_NAMES = "swapped_names"
    PART_OF_NAME = "part_of_name"
    TYPO = "typo"
    OTHER_COMMUNE = "other_commune"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that is not the same; ``matters`` is False where the portal takes both as equal."""

    field: str
    given: str
    found: str
    kind: Kind
    matters: bool


_NAMES = ("birth_name", "first_name", "second_name", "third_name", "usage_name")
_SWAPPED = ("birth_name", "first_name")
_APOSTROPHES = "'’‘ʼ`´＇"
_LEAST_FOR_ONE_EDIT = 4
_LEAST_FOR_TWO_EDITS = 6
"""Two letters of a shorter name are half of it: JEAN and LEON are no slip of the pen."""


def differences(claim: HolderClaim, holder: Holder, places: Gazetteer) -> tuple[Difference, ...]:
    """Return the fields that both sides give and that are not the same, in a fixed order."""
    found = [one for name in _NAMES if (one := _of_name(name, claim, holder)) is not None]
    for name in ("sex", "birth_year"):
        given, held = getattr(claim, name), getattr(holder, name)
        if given != held:
            found.append(Difference(name, str(given), str(held), Kind.OTHER, True))
    found += _of_day(claim, holder)
    if not fits_place(claim, holder, places):
        name = "commune" if claim.commune else "postal_code"
        found.append(
            Difference(
                name, str(getattr(claim, name)), _place_of(holder, places), Kind.OTHER_COMMUNE, True
            )
        )
    if claim.country and holder.country and claim.country != holder.country:
        found.append(Difference("country", claim.country, holder.country, Kind.OTHER, True))
    return tuple(found)


def _place_of(holder: Holder, places: Gazetteer) -> str:
    """Return a person's place of birth as people know it: code and name."""
    code = holder.commune or ""
    commune = places.communes.get(code)
    name = commune.name if commune else places.countries.get(code, "")
    return f"{code} {name}".strip()


def _of_name(name: str, claim: HolderClaim, holder: Holder) -> Difference | None:
    given, held = getattr(claim, name), getattr(holder, name)
    if given is None or held is None or given == held:
        return None
    matters = normalised(given) != normalised(held)
    swapped = name in _SWAPPED and matters and _swapped_names(claim, holder)
    kind = Kind.SWAPPED_NAMES if swapped else _kind_of_name(name, given, held, holder)
    return Difference(name, given, held, kind, matters)


def _swapped_names(claim: HolderClaim, holder: Holder) -> bool:
    """Tell whether the birth name stands for the first name, and the other way round."""
    given = (normalised(claim.birth_name), normalised(claim.first_name))
    return given == (normalised(holder.first_name), normalised(holder.birth_name))


def _kind_of_name(name: str, given: str, held: str, holder: Holder) -> Kind:
    one, other = normalised(given), normalised(held)
    if one == other:
        return _harmless_kind(given, held)
    if name == "birth_name" and holder.usage_name and one == normalised(holder.usage_name):
        return Kind.USAGE_NAME_GIVEN
    others = (holder.second_name, holder.third_name)
    if name == "first_name" and one in {normalised(n) for n in others if n}:
        return Kind.OTHER_FIRST_NAME
    # Spaces alone first: those beside a hyphen or an apostrophe are forgiven with the sign.
    for kind, signs in ((Kind.SPACING, ""), (Kind.HYPHEN, "-"), (Kind.APOSTROPHE, "'")):
        if _without(one, signs) == _without(other, signs):
            return kind
    if _is_part(one, other) or _is_part(other, one):
        return Kind.PART_OF_NAME
    return Kind.TYPO if _slip_of_the_pen(one, other) else Kind.OTHER


def _is_part(one: str, other: str) -> bool:
    """Tell whether a name is made of some words of another one: MARTIN of MARTIN-DURAND."""
    return set(parts_of(one)) < set(parts_of(other))


def _harmless_kind(given: str, held: str) -> Kind:
    """Return what tells apart two names that compare as equal."""
    if given.casefold() == held.casefold():
        return Kind.CASE
    one, other = given.casefold(), held.casefold()
    if " ".join(one.split()) == " ".join(other.split()):
        return Kind.SPACING
    for sign in _APOSTROPHES:
        one, other = one.replace(sign, "'"), other.replace(sign, "'")
    return Kind.APOSTROPHE if one == other else Kind.ACCENT


def _slip_of_the_pen(one: str, other: str) -> bool:
    short = min(len(one), len(other))
    if short < _LEAST_FOR_ONE_EDIT or abs(len(one) - len(other)) > 2:
        return False
    return edits(one, other) <= (2 if short >= _LEAST_FOR_TWO_EDITS else 1)


def _without(name: str, signs: str) -> str:
    return "".join(c for c in name if c not in signs and c != " ")


def _of_day(claim: HolderClaim, holder: Holder) -> list[Difference]:
    fields = ("birth_month", "birth_day")
    given = [getattr(claim, name) for name in fields]
    held = [getattr(holder, name) for name in fields]
    swapped = None not in (*given, *held) and given == held[::-1] and given != held
    kind = Kind.SWAPPED_DAY_AND_MONTH if swapped else Kind.OTHER
    return [
        Difference(name, str(one), str(other), kind, True)
        for name, one, other in zip(fields, given, held, strict=True)
        if one is not None and other is not None and one != other
    ]


def edits(one: str, other: str) -> int:
    """Return how many letters to add, drop, change or swap with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row, before, last = [i], row, before
        for j, b in enumerate(other, 1):
            best = min(row[j - 1] + 1, before[j] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, last[j - 2] + 1)
            row.append(best)
    return row[-1]
