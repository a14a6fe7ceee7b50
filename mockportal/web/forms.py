"""What was typed into a form, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import request

from mockportal.domain.registrations import Faults, tidied

FIELD_NAMES = {
    "account_id": "identifiant",
    "again": "confirmation",
    "amount": "nombre",
    "certifier": "matricule_certificateur",
    "client_id": "matricule",
    "contract": "contrat",
    "depositor": "matricule_deposant",
    "draft": "brouillon",
    "email": "courriel",
    "first_name": "prenom",
    "key": "cle",
    "last_name": "nom",
    "mode": "mode",
    "old": "mot_de_passe_actuel",
    "password": "mot_de_passe",
    "role": "role",
    "terms": "conditions",
    "trade_name": "nom_commercial",
    "unit": "unite",
}
"""The name that each field of the domain has in a form, which is its id too."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form as its page shows it: the values of its fields, and a sentence for each fault.

    Passwords are never among the values: they are typed anew.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    faults: Faults = field(default_factory=dict)

    def value(self, name: str) -> str:
        """Return what a field holds."""
        return self.values.get(name, "")

    def fault(self, name: str) -> str:
        """Return what is wrong with a field, or nothing."""
        return self.faults.get(name, "")

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Return the id of each field that is wrong, with its sentence, for the summary on top."""
        return [(FIELD_NAMES[name], sentence) for name, sentence in self.faults.items()]


def typed(*fields: str) -> dict[str, str]:
    """Return what was typed into fields of one line, tidied; a field that is absent is empty."""
    return {name: tidied(request.form.get(FIELD_NAMES[name], "")) for name in fields}


def offered(*fields: str) -> dict[str, str]:
    """Return what the address of a page fills its fields in with; the others are absent."""
    given = {name: tidied(request.args.get(FIELD_NAMES[name], "")) for name in fields}
    return {name: value for name, value in given.items() if value}


def typed_secret(field_name: str) -> str:
    """Return a password, sign by sign as it was typed."""
    return request.form.get(FIELD_NAMES[field_name], "")


def ticked(field_name: str) -> bool:
    """Tell whether a box was ticked."""
    return FIELD_NAMES[field_name] in request.form
