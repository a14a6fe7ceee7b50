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
from mockportal.wire.text_units import as_bytes, restored, units_of
from mockportal.wire.validation import compile_schema
from mockportal.wire.validation.components import (
    ComplexType,
    ContentModel,
    ElementDecl,
    Name,
    SchemaNotSupportedError,
)
from mockportal.wire.validation.models import AllModel
from mockportal.wire.value_patterns import UnlikeAnyPatternError, value_pattern

_XML_BLANKS = " \t\n\r"
_BLANKS = r"[ \t\n\r]*+"
_TRUE = f"{_BLANKS}(?:true|1){_BLANKS}"
_NIL = rf"""nil{_BLANKS}={_BLANKS}(?:"{_TRUE}"|'{_TRUE}'){_BLANKS}"""
_LEARNED_FROM = 20
"""So many passages show in what order a file writes its elements."""
Order = tuple[tuple[str, tuple[str, ...]], ...]
"""The children of each element, by local names, in the order in which a file writes them."""


class PassagePattern:
    """Matches runs of passages in the order and with the prefix of one file."""

    def __init__(self, expression: str, names: Sequence[str], start: str, end: str) -> None:
        """Take the expression of a passage, the leaf in each of its groups, a passage's tags."""
        self.names = tuple(names)
        self._expression = re.compile(expression)
        self._start, self._end = start, end

    def rest(self, run: bytes) -> list[bytes]:
        """Return what is not surely good of a run: passages that can be checked on their own."""
        units = units_of(run)
        if units is None:
            return [run]
        rest = [part for part in self._parts(units.text) if isinstance(part, str)]
        return [as_bytes(part) for part in rest] if all(map(self._whole, rest)) else [run]

    def leaves(self, run: bytes) -> Leaves | None:
        """Return the leaves of a run of nothing but passages that are surely good, else None."""
        units = units_of(run)
        if units is None:
            return None
        text, altered = units
        match, at, said = self._expression.match, 0, []
        while at < len(text):
            passage = match(text, at)
            if passage is None:
                return None
            values = passage.groups("")
            said.append(tuple(map(restored, values)) if altered else values)
            at = passage.end()
        return Leaves(self.names, said)

    def read(self, run: bytes) -> Iterator[tuple[str | None, ...] | bytes]:
        """Yield what the leaves of each passage say, or passages that were not recognised.

        The run is one of a good file.
        """
        units = units_of(run)
        if units is None:
            yield run
            return
        for part in self._parts(units.text):
            if isinstance(part, str):
                yield as_bytes(part)
            elif units.altered:
                yield tuple(value and restored(value) for value in part.groups())
            else:
                yield part.groups()

    def _parts(self, text: str) -> Iterator[re.Match[str] | str]:
        """Yield the passages that are recognised, and what is between them as far as it goes.

        Each passage is tried once, where it begins, so that time grows with the text alone.
        """
        match, end = self._expression.match, self._end
        at = unknown = 0
        while at < len(text):
            passage = match(text, at)
            if passage is not None:
                if unknown < at:
                    yield text[unknown:at]
                yield passage
                at = unknown = passage.end()
                continue
            stops = text.find(end, at)
            at = stops + len(end) if stops >= 0 else len(text)
        if text[unknown:].strip(_XML_BLANKS):
            yield text[unknown:]

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
    root = _first_passages(frame, run)
    if root is None:
        return None
    prefix = frame.prefix[:-1].decode() or None
    xsi = next((name for name, space in root.nsmap.items() if space == XSI), None)
    if root.nsmap.get(prefix) != NAMESPACE or xsi is None:
        return None
    order: dict[str, tuple[str, ...]] = {}
    for name, children in _children(schema, root):
        order[name] = tuple(_merged(order.get(name, ()), children))
    prefixes = frame.prefix.decode(), f"{xsi}:"
    return _pattern(schema, prefixes, tuple(order.items()))


