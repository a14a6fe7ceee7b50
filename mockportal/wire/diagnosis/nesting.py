"""End tags that are missing, and start tags: what they leave out of place."""

import re
from collections.abc import Sequence

from mockportal.domain.fault_causes import Cause
from mockportal.domain.file_errors import Fault
from mockportal.wire.diagnosis.endings import slash_words
from mockportal.wire.diagnosis.lost_signs import lost_end, lost_start
from mockportal.wire.diagnosis.view import Diagnosis, View, local, misspelt

_OUT_OF_PLACE = (Fault.UNEXPECTED, Fault.NOTHING_MORE)
_END_NAME = re.compile(r"\s*([^\s<>]*)\s*>?")


def nesting_cause(view: View, views: Sequence[View]) -> Diagnosis | None:
    """Return the cause of an error that comes of a missing tag; ``views`` are all of the file."""
    last = views[-1] if views else view
    closing = last if last.facts.fault in (Fault.END_TAG, Fault.TAG_NOT_CLOSED) else None
    if view.facts.fault in _OUT_OF_PLACE:
        parents = view.parents
        if parents[-1:] == parents[-2:-1] and _is_end(view):
            return Diagnosis(Cause.SLASH_MISSING, slash_words(view.place.tag, view.line, view))
        first = _first_within(closing, views) if closing else None
        return _missing(closing, first) if closing and first is view else None
    if closing is not view:
        return None
    return _missing(view, _first_within(view, views))


def _is_end(view: View) -> bool:
    """Tell whether a start tag within one of the same name stands where its end tag should be."""
    following = re.match(r"\s*<(/?)([^\s<>/]*)", view.after)
    return following is None or bool(following[1]) or following[2] == view.place.tag


def _first_within(closing: View, views: Sequence[View]) -> View | None:
    """Return the first element that is out of place in the one that is open at the end."""
    path = closing.place.path
    return next(
        (
            view
            for view in views
            if view.facts.fault in _OUT_OF_PLACE and view.place.path.rpartition("/")[0] == path
        ),
        None,
    )


def _missing(closing: View, first: View | None) -> Diagnosis | None:
    """Return the cause where a tag is missing, by the end tag where reading stops."""
    facts = closing.facts
    parents = closing.parents
    if not parents:
        return None
    at = closing.before.rfind("</")
    match = _END_NAME.match(closing.before[at + 2 :] + closing.after) if at >= 0 else None
    if match is None:
        return None
    written = match[1]
    name, outer = local(written), parents[:-1]
    raw = f"{facts.prefix}:{facts.element}" if facts.prefix else facts.element
    lost = first and (lost_end(parents[-1], first) or lost_start(written, first))
    if lost:
        return lost
    if name in outer and name != parents[-1] and parents[-1:] != parents[-2:-1]:
        return _missing_end(closing, first, raw, written)
    if first and first.place.home == name:
        words = {
            "written": f"</{written}>",
            "instead": f"<{written}>",
            "where": f"juste avant <{first.place.tag}>, ligne {first.line}",
        }
        return Diagnosis(Cause.START_TAG_LOST, words)
    return None


def _missing_end(closing: View, first: View | None, raw: str, written: str) -> Diagnosis | None:
    if closing.names and local(raw) not in closing.names:
        return None
    line = closing.opened_line(raw)
    opened = closing.before if f"<{raw}" in closing.before else closing.text_from(line)
    tag = re.escape(raw)
    nil = re.findall(rf"<{tag}\s+[^<>]*nil=\"(?:true|1)\"\s*>", opened)
    if nil:
        return misspelt(nil[-1], nil[-1].rstrip(">").rstrip() + "/>", line)
    lost = re.search(rf"<{tag}>[^<>]*?[^<>/](/{tag}>)", opened)
    if lost:
        return misspelt(lost[0], f"{lost[0].removesuffix(lost[1])}<{lost[1]}", line)
    values = list(re.finditer(rf"<{tag}(?:\s[^<>]*)?>([^<>]*)<", opened))
    value = values[-1][1].strip() if values else ""
    if value:
        where = f"juste après sa valeur, ligne {line} : <{raw}>{value}</{raw}>"
    elif first:
        where = f"juste avant <{first.place.tag}>, ligne {first.line}"
    else:
        where = f"à la ligne {closing.line}, juste avant </{written}>"
    words = {"start": f"<{raw}>", "instead": f"</{raw}>", "line": str(line), "where": where}
    return Diagnosis(Cause.END_TAG_MISSING, words)
