"""The tag of a flux that a broken one resembles most."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from mockportal.wire.diagnosis.documents import namespaces_of, prefix_of
from mockportal.wire.diagnosis.view import Diagnosis, View, misspelt
from mockportal.wire.names import NAMESPACE, XSI

_LONGEST = 120
_LONGEST_ROOT = 240
_CHILD = re.compile(r"\s*<([\w.-]+):")
_NEAR = 0.85
"""How alike two tags are, from 0 to 1, of which one is meant for the other."""
_END = re.compile(r"[^>\n]*>")


def nearest_tag(view: View, at: int) -> Diagnosis | None:
    """Return the cause of a tag that begins at ``at`` before an error, by what it resembles."""
    text = view.before[at:]
    rest = _END.match(view.after)
    written = text + (rest[0] if rest and not text.endswith(">") else "")
    if len(written) > _LONGEST or not view.place.path:
        return None
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(written)
    best, share = "", _NEAR
    for tag in _tags(view):
        matcher.set_seq1(tag)
        if matcher.real_quick_ratio() > share and matcher.quick_ratio() > share:
            ratio = matcher.ratio()
            best, share = (tag, ratio) if ratio > share else (best, share)
    if not best or best == written:
        return None
    return misspelt(written, best, view.line - text.count("\n"))


def nearest_root(view: View, at: int) -> Diagnosis | None:
    """Return the cause of a root tag that begins at ``at``, where it resembles that of a flux."""
    text = view.before[at:]
    rest = _END.match(view.after)
    written = text + (rest[0] if rest and not text.endswith(">") else "")
    if view.place.path or len(written) > _LONGEST_ROOT or "\n" in written:
        return None
    child = _CHILD.match(view.after, rest.end() if rest else 0)
    prefix = child[1] if child else "cpf"
    right = f'<{prefix}:flux xmlns:{prefix}="{NAMESPACE}" xmlns:xsi="{XSI}">'
    if SequenceMatcher(None, written, right, autojunk=False).ratio() < _NEAR:
        return None
    return misspelt(written, right, view.line - text.count("\n"))


def _tags(view: View) -> Iterator[str]:
    """Yield the tags that a flux may hold, with the prefixes that this one declares."""
    _, attributes = view.root
    declared = namespaces_of(attributes)
    prefix, nil = prefix_of(NAMESPACE, declared), prefix_of(XSI, declared) or "xsi"
    colon = f"{prefix}:" if prefix else ""
    for name in sorted(view.names):
        yield f"<{colon}{name}>"
        yield f"</{colon}{name}>"
        if name not in view.containers:
            yield f'<{colon}{name} {nil}:nil="true"/>'
