"""The NIR, France's social-security number: its key, how to make one, what is wrong with one.

The 15 characters: sex (1), year of birth (2), month (2), place of birth (5), order (3), key (2).
Source: the public rules of Insee's register of natural persons (RNIPP).
"""

import re
from typing import NewType

Nir = NewType("Nir", str)
"""A NIR with its key, 15 characters."""

ORDERS = 999
"""The births that a NIR tells apart for one sex, month and place."""
STEM = 10
"""The characters of a NIR before its order: sex, year, month and place."""
_SHAPE = re.compile(r"[12][0-9]{4}(?:2[AB]|[0-9]{2})[0-9]{8}", re.ASCII)
_PLACE = re.compile(r"(?:2[AB]|[0-9]{2})[0-9]{3}", re.ASCII)
_CORSICA = {"2A": "19", "2B": "18"}
_SEXES = {"M": "1", "F": "2"}
_UNKNOWN_MONTH = "20"


def nir_key(first13: str) -> str:
    """Return the two digits that follow ``first13``: 97 minus the number modulo 97.

    The departments 2A and 2B count as 19 and 18. Raises ValueError when the characters are not
    those of a NIR.
    """
    if not _SHAPE.fullmatch(first13 + "00"):
        raise ValueError(f"not the first 13 characters of a NIR: {first13!r}")
    department = first13[5:7]
    number = int(first13[:5] + _CORSICA.get(department, department) + first13[7:])
    return f"{97 - number % 97:02}"


def make_nir(*, sex: str, year: int, month: int | None, place: str, order: int) -> Nir:
    """Return the NIR of the ``order``-th (1 to 999) birth of a month at ``place``.

    ``sex`` is M or F, ``month`` None when unknown, ``place`` the five characters of an INSEE
    code: a commune (``31555``, ``2A004``, ``97411``) or a foreign country (``99109``). Raises
    ValueError when one of them is out of range.
    """
    return ordered_nir(nir_stem(sex=sex, year=year, month=month, place=place), order)


def nir_stem(*, sex: str, year: int, month: int | None, place: str) -> str:
    """Return the characters of a NIR before its order; raises ValueError as ``make_nir`` does."""
    if sex not in _SEXES:
        raise ValueError(f"sex must be M or F: {sex!r}")
    if month is not None and not 1 <= month <= 12:
        raise ValueError(f"month must be 1 to 12: {month}")
    if not _PLACE.fullmatch(place):
        raise ValueError(f"place must be an INSEE code of five characters: {place!r}")
    return f"{_SEXES[sex]}{year % 100:02}{_month_of(month)}{place}"


def ordered_nir(stem: str, order: int) -> Nir:
    """Return the NIR of the ``order``-th (1 to 999) birth of a stem: sex, year, month and place."""
    if not 1 <= order <= ORDERS:
        raise ValueError(f"order must be 1 to {ORDERS}: {order}")
    first13 = f"{stem}{order:03}"
    return Nir(first13 + nir_key(first13))


def nir_faults(nir: str, *, sex: str, year: int, month: int | None, place: str | None) -> list[str]:
    """Return why ``nir`` cannot be that of a person so described; an empty list when it can.

    A ``month`` or a ``place`` that is None is not compared. A bad shape is the only fault told of
    it.
    """
    if not _SHAPE.fullmatch(nir):
        return ["bad shape: 15 characters are expected, digits but for 2A or 2B as department"]
    faults = []
    if (key := nir_key(nir[:13])) != nir[13:]:
        faults.append(f"wrong key: {nir[13:]} instead of {key}")
    compared = [("sex", nir[0], _SEXES.get(sex, sex)), ("year", nir[1:3], f"{year % 100:02}")]
    if month is not None:
        compared.append(("month", nir[3:5], _month_of(month)))
    if place is not None:
        compared.append(("place", nir[5:10], place))
    faults += [
        f"wrong {datum}: the NIR says {said}, the person {expected}"
        for datum, said, expected in compared
        if said != expected
    ]
    return faults


def _month_of(month: int | None) -> str:
    return _UNKNOWN_MONTH if month is None else f"{month:02}"
