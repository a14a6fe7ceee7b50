"""Advice on dates and times that the schema does not accept."""

import re

from mockportal.domain.advice import Case
from mockportal.domain.file_errors import Facts, Fault, Form, Place
from mockportal.domain.suggesting import suggested


def is_of(place: Place, form: Form) -> bool:
    """Return whether the schema wants a value of this form."""
    return place.expected is not None and place.expected.form is form


def is_guessed(facts: Facts, place: Place) -> bool:
    """Return whether it shows how the value was meant."""
    return place.expected is not None and bool(suggested(facts.value, place.expected.form))


def _date_with(pattern: str) -> Case:
    return Case(
        "Cette date contient plus que le jour : « {value} ».",
        "Une date s'écrit AAAA-MM-JJ, sans heure ni fuseau horaire : {suggested}.",
        lambda f, p: is_of(p, Form.DATE) and re.search(pattern, f.value.strip()) is not None
        and is_guessed(f, p),
    )  # fmt: skip


DATES = (
    _date_with(r"\d(?:Z|[+-]\d\d:\d\d)\Z"),
    _date_with(r"\d[T ]\d"),
    Case(
        "La date « {value} » n'est pas écrite dans la forme du flux.",
        "Une date s'écrit AAAA-MM-JJ, l'année d'abord, mois et jour sur deux chiffres : "
        "{suggested}.",
        lambda f, p: is_of(p, Form.DATE) and suggested(f.value, Form.DATE) not in ("", f.value),
    ),
    Case(
        "Ce jour n'existe pas dans le calendrier.",
        "Vérifiez le jour et le mois : « {value} » n'est pas une date réelle.",
        lambda f, p: is_of(p, Form.DATE) and f.fault is Fault.DATATYPE and is_guessed(f, p),
    ),
    Case(
        "La date « {value} » n'est pas de celles que le schéma accepte : années 1900 à 2099, mois "
        "01 à 12, jours 01 à 31.",
        "Écrivez une date de la forme AAAA-MM-JJ, par exemple 2026-01-31.",
        lambda _, p: is_of(p, Form.DATE),
    ),
    Case(
        "L'heure est donnée en temps universel, avec un Z : le schéma veut un décalage.",
        "Remplacez Z par +00:00, ou donnez l'heure de Paris avec +01:00 ou +02:00 : {suggested}.",
        lambda f, p: is_of(p, Form.DATE_TIME) and f.value.strip().endswith("Z")
        and is_guessed(f, p),
    ),
    Case(
        "L'heure contient une fraction de seconde, que le schéma refuse.",
        "Arrondissez à la seconde : {suggested}.",
        lambda f, p: is_of(p, Form.DATE_TIME) and re.search(r":\d\d[.,]\d", f.value) is not None
        and is_guessed(f, p),
    ),
    Case(
        "Il manque à cette heure son décalage (+01:00 en hiver, +02:00 en été à Paris).",
        "Ajoutez le décalage à la fin : {suggested}.",
        lambda f, p: is_of(p, Form.DATE_TIME) and is_guessed(f, p)
        and re.search(r"[+-]\d\d:?\d\d\Z", f.value.strip()) is None,
    ),
    Case(
        "La date et l'heure « {value} » n'ont pas la forme voulue.",
        "Écrivez {suggested}.",
        lambda f, p: is_of(p, Form.DATE_TIME)
        and suggested(f.value, Form.DATE_TIME) not in ("", f.value.strip()),
    ),
    Case(
        "La date et l'heure « {value} » n'ont pas la forme voulue, ou n'existent pas.",
        "Écrivez AAAA-MM-JJTHH:MM:SS suivi du décalage, par exemple 2026-01-31T09:30:00+01:00 : "
        "un jour réel, une heure de 00 à 23, un décalage d'au plus 14 heures.",
        lambda _, p: is_of(p, Form.DATE_TIME),
    ),
)  # fmt: skip
