"""What can be added to a portal: certifications, people, accounts."""

from dataclasses import dataclass
from typing import NamedTuple

from mockportal.domain.identifiers import AccountId
from mockportal.domain.organisations import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Certification:
    """A line of the reference list. ``code`` carries its prefix: ``RS1710``, not ``1710``."""

    type: str
    code: str
    label: str
    level: str = ""
    domain: str = ""
    active: bool = True


class NewHolder(NamedTuple):
    """A person to add to the registry; ``None`` is a datum that the registry will not hold.

    A tuple, since they come by the hundred thousand.
    """

    birth_name: str
    first_name: str
    birth_year: int
    sex: str
    nir: str
    usage_name: str | None = None
    second_name: str | None = None
    third_name: str | None = None
    birth_month: int | None = None
    birth_day: int | None = None
    commune: str | None = None
    commune_label: str | None = None
    country: str | None = None
    nir_place: str | None = None
    """The place that the NIR names, where it is not that of birth."""
    training_file: str | None = None
    invented: frozenset[str] = frozenset()
    """The fields that nobody gave and that were made up (``registry learn``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """An account to add; the password is hashed already."""

    id: AccountId
    password_hash: str
    role: Role = Role.ADMINISTRATOR
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    schema: str | None = None
