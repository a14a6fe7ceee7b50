"""Signs that XML does not take where they stand: & and <, entities of HTML, control characters."""

import re
from html.entities import html5

from mockportal.domain.fault_causes import Cause
from mockportal.domain.file_errors import Fault
from mockportal.wire.diagnosis.view import Diagnosis, View, quoted
from mockportal.wire.validation.characters import is_valid_code

_BARE = re.compile(r"&(?!(?:amp|lt|gt|apos|quot|#\d+|#x[0-9A-Fa-f]+);)")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
_XML = {"amp", "lt", "gt", "apos", "quot"}
_LETTERS = re.compile(
    r"[aeiounyAEIOUNYcC](?:acute|grave|circ|uml|tilde|cedil)|nbsp|szlig|[oa]elig|[OA]Elig"
)
"""Entities of HTML that are meant even where their semicolon is lost."""
_REFERENCE = re.compile(r"&#[xX]?[0-9A-Za-z]*;?\Z")
_SHOWN = 15
_NAMES = {
    0x00: "nul",
    0x07: "sonnerie",
    0x08: "retour arrière",
    0x0B: "tabulation verticale, le retour à la ligne des cellules de Word ou d'Excel",
    0x0C: "saut de page",
    0x1A: "fin de fichier de MS-DOS",
    0x1B: "échappement",
    0x1D: "séparateur de groupe",
    0x1E: "séparateur d'enregistrement, ou tiret insécable de Word",
    0x1F: "séparateur d'unité, ou tiret conditionnel de Word",
    0xFFFE: "marque d'ordre des octets à l'envers",
}
_C1 = range(0x7F, 0xA0)
"""Control characters that XML 1.1 refuses as well."""
_HIGH = range(0xD800, 0xDC00)
_LOW = re.compile(r"&#(?:x([dD][c-fC-F][0-9A-Fa-f]{2})|(5[67]\d{3}));")
_LONGEST_VALUE = 100


def sign_cause(view: View, encoding: str) -> Diagnosis | None:
    """Return what is wrong with a sign in a text."""
    match view.facts.fault:
        case Fault.AMPERSAND | Fault.ENTITY:
            return _ampersand(view, encoding)
        case Fault.CONTROL_CHARACTER:
            return _control_character(view)
        case Fault.CHARACTER_REFERENCE:
            return _reference(view)
        case _:
            return None


def less_than(view: View, at: int) -> Diagnosis:
    """Return the cause of a ``<`` that is meant as a sign; ``at`` is its offset in ``before``."""
    return _unescaped(view, at, "<")


def escaped(text: str) -> str:
    """Return a text as it ought to be written between tags."""

    def meant(match: re.Match[str]) -> str:
        name = match[1]
        return match[0] if name in _XML else html5.get(f"{name};", f"&amp;{name};")

    with_characters = _ENTITY.sub(meant, text)
    return _BARE.sub("&amp;", with_characters).replace("<", "&lt;")


def _ampersand(view: View, encoding: str) -> Diagnosis:
    at = view.before.rfind("&")
    name = view.facts.entity
    ended = view.before.endswith(";")
    known = f"{name};" in html5 and name not in _XML
    if not known and ended and f"{name.lower()};" in html5 and name.lower() not in _XML:
        known, name = True, name.lower()
    lost = not ended and _LETTERS.fullmatch(name) and not view.after.startswith("=")
    if name and known and (ended or lost):
        others = _others(view.after, view.facts.entity)
        words = {
            "written": f"&{view.facts.entity}" + (";" if ended else ""),
            "instead": _meant(name),
            "others": others,
            "actual": encoding,
        }
        return Diagnosis(Cause.HTML_ENTITY, words)
    return _unescaped(view, at, "&")


def _others(after: str, entity: str) -> str:
    names = [
        name
        for name in dict.fromkeys(_ENTITY.findall(after))
        if name not in _XML and name != entity and f"{name};" in html5
    ]
    pairs = ", ".join(f"{_meant(name)} pour &{name};" for name in names[:8])
    return f" (et de même {pairs})" if pairs else ", et de même pour les autres (&egrave; : è)"


def _meant(name: str) -> str:
    """Return what an entity of HTML stands for, as XML takes it."""
    sign = html5[f"{name};"]
    return "&#160;" if sign == "\xa0" else sign.replace("&", "&amp;").replace("<", "&lt;")


