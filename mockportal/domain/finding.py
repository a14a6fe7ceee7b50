"""An error of the first control beside the schema that found it: what an advice is made of."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from mockportal.domain.changes import Change, ChangeKind, Tags
from mockportal.domain.file_errors import MOST_CONTENT, Facts, Form, Place
from mockportal.domain.schema_elements import Presence, SchemaElement, ValueForm

_FORMS = {
    "date": Form.DATE,
    "dateTime": Form.DATE_TIME,
    "boolean": Form.BOOLEAN,
    "int": Form.INTEGER,
    "integer": Form.INTEGER,
}
_LONGEST = 80
"""Signs of a value that a sentence repeats."""
_NILLABLE = {Presence.NILLABLE, Presence.NILLABLE_ALTERNATIVE}


@dataclass(frozen=True)
class Finding:
    """An error, the elements of the schema in its order, and the day on which it was found."""

    facts: Facts
    place: Place
    elements: Sequence[SchemaElement] = ()
    today: date | None = None
    path: tuple[str, ...] = field(init=False)
    """The local names of the open elements, the faulty one last."""

    def __post_init__(self) -> None:
        """Read the path."""
        steps = tuple(step.partition("[")[0] for step in self.place.path.split("/") if step)
        object.__setattr__(self, "path", steps)

    @property
    def tags(self) -> Tags:
        """Return how the file writes tags."""
        return Tags(self.place.prefix, self.place.xsi)

    @property
    def shown(self) -> str:
        """Return the value as a sentence repeats it."""
        return self.short(self.facts.value)

    @staticmethod
    def short(text: str) -> str:
        """Return the start of a text on one line."""
        flat = text.replace("\n", "⏎")
        return flat if len(flat) <= _LONGEST else flat[:_LONGEST] + "…"

    @property
    def may_be_cut(self) -> bool:
        """Return whether the text of the faulty element may go on after what is known of it."""
        return len(self.place.content) >= MOST_CONTENT

    @property
    def name(self) -> str:
        """Return the local name of the faulty element."""
        return self.path[-1] if self.path else ""

    @property
    def parent(self) -> str:
        """Return the local name of the element around it."""
        return self.path[-2] if len(self.path) > 1 else ""

    @property
    def element(self) -> SchemaElement | None:
        """Return what the schema says of the faulty element; None where it knows none there."""
        return self.at(self.path)

    @property
    def form(self) -> ValueForm | None:
        """Return what the value of the faulty element must look like; None where it has none."""
        return self.element.form if self.element else None

    @property
    def key(self) -> str:
        """Return our own name of what the faulty element says; empty for one that is not known."""
        return (self.element.key if self.element else None) or ""

    def at(self, path: tuple[str, ...]) -> SchemaElement | None:
        """Return the element of the schema at a place."""
        return next((node for node in self.elements if node.path == path), None)

    def child(self, name: str) -> SchemaElement | None:
        """Return what the schema says of a child of the element around the faulty one."""
        return self.at((*self.path[:-1], name))

    def named(self, name: str) -> list[SchemaElement]:
        """Return the elements of a name, wherever they stand."""
        return [node for node in self.elements if node.name == name]

    def inner(self, element: SchemaElement) -> list[SchemaElement]:
        """Return the children of an element in the order of the schema."""
        return [node for node in self.elements if node.parent == element.path]

    def value(self, text: str, *, to_complete: bool = False) -> Change:
        """Return the change that gives the faulty element a value."""
        shown = self.tags.leaf(self.name, text)
        return Change(ChangeKind.VALUE, text, shown=shown, to_complete=to_complete)

    def without_value(self) -> Change | None:
        """Return the change that tells that nothing is known; None where the schema wants a value.

        A nillable element becomes nil, an optional one goes.
        """
        element = self.element
        if element is None:
            return None
        if element.presence is Presence.OPTIONAL:
            return Change(ChangeKind.REMOVE)
        if element.presence in _NILLABLE:
            nil = self.tags.nil(self.name)
            return Change(ChangeKind.NIL, nil, shown=nil)
        return None


def form_of(element: SchemaElement) -> Form:
    """Return how the schema wants the content of an element."""
    return _FORMS.get(element.form.base, Form.TEXT) if element.form else Form.ELEMENTS


def is_nillable(element: SchemaElement) -> bool:
    """Return whether the value of an element may be unknown."""
    return element.presence in _NILLABLE


def fits(form: ValueForm, value: str) -> bool:
    """Return whether a value has the length, the limits and the list that the schema sets."""
    length = len(value.encode("utf-16-le", "replace")) // 2
    if form.values and value not in form.values:
        return False
    if form.length is not None and length != form.length:
        return False
    if not (form.min_length or 0) <= length <= (form.max_length or length):
        return False
    if form.base in ("int", "integer"):
        if not value.isdecimal():
            return False
        return int(form.minimum or value) <= int(value) <= int(form.maximum or value)
    return True
