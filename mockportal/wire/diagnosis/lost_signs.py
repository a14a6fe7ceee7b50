"""Tags that have lost their ``<``, and so have become text."""

import re

from mockportal.domain.file_errors import Fault
from mockportal.wire.diagnosis.view import Diagnosis, View, local, misspelt

_PREFIX = r"(?:[\w.-]+:)?"
_FAULTS = (Fault.END_TAG, Fault.TAG_NOT_CLOSED, Fault.CUT_SHORT)
_LONGEST = 300
"""Characters between the start of a value's tag and its end."""
_ALONE = re.compile(rf"/?{_PREFIX}([\w.-]+)(?:\s[^<>]*)?/?>\Z")


def lost_sign(view: View) -> Diagnosis | None:
    """Return the tag without ``<`` because of which another one does not fit."""
    if view.facts.fault not in _FAULTS or not view.parents:
        return None
    at = view.before.rfind("</")
    written = re.match(r"[^\s<>]+", view.before[at + 2 :] + view.after) if at >= 0 else None
    return lost_end(view.parents[-1], view) or (lost_start(written[0], view) if written else None)


def lost_end(name: str, view: View) -> Diagnosis | None:
    """Return the end tag of an element that has lost its ``<``, the last before an error."""
    return _last(rf"(?<!<)/{_PREFIX}{re.escape(name)}>", view)


def lost_start(raw: str, view: View) -> Diagnosis | None:
    """Return the start tag of an element that has lost its ``<``, the last before an error."""
    if local(raw) not in view.names:
        return None
    tag = re.escape(raw)
    value = rf"(?<![</\w:.-]){tag}>[^<>]+</{tag}>"
    whole = view.before + (view.after if view.facts.fault is Fault.END_TAG else "")
    match = re.search(value, whole[max(0, len(view.before) - _LONGEST) :])
    if match:
        return misspelt(match[0], f"<{match[0]}", view.line)
    return _last(rf"(?<![</\w:.-]){tag}(?:\s[^<>]*)?>", view)


def as_tag(text: str, view: View, line: int) -> Diagnosis | None:
    """Return the cause of a text between tags that is a tag without its ``<``."""
    match = _ALONE.match(text)
    return misspelt(text, f"<{text}", line) if match and match[1] in view.names else None


def _last(form: str, view: View) -> Diagnosis | None:
    matches = list(re.finditer(form, view.before))
    if not matches:
        return None
    line = view.line - view.before.count("\n", matches[-1].start())
    return misspelt(matches[-1][0], f"<{matches[-1][0]}", line)