def _unescaped(view: View, at: int, sign: str) -> Diagnosis:
    text = view.before[:at] + sign + view.before[at + 1 :] + view.after
    begin, end = _value(text, at)
    value = text[begin:end]
    tag = re.search(r"<([^\s<>/]+)[^<>]*>\Z", text[:begin])
    whole = tag is not None and text.startswith(f"</{tag[1]}>", end)
    short = len(value) <= _LONGEST_VALUE and value.strip()
    if tag and whole and short:
        instead = f"<{tag[1]}>{escaped(value)}</{tag[1]}>"
    else:
        word = re.search(r"[^\s<>]*\Z", text[:at])
        rest = re.match(r"[^\s<>]*", text[at + 1 :])
        written = (word[0] if word else "") + sign + (rest[0] if rest else "")
        instead = f"« {escaped(written)} »"
    words = {
        "sign": sign,
        "escape": "&amp;" if sign == "&" else "&lt;",
        "opens": "une entité" if sign == "&" else "une balise",
        "instead": quoted(instead),
    }
    return Diagnosis(Cause.SIGN_UNESCAPED, words)


def _value(text: str, at: int) -> tuple[int, int]:
    """Return where the value that holds a sign begins and ends."""
    begin = text.rfind(">", 0, at) + 1
    end = text.find("</", at)
    return begin, end if end >= 0 else len(text)


def _control_character(view: View) -> Diagnosis | None:
    if not view.after:
        return None
    sign = view.after[0]
    if is_valid_code(ord(sign)) and ord(sign) not in _C1:
        return None
    left = re.search(rf"[^\n<>]{{0,{_SHOWN}}}\Z", view.before)
    right = re.match(rf"[^\n<>]{{0,{_SHOWN}}}", view.after[1:])
    sides = [_visible(side[0]) if side else "" for side in (left, right)]
    between = ""
    if any(side.strip() for side in sides):
        between = (
            f", entre « {sides[0]} » et « {sides[1]} »"
            if all(side.strip() for side in sides)
            else (f", après « {sides[0]} »" if sides[0].strip() else f", avant « {sides[1]} »")
        )
    words = {
        "name": _name(ord(sign)),
        "line": str(view.line),
        "between": between,
        "instead": f"« {sides[0]}{sides[1]} »",
    }
    return Diagnosis(Cause.CONTROL_CHARACTER, words)


def _reference(view: View) -> Diagnosis | None:
    match = _REFERENCE.search(view.before)
    if match is None:
        return None
    digits = match[0].lstrip("&#").rstrip(";")
    code = _code(digits)
    if code is not None and not is_valid_code(code) and match[0].endswith(";"):
        low = _LOW.match(view.after)
        if code in _HIGH and low:
            second = int(low[1], 16) if low[1] else int(low[2])
            whole = 0x10000 + ((code - 0xD800) << 10) + second - 0xDC00
            words = {"written": match[0] + low[0], "instead": f"&#x{whole:X};"}
            return Diagnosis(Cause.REFERENCE_MISSPELT, words)
        return Diagnosis(Cause.CONTROL_REFERENCE, {"written": match[0], "name": _name(code)})
    rest = re.match(r"[xX]?[0-9A-Fa-f]*;?", view.after)
    written = match[0] + (rest[0] if rest and not digits else "")
    number = re.match(r"&#([xX]?)([0-9A-Fa-f]+)", written)
    code = _code(number[1].lower() + number[2]) if number else None
    if number and code is not None and is_valid_code(code):
        words = {"written": written, "instead": f"&#{number[1].lower()}{number[2]};"}
        return Diagnosis(Cause.REFERENCE_MISSPELT, words)
    return _unescaped(view, match.start(), "&")


def _code(digits: str) -> int | None:
    try:
        return int(digits[1:], 16) if digits[:1] in ("x", "X") else int(digits)
    except ValueError:
        return None


def _name(code: int) -> str:
    known = _NAMES.get(code, "")
    if code in _C1:
        meant = bytes([code]).decode("cp1252", "ignore")
        known = f"sans doute « {meant} », de Windows-1252" if meant.strip("\x7f") else ""
    return f"U+{code:04X}" + (f" ({known})" if known else "")


def _visible(text: str) -> str:
    return "".join(sign for sign in text if sign >= " ")
