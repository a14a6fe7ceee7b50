"""What can be added to a portal: certifications, people, accounts."""

from dataclasses import dataclass, field

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


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHolder:
    """A person to add to the registry; ``None`` is a datum that the registry will not hold."""

    birth_name: str
    usage_name: str | None = None
    first_name: str
    second_name: str | None = None
    third_name: str | None = None
    birth_year: int
    birth_month: int | None = None
    birth_day: int | None = None
    sex: str
    commune: str | None = None
    commune_label: str | None = None
    country: str | None = None
    nir: str
    training_file: str | None = None
    invented: frozenset[str] = field(default_factory=frozenset)
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
