"""People: as the registry knows them (Holder), and as a flux names them (the claims)."""

from dataclasses import dataclass

from mockportal.domain.identifiers import HolderId


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderClaim:
    """What ``titulaire`` says of a person. ``None`` means nil or absent."""

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
    postal_code: str | None = None
    commune_label: str | None = None
    country: str | None = None


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
