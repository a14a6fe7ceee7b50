"""The words that a test may use, as types: a checker or an editor says which are right.

They repeat what the portal knows by itself, since a ``Literal`` cannot be computed; a test compares
the two.
"""

import difflib
from collections.abc import Iterable
from typing import Literal, Required, TypedDict

SchemaVersion = Literal["1.1.1", "1.1.2", "1.1.5"]
Registry = Literal["strict", "open"]
Sender = Literal["strict", "any"]
Certifications = Literal["strict", "open"]
AccountKind = Literal["certifier", "depositor"]
DepositStatus = Literal["processing", "accepted", "partly_rejected", "refused", "failed"]
RequestSource = Literal["page", "api", "mock"]
FaultStage = Literal["login", "upload", "first_control", "second_control", "receipt", "page"]
FaultKind = Literal[
    "status",
    "drop",
    "slow",
    "cut",
    "session_expired",
    "maintenance",
    "stuck",
    "late",
    "empty",
    "truncated",
    "other_name",
    "answer_lost",
]


class Person(TypedDict, total=False):
    """A person of the registry, by the flux's own names."""

    nomNaissance: Required[str]
    nomUsage: str | None
    prenom1: Required[str]
    prenom2: str | None
    prenom3: str | None
    anneeNaissance: Required[int | str]
    moisNaissance: int | str | None
    jourNaissance: int | str | None
    sexe: Required[Literal["M", "F"]]
    codeInsee: str | None
    libelleCommuneNaissance: str | None
    codePaysNaissance: str | None
    nir: str | None
    idDossier: str | None
    lieuNir: str | None


def check_choice(name: str, value: object, known: Iterable[str]) -> None:
    """Raise ValueError, which lists what is right, for a value that is none of those known."""
    choices = list(known)
    if value in choices:
        return
    near = difflib.get_close_matches(str(value), choices, n=1)
    hint = f" (did you mean {near[0]!r}?)" if near else ""
    raise ValueError(f"{name} is {value!r}, none of {', '.join(choices)}{hint}")


def check_length(name: str, value: str | None, shortest: int, longest: int) -> None:
    """Raise ValueError for a text that has not so many characters; None is whatever is drawn."""
    if value is None or shortest <= len(value) <= longest:
        return
    right = f"{shortest}" if shortest == longest else f"{shortest} to {longest}"
    raise ValueError(f"{name} is {value!r}, which has {len(value)} characters, not {right}")
