"""People: as the registry knows them (Holder), and as a flux names them (the claims)."""

from dataclasses import dataclass
from typing import Any, NamedTuple, NewType

from mockportal.domain.identifiers import HolderId


class Holder(NamedTuple):
    """A person of the registry. ``None`` means that the registry does not hold the datum."""

    id: HolderId
    birth_name: str
    usage_name: str | None
    first_name: str
    second_name: str | None
    third_name: str | None
    birth_year: int
    birth_month: int | None
    birth_day: int | None
    sex: str
    commune: str | None
    """INSEE code of the place of birth: a commune, or 99xxx for a foreign country."""
    commune_label: str | None
    country: str | None
    """The last three digits of the foreign country's INSEE code; None for people born in France."""
    nir: str


Born = NewType("Born", int)
"""A person of the registry with what level 2 compares, in one number: many are compared at once."""
DAYS = 10_000
"""More than any ``month * 100 + day``."""


def born(person: HolderId, month: int | None, day: int | None) -> Born:
    """Return a person's number with its month and day of birth; 0 stands for what is not held."""
    return Born(person * DAYS + (month or 0) * 100 + (day or 0))


def number_of(one: Born) -> HolderId:
    """Return the person's number."""
    return HolderId(one // DAYS)


def day_of(one: Born) -> int:
    """Return ``month * 100 + day``, each 0 where it is not held."""
    return one % DAYS


class HolderClaim(NamedTuple):
    """What ``titulaire`` says of a person. ``None`` means nil or absent."""

    birth_name: str
    usage_name: str | None
    first_name: str
    second_name: str | None
    third_name: str | None
    birth_year: int
    birth_month: int | None
    birth_day: int | None
    sex: str
    commune: str | None
    postal_code: str | None
    commune_label: str | None
    country: str | None


def claim_by_names(
    birth_name: str, first_name: str, sex: str, birth_year: int, **more: Any
) -> HolderClaim:
    """Return a claim that gives the data of level 1, and of the others those that are named."""
    said: dict[str, Any] = dict.fromkeys(HolderClaim._fields)
    said |= {"birth_name": birth_name, "first_name": first_name, "sex": sex}
    return HolderClaim(**said | {"birth_year": birth_year} | more)


@dataclass(frozen=True, slots=True)
class TrainingFileClaim:
    """What ``dossierFormation`` says: a CPF training file's number and its holder's names."""

    number: str
    birth_name: str
    first_name: str


@dataclass(frozen=True, slots=True)
class NirClaim:
    """What ``identifiantNational`` says (schema 1.1.5): 13 characters of a NIR and a birth name."""

    nir13: str
    birth_name: str


Claim = HolderClaim | TrainingFileClaim | NirClaim
