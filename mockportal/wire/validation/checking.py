"""The schema check itself: a machine that is told of tags and text, and reports what is wrong."""

from collections.abc import Callable

from mockportal.domain.ellipsis import abridged
from mockportal.domain.file_errors import MOST_CONTENT
from mockportal.wire.names import XSI
from mockportal.wire.validation import messages
from mockportal.wire.validation.attributes import (
    Attribute,
    attribute_faults,
    given_type,
    is_true,
    xsi_value,
)
from mockportal.wire.validation.built_in import ANY_TYPE
from mockportal.wire.validation.characters import utf16_length
from mockportal.wire.validation.components import (
    CompiledSchema,
    ComplexType,
    ElementDecl,
    Name,
    SimpleType,
)
from mockportal.wire.validation.messages import Message, worded
from mockportal.wire.validation.namespaces import Scope
from mockportal.wire.validation.open_elements import FAILED, Open, Subject, lacking
from mockportal.wire.validation.simple_types import fault_of, squeezed

MOST_TEXT = 1 << 20
"""Characters of one value that are kept; messages show the start of a longer one."""
MOST_WORDS = MOST_CONTENT
"""Characters kept of a text that is no value; about twice as many at most."""
LONGEST_IDENTIFIER = 255
"""Characters of a passage's identifier that are kept: no good one has more."""
_MOST_REMEMBERED = 4096
_DEEP = 1_000
"""Deeper than this, elements that nobody knows take no memory of their own: a name has but one."""
_BLANKS = " \t\n\r"


Report = Callable[[Message, int, Subject], None]
"""Takes a message, where the reader stands (an offset in the text at hand), and what it is about.
"""


