"""Which elements, branches and values of a schema there are, and which a flux exercises."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from mockportal.domain.coverage import NOT_WELL_FORMED, Items, Part
from mockportal.domain.schema_elements import Presence, SchemaElement, ValueForm
from mockportal.wire.names import NIL
from mockportal.wire.schema_elements import schema_elements
from mockportal.wire.validation import messages
from mockportal.wire.validation.compiling import compile_schema
from mockportal.wire.validation.components import ComplexType, ElementDecl

_TRUTHS = {"true": "true", "1": "true", "false": "false", "0": "false"}
_FACETS = {
    "length": "length",
    "minLength": "min_length",
    "maxLength": "max_length",
    "minInclusive": "minimum",
    "maxInclusive": "maximum",
    "pattern": "patterns",
    "enumeration": "values",
}
"""The facets, by where they stand in the form of a value."""
_OF_FACETS = re.compile(r"cvc-[a-zA-Z{}]+-valid$")
_CHOSEN = (Presence.ALTERNATIVE, Presence.NILLABLE_ALTERNATIVE)


@dataclass(slots=True)
class _Spot:
    """An element at one place of the schema, and what it can exercise."""

    path: str
    optional: bool
    chosen: bool
    nillable: bool
    truths: bool
    values: tuple[str, ...]
    inner: dict[str, "_Spot"] = field(default_factory=dict)

    def elements(self) -> Iterator["_Spot"]:
        yield self
        for one in self.inner.values():
            yield from one.elements()


@lru_cache(maxsize=8)
def exercisable(schema: Path) -> Items:
    """Return all that a flux of a schema can exercise, in the schema's order."""
    spots = [spot for root in _tree(schema).values() for spot in root.elements()]
    branches = []
    for spot in spots:
        if spot.optional:
            branches += [_there(spot), _absent(spot)]
        elif spot.chosen:
            branches.append(_chosen(spot))
        if spot.nillable:
            branches += [_nil(spot), _not_nil(spot)]
    return {
        Part.ELEMENTS: [spot.path for spot in spots],
        Part.BRANCHES: branches,
        Part.VALUES: [
            _value(spot, value)
            for spot in spots
            for value in (("true", "false") if spot.truths else spot.values)
        ],
    }


def exercised(flux: BinaryIO, schema: Path) -> dict[Part, set[str]]:
    """Return what a flux that the schema accepts exercises; one pass, memory stays bounded."""
    found: dict[Part, set[str]] = {
        part: set() for part in (Part.ELEMENTS, Part.BRANCHES, Part.VALUES)
    }
    walk = _Walk(_tree(schema), found)
    events = etree.iterparse(
        flux, events=("start", "end"), resolve_entities=False, no_network=True, huge_tree=True,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    for event, element in events:
        if event == "start":
            walk.start(etree.QName(element).localname)
            continue
        walk.end(element)
        element.clear(keep_tail=False)
        while element.getprevious() is not None:
            del element.getparent()[0]
    return found


def error_codes(schema: Path) -> list[str]:
    """Return the codes of the first control's messages, and the word for those without one.

    Those about facets are there for the facets that the schema has.
    """
    texts = (str(value) for name, value in vars(messages).items() if name.isupper())
    codes = {error_code(text) for text in texts} - {NOT_WELL_FORMED}
    facets = {one for element in schema_elements(schema) for one in _facets(element.form)}
    general = {code for code in codes if not _OF_FACETS.match(code)}
    return [*sorted(general | {f"cvc-{one}-valid" for one in facets}), NOT_WELL_FORMED]


def error_code(message: str) -> str:
    """Return the code that a message of the first control begins with."""
    code, colon, _ = message.partition(" : ")
    coded = colon and code.startswith(("cvc-", "UndeclaredPrefix"))
    return code if coded else NOT_WELL_FORMED


def _facets(form: ValueForm | None) -> Iterator[str]:
    for name, held in _FACETS.items():
        if form is not None and getattr(form, held) not in (None, ()):
            yield name


class _Walk:
    """Goes through a flux, and notes what it meets."""

    def __init__(self, roots: dict[str, _Spot], found: dict[Part, set[str]]) -> None:
        self._roots = roots
        self._found = found
        self._open: list[tuple[_Spot | None, set[str]]] = []

    def start(self, name: str) -> None:
        if self._open:
            above, met = self._open[-1]
            met.add(name)
            spot = above.inner.get(name) if above else None
        else:
            spot = self._roots.get(name)
        self._open.append((spot, set()))

    def end(self, element: etree._Element) -> None:
        spot, met = self._open.pop()
        if spot is None:
            return
        branches = self._found[Part.BRANCHES]
        self._found[Part.ELEMENTS].add(spot.path)
        if spot.optional:
            branches.add(_there(spot))
        elif spot.chosen:
            branches.add(_chosen(spot))
        nil = element.get(NIL, "").strip() in ("true", "1")
        if spot.nillable:
            branches.add(_nil(spot) if nil else _not_nil(spot))
        if nil:
            return
        branches.update(
            _absent(one) for name, one in spot.inner.items() if one.optional and name not in met
        )
        text = element.text or ""
        if spot.truths:
            self._found[Part.VALUES].add(_value(spot, _TRUTHS.get(text.strip(), "")))
        elif text in spot.values:
            self._found[Part.VALUES].add(_value(spot, text))


@lru_cache(maxsize=8)
def _tree(schema: Path) -> dict[str, _Spot]:
    """Return the elements of a schema: a place for each, the roots by name."""
    declared = compile_schema(schema).elements
    roots: dict[str, _Spot] = {}
    spots: dict[tuple[str, ...], tuple[_Spot, ElementDecl]] = {}
    for one in schema_elements(schema):
        above = spots.get(one.parent)
        if above is None:
            decl = next(decl for name, decl in declared.items() if name[1] == one.name)
            spot = roots[one.name] = _spot(one, decl)
        else:
            decl = _child(above[1], one.name)
            spot = above[0].inner[one.name] = _spot(one, decl)
        spots[one.path] = (spot, decl)
    return roots


def _child(decl: ElementDecl, name: str) -> ElementDecl:
    model = decl.type.model if isinstance(decl.type, ComplexType) else None
    found = model and (model.find((decl.name[0], name)) or model.find(("", name)))
    if not found:
        raise LookupError(f"the schema has no {name} in {decl.name[1]}")
    return found


def _spot(one: SchemaElement, decl: ElementDecl) -> _Spot:
    form = one.form
    return _Spot(
        path="/" + "/".join(one.path),
        optional=one.presence is Presence.OPTIONAL,
        chosen=one.presence in _CHOSEN,
        nillable=decl.nillable,
        truths=form is not None and form.base == "boolean",
        values=form.values if form else (),
    )


def _there(spot: _Spot) -> str:
    return f"{spot.path} present"


def _absent(spot: _Spot) -> str:
    return f"{spot.path} absent"


def _chosen(spot: _Spot) -> str:
    return f"{spot.path} chosen"


def _nil(spot: _Spot) -> str:
    return f"{spot.path} nil"


def _not_nil(spot: _Spot) -> str:
    return f"{spot.path} not nil"


def _value(spot: _Spot, value: str) -> str:
    return f"{spot.path} = {value}"
