"""Text that was damaged on its way: read in another encoding, escaped twice, lost."""

import re
from html import unescape
from typing import NamedTuple

from mockportal.domain.stray_signs import (
    SEEN_AS_SPACES,
    name_of_sign,
    stray_sign,
    without_stray_signs,
)

_ENTITY = re.compile(r"&(?:amp;)*(?:#\d+|#x[0-9A-Fa-f]+|[A-Za-z]\w*);")
_MOJIBAKE = re.compile("[ÃÂâ][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6"
                       "\u02dc\u2013-\u203a\u20ac\u2122]")  # fmt: skip
_C1 = re.compile("[\u0080-\u009f]")
_REPLACED = "\ufffd"


class BrokenText(NamedTuple):
    """Why a text is broken, in French, and how it was probably meant; empty where that is lost."""

    why: str
    meant: str = ""


def broken_text(text: str, *, of_a_name: bool) -> BrokenText | None:
    """Return what is broken in a text; a question mark or a no-break space in a name alone."""
    if text.isascii() and "&" not in text and "?" not in text:  # as nearly all are
        return None
    if _REPLACED in text:
        return BrokenText(
            "le signe U+FFFD (�) tient la place d'une lettre qui n'a pas pu être lue. Si la lettre "
            "est bonne dans votre fichier, il n'est pas dans l'encodage que sa première ligne "
            'annonce : écrivez-y encoding="windows-1252", l\'encodage le plus fréquent, ou '
            'enregistrez le fichier en UTF-8 et écrivez-y encoding="UTF-8". Si le signe est déjà '
            "dans votre fichier, la lettre est perdue : reprenez-la à la source."
        )
    if _MOJIBAKE.search(text):
        meant = _read_again(text) or ""
        likely = f" (sans doute « {meant} »)" if meant else ""
        return BrokenText(
            f"de l'UTF-8 a été lu comme du Windows-1252{likely} : corrigez le codage à l'export.",
            meant,
        )
    control = _C1.search(text)
    if control:
        meant = text.encode("latin-1", "ignore").decode("cp1252", "ignore")
        return BrokenText(
            f"le signe U+{ord(control[0]):04X} est un caractère de Windows-1252 transmis tel quel "
            f"(sans doute « {meant} ») : convertissez le texte en UTF-8.",
            meant,
        )
    sign = stray_sign(text)
    if sign and (of_a_name or sign not in SEEN_AS_SPACES):
        meant = without_stray_signs(text).strip()
        return BrokenText(
            f"un caractère est invisible : {name_of_sign(sign)}. Effacez la valeur et tapez-la de "
            f"nouveau : « {meant} ».",
            meant,
        )
    if of_a_name and "?" in text:
        return BrokenText(
            "« ? » tient sans doute la place d'une lettre que le codage de l'export ne connaît "
            "pas : exportez en UTF-8."
        )
    entity = _ENTITY.search(text)
    if entity:
        return BrokenText(
            f"« {entity[0]} » est un échappement XML écrit deux fois : échappez le texte une seule "
            "fois.",
            unescape(unescape(text)),
        )
    return None


def _read_again(text: str) -> str | None:
    """Return text of UTF-8 that was read as Windows-1252 as it was meant, or None."""
    content = bytearray()
    for sign in text:
        try:
            content += sign.encode("cp1252")
        except UnicodeEncodeError:
            if ord(sign) > 0xFF:
                return None
            content.append(ord(sign))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return None