class Checker:
    """Checks one file against a schema, in the order and in the words of Java's validator."""

    def __init__(self, schema: CompiledSchema, report: Report) -> None:
        """Take the schema, and the function that notes an error."""
        self.open: list[Open] = []
        """The open elements, the innermost last."""
        self.keeps = False
        """The innermost has a simple type, so its text is kept."""
        self.last: Open | None = None
        """Checking may stop once this element has ended."""
        self.stopped = False
        self.xsi = ""
        """The prefix of ``xsi:nil`` that the root declares; empty for none."""
        self.deep: dict[str, Open] = {}
        """The elements that are shared, by their names."""
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
        if not self.open:
            self.xsi = scope.prefix_of(XSI)
        kind = decl.type if decl else None
        written = xsi_value(attributes, "type") if attributes else None
        if written is not None:
            faults, given = given_type(raw, written, kind, scope, self._schema)
            for fault in faults:
                self._report(fault, at, Subject(raw, decl))
            kind = given or kind
        elif kind is None and not self.open:
            self._report(worded(messages.ROOT_UNKNOWN, element=raw), at, Subject(raw, None))
        kind = kind or ANY_TYPE
        if len(self.open) >= _DEEP and kind is ANY_TYPE and not attributes:
            here = self._deep_element(raw)
        else:
            here = Open(raw, decl, kind, kind.model if isinstance(kind, ComplexType) else None)
        if self.open and decl is not None:
            here.index = self._index(self.open[-1])
        if self.open and self.open[-1].failed and self.open[-1].stranger is None:
            self.open[-1].stranger = here
        if attributes:
            self._take_attributes(here, attributes, scope, at)
        self.open.append(here)
        self._parts.clear()
        self._room = MOST_TEXT
        self._beyond = 0
        self.keeps = isinstance(kind, SimpleType)

    def _deep_element(self, raw: str) -> Open:
        """Return the element of this name that all share that are deep and of any type."""
        if len(self.open) == _DEEP:
            self.deep.clear()
        return self.deep.setdefault(raw, Open(raw, None, ANY_TYPE, None))

    def text(self, text: str) -> None:
        """Take text, whole or in part; white space too."""
        here = self.open[-1]
        here.saw_text = True
        if self.keeps:
            self._keep(text)
        elif len(here.words) < MOST_WORDS and text.strip(_BLANKS):
            here.saw_characters = True
            here.words += text[:MOST_WORDS]

    def end(self, at: int) -> None:
        """Take the end tag of the innermost open element."""
        here = self.open.pop()
        about = Subject(here.raw, here.decl, here.index, here)
        if here.nil and (here.saw_child or here.saw_text):
            self._report(worded(messages.NIL_WITH_CONTENT, element=here.raw), at, about)
        if isinstance(here.type, SimpleType):
            if here.saw_child:
                self._report(worded(messages.SIMPLE_CHILDREN, element=here.raw), at, about)
            value = "".join(self._parts)
            here.words = value[:MOST_WORDS]
            if here.decl is not None and here.decl.identifies and self.open:
                self.open[-1].identifier = abridged(value, LONGEST_IDENTIFIER)
            if not here.nil:
                self._check_value(about, here.type, value, self._beyond, at)
        elif not here.nil:
            self._check_content(about, here, here.type, at)
        self.keeps = False
        self.stopped = here is self.last

    def passed_over(self, elements: int) -> None:
        """Take that so many children of the innermost open element were left out."""
        self.open[-1].children += elements

    def leaf(self, raw: str, name: Name, text: str, ended: int) -> bool:
        """Take a whole element without attributes; False when it must be taken in parts."""
        parent = self.open[-1]
        if parent.model is None or parent.state == FAILED:
            return False
        step = parent.model.step(parent.state, name)
        if step is None or not isinstance(step[1].type, SimpleType):
            return False
        parent.state = step[0]
        parent.saw_child = True
        decl = step[1]
        kind = step[1].type
        if parent.model.repeats:
            parent.children += 1
        if decl.identifies:
            parent.identifier = abridged(text, LONGEST_IDENTIFIER)
        if (id(kind), text) in self._good:
            return True
        self._parts.clear()
        about = Subject(raw, decl, self._index(parent))
        if self._check_value(about, kind, text, 0, ended) and len(text) < _MOST_REMEMBERED:
            if len(self._good) >= _MOST_REMEMBERED:
                self._good.clear()
            self._good.add((id(kind), text))
        return True

    @staticmethod
    def _index(parent: Open) -> int:
        return parent.children if parent.model is not None and parent.model.repeats else 0

    def _keep(self, text: str) -> None:
        if len(text) > self._room and not self._beyond:
            kind = self.open[-1].type
            if isinstance(kind, SimpleType):
                text = squeezed(kind, "".join([*self._parts, text]))
                self._parts.clear()
                self._room = MOST_TEXT
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
        if parent.state != FAILED:
            step = model.step(parent.state, name)
            if step is not None:
                parent.state = step[0]
                parent.children += model.repeats
                return step[1]
            expected = model.expected(parent.state)
            parent.lacking, parent.either = lacking(model, parent.state)
            parent.state = FAILED
            if expected:
                message = worded(
                    messages.UNEXPECTED,
                    [local for _, local in expected],
                    name,
                    element=messages.braced(name),
                    expected=messages.listed(expected),
                )
            else:
                message = worded(messages.NOTHING_EXPECTED, element=raw)
            self._report(message, at, Subject(raw, model.find(name), parent=parent))
        known = model.find(name)
        if known is not None and name[1] in parent.lacking:
            left = (local for local in parent.lacking if local != name[1] and not parent.either)
            parent.lacking = tuple(left)
        parent.children += known is not None and model.repeats
        return known or self._schema.elements.get(name)

    def _take_attributes(
        self, here: Open, attributes: list[Attribute], scope: Scope, at: int
    ) -> None:
        about = Subject(here.raw, here.decl, here.index, here)
        nil = xsi_value(attributes, "nil")
        if nil is not None and here.decl is not None:
            if here.decl.nillable:
                here.nil = is_true(nil)
            else:
                self._report(worded(messages.NOT_NILLABLE, element=here.raw), at, about)
        for fault in attribute_faults(here.raw, here.type, attributes, scope):
            self._report(fault, at, about)

    def _check_value(
        self, about: Subject, kind: SimpleType, value: str, beyond: int, at: int
    ) -> bool:
        fault = fault_of(kind, value, beyond)
        if fault is None:
            return True
        self._report(fault, at, about)
        self._report(worded(messages.SIMPLE_VALUE, value=value, element=about.raw), at, about)
        return False

    def _check_content(self, about: Subject, here: Open, kind: ComplexType, at: int) -> None:
        if here.model is None:
            if not kind.mixed and (here.saw_child or here.saw_text):
                self._report(worded(messages.EMPTY_CONTENT, element=here.raw), at, about)
            return
        if here.saw_characters and not kind.mixed:
            self._report(worded(messages.TEXT_BETWEEN, element=here.raw), at, about)
        if here.state != FAILED and not here.model.complete(here.state):
            expected = here.model.expected(here.state)
            message = worded(
                messages.INCOMPLETE,
                [local for _, local in expected],
                element=here.raw,
                expected=messages.listed(expected),
            )
            self._report(message, at, about)
