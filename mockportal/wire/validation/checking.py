"""The schema check itself: a machine that is told of tags and text, and reports what is wrong."""

from collections.abc import Callable
from dataclasses import dataclass

from mockportal.wire.validation import messages
from mockportal.wire.validation.attributes import (
    Attribute,
    attribute_faults,
    given_type,
    is_true,
    xsi_value,
)
from mockportal.wire.validation.built_in import ANY_TYPE
from mockportal.wire.validation.components import (
    CompiledSchema,
    ComplexType,
    ContentModel,
    ElementDecl,
    Name,
    SimpleType,
)
from mockportal.wire.validation.namespaces import Scope
from mockportal.wire.validation.simple_types import fault_of, utf16_length

MOST_TEXT = 1 << 17
"""Characters of one value that are kept; messages show the start of a longer one."""
_MOST_REMEMBERED = 4096
_FAILED = -1
_BLANKS = " \t\n\r"

Report = Callable[[str, int], None]
"""Takes a message, and where the reader stands: an offset in the text that it has at hand."""


@dataclass(slots=True)
class Open:
    """An element that has begun and not ended."""

    raw: str
    decl: ElementDecl | None
    type: SimpleType | ComplexType
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
        self.open: list[Open] = []
        """The open elements, the innermost last."""
        self.keeps = False
        """The innermost has a simple type, so its text is kept."""
        self._schema = schema
        self._report = report
        self._parts: list[str] = []
        self._room = MOST_TEXT
        self._beyond = 0
        self._good: set[tuple[int, str]] = set()

    def start(
        self,
        raw: str,
        name: Name,
        attributes: list[Attribute],
        scope: Scope,
        at: int,
    ) -> None:
        """Take a start tag; ``scope`` holds in it."""
        decl = self._declared(raw, name, at)
        kind = decl.type if decl else None
        written = xsi_value(attributes, "type") if attributes else None
        if written is not None:
            faults, given = given_type(raw, written, kind, scope, self._schema)
            for fault in faults:
                self._report(fault, at)
            kind = given or kind
        elif kind is None and not self.open:
            self._report(messages.ROOT_UNKNOWN.format(element=raw), at)
        kind = kind or ANY_TYPE
        here = Open(raw, decl, kind, kind.model if isinstance(kind, ComplexType) else None)
        if attributes:
            self._take_attributes(here, attributes, scope, at)
        self.open.append(here)
        self._parts.clear()
        self._room = MOST_TEXT
        self._beyond = 0
        self.keeps = isinstance(kind, SimpleType)

    def text(self, text: str) -> None:
        """Take text, whole or in part; white space too."""
        here = self.open[-1]
        here.saw_text = True
        if self.keeps:
            self._keep(text)
        elif not here.saw_characters and text.strip(_BLANKS):
            here.saw_characters = True

    def end(self, at: int) -> None:
        """Take the end tag of the innermost open element."""
        here = self.open.pop()
        if here.nil and (here.saw_child or here.saw_text):
            self._report(messages.NIL_WITH_CONTENT.format(element=here.raw), at)
        if isinstance(here.type, SimpleType):
            if here.saw_child:
                self._report(messages.SIMPLE_CHILDREN.format(element=here.raw), at)
            if not here.nil:
                self._check_value(here.raw, here.type, "".join(self._parts), self._beyond, at)
        elif not here.nil:
            self._check_content(here, here.type, at)
        self.keeps = False

    def leaf(self, raw: str, name: Name, text: str, ended: int) -> bool:
        """Take a whole element without attributes; False when it must be taken in parts."""
        parent = self.open[-1]
        if parent.model is None or parent.state == _FAILED:
            return False
        step = parent.model.step(parent.state, name)
        if step is None or not isinstance(step[1].type, SimpleType):
            return False
        parent.state = step[0]
        parent.saw_child = True
        kind = step[1].type
        if (id(kind), text) in self._good:
            return True
        self._parts.clear()
        if self._check_value(raw, kind, text, 0, ended) and len(text) < _MOST_REMEMBERED:
            if len(self._good) >= _MOST_REMEMBERED:
                self._good.clear()
            self._good.add((id(kind), text))
        return True

    def _keep(self, text: str) -> None:
        if self._room:
            kept = text[: self._room]
            self._parts.append(kept)
            self._room -= len(kept)
            text = text[len(kept) :]
        self._beyond += utf16_length(text)

    def _declared(self, raw: str, name: Name, at: int) -> ElementDecl | None:
        if not self.open:
            return self._schema.elements.get(name)
        parent = self.open[-1]
        parent.saw_child = True
        model = parent.model
        if model is None:
            return self._schema.elements.get(name)
        if parent.state != _FAILED:
            step = model.step(parent.state, name)
            if step is not None:
                parent.state = step[0]
                return step[1]
            expected = model.expected(parent.state)
            parent.state = _FAILED
            if expected:
                message = messages.UNEXPECTED.format(
                    element=messages.braced(name), expected=messages.listed(expected)
                )
            else:
                message = messages.NOTHING_EXPECTED.format(element=raw)
            self._report(message, at)
        return model.find(name) or self._schema.elements.get(name)

    def _take_attributes(
        self, here: Open, attributes: list[Attribute], scope: Scope, at: int
    ) -> None:
        nil = xsi_value(attributes, "nil")
        if nil is not None and here.decl is not None:
            if here.decl.nillable:
                here.nil = is_true(nil)
            else:
                self._report(messages.NOT_NILLABLE.format(element=here.raw), at)
        for fault in attribute_faults(here.raw, here.type, attributes, scope):
            self._report(fault, at)

    def _check_value(self, raw: str, kind: SimpleType, value: str, beyond: int, at: int) -> bool:
        fault = fault_of(kind, value, beyond)
        if fault is None:
            return True
        self._report(fault, at)
        self._report(messages.SIMPLE_VALUE.format(value=value, element=raw), at)
        return False

    def _check_content(self, here: Open, kind: ComplexType, at: int) -> None:
        if here.model is None:
            if not kind.mixed and (here.saw_child or here.saw_text):
                self._report(messages.EMPTY_CONTENT.format(element=here.raw), at)
            return
        if here.saw_characters and not kind.mixed:
            self._report(messages.TEXT_BETWEEN.format(element=here.raw), at)
        if here.state != _FAILED and not here.model.complete(here.state):
            expected = messages.listed(here.model.expected(here.state))
            self._report(messages.INCOMPLETE.format(element=here.raw, expected=expected), at)
