"""Invented people: what a flux does not say of someone.

Nothing here draws chance by itself: the random source is an argument, equal sources give equal
people.
"""

from collections.abc import Callable
from random import Random

from mockportal.domain.generating import DAYS, OLDEST, YOUNGEST, Names, generated_holders
from mockportal.domain.nir import Nir, nir_key, nir_stem, ordered_nir
from mockportal.domain.people import Claim, HolderClaim, NirClaim, TrainingFileClaim
from mockportal.domain.places import Commune, Gazetteer
from mockportal.domain.reference import NewHolder

__all__ = ["Names", "generated_holders", "invented_holder", "stem_of"]

_CORSICA = ("2A", "2B")
_CENTURY = 25
"""The two digits of a NIR's year are of this century up to here, and then of the last."""


def invented_holder(
    chance: Callable[[], Random], *, claim: Claim, places: Gazetteer, order: int | None = None
) -> NewHolder:
    """Return a person whom ``claim`` finds; what it does not say is coherent and marked.

    ``order`` (1 to 999) tells apart the NIR of people who share sex, year, month and place. Without
    one, the NIR that is made is only its stem, to be completed by whoever knows which are free.
    ``chance`` is asked once at most: most claims say all, and to seed a generator costs more than
    the rest.
    """
    match claim:
        case HolderClaim():
            return _of_claim(chance, claim, order, places)
        case TrainingFileClaim(number, birth_name, first_name):
            rng = chance()
            drawn = _anybody(rng, places)
            return drawn._replace(
                birth_name=birth_name,
                first_name=first_name,
                training_file=number,
                nir=_numbered(_stem(drawn, places, lambda: rng), order),
            )
        case NirClaim(nir13, birth_name):
            return _of_nir(chance(), nir13, birth_name, places)


def _of_claim(
    chance: Callable[[], Random], claim: HolderClaim, order: int | None, places: Gazetteer
) -> NewHolder:
    commune, label, invented = claim.commune, claim.commune_label, {"nir"}
    if commune is None and claim.postal_code is not None:
        found = places.with_postal_code(claim.postal_code)
        if found is not None:
            commune, label = found.code, label or found.name.upper()
            invented |= {"commune"} if claim.commune_label else {"commune", "commune_label"}
    month, day = claim.birth_month, claim.birth_day
    if month is None or day is None:
        # Someone without a day of birth would fit every claim that gives one.
        invented |= {"birth_month"} if month is None else set()
        invented |= {"birth_day"} if day is None else set()
        rng = chance()
        month, day = _birthday(rng, month, day)
        chance = lambda: rng  # noqa: E731  # what is drawn next goes on from here
    country = claim.country
    if country is None and commune is not None and commune.startswith("99"):
        country = commune[2:]
    place = _place_of_nir(commune, country, places, chance)
    return NewHolder(
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
        nir=_numbered(
            nir_stem(sex=claim.sex, year=claim.birth_year, month=month, place=place), order
        ),
        invented=frozenset(invented),
    )


def _of_nir(rng: Random, nir13: str, birth_name: str, places: Gazetteer) -> NewHolder:
    """Return the person of a NIR; a month over 12 means, by Insee's rules, that it is not known."""
    year, month, place = int(nir13[1:3]), int(nir13[3:5]), nir13[5:10]
    known = 1 <= month <= len(DAYS)
    commune = places.communes.get(place)
    return _anybody(rng, places)._replace(
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


def stem_of(person: NewHolder, places: Gazetteer) -> str:
    """Return a person's NIR up to its order: the sex, the month and the place of birth."""
    return _stem(person, places, lambda: Random(repr(person)))  # noqa: S311  # invented people, no secret


def _stem(person: NewHolder, places: Gazetteer, chance: Callable[[], Random]) -> str:
    return nir_stem(
        sex=person.sex,
        year=person.birth_year,
        month=person.birth_month,
        place=_place_of_nir(person.commune, person.country, places, chance),
    )


def _numbered(stem: str, order: int | None) -> str:
    return stem if order is None else ordered_nir(stem, order)


def _place_of_nir(
    commune: str | None, country: str | None, places: Gazetteer, chance: Callable[[], Random]
) -> str:
    """Return the place that a NIR names; one is drawn where the person has none that it may."""
    place = commune
    if place is None and f"99{country}" in places.countries:
        place = f"99{country}"
    if place is None or not _fit_for_nir(place):
        place = chance().choice(_communes(places)).code
    return place


def _fit_for_nir(place: str) -> bool:
    digits = place[2:] if place[:2] in _CORSICA else place
    return digits.isascii() and digits.isdigit()


def _communes(places: Gazetteer) -> list[Commune]:
    return [one for one in places.communes.values() if one.parent is None]
