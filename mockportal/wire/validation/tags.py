"""Reading start tags and end tags: attributes, and the namespaces that they declare."""

import re
from typing import NamedTuple

from mockportal.wire.validation import faults
from mockportal.wire.validation.attributes import Attribute
from mockportal.wire.validation.characters import INVALID, name_end, starts_name
from mockportal.wire.validation.components import Name
from mockportal.wire.validation.markup import LONGEST_NAME, Markup
from mockportal.wire.validation.namespaces import XML, XMLNS, Scope

_MOST_ATTRIBUTES = 10_000
_MOST_VALUES = 1 << 17
"""Characters that are kept of all values of one tag."""
_VALUE = {quote: re.compile(f"[^<&{quote}{INVALID}]*") for quote in "\"'"}
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

    def qname(self) -> tuple[str, str, str]:
        """Read a prefix (may be empty) and a local name; return them with the whole."""
        if self.peek() == ":":
            whole = self.name()
            return "", whole, whole
        while True:
            colon = name_end(self.text, self.pos, colons=False)
            has_colon = self.text.startswith(":", colon)
            end = name_end(self.text, colon + 1, colons=False) if has_colon else colon
            # The whole name is taken at once, so that faults in its bytes are placed before it.
            if end < len(self.text) or end - self.pos > 3 * LONGEST_NAME or not self.more():
                break
        start = self.pos
        self.pass_name(colon)
        if has_colon:
            self.pos += 1
            self.pass_name(end)
        whole = self.text[start:end]
        if not has_colon:
            return "", whole, whole
        prefix, _, local = whole.partition(":")
        if not local:
            if not self.peek():
                self.cut()
            self.fail(faults.NOT_A_QNAME)
        return prefix, local, whole

    def start_tag(self, scope: Scope) -> tuple[StartTag, Scope]:
        """Read a start tag after its ``<``; return it with the scope that holds in it."""
        prefix, local, raw = self.qname()
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
                    self.fail(faults.ELEMENT_UNTERMINATED.format(element=raw))
                empty = True
                break
            if not spaced or not starts_name(char):
                self.fail(faults.ELEMENT_UNTERMINATED.format(element=raw))
            self._attribute(raw, written, declared)
            if len(written) + len(declared) > _MOST_ATTRIBUTES:
                self.fail(faults.TOO_MANY_ATTRIBUTES.format(element=raw))
        if declared:
            scope = Scope(declared, scope)
        name = self._element_name(scope, prefix, local, raw)
        attributes = self._resolved(scope, raw, written)
        return StartTag(raw, name, attributes, empty, bool(declared)), scope

    def end_tag(self, raw: str) -> None:
        """Read an end tag after its ``</``."""
        if not self.skip(raw):
            self.fail(faults.END_TAG_REQUIRED.format(element=raw))
        self.skip_spaces()
        if not self.skip(">"):
            if not self.peek():
                self.cut()
            self.fail(faults.END_TAG_UNTERMINATED.format(element=raw))

    def _attribute(self, element: str, written: list[Written], declared: dict[str, str]) -> None:
        prefix, local, raw = self.qname()
        self.skip_spaces()
        if not self.skip("="):
            if not self.peek():
                self.cut()
            self.fail(faults.EQUALS_REQUIRED.format(attribute=raw, element=element))
        self.skip_spaces()
        quote = self.peek()
        if not quote:
            self.cut()
        if quote not in ('"', "'"):
            self.fail(faults.QUOTE_REQUIRED.format(attribute=raw, element=element))
        self.pos += 1
        value = self._value(quote, element, raw)
        if prefix == "xmlns" or raw == "xmlns":
            self._declare(element, Written(prefix, local, raw, value), declared)
        else:
            written.append(Written(prefix, local, raw, value))

    def _value(self, quote: str, element: str, attribute: str) -> str:
        parts: list[str] = []
        while True:
            char = self.peek()
            if not char:
                self.cut()
            part = self.run(_VALUE[quote]).translate(_AS_BLANKS)
            if part:
                pass
            elif char == quote:
                self.pos += 1
                return "".join(parts)
            elif char == "&":
                self.pos += 1
                part = self.reference()
            elif char == "<":
                message = faults.LESS_THAN_IN_VALUE
                self.fail(message.format(attribute=attribute, element=element))
            else:
                code = f"{ord(char):x}"
                message = faults.CHARACTER_IN_VALUE
                self.fail(message.format(code=code, attribute=attribute, element=element))
            parts.append(part[: self._room])
            self._room -= len(parts[-1])

    def _declare(self, element: str, written: Written, declared: dict[str, str]) -> None:
        space = written.value
        prefix = written.local if written.prefix else ""
        if prefix == "xmlns" or space == XMLNS:
            self.fail(faults.XMLNS_BINDING)
        if (prefix == "xml") != (space == XML):
            self.fail(faults.XML_BINDING)
        if prefix and not space:
            self.fail(faults.EMPTY_BINDING.format(local=prefix, attribute=written.raw))
        if prefix in declared:
            self.fail(faults.ATTRIBUTE_TWICE.format(attribute=written.raw, element=element))
        declared[prefix] = space

    def _element_name(self, scope: Scope, prefix: str, local: str, raw: str) -> Name:
        if prefix == "xmlns":
            self.fail(faults.ELEMENT_XMLNS.format(element=raw))
        space = scope.space(prefix)
        if space is None:
            self.fail(faults.ELEMENT_PREFIX.format(prefix=prefix, element=raw))
        scope.remember(raw, (space, local))
        return space, local

    def _resolved(self, scope: Scope, element: str, written: list[Written]) -> list[Attribute]:
        attributes = []
        for prefix, local, raw, value in written:
            space = scope.space(prefix) if prefix else ""
            if space is None:
                message = faults.ATTRIBUTE_PREFIX
                self.fail(message.format(prefix=prefix, attribute=raw, element=element))
            attributes.append(Attribute(raw, space, local, value))
        seen: set[Name] = set()
        for raw, space, local, _ in attributes:
            if (space, local) in seen and space:
                message = faults.ATTRIBUTE_TWICE_IN_SPACE
                self.fail(message.format(attribute=local, space=space, element=element))
            if (space, local) in seen:
                self.fail(faults.ATTRIBUTE_TWICE.format(attribute=raw, element=element))
            seen.add((space, local))
        return attributes
