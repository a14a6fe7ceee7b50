"""Does to a file what an advice says, as a person would who does nothing else."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from mockportal.domain.changes import Change, ChangeKind

_OF_ONE = ("codeCommuneNaissance", "codeInseeNaissance", "codePostalNaissance",
           "identificationTitulaire", "certificateurs")  # fmt: skip
"""They hold one element only."""
_TAG = re.compile(r"<(/?)([^\s/>!?]+)([^>]*?)(/?)>")


@dataclass(slots=True)
class Span:
    """An element, by the offsets of its tags."""

    name: str
    start: int
    inner: int
    """Where its start tag ends."""
    close: int = 0
    """Where its end tag begins."""
    end: int = 0
    parent: "Span | None" = None
    children: list["Span"] = field(default_factory=list)

    @property
    def local(self) -> str:
        """Return its name without the prefix."""
        return self.name.rpartition(":")[2]

    def walk(self) -> list["Span"]:
        """Return the element and all below it."""
        return [self, *(below for child in self.children for below in child.walk())]


def spans_of(text: str) -> list[Span]:
    """Return the elements of a well-formed text without comments or CDATA sections."""
    spans: list[Span] = []
    around: Span | None = None
    for tag in _TAG.finditer(text):
        if tag[1]:
            assert around is not None
            around.close, around.end = tag.start(), tag.end()
            around = around.parent
            continue
        span = Span(tag[2], tag.start(), tag.end(), parent=around)
        spans.append(span)
        if around is not None:
            around.children.append(span)
        if tag[4]:
            span.close = span.end = tag.end()
        else:
            around = span
    return spans


def offset_of(text: str, line: int, column: int) -> int:
    """Return where a place is: a line, and a column in UTF-16 units, both from 1."""
    start = 0
    for _ in range(line - 1):
        start = text.index("\n", start) + 1
    units = text[start:].encode("utf-16-le")[: 2 * (column - 1)]
    return start + len(units.decode("utf-16-le"))


def applied(text: str, line: int, column: int, change: Change) -> str:
    """Return a text after a change to the element whose tag ends at a place."""
    at = offset_of(text, line, column)
    span = next(one for one in spans_of(text) if at in (one.inner, one.end))
    while change.around and span.local != change.around:
        assert span.parent is not None, f"nothing named {change.around} is around"
        span = span.parent
    if change.kind is ChangeKind.MOVE:
        return _moved(text, span, change.text)
    if change.kind is ChangeKind.JOIN:
        return _joined(text, span)
    return text[: span.start] + _changed(text, span, change) + text[span.end :]


def _changed(text: str, span: Span, change: Change) -> str:
    """Return an element after a change."""
    whole, inner = text[span.start : span.end], text[span.inner : span.close]
    name, written = span.name, change.text
    match change.kind:
        case ChangeKind.NIL | ChangeKind.REPLACE | ChangeKind.REMOVE:
            return written
        case ChangeKind.RENAME:
            renamed = re.sub(rf"^<{re.escape(name)}", f"<{written}", whole)
            return re.sub(rf"</{re.escape(name)}\s*>$", f"</{written}>", renamed)
        case ChangeKind.WRAP:
            names = written.split()
            opened = "".join(f"<{one}>" for one in names)
            return opened + whole + "".join(f"</{one}>" for one in reversed(names))
        case ChangeKind.REMOVE_ATTRIBUTE:
            pattern = rf"""\s{re.escape(written)}\s*=\s*("[^"]*"|'[^']*')"""
            return re.sub(pattern, "", text[span.start : span.inner]) + text[span.inner : span.end]
        case _:
            return (
                f"{_opened(text, span)}{_INNER[change.kind](text, span, inner, written)}</{name}>"
            )


_INNER: dict[ChangeKind, Callable[[str, Span, str, str], str]] = {
    ChangeKind.VALUE: lambda _text, _span, _inner, written: escape(written),
    ChangeKind.INSERT: lambda _text, _span, inner, written: inner + written,
    ChangeKind.ENCLOSE: lambda _text, _span, inner, written: f"<{written}>{inner}</{written}>",
    ChangeKind.UNWRAP: lambda _text, _span, inner, _written: _TAG.sub("", inner),
    ChangeKind.CLEAR: lambda text, span, _inner, _written: "".join(
        text[one.start : one.end] for one in span.children
    ),
}
"""What stands between the tags of an element that stays."""


def _joined(text: str, span: Span) -> str:
    """Put what an element holds at the end of the one of the same name before it."""
    around = span.parent
    assert around is not None
    first = next(one for one in around.children if one.name == span.name)
    inner = text[span.inner : span.close]
    rest = text[first.close : span.start] + text[span.end :]
    return text[: first.close] + inner + rest


def _has_room(home: Span, span: Span) -> bool:
    others = [one for one in home.children if one is not span]
    if home.local in _OF_ONE:
        return not others
    return span.local not in {one.local for one in others}


def _opened(text: str, span: Span) -> str:
    tag = text[span.start : span.inner]
    return re.sub(r"\s*/>$", ">", tag)


def _moved(text: str, span: Span, home: str) -> str:
    """Put an element into the nearest one named ``home`` that has room for it, else remove it."""
    around = span.parent
    homes: list[Span] = []
    while around is not None and not homes:
        homes = [one for one in around.walk() if one.local == home]
        around = around.parent
    whole = text[span.start : span.end]
    free = [one for one in homes if _has_room(one, span)]
    if not free:
        return text[: span.start] + text[span.end :]
    target = free[0]
    if target.inner == target.end:
        new = f"{_opened(text, target)}{whole}</{target.name}>"
        cuts = [(target.start, target.end, new), (span.start, span.end, "")]
    else:
        cuts = [(target.close, target.close, whole), (span.start, span.end, "")]
    for start, end, new in sorted(cuts, reverse=True):
        text = text[:start] + new + text[end:]
    return text
