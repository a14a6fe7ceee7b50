"""Every element of a schema of the flux, read from its very file: what the dictionary lists.

Beside ``validation``, which compiles the same files to check fluxes: a dictionary needs what a
check may forget, the order of the declarations and which of them are optional.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree

from mockportal.domain.schema_elements import Order, Presence, SchemaElement, ValueForm
from mockportal.wire.element_keys import key_of
from mockportal.wire.validation.built_in import XS

_GROUPS = ("all", "sequence", "choice")
_NUMBERS = {"length": "length", "minLength": "min_length", "maxLength": "max_length"}
_LIMITS = {"minInclusive": "minimum", "maxInclusive": "maximum"}


@lru_cache(maxsize=16)
def schema_elements(path: Path) -> tuple[SchemaElement, ...]:
    """Return the elements of a schema file in its order, each right before those that it holds."""
    with path.open("rb") as source:
        root = etree.parse(source).getroot()
    return tuple(_Walk(root).elements())


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a declaration stands."""

    above: tuple[str, ...]
    optional: bool = False
    alternative: bool = False
    repeats: bool = False


class _Walk:
    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._types = {
            one.get("name", ""): one
            for one in root.iterchildren(f"{{{XS}}}simpleType", f"{{{XS}}}complexType")
        }

    def elements(self) -> Iterator[SchemaElement]:
        for node in self._root.iterchildren(f"{{{XS}}}element"):
            yield from self._element(node, _Spot(()))

    def _element(self, node: etree._Element, spot: _Spot) -> Iterator[SchemaElement]:
        path = (*spot.above, node.get("name", ""))
        kind = self._kind(node)
        group = next(_parts(kind, *_GROUPS), None) if _is(kind, "complexType") else None
        spot = replace(
            spot,
            optional=spot.optional or node.get("minOccurs") == "0",
            repeats=spot.repeats or node.get("maxOccurs") == "unbounded",
        )
        yield SchemaElement(
            path=path,
            presence=_presence(spot, nillable=node.get("nillable") in ("true", "1")),
            repeats=spot.repeats,
            form=None if group is not None else self._form(node, kind),
            order=_order(group) if group is not None else None,
            key=key_of(path),
        )
        if group is not None:
            yield from self._group(group, _Spot(path))

    def _group(self, group: etree._Element, spot: _Spot) -> Iterator[SchemaElement]:
        choices = list(_parts(group, "element", *_GROUPS))
        spot = replace(
            spot,
            optional=spot.optional or group.get("minOccurs") == "0",
            alternative=spot.alternative or (_is(group, "choice") and len(choices) > 1),
            repeats=spot.repeats or group.get("maxOccurs") == "unbounded",
        )
        for part in choices:
            walk = self._element if _is(part, "element") else self._group
            yield from walk(part, spot)

    def _kind(self, node: etree._Element) -> etree._Element | None:
        """Return the definition of an element's type; None for a built-in one."""
        inner = next(_parts(node, "simpleType", "complexType"), None)
        if inner is not None:
            return inner
        return self._types.get(_local(node.get("type", "")))

    def _form(self, node: etree._Element, kind: etree._Element | None) -> ValueForm:
        if kind is None:
            return ValueForm(base=_local(node.get("type", "")))
        restriction = next(_parts(kind, "restriction"))
        base = restriction.get("base", "")
        form = self._form(restriction, self._types.get(_local(base)))
        facets: dict[str, Any] = {}
        patterns: tuple[str, ...] = ()
        values: tuple[str, ...] = ()
        for facet in restriction.iterchildren(etree.Element):
            name, value = etree.QName(facet).localname, facet.get("value", "")
            if name in _NUMBERS:
                facets[_NUMBERS[name]] = int(value)
            elif name in _LIMITS:
                facets[_LIMITS[name]] = value
            elif name == "pattern":
                patterns += (value,)
            elif name == "enumeration":
                values += (value,)
        return replace(
            form,
            base=form.base or _local(base),
            patterns=form.patterns + patterns,
            values=values or form.values,
            **facets,
        )


def _presence(spot: _Spot, *, nillable: bool) -> Presence:
    if spot.optional:
        return Presence.OPTIONAL
    if spot.alternative:
        return Presence.NILLABLE_ALTERNATIVE if nillable else Presence.ALTERNATIVE
    return Presence.NILLABLE if nillable else Presence.MANDATORY


def _order(group: etree._Element) -> Order:
    if _is(group, "all"):
        return Order.ANY
    inner = list(_parts(group, "element", *_GROUPS))
    if len(inner) == 1 and not _is(inner[0], "element"):
        return _order(inner[0])
    if group.get("maxOccurs") == "unbounded" or inner[0].get("maxOccurs") == "unbounded":
        return Order.REPEATED
    return Order.ONE_OF if _is(group, "choice") and len(inner) > 1 else Order.GIVEN


def _parts(node: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    if node is not None:
        yield from node.iterchildren(*(f"{{{XS}}}{name}" for name in names))


def _is(node: etree._Element | None, name: str) -> bool:
    return node is not None and node.tag == f"{{{XS}}}{name}"


def _local(written: str) -> str:
    return written.rpartition(":")[2]
