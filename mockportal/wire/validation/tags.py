"""Reading start tags and end tags: attributes, and the namespaces that they declare."""

import re
from typing import NamedTuple

from mockportal.wire.validation import faults
from mockportal.wire.validation.attributes import Attribute
from mockportal.wire.validation.characters import begins_no_name, invalid, name_end
from mockportal.wire.validation.components import Name
from mockportal.wire.validation.markup import LONGEST_NAME, Markup
from mockportal.wire.validation.namespaces import MOST_WEIGHT, XML, XMLNS, Scope
from mockportal.wire.validation.runs import ENDS_OF_LINES

_MOST_ATTRIBUTES = 10_000
_MOST_VALUES = 1 << 22
"""Characters that are kept of all values of one tag that matter: namespaces, and those of xsi."""
_LEAST = 1_000
"""Those that are kept of each, whatever the others take."""
_OF_XSI = frozenset(("nil", "type", "schemaLocation", "noNamespaceSchemaLocation"))
_NO_NAME = "null"
"""What XML 1.1 calls a name that begins with a colon, as long as it has read no other."""
_BLANKS = re.compile(" +")
_VALUE = {
    (quote, newer): re.compile(f"[^<&{quote}{invalid(newer=newer)}]*")
    for quote in "\"'"
    for newer in (False, True)
}
_STOPS = ENDS_OF_LINES + "%]"
_AS_BLANKS = str.maketrans("\t\n\r", "   ")


class Written(NamedTuple):
    """An attribute as a start tag writes it."""

    prefix: str
    local: str
    raw: str
    value: str


class StartTag(NamedTuple):
    """A start tag whose prefixes are resolved."""

    raw: str
    name: Name
    attributes: list[Attribute]
    empty: bool
    """It is an end tag as well."""
    declares: bool
    """It declares a namespace, so a new scope begins."""


