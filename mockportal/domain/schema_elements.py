"""What a schema says of an element of the flux: the facts of the dictionary's lines."""

from dataclasses import dataclass
from enum import Enum


class Presence(Enum):
    """Whether an element must be there; ``value`` names it in pages and tests."""

    MANDATORY = "mandatory"
    NILLABLE = "nillable"
    """It must be there; its value may be unknown (nil)."""
    OPTIONAL = "optional"
    ALTERNATIVE = "alternative"
    """One of several elements, exactly one of which must be there."""
    NILLABLE_ALTERNATIVE = "nillable_alternative"


class Order(Enum):
    """In which order the children of an element come."""

    ANY = "any"
    """In any order, each at most once."""
    GIVEN = "given"
    ONE_OF = "one_of"
    """One of them, and only one."""
    REPEATED = "repeated"
    """One kind of child, as often as wanted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueForm:
    """What the text of an element must look like; None or empty where the schema says nothing."""

    base: str
    """The built-in type, by its name in XML Schema: ``string``, ``int``, ``date``, …"""
    length: int | None = None
    min_length: int | None = None
    max_length: int | None = None
    minimum: str | None = None
    maximum: str | None = None
    patterns: tuple[str, ...] = ()
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaElement:
    """One element at one place of the flux, in the order of the schema."""

    path: tuple[str, ...]
    """The names from the root to the element, itself included."""
    presence: Presence
    repeats: bool = False
    """It may come any number of times."""
    form: ValueForm | None = None
    """None where the element holds other elements."""
    order: Order | None = None
    """The order of the elements that it holds; None where it holds a text."""
    key: str | None = None
    """Our own name of what it says, by which its label and its rule are found; None: not known."""

    @property
    def name(self) -> str:
        """Return the element's own name."""
        return self.path[-1]

    @property
    def parent(self) -> tuple[str, ...]:
        """Return the path of the element that holds it; empty for the root."""
        return self.path[:-1]
