"""Recognising plain passages: one expression, made from the schema, that checks and reads them.

A passage that it matches is surely good, for Java as for libxml2, and says what the groups of the
match hold. One that it does not match is neither good nor bad by that: others look at it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from lxml import etree

from mockportal.wire.frames import Frame
from mockportal.wire.leaves import Leaves
from mockportal.wire.names import NAMESPACE, PASSAGE_LOCAL_NAME, XSI
from mockportal.wire.passages import LEAVES
from mockportal.wire.validation import compile_schema
from mockportal.wire.validation.components import (
    ComplexType,
    ContentModel,
    ElementDecl,
    SchemaNotSupportedError,
)
from mockportal.wire.validation.models import AllModel
from mockportal.wire.value_patterns import UnlikeAnyPatternError, value_pattern

_XML_BLANKS = " \t\n\r"
_BLANKS = r"[ \t\n\r]*"
_NIL = r' xsi:nil="true"[ \t\n\r]*'
_FORBIDDEN = b"\xef\xbf"
"""What begins the characters of these that XML forbids."""
_TWO_FOR_JAVA = tuple(bytes([first]) for first in range(0xF0, 0xF5))
"""What begins a character that Java counts as two."""
_LEARNED_FROM = 20
"""So many passages show in what order a file writes its elements."""
Order = tuple[tuple[str, tuple[str, ...]], ...]
"""The children of each element, by local names, in the order in which a file writes them."""


class PassagePattern:
    """Matches runs of passages in the order and with the prefix of one file."""

    def __init__(self, expression: str, names: Sequence[str], start: str, end: str) -> None:
        """Take the expression of a passage, the leaf in each of its groups, a passage's tags."""
        self.names = tuple(names)
        self._expression = re.compile(f"({expression})")
        self._start, self._end = start, end

    def rest(self, run: bytes) -> list[bytes]:
        """Return what is not surely good of a run: passages that can be checked on their own."""
        text = _text_of(run)
        if text is None:
            return [run]
        if not self._expression.sub("", text).strip(_XML_BLANKS):
            return []
        at, rest = 0, []
        for found in self._expression.finditer(text):
            begins, ends = found.span()
            if begins != at:
                rest.append(text[at:begins])
            at = ends
        if at < len(text):
            rest.append(text[at:])
        return [one.encode() for one in rest] if all(map(self._whole, rest)) else [run]

    def leaves(self, run: bytes) -> Leaves | None:
        """Return the leaves of a run of nothing but passages that are surely good, else None."""
        text = _text_of(run)
        if text is None:
            return None
        found = self._expression.findall(text)
        if sum(len(one[0]) for one in found) != len(text):
            return None
        return Leaves(self.names, [one[1:] for one in found])

    def read(self, run: bytes) -> Iterator[tuple[str | None, ...] | bytes]:
        """Yield what the leaves of each passage say, or passages that were not recognised.

        The run is one of a good file.
        """
        text = _text_of(run)
        if text is None:
            yield run
            return
        at = 0
        for found in self._expression.finditer(text):
            begins, ends = found.span()
            if begins != at:
                yield text[at:begins].encode()
            at = ends
            yield found.groups()[1:]
        if text[at:].strip(_XML_BLANKS):
            yield text[at:].encode()

    def _whole(self, gap: str) -> bool:
        """Return whether it is sure that no passage was recognised within another one."""
        bare = gap.strip(_XML_BLANKS)
        return (
            bare.startswith(self._start)
            and bare.endswith(self._end)
            and bare.count(self._start) == bare.count(self._end)
        )


def pattern_for(schema: Path, frame: Frame, run: bytes) -> PassagePattern | None:
    """Return the pattern for a file whose first passages are ``run``; None when there is none."""
    first = run.split(frame.end, _LEARNED_FROM)[:_LEARNED_FROM]
    passages = frame.end.join([*first[: run.count(frame.end)], b""])
    try:
        root = etree.fromstring(b"".join((frame.root, passages, frame.closing)))
    except etree.XMLSyntaxError:
        return None
    prefix = frame.prefix[:-1].decode() or None
    if (root.nsmap.get(prefix), root.nsmap.get("xsi")) != (NAMESPACE, XSI):
        return None
    order: dict[str, tuple[str, ...]] = {}
    for one in root.iterdescendants("*"):
        children = [_local(child) for child in one.iterchildren("*")]
        if children:
            known = order.get(_local(one), ())
            order[_local(one)] = tuple(_merged(known, children))
    return _pattern(schema, frame.prefix.decode(), tuple(order.items()))


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _text_of(run: bytes) -> str | None:
    if not run.isascii() and any(one in run for one in _TWO_FOR_JAVA):
        return None
    # A byte alone is found in a fraction of the time that two take.
    if _FORBIDDEN[:1] in run and _FORBIDDEN in run:
        return None
    try:
        return run.decode()
    except UnicodeDecodeError:
        return None


