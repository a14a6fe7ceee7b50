"""Advice on values that the schema does not accept."""

import re

from mockportal.domain.advice import Case
from mockportal.domain.file_errors import Facts, Fault, Form, Place
from mockportal.domain.suggesting import suggested

_NIL = "Écrivez <{tag} xsi:nil=\"true\"/> : c'est ainsi que le flux dit qu'une donnée est inconnue."
_NO_TAG = (
    "Retirez la balise « {element} » quand il n'y a pas de valeur : un élément facultatif absent "
    "ne gêne pas."
)
_NOTHING_SAID = {
    "nil", "nill", "null", "(null)", "none", "nan", "undefined", "n/a", "na", "#n/a", "nr", "nc",
    "néant", "neant", "inconnu", "inconnue", "vide", "-", "xsi:nil",
}  # fmt: skip


def _optional(place: Place) -> bool:
    return place.expected is not None and place.expected.optional


def _nillable(place: Place) -> bool:
    return place.expected is not None and place.expected.nillable


def _form(place: Place, form: Form) -> bool:
    return place.expected is not None and place.expected.form is form


def _empty(facts: Facts, _place: Place) -> bool:
    return not facts.value.strip()


def _says_nothing(facts: Facts, _place: Place) -> bool:
    return facts.value.strip().casefold() in _NOTHING_SAID


def _guessed(facts: Facts, place: Place) -> bool:
    return place.expected is not None and bool(suggested(facts.value, place.expected.form))


def _date_with(pattern: str) -> Case:
    return Case(
        "Cette date contient plus que le jour : « {value} ».",
        "Une date s'écrit AAAA-MM-JJ, sans heure ni fuseau horaire : {suggested}.",
        lambda f, p: _form(p, Form.DATE) and re.search(pattern, f.value.strip()) is not None
        and _guessed(f, p),
    )  # fmt: skip


