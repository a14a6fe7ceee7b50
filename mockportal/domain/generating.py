"""Whole registries of invented people, in plausible shares; the random source is an argument."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from mockportal.domain.nir import ORDERS, make_nir
from mockportal.domain.places import Gazetteer
from mockportal.domain.reference import NewHolder

DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""The days of each month, a leap year's left aside: it would need the year."""
OLDEST, YOUNGEST = 1950, 2007
_PARTICLES = ("DE ", "D'", "DU ", "LE ")


@dataclass(frozen=True, slots=True)
class Names:
    """What whole registries are named from."""

    female: tuple[str, ...]
    male: tuple[str, ...]
    family: tuple[str, ...]


def generated_holders(
    rng: Random, names: Names, count: int, places: Gazetteer, first: int = 0
) -> Iterator[NewHolder]:
    """Yield ``count`` invented people with names, dates, places and NIR in plausible shares.

    Each has a NIR of its own: the n-th person (from ``first`` on) takes the n-th combination of
    month, sex, year, place and order, so that nothing need be remembered.
    """
    communes = list(places.communes.values())
    cities = {one.parent for one in communes if one.parent}
    homes = [(one.code, one.name.upper(), None) for one in communes if one.code not in cities]
    abroad = [(code, None, code[2:]) for code in places.countries]
    years = YOUNGEST - OLDEST + 1
    round_ = len(DAYS) * 2 * years
    draw = rng.random
    for number in range(first, first + count):
        month, female = number % 12 + 1, bool(number // 12 & 1)
        year = OLDEST + number // 24 * 7 % years
        turn, seat = divmod(number, round_)
        pool = abroad if draw() < 0.08 else homes
        # Each seat starts elsewhere, or the first thousand people would all be born in one place.
        commune, label, country = pool[(turn + seat * 31) % len(pool)]
        sex = "F" if female else "M"
        first_name, second_name, third_name = _first_names(
            draw, names.female if female else names.male
        )
        yield NewHolder(
            birth_name=_birth_name(draw, names.family),
            usage_name=_pick(draw, names.family).upper()
            if draw() < (0.3 if female else 0.02)
            else None,
            first_name=first_name,
            second_name=second_name,
            third_name=third_name,
            birth_year=year,
            birth_month=month,
            birth_day=None if draw() < 0.004 else 1 + int(draw() * DAYS[month - 1]),
            sex=sex,
            commune=commune,
            commune_label=label,
            country=country,
            nir=make_nir(
                sex=sex,
                year=year,
                month=month,
                place=commune,
                order=turn // len(pool) % ORDERS + 1,
            ),
        )


def _pick(draw: Callable[[], float], names: Sequence[str]) -> str:
    return names[int(draw() * len(names))]


def _birth_name(draw: Callable[[], float], family: Sequence[str]) -> str:
    name, shape = _pick(draw, family).upper(), draw()
    if shape < 0.04:
        return f"{name}-{_pick(draw, family).upper()}"
    if shape < 0.06 and " " not in name and "'" not in name:
        return _pick(draw, _PARTICLES) + name
    return name


def _first_names(
    draw: Callable[[], float], names: Sequence[str]
) -> tuple[str, str | None, str | None]:
    """Return one to three first names; some first ones are compound."""
    first, how_many = _pick(draw, names), draw()
    if draw() < 0.03 and "-" not in first:
        first = f"{first}-{_pick(draw, names)}"
    second = _pick(draw, names) if how_many < 0.6 else None
    third = _pick(draw, names) if how_many < 0.25 else None
    return first, second, third
