"""What stands before the root of a flux, or after it, and should not."""

import re

from mockportal.domain.fault_causes import Cause
from mockportal.domain.file_errors import Fault
from mockportal.wire.diagnosis.documents import beyond_prolog
from mockportal.wire.diagnosis.texts import MARK
from mockportal.wire.diagnosis.true_encodings import Encodings
from mockportal.wire.diagnosis.view import Diagnosis, View, quoted, visible
from mockportal.wire.validation.encodings import BOM_UTF8

_DECLARATION = re.compile(r"<\?xml\s[^>]*>")
_FLUX = re.compile(r"<((?:[\w.-]+:)?flux)[\s/>]")
_MISSPELT = re.compile(r"[<?!\s]*xml\s[^<>]*>", re.IGNORECASE)
_NOTICE = re.compile(
    r"warning|notice|fatal error|parse error|deprecated|traceback|exception|\berror\b|erreur"
    r"|http/\d|content-type|ORA-\d|SQLSTATE",
    re.IGNORECASE,
)
_LONGEST_DECLARATION = 300
_SHOWN = 120
_MARK_AS_TEXT = "ï»¿"
_MARKS = {
    "utf-8": BOM_UTF8,
    "utf-16-le": b"\xff\xfe",
    "utf-16-be": b"\xfe\xff",
}
_END_OF_ROOT = re.compile(r"</([^\s<>]+)\s*>\s*")


def before_root(view: View, start: bytes, encodings: Encodings) -> Diagnosis | None:
    """Return what is wrong before the root, in the declaration included."""
    if view.facts.fault in (Fault.DECLARATION, Fault.VERSION, Fault.ENCODING_NAME):
        return _declaration(encodings.declaration or view.head.partition(">")[0], encodings)
    head = view.head
    flux = _FLUX.search(head)
    declaration = _DECLARATION.search(head, 0, flux.start() if flux else len(head))
    first = declaration or flux
    surplus = head[: first.start()] if first else head[:_LONGEST_DECLARATION]
    if MARK in surplus and not surplus.strip(MARK):
        return _marks(start, encodings)
    if declaration is None:
        misspelt = _MISSPELT.match(surplus.lstrip(MARK + " \t\n")[:_LONGEST_DECLARATION])
        if misspelt:
            return _declaration(misspelt[0], encodings)
    if first is None:
        return None
    words = {
        "written": _shown(surplus),
        "begins": "<?xml" if declaration else first[0][:-1],
        "root": flux[1] if flux else "cpf:flux",
        "line": str(surplus.count("\n") + 1),
        "declaration": quoted(declaration[0]) if declaration else "",
    }
    if surplus:
        return _surplus(surplus, words)
    if declaration and flux:
        return _between(head[declaration.end() : flux.start()], words)
    return None


def _surplus(surplus: str, words: dict[str, str]) -> Diagnosis:
    """Return the cause of what precedes the declaration, or the root where there is none."""
    if surplus == _MARK_AS_TEXT:
        return Diagnosis(Cause.MARK_AS_TEXT, words)
    if not surplus.strip(MARK + " \t\n\u200b\xa0"):
        return _blank(surplus, words)
    if not beyond_prolog(surplus).strip():
        return Diagnosis(Cause.COMMENT_BEFORE, words)
    cause = Cause.NOTICE_BEFORE if _NOTICE.search(surplus) else Cause.TEXT_BEFORE
    return Diagnosis(cause, words)


def _between(text: str, words: dict[str, str]) -> Diagnosis | None:
    """Return the cause of text between the declaration and the root, if there is any."""
    beyond = beyond_prolog(text).strip(" \t\n")
    if not beyond:
        return None
    words |= {"written": _shown(beyond)}
    cause = Cause.NOTICE_INSIDE if _NOTICE.search(beyond) else Cause.TEXT_INSIDE
    return Diagnosis(cause, words)


def _shown(text: str) -> str:
    return visible(re.sub(r"<[^<>]*>", "", text))[:_SHOWN] or visible(text)[:_SHOWN]


def after_root(view: View) -> Diagnosis | None:
    """Return what follows the root, where reading stands after it."""
    ends = list(_END_OF_ROOT.finditer(view.before))
    if not ends:
        return None
    last = ends[-1]
    surplus = view.before[last.end() :] + view.after
    words = {
        "root": last[1],
        "written": quoted(surplus)[:80],
        "line": str(view.line - view.before.count("\n", last.end())),
    }
    if re.match(r"\ufeff?\s*<(?:\?xml\s|(?:[\w.-]+:)?flux[\s>])", surplus):
        return Diagnosis(Cause.TWO_FILES, words)
    words["line"] = str(view.line - view.before.count("\n", last.start()))
    return Diagnosis(Cause.TEXT_AFTER, words)


def _declaration(written: str, encodings: Encodings) -> Diagnosis:
    words = {"written": quoted(written), "instead": encodings.right_declaration}
    return Diagnosis(Cause.DECLARATION, words)


def _marks(start: bytes, encodings: Encodings) -> Diagnosis:
    mark = _MARKS.get(encodings.actual, BOM_UTF8)
    count = 0
    while start.startswith(mark, count * len(mark)):
        count += 1
    words = {
        "count": str(count),
        "bytes": str(count * len(mark)),
        "hexadecimal": (mark * count).hex(" ").upper(),
        "surplus": str(count - 1),
    }
    return Diagnosis(Cause.MARKS_BEFORE, words)


def _blank(surplus: str, words: dict[str, str]) -> Diagnosis:
    lines = surplus.count("\n")
    blank, removed = (
        ("Une ligne vide se trouve", "cette ligne vide")
        if lines
        else ("Un espace se trouve", "cet espace")
    )
    if surplus.strip(" \t\n"):
        blank, removed = "Des signes invisibles se trouvent", "ces signes invisibles"
    elif lines > 1:
        blank, removed = f"{lines} lignes vides se trouvent", f"ces {lines} lignes vides"
    words = {**words, "removed": removed}
    cause = Cause.BLANK_BEFORE if words["declaration"] else Cause.BLANK_BEFORE_ROOT
    return Diagnosis(cause, {**words, "blank": blank})
