"""Text that stands between the tags of an element which holds but elements."""

import re

from mockportal.domain.fault_causes import Cause
from mockportal.domain.file_errors import Fault
from mockportal.wire.diagnosis.lost_signs import as_tag
from mockportal.wire.diagnosis.view import Diagnosis, View, quoted, visible

_TEXT = re.compile(r"<(?![?!])(/?)([^\s<>/]++)([^<>]*+)>([^<]*+)(?=<(/?)([^\s<>/]*))")

_BLANKS = " \t\n"


def stray_text(view: View) -> Diagnosis | None:
    """Return the text that is out of place in an element, the last before its end.

    What stands far before the end is looked for in the beginning of the file alone.
    """
    if view.facts.fault is not Fault.TEXT_BETWEEN:
        return None
    first = view.line - view.before.count("\n")
    return _last(view.before, first, view) or _last(view.head, 1, view)


def _last(text: str, first: int, view: View) -> Diagnosis | None:
    """Return the last text out of place in a piece of the file that begins on line ``first``."""
    strays = [
        match for match in _TEXT.finditer(text) if match[4].strip(_BLANKS) and not _is_value(match)
    ]
    if not strays:
        return None
    stray = strays[-1]
    written = stray[4].strip(_BLANKS)
    at = stray.start(4) + len(stray[4]) - len(stray[4].lstrip(_BLANKS))
    line = first + text.count("\n", 0, at)
    tag = as_tag(written, view, line)
    if tag:
        return tag
    words = {
        "written": visible(written),
        "start": quoted(stray[0].partition(">")[0] + ">"),
        "line": str(line),
    }
    return Diagnosis(Cause.STRAY_TEXT, words)


def _is_value(match: re.Match[str]) -> bool:
    """Tell whether a text stands between the two tags of one element."""
    return not match[1] and not match[3].endswith("/") and bool(match[5]) and match[6] == match[2]