class Tags(Markup):
    """A source that reads whole tags."""

    _room = _MOST_VALUES
    _last_element = _last_attribute = _NO_NAME
    _declared_twice = ""

    def qname(self) -> tuple[str, str, str]:
        """Read a prefix (may be empty) and a local name; return them with the whole.

        In XML 1.0, the prefix may begin with a colon.
        """
        # The whole name is taken at once, so that faults in its bytes are placed before it.
        end = self._qname_end()
        while end == len(self.text) and end - self.pos <= 3 * LONGEST_NAME and self.more():
            end = self._qname_end()
        whole = self.text[self.pos : end]
        colon = whole.find(":", 1)
        self.check_length(colon, len(self.text))
        local = whole[colon + 1 :]
        if colon >= 0 and not self._starts_local(local, end):
            self.pos = end
            self.fail(faults.NOT_A_QNAME)
        self.check_length(len(local), end)
        self.pos = end
        return whole[: max(colon, 0)], local, whole

    def _starts_local(self, local: str, end: int) -> bool:
        """Return whether a local name may begin as this one does.

        At the end of the file, Java looks at what its buffer held there before.
        """
        start = local[:1]
        if not start and end == len(self.text):
            start = self.portion[end - self.pos :][:1]
            return start != ":" and (not start or self.starts_name(start))
        return bool(start) and self.starts_name(start)

    def _qname_end(self) -> int:
        """Return where a name ends that has one colon after its first character."""
        end = name_end(self.text, self.pos, newer=self.newer)
        colon = self.text.find(":", self.pos + 1, end)
        second = self.text.find(":", colon + 1, end) if colon >= 0 else -1
        return second if second >= 0 else end

    def start_tag(self, scope: Scope) -> tuple[StartTag, Scope]:
        """Read a start tag after its ``<``; return it with the scope that holds in it."""
        self._require_name(faults.ELEMENT_UNTERMINATED, element=self._last_element)
        prefix, local, raw = self.qname()
        self._last_element = raw
        written: list[Written] = []
        declared: dict[str, str] = {}
        empty = False
        self._room = _MOST_VALUES
        while True:
            spaced = self.skip_spaces()
            char = self.peek()
            if not char:
                self.cut()
            if char == ">":
                self.pos += 1
                break
            if char == "/":
                self.pos += 1
                if not self.peek():
                    self.cut()
                if not self.skip(">"):
                    self.fail(faults.ELEMENT_UNTERMINATED, element=raw)
                empty = True
                break
            if not spaced or not self.starts_name(char):
                self.fail(faults.ELEMENT_UNTERMINATED, element=raw)
            self._attribute(raw, written, declared)
            if len(written) + len(declared) > _MOST_ATTRIBUTES:
                self.fail(faults.TOO_MANY_ATTRIBUTES, element=raw)
        if declared:
            scope = self._scope_of(declared, scope, raw)
        name = self._element_name(scope, prefix, local, raw)
        attributes = self._resolved(scope, raw, written)
        return StartTag(raw, name, attributes, empty, bool(declared)), scope

    def _require_name(self, template: str, **facts: str) -> None:
        """Fail where XML 1.1 reads no name; the facts name the one that was read before."""
        if self.newer and begins_no_name(self.peek()):
            self.fail(template, **facts)

    def _scope_of(self, declared: dict[str, str], outer: Scope, element: str) -> Scope:
        scope = Scope(declared, outer)
        if scope.weight > MOST_WEIGHT:
            self.fail(faults.TOO_MANY_NAMESPACES, element=element)
        return scope

    def end_tag(self, raw: str) -> None:
        """Read an end tag after its ``</``."""
        if not self.skip_string(raw):
            self.fail(faults.END_TAG_REQUIRED, element=raw)
        self.skip_spaces()
        if not self.skip(">"):
            if not self.peek():
                self.cut()
            self.fail(faults.END_TAG_UNTERMINATED, element=raw)

    def _attribute(self, element: str, written: list[Written], declared: dict[str, str]) -> None:
        last = self._last_attribute
        self._require_name(faults.EQUALS_REQUIRED, attribute=last, element=element)
        prefix, local, raw = self.qname()
        self._last_attribute = raw
        self.skip_spaces()
        if not self.skip("="):
            if not self.peek():
                self.cut()
            self.fail(faults.EQUALS_REQUIRED, attribute=raw, element=element)
        self.skip_spaces()
        quote = self.peek()
        if not quote:
            self.cut()
        if quote not in ('"', "'"):
            self.fail(faults.QUOTE_REQUIRED, attribute=raw, element=element)
        self.pos += 1
        declares = prefix == "xmlns" or raw == "xmlns"
        matters = declares or (bool(prefix) and local in _OF_XSI)
        value = self._value(quote, element, raw, matters=matters)
        if declares:
            self._declare(element, Written(prefix, local, raw, value), declared)
        else:
            written.append(Written(prefix, local, raw, value))

    def _value(self, quote: str, element: str, attribute: str, *, matters: bool) -> str:
        parts: list[str] = []
        room = max(self._room, _LEAST) if matters else 0
        self.look_ahead()
        while True:
            char = self.peek()
            if not char:
                self.cut()
            part = self.run(_VALUE[quote, self.newer], _STOPS).translate(_AS_BLANKS)
            if part:
                self.look_ahead(_STOPS)
            elif char == quote:
                self.pos += 1
                value = "".join(parts)
                self._room -= len(value)
                return value
            elif char == "&":
                self.pos += 1
                part = self.reference()
                self.look_ahead()
            elif char == "<":
                message = faults.LESS_THAN_IN_VALUE
                self.fail(message, attribute=attribute, element=element)
            else:
                message = faults.CHARACTER_IN_VALUE
                self.fail_at(char, message, attribute=attribute, element=element)
            if room and len(part) > room:
                part = _BLANKS.sub(" ", "".join([*parts, part]))
                parts.clear()
                room = max(self._room, _LEAST)
            parts.append(part[:room])
            room -= len(parts[-1])

    def _declare(self, element: str, written: Written, declared: dict[str, str]) -> None:
        space = written.value
        prefix = written.local if written.prefix else ""
        if prefix == "xmlns" or space == XMLNS:
            self.fail(faults.XMLNS_BINDING)
        if (prefix == "xml") != (space == XML):
            self.fail(faults.XML_BINDING)
        if prefix and not space and not self.newer:
            self.fail(faults.EMPTY_BINDING, local=prefix, attribute=written.raw)
        if prefix in declared and not self.newer:
            self.fail(faults.ATTRIBUTE_TWICE, attribute=written.raw, element=element)
        if prefix in declared:
            self._declared_twice = self._declared_twice or written.local
        declared[prefix] = space

    def _element_name(self, scope: Scope, prefix: str, local: str, raw: str) -> Name:
        if prefix == "xmlns":
            self.fail(faults.ELEMENT_XMLNS, element=raw)
        space = scope.space(prefix)
        if space is None:
            self.fail(faults.ELEMENT_PREFIX, prefix=prefix, element=raw)
        scope.remember(raw, (space, local))
        return space, local

    def _resolved(self, scope: Scope, element: str, written: list[Written]) -> list[Attribute]:
        attributes = []
        for prefix, local, raw, value in written:
            space = scope.space(prefix) if prefix else ""
            if space is None:
                message = faults.ATTRIBUTE_PREFIX
                self.fail(message, prefix=prefix, attribute=raw, element=element)
            attributes.append(Attribute(raw, space, local, value))
        if self._declared_twice:  # XML 1.1 is late to look
            message, local = faults.ATTRIBUTE_TWICE_IN_SPACE, self._declared_twice
            self.fail(message, attribute=local, space=XMLNS, element=element)
        seen: set[Name] = set()
        for raw, space, local, _ in attributes:
            if (space, local) in seen and space:
                message = faults.ATTRIBUTE_TWICE_IN_SPACE
                self.fail(message, attribute=local, space=space, element=element)
            if (space, local) in seen:
                self.fail(faults.ATTRIBUTE_TWICE, attribute=raw, element=element)
            seen.add((space, local))
        return attributes