_WITHOUT_VALUE = (
    Case(
        "L'élément « {element} » est facultatif, mais sa balise est là, sans valeur.",
        _NO_TAG,
        lambda f, p: _empty(f, p) and _optional(p),
    ),
    Case(
        "La valeur de « {element} » est vide : ni une donnée, ni « inconnue ».",
        _NIL,
        lambda f, p: _empty(f, p) and _nillable(p),
    ),
    Case(
        "L'élément « {element} » est obligatoire, et sa valeur est vide.",
        "Donnez une valeur à « {element} » : le schéma n'accepte ici ni vide, ni xsi:nil.",
        _empty,
    ),
    Case(
        "Le mot « {value} » est écrit à la place d'une valeur inconnue.",
        _NIL,
        lambda f, p: _says_nothing(f, p) and _nillable(p),
    ),
    Case(
        "Le mot « {value} » est écrit à la place d'une valeur absente.",
        _NO_TAG,
        lambda f, p: _says_nothing(f, p) and _optional(p),
    ),
)
_ATTRIBUTES = (
    Case(
        "L'attribut xsi:nil de « {element} » vaut « {value} », ce qui n'est ni vrai ni faux.",
        'Écrivez xsi:nil="true" pour une valeur inconnue ; sinon, retirez l\'attribut.',
        lambda f, p: f.limit == "boolean" and not _form(p, Form.BOOLEAN),
    ),
    Case(
        "Un attribut xsi: de « {element} » est mal écrit.",
        "Retirez-le : le flux n'a besoin que de xsi:nil.",
        lambda f, _: f.limit in ("QName", "anyURI"),
    ),
)
_DATES = (
    _date_with(r"\d(?:Z|[+-]\d\d:\d\d)\Z"),
    _date_with(r"\d[T ]\d"),
    Case(
        "La date « {value} » n'est pas écrite dans la forme du flux.",
        "Une date s'écrit AAAA-MM-JJ, l'année d'abord, mois et jour sur deux chiffres : "
        "{suggested}.",
        lambda f, p: _form(p, Form.DATE) and suggested(f.value, Form.DATE) not in ("", f.value),
    ),
    Case(
        "Ce jour n'existe pas dans le calendrier.",
        "Vérifiez le jour et le mois : « {value} » n'est pas une date réelle.",
        lambda f, p: _form(p, Form.DATE) and f.fault is Fault.DATATYPE and _guessed(f, p),
    ),
    Case(
        "La date « {value} » n'est pas de celles que le schéma accepte : années 1900 à 2099, mois "
        "01 à 12, jours 01 à 31.",
        "Écrivez une date de la forme AAAA-MM-JJ, par exemple 2026-01-31.",
        lambda _, p: _form(p, Form.DATE),
    ),
    Case(
        "L'heure est donnée en temps universel, avec un Z : le schéma veut un décalage.",
        "Remplacez Z par +00:00, ou donnez l'heure de Paris avec +01:00 ou +02:00 : {suggested}.",
        lambda f, p: _form(p, Form.DATE_TIME) and f.value.strip().endswith("Z") and _guessed(f, p),
    ),
    Case(
        "L'heure contient une fraction de seconde, que le schéma refuse.",
        "Arrondissez à la seconde : {suggested}.",
        lambda f, p: _form(p, Form.DATE_TIME) and re.search(r":\d\d[.,]\d", f.value) is not None
        and _guessed(f, p),
    ),
    Case(
        "Il manque à cette heure son décalage (+01:00 en hiver, +02:00 en été à Paris).",
        "Ajoutez le décalage à la fin : {suggested}.",
        lambda f, p: _form(p, Form.DATE_TIME) and _guessed(f, p)
        and re.search(r"[+-]\d\d:?\d\d\Z", f.value.strip()) is None,
    ),
    Case(
        "La date et l'heure « {value} » n'ont pas la forme voulue.",
        "Écrivez {suggested}.",
        lambda f, p: _form(p, Form.DATE_TIME)
        and suggested(f.value, Form.DATE_TIME) not in ("", f.value.strip()),
    ),
    Case(
        "La date et l'heure « {value} » n'ont pas la forme voulue, ou n'existent pas.",
        "Écrivez AAAA-MM-JJTHH:MM:SS suivi du décalage, par exemple 2026-01-31T09:30:00+01:00 : "
        "un jour réel, une heure de 00 à 23, un décalage d'au plus 14 heures.",
        lambda _, p: _form(p, Form.DATE_TIME),
    ),
)  # fmt: skip
_OTHER_FORMS = (
    Case(
        "« {value} » n'est ni vrai ni faux pour le schéma.",
        "Écrivez true ou false (ou 1 ou 0), en minuscules : ici, {suggested}.",
        lambda f, p: _form(p, Form.BOOLEAN) and _guessed(f, p),
    ),
    Case(
        "« {value} » n'est ni vrai ni faux pour le schéma.",
        "Écrivez true ou false (ou 1 ou 0), en minuscules.",
        lambda _, p: _form(p, Form.BOOLEAN),
    ),
    Case(
        "« {value} » n'est pas un nombre entier.",
        "Écrivez {suggested} : des chiffres seuls, sans décimales.",
        lambda f, p: _form(p, Form.INTEGER) and _guessed(f, p),
    ),
    Case(
        "« {value} » n'est pas un nombre entier.",
        "Écrivez un nombre en chiffres, sans décimales, sans espaces ni lettres.",
        lambda _, p: _form(p, Form.INTEGER),
    ),
    Case(
        "La valeur « {value} » n'a pas la forme que le schéma veut pour « {element} ».",
        "Relisez la valeur : chaque signe doit suivre le modèle cité dans le message.",
    ),
)
_SPACES = (
    "Des espaces ou des retours à la ligne entourent la valeur de « {element} » : ils comptent."
)
_STICK = "Collez la valeur aux balises : <{tag}>{nearest_value}</{tag}>."


def _shorter_without_spaces(facts: Facts, _place: Place) -> bool:
    bare = facts.value.strip()
    return bare != facts.value and facts.limit.isdigit() and len(bare) <= int(facts.limit)


