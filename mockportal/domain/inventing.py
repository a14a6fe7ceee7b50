"""Invented people: what a flux does not say of someone, and whole registries.

Nothing here draws chance by itself: the random source is an argument, equal sources give equal
people.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from mockportal.domain.nir import Nir, make_nir, nir_key
from mockportal.domain.people import Claim, HolderClaim, NirClaim, TrainingFileClaim
from mockportal.domain.places import Commune, Gazetteer
from mockportal.domain.reference import NewHolder

_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_OLDEST, _YOUNGEST = 1950, 2007
_ORDERS = 999
_CORSICA = ("2A", "2B")


@dataclass(frozen=True, slots=True)
class Names:
    """What whole registries are named from."""

    female: tuple[str, ...]
    male: tuple[str, ...]
    family: tuple[str, ...]


def invented_holder(rng: Random, *, claim: Claim, order: int, places: Gazetteer) -> NewHolder:
    """Return a person whom ``claim`` finds; what it does not say is coherent and marked.

    ``order`` (1 to 999) tells apart the NIR of people who share sex, year, month and place.
    """
    match claim:
        case HolderClaim():
            return _of_claim(rng, claim, order, places)
        case TrainingFileClaim(number, birth_name, first_name):
            drawn = _anybody(rng, places)
            return replace(
                drawn,
                birth_name=birth_name,
                first_name=first_name,
                training_file=number,
                nir=_nir(drawn, order, places, rng),
            )
        case NirClaim(nir13, birth_name):
            return _of_nir(rng, nir13, birth_name, places)


def _of_claim(rng: Random, claim: HolderClaim, order: int, places: Gazetteer) -> NewHolder:
    commune, invented = claim.commune, {"nir"}
    if commune is None and claim.postal_code is not None:
        found = places.with_postal_code(claim.postal_code)
        commune = found.code if found else None
        invented.add("commune")
    abroad = commune is not None and commune.startswith("99")
    person = NewHolder(
        birth_name=claim.birth_name,
        usage_name=claim.usage_name,
        first_name=claim.first_name,
        second_name=claim.second_name,
        third_name=claim.third_name,
        birth_year=claim.birth_year,
        birth_month=claim.birth_month,
        birth_day=claim.birth_day,
        sex=claim.sex,
        commune=commune,
        commune_label=claim.commune_label,
        country=claim.country or (commune[2:] if abroad and commune else None),
        nir="",
        invented=frozenset(invented),
    )
    return replace(person, nir=_nir(person, order, places, rng))


def _of_nir(rng: Random, nir13: str, birth_name: str, places: Gazetteer) -> NewHolder:
    year = int(nir13[1:3])
    month = int(nir13[3:5])
    place = nir13[5:10]
    drawn = _anybody(rng, places)
    known = place in places.communes or place in places.countries
    return replace(
        drawn,
        birth_name=birth_name,
        birth_year=2000 + year if year <= _YOUNGEST % 100 else 1900 + year,
        birth_month=month if 1 <= month <= len(_DAYS) else None,
        sex="M" if nir13[0] == "1" else "F",
        commune=place if known else None,
        commune_label=None,
        country=place[2:] if place.startswith("99") and known else None,
        nir=Nir(nir13 + nir_key(nir13)),
        invented=frozenset({"first_name", "birth_day"}),
    )


def _anybody(rng: Random, places: Gazetteer) -> NewHolder:
    commune = rng.choice(_communes(places))
    month = rng.randint(1, 12)
    return NewHolder(
        birth_name="PERSONNE",
        first_name="Camille",
        birth_year=rng.randint(_OLDEST, _YOUNGEST),
        birth_month=month,
        birth_day=rng.randint(1, _DAYS[month - 1]),
        sex=rng.choice("FM"),
        commune=commune.code,
        commune_label=commune.name.upper(),
        nir="",
        invented=frozenset(
            {"birth_year", "birth_month", "birth_day", "sex", "commune", "commune_label", "nir"}
        ),
    )


def _nir(person: NewHolder, order: int, places: Gazetteer, rng: Random) -> Nir:
    place = person.commune
    if place is None or not _fit_for_nir(place):
        place = rng.choice(_communes(places)).code
    return make_nir(
        sex=person.sex,
        year=person.birth_year,
        month=person.birth_month,
        place=place,
        order=order,
    )


def _fit_for_nir(place: str) -> bool:
    digits = place[2:] if place[:2] in _CORSICA else place
    return digits.isascii() and digits.isdigit()


def _communes(places: Gazetteer) -> list[Commune]:
    return [one for one in places.communes.values() if one.parent is None]


def free_nir(person: NewHolder, taken: set[str], places: Gazetteer) -> Nir:
    """Return a NIR for a person that is not in ``taken``; raises ValueError when there is none."""
    rng = Random(repr(person))  # noqa: S311  # invented people, no secret
    for order in range(1, _ORDERS + 1):
        nir = _nir(person, order, places, rng)
        if nir not in taken:
            return nir
    raise ValueError("999 people share sex, month and place of birth already")


def generated_holders(
    rng: Random, names: Names, count: int, places: Gazetteer, first: int = 0
) -> Iterator[NewHolder]:
    """Yield ``count`` invented people with names, dates, places and NIR in plausible shares.

    Each has a NIR of its own: the n-th person (from ``first`` on) takes the n-th combination of
    order, month, year and place, so that nothing need be remembered.
    """
    communes = list(places.communes.values())
    cities = {one.parent for one in communes if one.parent}
    homes = [(one.code, one.name.upper(), None) for one in communes if one.code not in cities]
    abroad = [(code, None, code[2:]) for code in places.countries]
    years = _YOUNGEST - _OLDEST + 1
    draw = rng.random
    for number in range(first, first + count):
        month, rest = number % 12 + 1, number // 12
        female, rest = bool(rest & 1), rest >> 1
        year, rest = _OLDEST + rest * 7 % years, rest // years
        foreign = draw() < 0.08
        pool = abroad if foreign else homes
        commune, label, country = pool[rest % len(pool)]
        order = rest // len(pool) % _ORDERS + 1
        first_names = names.female if female else names.male
        birth_name = names.family[int(draw() * len(names.family))]
        if draw() < 0.04:
            birth_name += "-" + names.family[int(draw() * len(names.family))]
        unknown_day = draw() < 0.004
        day = None if unknown_day else 1 + int(draw() * _DAYS[month - 1])
        yield NewHolder(
            birth_name=birth_name.upper(),
            usage_name=names.family[int(draw() * len(names.family))].upper()
            if female and draw() < 0.3
            else None,
            first_name=first_names[int(draw() * len(first_names))],
            second_name=first_names[int(draw() * len(first_names))] if draw() < 0.6 else None,
            third_name=None,
            birth_year=year,
            birth_month=month,
            birth_day=day,
            sex="F" if female else "M",
            commune=commune,
            commune_label=label,
            country=country,
            nir=make_nir(
                sex="F" if female else "M", year=year, month=month, place=commune, order=order
            ),
        )
