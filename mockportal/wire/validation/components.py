"""What a compiled schema is made of: types, elements, content models."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

Name = tuple[str, str]
"""A namespace (empty for none) and a local name."""


class SchemaNotSupportedError(ValueError):
    """A schema file uses something that this check does not know."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A limit on a number, as messages write it and as a value."""

    written: str
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class SimpleType:
    """A type of text, with the facets of its bases."""

    label: str
    """The name that messages give it."""
    base: "SimpleType | None"
    lexical: str
    """The built-in datatype whose written form a value must have."""
    collapses: bool = False
    """Leading, trailing and repeated white space does not count."""
    replaces: bool = False
    """Each white space character counts as a blank."""
    patterns: tuple[tuple[str, re.Pattern[str]], ...] = ()
    """The derived type's own first: all must match."""
    length: int | None = None
    min_length: int | None = None
    max_length: int | None = None
    enumeration: tuple[str, ...] | None = None
    max_inclusive: Bound | None = None
    max_exclusive: Bound | None = None
    min_inclusive: Bound | None = None
    min_exclusive: Bound | None = None


class ContentModel(Protocol):
    """Which children an element may have; a state is a whole number, the first one 0."""

    repeats: bool
    """Children may come again and again."""

    def step(self, state: int, name: Name) -> "tuple[int, ElementDecl] | None":
        """Return the state after a child and the child's declaration, None when it may not come."""

    def complete(self, state: int) -> bool:
        """Return whether the content may end here."""

    def expected(self, state: int) -> list[Name]:
        """Return the children that may come here, in the order of messages."""

    def missing(self, state: int) -> list[Name]:
        """Return the children that must come and have not, where there is no choice."""

    def find(self, name: Name) -> "ElementDecl | None":
        """Return the declaration of a child wherever it stands in the model."""


@dataclass(slots=True)
class ComplexType:
    """A type of element with children; ``model`` is None when there may be none."""

    label: str
    model: ContentModel | None = None
    mixed: bool = False


@dataclass(slots=True)
class ElementDecl:
    """A declared element; its type is set once all types are known."""

    name: Name
    nillable: bool = False
    optional: bool = False
    """It may be left out."""
    identifies: bool = False
    """Its text is what its parent is known by."""
    type: SimpleType | ComplexType | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class CompiledSchema:
    """A schema file, ready to check files."""

    elements: Mapping[Name, ElementDecl]
    """The elements that may be a root."""
    types: Mapping[Name, SimpleType | ComplexType]
    """The named types, and the built-in ones."""
    homes: Mapping[str, str]
    """Where an element may stand, by local names: a place for each element that has but one."""
