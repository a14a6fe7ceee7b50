"""Values that both controls take and that can hardly be meant: warned of, whatever the verdict.

One table, by kind: what was read, and what to do, in French. All of it is ASSUMED: the portal says
nothing of them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from enum import Enum
from typing import NamedTuple

from mockportal.domain.advice import Advice
from mockportal.domain.comparing import normalised
from mockportal.domain.identifiers import TechnicalId
from mockportal.domain.messages import Basis
from mockportal.domain.places import Gazetteer


class WarningKind(Enum):
    """The kinds of warning; ``value`` is the word of the JSON."""

    LANGUAGE_LEVEL = "language_level"
    NUMERIC_LEVEL = "numeric_level"
    FUTURE_AWARD = "future_award"
    POSTAL_CODE = "postal_code"
    COMMUNE_CODE = "commune_code"
    FRANCE_AS_FOREIGN = "france_as_foreign"
    NO_VALUE = "no_value"
    BROKEN_TEXT = "broken_text"

    @property
    def advice(self) -> Advice:
        """Return what is odd, and what to do."""
        return _ADVICE[self]


_ADVICE = {
    WarningKind.LANGUAGE_LEVEL: Advice(
        "Un niveau de langue est annoncé, et « niveauLangueEuropeen » est absent.",
        "Donnez le niveau (A1 à C2, ou INSUFFISANT), ou écrivez « false » dans "
        "« presenceNiveauLangueEuro ».",
        Basis.ASSUMED,
    ),
    WarningKind.NUMERIC_LEVEL: Advice(
        "Un niveau numérique est annoncé, et « niveauNumeriqueEuropeen » est absent.",
        "Donnez le niveau, ou écrivez « false » dans « presenceNiveauNumeriqueEuro ».",
        Basis.ASSUMED,
    ),
    WarningKind.FUTURE_AWARD: Advice(
        "La certification serait obtenue après le jour du dépôt.",
        "Vérifiez l'année, et que le jour et le mois ne sont pas inversés.",
        Basis.ASSUMED,
    ),
    WarningKind.POSTAL_CODE: Advice(
        "Ce n'est pas la forme d'un code postal, qui a cinq chiffres : un tableur retire le zéro "
        "du début.",
        "Traitez cette colonne comme du texte : « 01310 ».",
        Basis.ASSUMED,
    ),
    WarningKind.COMMUNE_CODE: Advice(
        "Ce n'est pas le code INSEE d'une commune connue : c'est peut-être un code postal, ou la "
        "lettre de la Corse est en minuscule.",
        "Donnez le code INSEE de la commune (« 29019 », « 2A004 »), ou le code postal dans "
        "« codePostalNaissance ».",
        Basis.ASSUMED,
    ),
    WarningKind.FRANCE_AS_FOREIGN: Advice(
        "Un code en 99 est celui d'un pays étranger, et le pays est la France.",
        "Né en France : donnez le code INSEE de la commune, sans pays. Né à l'étranger : donnez le "
        "code du pays.",
        Basis.ASSUMED,
    ),
    WarningKind.BROKEN_TEXT: Advice(
        "Ce texte semble abîmé : lu dans un autre codage que le sien, échappé deux fois, ou avec "
        "un caractère invisible.",
        "Lisez la source dans son vrai codage, écrivez en UTF-8, et échappez une seule fois.",
        Basis.ASSUMED,
    ),
    WarningKind.NO_VALUE: Advice(
        "Ce texte est ce qu'un logiciel écrit d'une donnée absente.",
        'Écrivez xsi:nil="true" dans un élément obligatoire, et omettez un élément facultatif.',
        Basis.ASSUMED,
    ),
}


class Doubtful(NamedTuple):
    """A value of a passage that is warned of."""

    kind: WarningKind
    field: str
    """The flux's own name."""
    value: str
    """What was read; empty for what is absent."""
    suggestion: str = ""
    reason: str = ""
    """What this value seems to be, and what to write, in French; empty where the kind says it."""


class DoubtfulPassage(NamedTuple):
    """A passage that holds a doubtful value."""

    technical_id: TechnicalId
    value: str
    suggestion: str
    reason: str


@dataclass(slots=True)
class ValueWarning:
    """Passages of a file that share a kind of doubtful value; ``passages`` are the first."""

    kind: WarningKind
    field: str
    count: int = 0
    passages: list[DoubtfulPassage] = dataclass_field(default_factory=list)


