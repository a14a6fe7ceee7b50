"""Attributes that are not written as ``name="value"``."""

import re

from mockportal.domain.fault_causes import Cause
from mockportal.domain.file_errors import Fault
from mockportal.wire.diagnosis.view import Diagnosis, View, local, misspelt, quoted

_QUOTES = "\"'“”„«»‘’"
_LEADING = re.compile(rf"(?:[={_QUOTES}\s]|&quot;)*")
_VALUE = re.compile(rf"(?:[^\s<>/{_QUOTES}&]|(?<=:)/+|(?<=\w)/(?!>))*")
_TRAILING = re.compile(rf"(?:\s?[{_QUOTES}]|&quot;)?")
_FOLLOWING = re.compile(r"\s[\w:.-]+\s*=\s*\"\Z")
_OPEN = re.compile(r"([\w:.-]+)\s*=\s*\"([^\"]*)\Z")
_LONGEST = 400
_NOT_A_SPACE = " \t\n\r"


def attribute_cause(view: View, tag: str, raw: str) -> Diagnosis | None:
    """Return what is wrong with the attributes of a start tag, read up to the error."""
    if view.facts.fault is Fault.ATTRIBUTE_FORM and view.facts.attribute:
        return _form(view, tag, raw, view.facts.attribute)
    return _open_quote(tag) or _ending(view, tag)


def _open_quote(tag: str) -> Diagnosis | None:
    """Return the cause where a value runs to the quote of the next one."""
    following = _FOLLOWING.search(tag[-_LONGEST:])
    if following is None:
        return None
    match = _OPEN.search(tag[: len(tag) - len(following[0])].rstrip()[-_LONGEST:])
    if match is None:
        return None
    words = {
        "attribute": match[1],
        "written": quoted(f'{match[1]}="{match[2]}'),
        "instead": f'{match[1]}="{match[2]}"',
    }
    return Diagnosis(Cause.QUOTES, words)


def _ending(view: View, tag: str) -> Diagnosis | None:
    """Return the cause where neither ``>`` nor a space follows what has been read of a tag."""
    after = view.after
    if after[:1] in ('"', "'") and tag[-1:] == after[:1]:
        return misspelt(tag + after[0], tag, view.line)
    following = re.match(r"[\w:.-]+", after)
    if tag[-1:] in ('"', "'") and following:
        return misspelt(f"{tag}{following[0]}", f"{tag} {following[0]}", view.line)
    slash = re.match(r"\s*/?\s*>", after)
    if tag.endswith("/") and slash:
        return misspelt(tag + slash[0], tag[:-1].rstrip() + "/>", view.line)
    if after.lstrip().startswith("<") or not after:
        bare = tag.rstrip()
        return misspelt(bare, f"{bare}>", view.line - tag.count("\n", len(bare)))
    if after[0] not in _NOT_A_SPACE and (after[0].isspace() or after[0] == "\u200b"):
        right = f"{tag} {after[1 : after.find('>') + 1].lstrip()}"
        words = {"sign": f"U+{ord(after[0]):04X}", "instead": quoted(right)}
        return Diagnosis(Cause.NO_SPACE, words)
    return None


def _form(view: View, tag: str, raw: str, attribute: str) -> Diagnosis | None:
    """Return the cause of an attribute without its equals sign, or its quotes."""
    after = view.after
    if after.startswith("<") and "=" not in tag:
        return misspelt(tag, f"<{raw}>{tag[len(f'<{raw}') :].strip()}", view.line)
    begun = tag[tag.rfind(attribute) :]
    opened = re.match(r"([\w:.-]+)\s*=\s*[\"'](.*)", begun, re.DOTALL)
    if opened:
        value = re.split(r"/?>|\s", opened[2])[0]
        written = begun[: opened.start(2)] + value
    else:
        value, length = _value(after)
        written = begun + after[:length]
    if not value and local(attribute).casefold().startswith("nil"):
        value = "true"
        written = begun
    if not value:
        return None
    instead = f'{attribute}="{value}"'
    whole = f"{tag}{after}"
    end = whole.find(">", whole.find(written))
    if view.place.path and written in instead and end >= 0:
        whole = whole[: end + 1]
        written, instead = whole, whole.replace(written, instead, 1)
    words = {"attribute": attribute, "written": quoted(written), "instead": quoted(instead)}
    return Diagnosis(Cause.QUOTES, words)


def _value(after: str) -> tuple[str, int]:
    """Return the value that was meant, and the length of what stands for it with its quotes."""
    leading = _LEADING.match(after)
    start = leading.end() if leading else 0
    value = _VALUE.match(after, start)
    stop = value.end() if value else start
    trailing = _TRAILING.match(after, stop)
    return after[start:stop], trailing.end() if trailing else stop
