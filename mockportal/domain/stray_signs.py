"""Signs of a value that nobody sees: named, and left out."""

import re
import unicodedata

_NAMES = {
    "\u00a0": "une espace insécable",
    "\u202f": "une espace fine insécable",
    "\u2007": "une espace de la largeur d'un chiffre",
    "\u200b": "une espace de largeur nulle",
    "\u200c": "un antiliant sans chasse",
    "\u200d": "un liant sans chasse",
    "\u200e": "une marque de sens d'écriture",
    "\u200f": "une marque de sens d'écriture",
    "\u2060": "un gluon de mots",
    "\ufeff": "une marque d'ordre des octets (espace insécable de largeur nulle)",
    "\u00ad": "un trait d'union conditionnel",
}
SEEN_AS_SPACES = "\u00a0\u202f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
"""Signs that look like a space, and are none to a program."""
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_SPACES = re.compile(f"[{SEEN_AS_SPACES}]")


def name_of_sign(sign: str) -> str:
    """Return what a sign that nobody sees is called, in French, with its number."""
    return f"{_NAMES.get(sign, 'un caractère invisible')}, U+{ord(sign):04X}"


def stray_sign(text: str) -> str:
    """Return the first sign of a text that nobody sees; empty where there is none."""
    match = _UNSEEN.search(text) or _SPACES.search(text)
    return match[0] if match else ""


def without_stray_signs(text: str) -> str:
    """Return a text without signs that nobody sees; what looks like a space is one."""
    return _SPACES.sub(" ", _UNSEEN.sub("", text))


def tidy(text: str) -> str:
    """Return a text as a person reads it: no unseen signs, quotes or blanks around, plain digits.

    Its letters keep their accents; dashes and digits of other shapes become those of a keyboard.
    """
    flat = unicodedata.normalize("NFKC", without_stray_signs(text))
    flat = re.sub("[\u2010-\u2015\u2212\u2043]", "-", flat)
    flat = "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in flat)
    return " ".join(flat.split()).strip("\"'«»“”‘’` ")
