"""Advice on values that the schema does not accept."""

from mockportal.domain.advice import Case
from mockportal.domain.date_advice import DATES, is_guessed, is_of
from mockportal.domain.file_errors import Facts, Fault, Form, Place

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


def _empty(facts: Facts, _place: Place) -> bool:
    return not facts.value.strip()


def _says_nothing(facts: Facts, _place: Place) -> bool:
    return facts.value.strip().casefold() in _NOTHING_SAID


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
        lambda f, p: f.limit == "boolean" and not is_of(p, Form.BOOLEAN),
    ),
    Case(
        "Un attribut xsi: de « {element} » est mal écrit.",
        "Retirez-le : le flux n'a besoin que de xsi:nil.",
        lambda f, _: f.limit in ("QName", "anyURI"),
    ),
)
_OTHER_FORMS = (
    Case(
        "« {value} » n'est ni vrai ni faux pour le schéma.",
        "Écrivez true ou false (ou 1 ou 0), en minuscules : ici, {suggested}.",
        lambda f, p: is_of(p, Form.BOOLEAN) and is_guessed(f, p),
    ),
    Case(
        "« {value} » n'est ni vrai ni faux pour le schéma.",
        "Écrivez true ou false (ou 1 ou 0), en minuscules.",
        lambda _, p: is_of(p, Form.BOOLEAN),
    ),
    Case(
        "« {value} » n'est pas un nombre entier.",
        "Écrivez {suggested} : des chiffres seuls, sans décimales.",
        lambda f, p: is_of(p, Form.INTEGER) and is_guessed(f, p),
    ),
    Case(
        "« {value} » n'est pas un nombre entier.",
        "Écrivez un nombre en chiffres, sans décimales, sans espaces ni lettres.",
        lambda _, p: is_of(p, Form.INTEGER),
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
    Fault.PATTERN: (*_WITHOUT_VALUE, *DATES, *_OTHER_FORMS),
    Fault.DATATYPE: (*_ATTRIBUTES, *_WITHOUT_VALUE, *DATES, *_OTHER_FORMS),
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
