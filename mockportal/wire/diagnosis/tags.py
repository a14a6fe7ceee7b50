"""Tags that are not closed, not opened, or not written as they ought to be."""

import re

from mockportal.domain.fault_causes import Cause
from mockportal.domain.file_errors import Fault
from mockportal.wire.diagnosis.attributes import attribute_cause
from mockportal.wire.diagnosis.endings import slash_words
from mockportal.wire.diagnosis.nearest_tags import nearest_root, nearest_tag
from mockportal.wire.diagnosis.signs import less_than
from mockportal.wire.diagnosis.view import Diagnosis, View, local, misspelt

_END_NAME = re.compile(r"\s*([^\s<>]*)\s*>?")
_LAST_VALUE = re.compile(r"<(/?)([^\s<>/]+)([^<>]*)>([^<>]*)\Z")
_CONFLICT = re.compile(r"<{7}(?!<)")


def tag_cause(view: View) -> Diagnosis | None:
    """Return what is wrong with a tag."""
    match view.facts.fault:
        case Fault.LESS_THAN:
            return _after_less_than(view)
        case Fault.END_TAG:
            return _end_tag(view)
        case Fault.TAG_NOT_CLOSED | Fault.NAME | Fault.ATTRIBUTE_FORM:
            return _within_tag(view)
        case _:
            return None


def _after_less_than(view: View) -> Diagnosis | None:
    before, after = view.before.removesuffix("<"), view.after
    if _CONFLICT.match("<" + after):
        return Diagnosis(Cause.CONFLICT, {})
    name = re.match(r"[\s\\/<]*((?:[\w.-]+:)?[\w.-]+)", after)
    if name and _is_known(view, name[1]):
        written = "<" + after[: name.end()]
        slash = "/" if re.search(r"[\\/]", written) else ""
        return misspelt(written, f"<{slash}{name[1]}", view.line)
    near = nearest_tag(view, len(before))
    if near:
        return near
    return less_than(view, len(before)) if _holds_text(view.parents[-1:], view) else None


def _end_tag(view: View) -> Diagnosis | None:
    element, parents = view.facts.element, view.parents
    raw = f"{view.facts.prefix}:{element}" if view.facts.prefix else element
    match = _END_NAME.match(view.after)
    written = match[1] if match else ""
    known, written_known = _is_known(view, raw), _is_known(view, written)
    outer = parents[-2:-1]
    if not known and outer == [local(written)] and _holds_text(outer, view):
        at = view.before.rfind(f"<{raw}")
        return less_than(view, at) if at >= 0 else None
    if written == raw:
        return misspelt(f"</{view.after[: match.end() if match else 0]}", f"</{raw}>", view.line)
    line = view.opened_line(raw) or view.line
    if parents[-1:] == outer:
        return Diagnosis(Cause.SLASH_MISSING, slash_words(raw, line, view))
    if not known and written_known:
        text = view.text_from(line)
        cut = re.search(rf"<{re.escape(raw)}>({re.escape(written[len(raw) :])}>?)", text)
        if cut and cut[1] and written.startswith(raw):
            return misspelt(cut[0], f"<{written}>", line)
        return _misspelt_start(raw, written, line)
    if known and written_known and local(written) != local(raw):
        value = _LAST_VALUE.search(view.before.removesuffix("</"))
        next_end = re.match(r"[^<>]*>[^<]*</(?:[\w.-]+:)?([\w.-]+)", view.after)
        closes_outer = next_end is not None and [next_end[1]] == outer
        alone = value and (value[1] or value[3].endswith("/") or element in view.containers)
        if value and alone and (value[4].strip() or not closes_outer):
            return _unopened(view, written, value[4].strip())
    words = {
        "written": f"</{_whole_name(view.after, written, raw)}",
        "instead": f"</{raw}>",
        "start": f"<{raw}>",
        "since": str(line),
        "line": str(view.line),
    }
    return Diagnosis(Cause.END_TAG_MISSPELT, words)