def _beyond_the_plane(facts: Facts, _place: Place) -> bool:
    return any(sign > "\uffff" for sign in facts.value)


VALUES: dict[Fault, tuple[Case, ...]] = {
    Fault.ENUMERATION: (
        *_WITHOUT_VALUE,
        Case(_SPACES, _STICK, lambda f, _: f.value.strip() in f.allowed),
        Case(
            "« {value} » n'est pas écrit comme dans la liste du schéma.",
            "Écrivez {nearest_value}, avec les mêmes majuscules et tirets bas.",
            lambda f, _: f.value.strip().casefold() in {one.casefold() for one in f.allowed},
        ),
        Case(
            "« {value} » n'est pas un code de sexe.",
            "Écrivez M pour un homme, F pour une femme.",
            lambda f, _: set(f.allowed) == {"M", "F"},
        ),
        Case(
            "« {value} » n'est pas dans la liste des valeurs de « {element} ».",
            "Écrivez l'une de ces valeurs, à la lettre près : {allowed}.",
        ),
    ),
    Fault.PATTERN: (*_WITHOUT_VALUE, *_DATES, *_OTHER_FORMS),
    Fault.DATATYPE: (*_ATTRIBUTES, *_WITHOUT_VALUE, *_DATES, *_OTHER_FORMS),
    Fault.TOO_SHORT: (
        *_WITHOUT_VALUE,
        Case(
            "La valeur de « {element} » a {length} caractère(s) ; il en faut au moins {limit}.",
            "Complétez la valeur.",
        ),
    ),
    Fault.TOO_LONG: (
        Case(_SPACES, "Retirez ce qui entoure la valeur.", _shorter_without_spaces),
        Case(
            "La valeur de « {element} » compte {length} unités, pour {limit} au plus. Un emoji, "
            "ou un autre signe rare, compte pour deux.",
            "Raccourcissez la valeur, ou retirez-en l'emoji.",
            _beyond_the_plane,
        ),
        Case(
            "La valeur de « {element} » a {length} caractères ; le schéma en accepte {limit}.",
            "Raccourcissez la valeur à {limit} caractères.",
        ),
    ),
    Fault.WRONG_LENGTH: (
        *_WITHOUT_VALUE,
        Case(_SPACES, "Collez la valeur aux balises, sans retour à la ligne.",
             _shorter_without_spaces),
        Case(
            "La valeur de « {element} » a {length} caractère(s) ; il en faut exactement {limit}.",
            "Vérifiez la valeur : un zéro perdu au début, par exemple par un tableur, est la "
            "cause la plus fréquente.",
            lambda f, _: f.value.strip().isdigit() and f.length.isdigit() and f.limit.isdigit()
            and int(f.length) < int(f.limit),
        ),
        Case(
            "La valeur de « {element} » a {length} caractère(s) ; il en faut exactement {limit}.",
            "Recopiez la valeur en entier, sans préfixe ni espace.",
        ),
    ),
    Fault.TOO_SMALL: (
        Case(
            "« {value} » est plus petit que {limit}, le minimum pour « {element} ».",
            "Donnez la vraie valeur ; si elle est inconnue, écrivez <{tag} xsi:nil=\"true\"/>.",
            lambda _, p: _nillable(p),
        ),
        Case(
            "« {value} » est plus petit que {limit}, le minimum pour « {element} ».",
            "Corrigez la valeur : elle ne peut pas être inférieure à {limit}.",
        ),
    ),
    Fault.TOO_LARGE: (
        Case(
            "« {value} » est plus grand que {limit}, le maximum pour « {element} ».",
            "Corrigez la valeur : elle ne peut pas dépasser {limit}.",
        ),
    ),
    Fault.SAME_AS_BEFORE: (
        Case(
            "C'est la même faute que juste au-dessus : le portail la signale toujours deux fois.",
            "Corrigez la première erreur, et celle-ci disparaîtra avec elle.",
        ),
    ),
}  # fmt: skip