@lru_cache(maxsize=32)
def _pattern(schema: Path, prefix: str, order: Order) -> PassagePattern | None:
    try:
        passage = _passage(schema)
        writer = _Writer(prefix, dict(order))
        tag = f"{prefix}{PASSAGE_LOCAL_NAME}>"
        whole = _BLANKS + writer.element(passage)
        return PassagePattern(whole, writer.names, f"<{tag}", f"</{tag}")
    except (SchemaNotSupportedError, UnlikeAnyPatternError):
        return None


def _passage(schema: Path) -> ElementDecl:
    """Return the declaration of passages, wherever it stands under the root."""
    waiting = list(compile_schema(schema).elements.values())
    while waiting:
        decl = waiting.pop()
        if decl.name == (NAMESPACE, PASSAGE_LOCAL_NAME):
            return decl
        if isinstance(decl.type, ComplexType) and decl.type.model is not None:
            model = decl.type.model
            waiting += [one for n in model.expected(0) if (one := model.find(n)) is not None]
    raise UnlikeAnyPatternError("the schema has no passages")


class _Writer:
    """Writes the expression of an element, and notes the leaf of each of its groups."""

    def __init__(self, prefix: str, order: Mapping[str, Sequence[str]]) -> None:
        self.names: list[str] = []
        self._prefix, self._order = re.escape(prefix), order

    def element(self, decl: ElementDecl) -> str:
        """Return what matches an element and the white space after it."""
        space, local = decl.name
        if space != NAMESPACE:
            raise UnlikeAnyPatternError(f"{local} is of another namespace")
        tag = self._prefix + local
        whole = f"<{tag}>{self._content(decl)}</{tag}>"
        if decl.nillable:
            whole = f"(?:{whole}|<{tag}{_NIL}(?:/>|></{tag}>))"
        return whole + _BLANKS

    def _content(self, decl: ElementDecl) -> str:
        if isinstance(decl.type, ComplexType):
            if decl.type.model is None or decl.type.mixed:
                raise UnlikeAnyPatternError(f"the content of {decl.name[1]}")
            return _BLANKS + self._children(decl.name[1], decl.type.model)
        if decl.type is None:
            raise UnlikeAnyPatternError(f"{decl.name[1]} has no type")
        value = value_pattern(decl.type)
        if decl.name[1] not in LEAVES:
            return value
        self.names.append(decl.name[1])
        return f"({value})"

    def _children(self, parent: str, model: ContentModel) -> str:
        begin = [one for name in model.expected(0) if (one := model.find(name)) is not None]
        if isinstance(model, AllModel):
            ordered = _merged(self._order.get(parent, ()), [one.name[1] for one in begin])
            return "".join(map(self._member, sorted(begin, key=lambda b: ordered.index(b.name[1]))))
        some = f"(?:{'|'.join(self.element(one) for one in begin)})"
        after = [found[0] for one in begin if (found := model.step(0, one.name)) is not None]
        if all(model.complete(state) and not model.expected(state) for state in after):
            return some + ("?" if model.complete(0) else "")
        again = all(
            model.complete(one) and model.expected(one) == model.expected(0) for one in after
        )
        if not again or self._reads(begin):
            raise UnlikeAnyPatternError(f"the children of {parent}")
        return some + ("*" if model.complete(0) else "+")

    def _member(self, decl: ElementDecl) -> str:
        """Return what matches a child that comes once at most; a strange one is never matched."""
        known = len(self.names)
        try:
            whole = self.element(decl)
        except UnlikeAnyPatternError:
            if not decl.optional:
                raise
            del self.names[known:]
            return ""
        return f"(?:{whole})?" if decl.optional else whole

    def _reads(self, decls: Sequence[ElementDecl]) -> bool:
        """Return whether a leaf that is to be read stands in what may come several times."""
        known = _Writer(self._prefix, self._order)
        for decl in decls:
            known.element(decl)
        return bool(known.names)


def _merged(known: Sequence[str], others: Sequence[str]) -> list[str]:
    """Return the known names in their order, each other one after its neighbour among others."""
    merged = list(dict.fromkeys(known))
    before = ""
    for name in others:
        if name not in merged:
            merged.insert(merged.index(before) + 1 if before else 0, name)
        before = name
    return merged