def _whole_name(after: str, written: str, raw: str) -> str:
    """Return what stands for the name in an end tag, with the signs that have cut it in parts."""
    for form in (rf"{re.escape(written)}>[^\s<>]+>?", r"[^>\n]*>"):
        match = re.match(form, after)
        bare = re.sub(r"[^\w:.-]", "", match[0]) if match else ""
        if match and bare == raw:
            return match[0]
    return f"{written}>"


def _misspelt_start(raw: str, written: str, line: int) -> Diagnosis:
    words = {
        "written": f"<{raw}>",
        "instead": f"<{written}>",
        "end": f"</{written}>",
        "line": str(line),
    }
    return Diagnosis(Cause.START_TAG_MISSPELT, words)


def _unopened(view: View, written: str, value: str) -> Diagnosis:
    """Return the cause of an end tag whose element is not open."""
    words = {"written": f"</{written}>", "line": str(view.line)}
    if not value:
        return Diagnosis(Cause.END_TAG_ALONE, words)
    words["written"] = f"{value}</{written}>"
    words["instead"] = f"<{written}>{value}</{written}>"
    return Diagnosis(Cause.START_TAG_MISSING, words)


def _within_tag(view: View) -> Diagnosis | None:
    at = view.before.rfind("<")
    tag = view.before[at:]
    name = re.match(r"</?\s*((?:[\w.-]+:)?[\w.-]*)", tag)
    raw = name[1] if name else view.facts.element
    if tag.startswith("</"):
        return _within_end_tag(view, tag, raw)
    near = nearest_tag(view, at) or nearest_root(view, at)
    if not _is_known(view, raw) and view.place.path:
        value = _holds_text(view.parents[-1:], view)
        return near or _joined(view, tag, raw) or (less_than(view, at) if value else None)
    cause = attribute_cause(view, tag, raw)
    if cause is None or (near and not _mends(cause, near)):
        return near
    return cause


def _mends(cause: Diagnosis, near: Diagnosis) -> bool:
    """Tell whether a change within a tag makes of it the one that it resembles."""
    written, instead = cause.words.get("written", ""), cause.words["instead"]
    if not written:
        return True
    return near.words["written"].replace(written, instead, 1) == near.words["instead"]


def _within_end_tag(view: View, tag: str, raw: str) -> Diagnosis:
    rest = re.split(r"[<\n]", view.after)[0]
    written = tag + rest.partition(">")[0]
    name = local(written.removeprefix("</").strip())
    line = view.line - tag.count("\n")
    if not _is_known(view, raw) and name in view.names:
        return _misspelt_start(raw, written.removeprefix("</").strip(), view.opened_line(raw))
    end = ">" if ">" in rest else ""
    return misspelt(written + end, f"</{raw}>", line)


def _joined(view: View, tag: str, raw: str) -> Diagnosis | None:
    """Return the cause where a name is cut by a space, or runs into what follows it."""
    attribute, after = view.facts.attribute, view.after
    prefix, colon, name = raw.rpartition(":")
    if attribute and f"{name}{attribute}" in view.names:
        right = f"<{prefix}{colon}{name}{attribute}>"
        return misspelt(tag.rstrip() + ">", right, view.line)
    whole = f"{tag}{after}"
    end = re.search(r"</((?:[\w.-]+:)?([\w.-]+))>", whole)
    if end and end[2] in view.names and name.startswith(end[2]):
        value = whole[len(f"<{end[1]}") : end.start()]
        return misspelt(whole[: end.end()], f"<{end[1]}>{value}{end[0]}", view.line)
    spaced = re.match(r"\s*([\w.-]+)", after)
    if not name and spaced and spaced[1] in view.names:
        return misspelt(tag + spaced[0], f"<{prefix}:{spaced[1]}", view.line)
    if after.startswith(":") and name.endswith("xsi") and name.removesuffix("xsi") in view.names:
        return misspelt(tag, f"{tag.removesuffix('xsi')} xsi", view.line)
    return None


def _holds_text(parent: list[str], view: View) -> bool:
    """Tell whether an element may hold text."""
    return bool(parent) and parent[0] not in view.containers


def _is_known(view: View, raw: str) -> bool:
    return local(raw) in view.names
