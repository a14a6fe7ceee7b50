"""Compiling a schema file: its types, elements and models, with the names that messages use."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import reduce
from pathlib import Path
from typing import Any

from lxml import etree

from mockportal.wire.names import TECHNICAL_ID_LOCAL_NAME
from mockportal.wire.validation.built_in import BUILT_IN, XS
from mockportal.wire.validation.components import (
    Bound,
    CompiledSchema,
    ComplexType,
    ContentModel,
    ElementDecl,
    Name,
    SchemaNotSupportedError,
    SimpleType,
)
from mockportal.wire.validation.models import AllModel, Part, SequenceModel
from mockportal.wire.validation.patterns import compiled
from mockportal.wire.validation.simple_types import NUMBERS, canonical

_LENGTHS = {"length": "length", "minLength": "min_length", "maxLength": "max_length"}
_BOUNDS = {
    "minInclusive": "min_inclusive",
    "maxInclusive": "max_inclusive",
    "minExclusive": "min_exclusive",
    "maxExclusive": "max_exclusive",
}


def compile_schema(path: Path) -> CompiledSchema:
    """Return the compiled schema of a file; raises SchemaNotSupportedError for what is not known.

    Known are elements of simple types by restriction and of complex types made of ``all``,
    ``sequence`` and ``choice``, once or without bound, without attributes: more than the flux's
    schemas have.
    """
    with path.open("rb") as source:
        return _Compiler(etree.parse(source).getroot()).compiled()


class _Compiler:
    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._space = root.get("targetNamespace", "")
        self._qualified = root.get("elementFormDefault") == "qualified"
        self._types: dict[Name, SimpleType | ComplexType] = dict(BUILT_IN)
        self._elements: dict[Name, ElementDecl] = {}
        self._local: dict[etree._Element, ElementDecl] = {}

    def compiled(self) -> CompiledSchema:
        for node in _children(self._root, "element", "simpleType", "complexType"):
            name = (self._space, node.get("name", ""))
            if _tag(node) == "element":
                self._elements[name] = ElementDecl(name, node.get("nillable") in ("true", "1"))
            elif _tag(node) == "complexType":
                self._types[name] = ComplexType(name[1])
        for node in _children(self._root, "element", "simpleType", "complexType"):
            name = (self._space, node.get("name", ""))
            if _tag(node) == "element":
                self._set_type(self._elements[name], node, "")
            elif _tag(node) == "complexType":
                kind = self._types[name]
                if isinstance(kind, ComplexType):
                    self._fill(kind, node, name[1])
            else:
                self._named_simple(name, node)
        return CompiledSchema(self._elements, self._types, self._homes())

    def _homes(self) -> dict[str, str]:
        homes: dict[str, set[str]] = {}
        for node, decl in self._local.items():
            around = (outer.get("name") for outer in node.iterancestors())
            homes.setdefault(decl.name[1], set()).add(next(name for name in around if name))
        return {name: min(places) for name, places in homes.items() if len(places) == 1}

    def _named_simple(self, name: Name, node: etree._Element) -> SimpleType | ComplexType:
        if name not in self._types:
            self._types[name] = self._simple(node, name[1])
        return self._types[name]

    def _type(self, node: etree._Element, written: str) -> SimpleType | ComplexType:
        prefix, _, local = written.rpartition(":")
        name = (node.nsmap.get(prefix or None, ""), local)
        if name in self._types:
            return self._types[name]
        for other in _children(self._root, "element", "simpleType", "complexType"):
            if _tag(other) == "simpleType" and (self._space, other.get("name", "")) == name:
                return self._named_simple(name, other)
        raise SchemaNotSupportedError(f"the type {written}")

    def _set_type(self, decl: ElementDecl, node: etree._Element, enclosing: str) -> None:
        for attribute in ("default", "fixed", "abstract", "substitutionGroup"):
            if node.get(attribute) is not None:
                raise SchemaNotSupportedError(f"an element with {attribute}")
        written = node.get("type")
        if written is not None:
            decl.type = self._type(node, written)
            return
        label = f"#AnonType_{decl.name[1]}{enclosing}"
        for inner in _children(node, "simpleType", "complexType"):
            if _tag(inner) == "simpleType":
                decl.type = self._simple(inner, label)
            else:
                decl.type = ComplexType(label)
                self._fill(decl.type, inner, f"{decl.name[1]}{enclosing}")
        if decl.type is None:
            raise SchemaNotSupportedError(f"the element {decl.name[1]} without a type")

    def _simple(self, node: etree._Element, label: str) -> SimpleType:
        (restriction,) = _children(node, "restriction")
        base = self._type(restriction, restriction.get("base", ""))
        if not isinstance(base, SimpleType):
            raise SchemaNotSupportedError(f"the base of the type {label}")
        kind = replace(base, label=label, base=base)
        patterns: list[str] = []
        values: list[str] = []
        for facet in _children(
            restriction, "pattern", "enumeration", "whiteSpace", *_LENGTHS, *_BOUNDS
        ):
            written = facet.get("value", "")
            if _tag(facet) == "pattern":
                patterns.append(written)
            elif _tag(facet) == "enumeration":
                values.append(written)
            elif _tag(facet) in _LENGTHS:
                kind = _with(kind, _LENGTHS[_tag(facet)], int(written))
            elif _tag(facet) in _BOUNDS:
                kind = _with(kind, _BOUNDS[_tag(facet)], _bound(kind, written))
            else:
                kind = replace(kind, collapses=written == "collapse", replaces=written == "replace")
        if values:
            kind = replace(kind, enumeration=_enumerated(kind, values))
        if patterns:
            own = ("|".join(patterns), compiled("|".join(f"({one})" for one in patterns)))
            kind = replace(kind, patterns=(own, *kind.patterns))
        return kind

    def _fill(self, kind: ComplexType, node: etree._Element, name: str) -> None:
        kind.mixed = node.get("mixed") in ("true", "1")
        for group in _children(node, "all", "sequence", "choice"):
            kind.model = self._model(group, name)

    def _model(self, group: etree._Element, name: str) -> ContentModel:
        if _tag(group) == "all":
            members = [
                (self._element(child, name), child.get("minOccurs", "1") != "0")
                for child in _children(group, "element")
            ]
            optional = group.get("minOccurs") == "0" or not any(must for _, must in members)
            return AllModel(members, optional=optional)
        model = SequenceModel()
        model.close(self._part(model, group, name))
        return model

    def _element(self, node: etree._Element, enclosing: str) -> ElementDecl:
        if node in self._local:
            return self._local[node]
        reference = node.get("ref")
        if reference is not None:
            prefix, _, local = reference.rpartition(":")
            return self._elements[node.nsmap.get(prefix or None, ""), local]
        qualified = self._qualified if node.get("form") is None else node.get("form") == "qualified"
        name = (self._space if qualified else "", node.get("name", ""))
        decl = self._local[node] = ElementDecl(
            name,
            nillable=node.get("nillable") in ("true", "1"),
            optional=node.get("minOccurs") == "0",
            identifies=name[1] == TECHNICAL_ID_LOCAL_NAME,
        )
        self._set_type(decl, node, enclosing)
        return decl

    def _part(self, model: SequenceModel, node: etree._Element, name: str) -> Part:
        least, most = node.get("minOccurs", "1"), node.get("maxOccurs", "1")
        if least not in ("0", "1") or most not in ("1", "unbounded"):
            raise SchemaNotSupportedError(f"a counted number of times in {name}")
        decl = self._element(node, name) if _tag(node) == "element" else None

        def once() -> Part:
            if decl is not None:
                return model.leaf(decl)
            parts = [
                self._part(model, child, name)
                for child in _children(node, "element", "sequence", "choice")
            ]
            if _tag(node) == "choice" and parts:
                return Part(
                    any(part.empty for part in parts),
                    tuple(position for part in parts for position in part.first),
                    tuple(position for part in parts for position in part.last),
                )
            return reduce(model.join, parts, Part(True))

        part = once()
        if most == "unbounded":
            part = model.loop(part)
        return replace(part, empty=True) if least == "0" else part


def _bound(kind: SimpleType, written: str) -> Bound:
    if kind.lexical not in NUMBERS:
        raise SchemaNotSupportedError(f"limits on a {kind.lexical}")
    return Bound(canonical(kind, written), Decimal(written))


def _enumerated(kind: SimpleType, values: list[str]) -> tuple[str, ...]:
    if kind.lexical != "string" and kind.lexical not in NUMBERS:
        raise SchemaNotSupportedError(f"an enumeration of {kind.lexical}")
    return tuple(canonical(kind, value) for value in values)


def _tag(node: etree._Element) -> str:
    return etree.QName(node).localname


def _children(node: etree._Element, *known: str) -> Iterator[etree._Element]:
    for child in node.iterchildren(etree.Element):
        if child.tag == f"{{{XS}}}annotation":
            continue
        if child.tag not in {f"{{{XS}}}{name}" for name in known}:
            raise SchemaNotSupportedError(f"{_tag(child)} in {_tag(node)}")
        yield child


def _with(kind: SimpleType, facet: str, value: object) -> SimpleType:
    """Return a type with one more facet, named by the attribute that holds it."""
    changes: dict[str, Any] = {facet: value}
    return replace(kind, **changes)
