"""What a code that the schema does not take seems to be: of a commune, a country, a client."""

import re
from dataclasses import dataclass

from mockportal.domain.comparing import normalised
from mockportal.domain.stray_signs import tidy

CODE_LIST = "le code officiel géographique (COG) de l'Insee"
_SHAPE = re.compile(r"(?:\d{2}|2[AB])\d{3}", re.ASCII)

_NO_COMMUNES = (
    (
        r"^99$|ETRANGER|ABROAD",
        (
            "« né à l'étranger », sans les trois chiffres du pays, car le code d'un pays est 99 "
            "suivi de trois chiffres"
        ),
    ),
    (r"^[\d .]{6,7}$", "un numéro trop long, ni code Insee, ni code postal français"),
    (r"^(\d[ .]?){14}$|^(\d[ .]?){9}$", "un numéro SIRET ou SIREN, celui d'un établissement"),
    (r"^(\d{1,3}|2[AB])$", "le numéro d'un département ou d'un pays, sans le reste du code"),
    (r"^[A-Z]{2,3}$", "le code ISO d'un pays, que le flux ne connaît pas"),
    (r"[A-Z]{3}", "un nom, et non un code"),
    (r"", "autre chose qu'un code Insee"),
)
_NO_CLIENTS = (
    (r"^\d{14}$", "un numéro SIRET, et non le matricule"),
    (r"^\d{9}$", "un numéro SIREN, et non le matricule"),
    (r"^\d{11}$", "un numéro de déclaration d'activité, et non le matricule"),
    (r"^MCF", "un numéro de contrat, dont la place est dans « idContrat »"),
    (r"^.{7}$", "un matricule auquel il manque un caractère"),
    (r"@", "une adresse électronique, et non le matricule"),
    (r"", "autre chose que le matricule"),
)
"""By a pattern: what stands in the place of a code, in French."""


@dataclass(frozen=True, slots=True)
class ReadCode:
    """What a code seems to be, in French, and the right one; empty where that is not known."""

    seems: str
    code: str = ""
    postal: str = ""
    """A postal code that stands in the place of another code."""


def read_commune(text: str) -> ReadCode:
    """Return what stands in the place of an INSEE code of five signs."""
    bare = tidy(text)
    code = re.sub(r"[ ._/-]", "", bare).upper()
    digits = re.sub(r"[.,]0+$", "", bare)
    if _SHAPE.fullmatch(code):
        return ReadCode("un code Insee, avec des caractères de trop", code)
    if re.fullmatch(r"\d{4}", digits):
        return ReadCode("un code dont le zéro du début s'est perdu dans un tableur", f"0{digits}")
    if re.fullmatch(r"\d{5}", digits):
        return ReadCode("un code écrit comme un nombre", digits)
    town = re.match(r"((?!99)\d{5})[\W_]+[^\W\d]{2}", bare)
    if town:
        return ReadCode("sans doute un code postal, devant le nom d'une ville", postal=town[1])
    first = re.match(r"(?:\(?)(\d{5}|2[ABab]\d{3})\b", bare) or re.search(
        r"\b(\d{5}|2[AB]\d{3})\)?$", bare
    )
    if first and len(bare) > 6:
        return ReadCode("un code suivi ou précédé d'un nom", (first[1] or first[2]).upper())
    return ReadCode(_first_fitting(_NO_COMMUNES, normalised(bare)))


def commune_code(text: str) -> str:
    """Return the INSEE code that a text is, or means; empty where it is none."""
    bare = text.strip()
    return bare if _SHAPE.fullmatch(bare) else read_commune(bare).code


def read_postal_code(text: str) -> ReadCode:
    """Return what stands in the place of a postal code of nine signs at most."""
    bare = tidy(text)
    code = re.search(r"\b\d{5}\b", bare)
    if code:
        return ReadCode("un code postal suivi ou précédé d'un nom", code[0])
    return ReadCode("un nom, et non un code postal")


def read_country(text: str) -> ReadCode:
    """Return what stands in the place of the three digits of a country."""
    bare = tidy(text)
    code = re.sub(r"[.,]0+$", "", bare).replace(" ", "").upper()
    if code in ("99100", "FR", "FRANCE", "FRANÇAISE", "F", "250", "33", "+33", "0033"):
        return ReadCode("la France")
    if re.fullmatch(r"99\d{3}", code):
        return ReadCode("le code Insee entier d'un pays, dont le flux ne veut que la fin", code[2:])
    if re.fullmatch(r"[A-Z]{2}", code):
        return ReadCode("le code ISO d'un pays, que le flux ne connaît pas")
    if re.search(r"[^\W\d]{3}", bare):
        return ReadCode("le nom d'un pays, et non son code")
    return ReadCode("autre chose que les trois chiffres d'un pays")


def read_client(text: str) -> ReadCode:
    """Return what stands in the place of an idClient of eight signs."""
    bare = tidy(text)
    code = re.sub(r"[ ./_-]", "", bare).upper()
    if len(code) == 8:
        return ReadCode("un matricule, avec des caractères de trop", code)
    if re.fullmatch(r"\d[A-Z]{3}\d{3}", code):
        seems = "un matricule dont le zéro du début s'est perdu dans un tableur"
        return ReadCode(seems, f"0{code}")
    if re.fullmatch(r"(?!MCF|\d{9}).{9}", code):
        return ReadCode(
            "sans doute un identifiant de connexion, de neuf caractères, qui n'est pas le matricule"
        )
    return ReadCode(_first_fitting(_NO_CLIENTS, code))


def _first_fitting(kinds: tuple[tuple[str, str], ...], text: str) -> str:
    return next(seems for pattern, seems in kinds if re.search(pattern, text))


def read_nir(text: str) -> ReadCode:
    """Return what stands in the place of the 13 signs of a NIR."""
    code = re.sub(r"[ ./_-]", "", tidy(text)).upper()
    if re.fullmatch(r"[12]\d{4}(?:2[AB]|\d{2})\d{8}", code):
        return ReadCode("un NIR avec sa clé de deux chiffres, que le flux ne veut pas", code[:13])
    if re.fullmatch(r"[12]\d{4}(?:2[AB]|\d{2})\d{6}", code):
        return ReadCode("un NIR écrit avec des espaces ou d'autres caractères", code)
    return ReadCode("autre chose que les 13 premiers caractères d'un NIR")
