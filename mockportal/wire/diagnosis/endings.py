"""Files that end too early, or hold the beginning of another one."""

import re

from mockportal.domain.fault_causes import Cause
from mockportal.domain.file_errors import Fault
from mockportal.wire.diagnosis.scanning import Unclosed, unclosed
from mockportal.wire.diagnosis.view import Diagnosis, View, local, quoted

_AT_THE_END = frozenset(
    (Fault.END_TAG, Fault.TAG_NOT_CLOSED, Fault.ATTRIBUTE_FORM, Fault.AMPERSAND, Fault.ENTITY,
     Fault.CHARACTER_REFERENCE, Fault.LESS_THAN, Fault.NAME, Fault.NOTHING, Fault.COMMENT,
     Fault.INSTRUCTION)
)  # fmt: skip
_KINDS = {"<!--": "Un commentaire", "<![CDATA[": "Une section CDATA", "<?": "Une instruction"}
_LAST_START = re.compile(r"<([^\s<>/!?]+)>\s*\Z")


def end_cause(view: View, *, damaged_at_end: bool) -> Diagnosis | None:
    """Return the cause of an error at the end of a file, whose last character may be cut."""
    fault = view.facts.fault
    if fault is Fault.CUT_SHORT:
        start = _LAST_START.search(view.before)
        parents = view.parents
        if start and parents[-2:] == [local(start[1])] * 2:
            return Diagnosis(Cause.SLASH_MISSING, slash_words(start[1], view.line, view))
        open_part = unclosed(view.pieces())
        if open_part and "<" in open_part.text:
            return _never_ends(open_part)
        return _truncated(view)
    if fault is Fault.DECLARATION and ">" not in view.head:
        return _truncated(view)
    at_end = (
        fault in _AT_THE_END
        and view.at_end
        and (bool(view.place.path) or "</" not in view.before)
        and ">" not in view.after
        and len(view.after.split()) <= 1
    )
    if at_end or damaged_at_end:
        return _truncated(view)
    return None


def slash_words(raw: str, line: int, view: View) -> dict[str, str]:
    """Return the words on a start tag that ought to be the end tag of one of the same name."""
    text = view.before.rstrip() if view.at_end else view.before
    if f"<{raw}>" not in text:
        text = view.text_from(line)
    written, instead = f"<{raw}>", f"</{raw}>"
    value = re.search(rf"{written}([^<>]*){written}", text)
    which = "" if view.parents[-2:] == ["flux"] * 2 else ", la seconde fois"
    if value and value[1].strip():
        written, instead, which = value[0], f"{written}{value[1]}{instead}", ""
    if view.at_end:
        line -= len(view.before) - len(view.before.rstrip("\n"))
    return {
        "start": f"<{raw}>",
        "written": written,
        "instead": instead,
        "line": str(line),
        "which": which,
    }


def declaration_inside(view: View) -> Diagnosis | None:
    """Return the cause of an XML declaration that does not begin the file."""
    at = view.before.rfind("<?")
    rest, end, _ = view.after.partition("?>")
    if at < 0 or not end:
        return None
    words = {"written": view.before[at:] + rest + end, "line": str(view.line)}
    return Diagnosis(Cause.DECLARATION_INSIDE, words)


def _truncated(view: View) -> Diagnosis:
    inside = f", dans « {view.parents[-1]} »" if view.parents else ""
    return Diagnosis(Cause.TRUNCATED, {"line": str(view.line), "inside": inside})


def _never_ends(part: Unclosed) -> Diagnosis | None:
    text = re.split(r"[<\n]", part.text)[0].rstrip()
    words = {
        "kind": _KINDS[part.opening],
        "line": str(part.line),
        "start": quoted(part.opening),
        "written": quoted(part.opening + text),
        "instead": quoted(f"{part.opening}{text} {part.ending}"),
    }
    if part.opening == "<![CDATA[":
        words["instead"] = quoted(part.opening + text + part.ending)
    return Diagnosis(Cause.COMMENT_OPEN, words)
