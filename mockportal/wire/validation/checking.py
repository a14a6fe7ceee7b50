"""The schema check itself: a machine that is told of tags and text, and notes what is wrong."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mockportal.wire.validation import messages
from mockportal.wire.validation.attributes import Attribute, attribute_faults, is_true, type_faults
from mockportal.wire.validation.components import (
    CompiledSchema,
    ComplexType,
    ContentModel,
    ElementDecl,
    Name,
    SimpleType,
)
from mockportal.wire.validation.simple_types import fault_of, utf16_length

MOST_TEXT = 1 << 17
"""Characters of one value that are kept; of a longer one, messages show the start."""
_BLANK = " \t\n\r"
_FAILED = -1

Report = Callable[[str, int], None]
"""Takes a message and the offset, in the text at hand, of the place where the reader stands."""


@dataclass(slots=True)
class Open:
    """An element that has begun and not ended."""

    raw: str
    decl: ElementDecl | None
    type: SimpleType | ComplexType | None
    """None for an element that the schema does not know: anything goes."""
    model: ContentModel | None
    state: int = 0
    nil: bool = False
    saw_child: bool = False
    saw_text: bool = False
    saw_characters: bool = False


class Checker:
    """Checks one file against a schema, in the order and in the words of Java's validator."""

    def __init__(self, schema: CompiledSchema, report: Report) -> None:
        """Take the schema, and the function that notes an error."""
        self._schema = schema
        self._report = report
        self._open: list[Open] = []
        self._text: list[str] = []
        self._room = MOST_TEXT
        self._beyond = 0
        self._keeps_text = False

    def start(
        self,
        raw: str,
        name: Name,
        attributes: list[Attribute],
        prefixes: Mapping[str, str],
        at: int,
    ) -> None:
        """Take a start tag; ``prefixes`` are the namespaces declared where it stands."""
        decl = self._declared(name, at)
        kind = decl.type if decl else None
        written = _xsi(attributes, "type")
        if written is not None:
            faults, given = type_faults(raw, written, kind, prefixes, self._schema)
            for fault in faults:
                self._report(fault, at)
            if given is not None or kind is None:
                kind = given
        if kind is None and not self._open and written is None:
            self._report(messages.ROOT_UNKNOWN.format(element=raw), at)
        model = kind.model if isinstance(kind, ComplexType) else None
        here = Open(raw, decl, kind, model)
        if attributes:
            self._attributes(here, attributes, prefixes, at)
        self._open.append(here)
        if self._text:
            self._text.clear()
        self._room = MOST_TEXT
        self._beyond = 0
        self._keeps_text = isinstance(kind, SimpleType)

    def _declared(self, name: Name, at: int) -> ElementDecl | None:
        parent = self._open[-1] if self._open else None
        if parent is not None:
            parent.saw_child = True
            if parent.model is not None:
                return self._child(parent, parent.model, name, at)
        return self._schema.elements.get(name)

    def _child(self, parent: Open, model: ContentModel, name: Name, at: int) -> ElementDecl | None:
        if parent.state != _FAILED:
            step = model.step(parent.state, name)
            if step is not None:
                parent.state = step[0]
                return step[1]
            expected = model.expected(parent.state)
            parent.state = _FAILED
            self._unexpected = (name, expected)
        return model.find(name) or self._schema.elements.get(name)

    def _attributes(
        self, here: Open, attributes: list[Attribute], prefixes: Mapping[str, str], at: int
    ) -> None:
        nil = _xsi(attributes, "nil")
        if nil is not None and here.decl is not None:
            if here.decl.nillable:
                here.nil = is_true(nil)
            else:
                self._report(messages.NOT_NILLABLE.format(element=here.raw), at)
        for fault in attribute_faults(here.raw, here.type, attributes, prefixes):
            self._report(fault, at)