class WarningTally:
    """Counts what is warned of by kind and field, and keeps the first ``most`` passages of each."""

    def __init__(self, most: int) -> None:
        """Begin with nothing."""
        self._most = most
        self._warnings: dict[tuple[WarningKind, str], ValueWarning] = {}

    def add(self, technical_id: TechnicalId, doubtful: Iterable[Doubtful]) -> None:
        """Count what is doubtful in a passage."""
        for kind, name, value, suggestion, reason in doubtful:
            warning = self._warnings.setdefault((kind, name), ValueWarning(kind, name))
            warning.count += 1
            if len(warning.passages) < self._most:
                warning.passages.append(DoubtfulPassage(technical_id, value, suggestion, reason))

    def warnings(self) -> list[ValueWarning]:
        """Return what was counted, the most frequent first."""
        return sorted(self._warnings.values(), key=lambda one: -one.count)


ABROAD = "99"
_FRANCE = "100"
"""99100 is France in the list of countries: of use for people who live there, not to be born."""
_POSTAL_CODE = re.compile(r"(?!00|96)\d{5}", re.ASCII)
_POSTAL_CODE_WITHOUT_ZERO = re.compile(r"[1-9]\d{3}(?:\.0)?", re.ASCII)
_COMMUNE_CODE = re.compile(r"(?!00|96)(?:\d{2}|2[AB])(?!000)\d{3}", re.ASCII)
NO_VALUES = (
    "nil", "Nil", "NIL", "nill", "Nill", "NILL", "null", "NULL", "None", "nan", "NaN", "NaT",
    "N/A", "n/a", "#N/A", "#REF!", "#VALEUR!", "#VALUE!", "#NAME?", "#NOM?",
    "undefined", "[object Object]", "Invalid Date",
)  # fmt: skip
"""What programs write of nothing, to the letter."""
_NAMES_OF_PEOPLE = {"Nil"}
"""Of these, what somebody may be called."""


def is_no_value(value: str, *, of_a_name: bool) -> bool:
    """Tell whether a value is what programs write of nothing; ``Nil`` is also a first name."""
    return value in NO_VALUES and not (of_a_name and value in _NAMES_OF_PEOPLE)


def postal_code_doubt(value: str, *, of_an_exam: bool = False) -> str | None:
    """Return the code that was probably meant, empty where nobody knows; None where all is well.

    An exam may be held abroad: there, only a zero that is lost counts.
    """
    if _POSTAL_CODE_WITHOUT_ZERO.fullmatch(value):
        return f"0{value[:4]}"
    return None if of_an_exam or _POSTAL_CODE.fullmatch(value) else ""


def postal_code_reason(value: str, meant: str) -> str:
    """Return why a postal code is doubtful."""
    if meant:
        return f"Le zéro du début s'est perdu dans un tableur : écrivez {meant}."
    return f"« {value} » n'est pas un code postal français, qui a cinq chiffres."


def commune_code_reason(value: str, meant: str, places: Gazetteer) -> str:
    """Return why a commune's code is doubtful, and where the right one is found."""
    if meant and meant == value.upper():
        return f"La lettre de la Corse s'écrit en majuscule : écrivez {meant}."
    commune = places.communes.get(meant)
    if commune is not None:
        return (
            f"{value} est le code postal de {commune.name}, dont le code Insee est {meant} : "
            f"écrivez {meant}."
        )
    return (
        f"« {value} » n'est pas un code Insee : cherchez celui de la commune dans le code officiel "
        "géographique (COG) de l'Insee."
    )


def commune_code_doubt(value: str, places: Gazetteer) -> str | None:
    """Return the code that was probably meant, empty where nobody knows; None where all is well.

    A code of the right shape is doubtful where no commune that is known has it, and one that is
    known has it as its postal code.
    """
    if value.startswith(ABROAD) or value in places.communes:
        return None
    if not _COMMUNE_CODE.fullmatch(value):
        return value.upper() if _COMMUNE_CODE.fullmatch(value.upper()) else ""
    commune = places.with_postal_code(value)
    return commune.code if commune else None


def is_france_as_foreign(code: str, country: str, country_label: str) -> bool:
    """Tell whether a code of people born abroad stands beside France as their country."""
    if not code.startswith(ABROAD):
        return False
    return code[2:] == _FRANCE or country == _FRANCE or normalised(country_label) == "FRANCE"
