"""The dictionary's rules, which the schema does not check: for what is typed, not for files."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from mockportal.domain.dictionary import DICTIONARY, Group

Values = Mapping[str, str | None]
"""What a passage says, by our names of the fields; None is nil or absent."""

_TRUE = {"true", "1"}
_RESULT = re.compile(r"(\S)\.(\S):([0-9]+)")
_COMPETENCES = {"1": 3, "2": 6, "3": 4, "4": 4, "5": 4}
"""DigComp: how many competences each of its five domains has."""
_DIGITS = "0123456789"
_ABROAD = "99"
_KINDS = {
    Group.HOLDER: tuple(f.name for f in DICTIONARY.values() if f.group is Group.HOLDER),
    Group.TRAINING_FILE: tuple(
        f.name for f in DICTIONARY.values() if f.group is Group.TRAINING_FILE
    ),
    Group.NATIONAL_ID: ("nir", "birth_name"),
}
"""The three ways to name a holder, exactly one of which a passage uses."""
_PLACES = ("commune", "postal_code")


@dataclass(frozen=True, slots=True)
class FieldFault:
    """Why a field cannot be as it is; an empty ``field`` is the passage as a whole."""

    field: str
    message: str
    meaning: str = ""
    """In plain French, where the message is Java's."""
    english: str = ""
    """For programs."""


NOT_A_FIELD = ("Ce champ n'existe pas.", "There is no such field in a flux.")
NOT_CHANGEABLE = ("Ce champ ne peut pas être modifié.", "This field cannot be changed.")
"""In French and in English."""


def applied(values: Values, changes: Values) -> dict[str, str | None]:
    """Return the values after changes; an empty text is none.

    Of two ways that exclude each other (commune or postal code, the three ways to name a holder),
    the one that is changed drives out the other, unless that is changed too.
    """
    given = {name: value or None for name, value in changes.items()}
    after = {**values, **given}
    if any(given.get(one) for one in _PLACES):
        after |= {one: None for one in _PLACES if one not in given}
    now = way_of(values)
    wanted = [
        kind
        for kind, names in _KINDS.items()
        if kind is not now and any(given.get(n) for n in names if n not in _KINDS[now])
    ]
    if wanted:
        kept = _KINDS[wanted[0]]
        after |= {n: None for n in _KINDS[now] if n not in given and n not in kept}
    return after


def way_of(values: Values) -> Group:
    """Return how a passage names its holder."""
    if values.get("nir"):
        return Group.NATIONAL_ID
    if any(values.get(one) for one in _KINDS[Group.TRAINING_FILE]):
        return Group.TRAINING_FILE
    return Group.HOLDER


def dictionary_faults(values: Values, changed: Collection[str] | None = None) -> list[FieldFault]:
    """Return what breaks the dictionary's rules, at most one fault a field.

    ``changed`` narrows it to the rules that bear on those fields: what a file said before stays.
    """
    found: dict[str, FieldFault] = {}
    for fault, bearing in _faults(values):
        if changed is None or any(one in changed for one in bearing):
            found.setdefault(fault.field, fault)
    return list(found.values())


def _faults(values: Values) -> Iterator[tuple[FieldFault, tuple[str, ...]]]:
    """Yield each fault with the fields that its rule bears on."""
    if values.get("language_level") and not _is_true(values, "has_language_level"):
        yield _fault(
            "language_level",
            "Un niveau de langue ne s'indique que si « Niveau de langue européen » est à « Oui ».",
            "A language level goes with a presenceNiveauLangueEuro of true only.",
            "has_language_level",
        )
    for name in ("digital_score", "digital_results"):
        if values.get(name) and not _is_true(values, "has_digital_level"):
            yield _fault(
                name,
                "Un niveau numérique ne s'indique que si « Niveau numérique européen » est à "
                "« Oui ».",
                "A numeric level goes with a presenceNiveauNumeriqueEuro of true only.",
                "has_digital_level",
            )
    if values.get("vae_way") and values.get("way_in") != "VAE":
        yield _fault(
            "vae_way",
            "La voie d'accès à la VAE ne s'indique que si la modalité d'accès est la VAE.",
            "A way to the VAE goes with a modaliteAcces of VAE only.",
            "way_in",
        )
    for result in (values.get("digital_results") or "").split():
        yield from _result_faults(result)
    for name, field in DICTIONARY.items():
        if field.longest and len(values.get(name) or "") > field.longest:
            yield _fault(
                name,
                f"Ce champ a {field.longest} caractères au plus.",
                f"This field has {field.longest} characters at most.",
            )
    yield from _country_faults(values)


def _result_faults(result: str) -> Iterator[tuple[FieldFault, tuple[str, ...]]]:
    read = _RESULT.fullmatch(result)
    if read is None:
        yield _fault(
            "digital_results",
            f"« {result} » ne se lit pas : écrivez par exemple 1.2:5.",
            f"{result!r} cannot be read: write 1.2:5, for instance.",
        )
    elif read[1] not in _COMPETENCES:
        yield _fault(
            "digital_results",
            f"« {result} » : les domaines vont de 1 à 5.",
            f"{result!r}: the domains go from 1 to 5.",
        )
    elif read[2] not in _DIGITS or not 1 <= int(read[2]) <= _COMPETENCES[read[1]]:
        most = _COMPETENCES[read[1]]
        yield _fault(
            "digital_results",
            f"« {result} » : les compétences du domaine {read[1]} vont de 1 à {most}.",
            f"{result!r}: the competences of domain {read[1]} go from 1 to {most}.",
        )


def _country_faults(values: Values) -> Iterator[tuple[FieldFault, tuple[str, ...]]]:
    commune, country = values.get("commune"), values.get("country")
    if not commune or not country:
        return
    if not commune.startswith(_ABROAD):
        yield _fault(
            "country",
            "Le pays ne s'indique pas pour une naissance en France.",
            "There is no country for a birth in France.",
            "commune",
        )
    elif commune[len(_ABROAD) :] != country:
        yield _fault(
            "country",
            f"Le code du pays est la fin du code Insee : {commune[len(_ABROAD) :]} pour {commune}.",
            f"The country's code is the end of the commune's: {commune[len(_ABROAD) :]}.",
            "commune",
        )


def _fault(
    field: str, message: str, english: str, *bearing: str
) -> tuple[FieldFault, tuple[str, ...]]:
    return FieldFault(field, message, english=english), (field, *bearing)


def _is_true(values: Values, name: str) -> bool:
    return (values.get(name) or "").strip() in _TRUE