def _first_passages(frame: Frame, run: bytes) -> etree._Element | None:
    first = run.split(frame.end, _LEARNED_FROM)[:_LEARNED_FROM]
    passages = frame.end.join([*first[: run.count(frame.end)], b""])
    try:
        return etree.fromstring(b"".join((frame.root, passages, frame.closing)))
    except etree.XMLSyntaxError:
        return None


def _children(schema: Path, root: etree._Element) -> Iterator[tuple[str, list[str]]]:
    """Yield each element's local name with those of its children, where the schema has them."""
    known_names = declared_names(schema)
    for one in root.iterdescendants("*"):
        children = [_local(child) for child in one.iterchildren("*")]
        # A file of other names could hold as many as it likes, and each would be looked for.
        if children and known_names.issuperset((_local(one), *children)):
            yield _local(one), children


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


@lru_cache(maxsize=32)
def _pattern(schema: Path, prefixes: tuple[str, str], order: Order) -> PassagePattern | None:
    try:
        passage = _passage(schema)
        writer = _Writer(prefixes, dict(order))
        tag = f"{prefixes[0]}{PASSAGE_LOCAL_NAME}>"
        whole = _BLANKS + writer.element(passage)
        return PassagePattern(whole, writer.names, f"<{tag}", f"</{tag}")
    except (SchemaNotSupportedError, UnlikeAnyPatternError):
        return None


@lru_cache(maxsize=8)
def declared_names(schema: Path) -> frozenset[str]:
    """Return the local names of all elements that the schema declares."""
    try:
        return frozenset(local for _, local in _declared(schema))
    except SchemaNotSupportedError:
        return frozenset()


@lru_cache(maxsize=8)
def children_in_any_order(schema: Path) -> Mapping[str, Sequence[str]]:
    """Return, of each element whose children may come in any order, their names in the schema's."""
    try:
        return {
            name[1]: [child for _, child in decl.type.model.expected(0)]
            for name, decl in _declared(schema).items()
            if isinstance(decl.type, ComplexType) and isinstance(decl.type.model, AllModel)
        }
    except SchemaNotSupportedError:
        return {}


def _declared(schema: Path) -> dict[Name, ElementDecl]:
    """Return the declaration of each element, wherever it stands under the root."""
    declared: dict[Name, ElementDecl] = {}
    waiting = list(compile_schema(schema).elements.values())
    while waiting:
        decl = waiting.pop()
        if decl.name in declared:
            continue
        declared[decl.name] = decl
        if isinstance(decl.type, ComplexType) and decl.type.model is not None:
            model = decl.type.model
            waiting += [one for n in model.expected(0) if (one := model.find(n)) is not None]
    return declared


def _passage(schema: Path) -> ElementDecl:
    """Return the declaration of passages."""
    passage = _declared(schema).get((NAMESPACE, PASSAGE_LOCAL_NAME))
    if passage is None:
        raise UnlikeAnyPatternError("the schema has no passages")
    return passage


class _Writer:
    """Writes the expression of an element, and notes the leaf of each of its groups."""

    def __init__(self, prefixes: tuple[str, str], order: Mapping[str, Sequence[str]]) -> None:
        self.names: list[str] = []
        self._prefixes, self._order = prefixes, order
        self._prefix, xsi = map(re.escape, prefixes)
        self._nil = rf"[ \t\n\r]++{xsi}{_NIL}"

    def element(self, decl: ElementDecl) -> str:
        """Return what matches an element and the white space after it."""
        space, local = decl.name
        if space != NAMESPACE:
            raise UnlikeAnyPatternError(f"{local} is of another namespace")
        tag = self._prefix + local
        whole = f"<{tag}>{self._content(decl)}</{tag}>"
        if decl.nillable:
            whole = f"(?:{whole}|<{tag}{self._nil}(?:/>|></{tag}>))"
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
        known = _Writer(self._prefixes, self._order)
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
