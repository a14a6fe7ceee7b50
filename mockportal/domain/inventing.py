"""Invented people: what a flux does not say of someone.

Nothing here draws chance by itself: the random source is an argument, equal sources give equal
people.
"""

from dataclasses import replace
from random import Random

from mockportal.domain.generating import (
    DAYS,
    OLDEST,
    ORDERS,
    YOUNGEST,
    Names,
    generated_holders,
)
from mockportal.domain.nir import Nir, make_nir, nir_key
from mockportal.domain.people import Claim, HolderClaim, NirClaim, TrainingFileClaim
from mockportal.domain.places import Commune, Gazetteer
from mockportal.domain.reference import NewHolder

__all__ = ["Names", "free_nir", "generated_holders", "invented_holder"]

_CORSICA = ("2A", "2B")
_CENTURY = 25
"""The two digits of a NIR's year are of this century up to here, and then of the last."""


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
    commune, label, invented = claim.commune, claim.commune_label, {"nir"}
    if commune is None and claim.postal_code is not None:
        found = places.with_postal_code(claim.postal_code)
        if found is not None:
            commune, label = found.code, label or found.name.upper()
            invented |= {"commune"} if claim.commune_label else {"commune", "commune_label"}
    # Someone without a day of birth would fit every claim that gives one.
    month, day = _birthday(rng, claim.birth_month, claim.birth_day)
    invented |= {"birth_month"} if claim.birth_month is None else set()
    invented |= {"birth_day"} if claim.birth_day is None else set()
    country = claim.country
    if country is None and commune is not None and commune.startswith("99"):
        country = commune[2:]
    person = NewHolder(
        birth_name=claim.birth_name,
        usage_name=claim.usage_name,
        first_name=claim.first_name,
        second_name=claim.second_name,
        third_name=claim.third_name,
        birth_year=claim.birth_year,
        birth_month=month,
        birth_day=day,
        sex=claim.sex,
        commune=commune,
        commune_label=label,
        country=country,
        nir="",
        invented=frozenset(invented),
    )
    return replace(person, nir=_nir(person, order, places, rng))


def _of_nir(rng: Random, nir13: str, birth_name: str, places: Gazetteer) -> NewHolder:
    """Return the person of a NIR; a month over 12 means, by Insee's rules, that it is not known."""
    year, month, place = int(nir13[1:3]), int(nir13[3:5]), nir13[5:10]
    known = 1 <= month <= len(DAYS)
    commune = places.communes.get(place)
    return replace(
        _anybody(rng, places),
        birth_name=birth_name,
        birth_year=2000 + year if year <= _CENTURY else 1900 + year,
        birth_month=month if known else None,
        birth_day=_birthday(rng, month, None)[1] if known else None,
        sex="M" if nir13[0] == "1" else "F",
        commune=place,
        commune_label=commune.name.upper() if commune else None,
        country=place[2:] if place.startswith("99") else None,
        nir=Nir(nir13 + nir_key(nir13)),
        invented=frozenset({"first_name", "commune_label"} | ({"birth_day"} if known else set())),
    )


def _birthday(rng: Random, month: int | None, day: int | None) -> tuple[int, int]:
    """Return a month and a day that go together, those that are given kept."""
    if month is None:
        month = rng.choice([m for m, last in enumerate(DAYS, 1) if (day or 1) <= last])
    return month, rng.randint(1, DAYS[month - 1]) if day is None else day


def _anybody(rng: Random, places: Gazetteer) -> NewHolder:
    commune = rng.choice(_communes(places))
    month, day = _birthday(rng, None, None)
    return NewHolder(
        birth_name="PERSONNE",
        first_name="Camille",
        birth_year=rng.randint(OLDEST, YOUNGEST),
        birth_month=month,
        birth_day=day,
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
    if place is None and f"99{person.country}" in places.countries:
        place = f"99{person.country}"
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
    for order in range(1, ORDERS + 1):
        nir = _nir(person, order, places, rng)
        if nir not in taken:
            return nir
    raise ValueError("999 people share sex, month and place of birth already")
