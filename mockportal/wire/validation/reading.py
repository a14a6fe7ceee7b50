"""Reading a document from its first character to its last, telling the checker of each part."""

import re
from collections.abc import Iterator

from mockportal.wire.validation import faults
from mockportal.wire.validation.attributes import Attribute
from mockportal.wire.validation.characters import (
    MAYBE_INVALID,
    PLAIN_NAME,
    invalid,
)
from mockportal.wire.validation.checking import Checker
from mockportal.wire.validation.namespaces import outermost
from mockportal.wire.validation.outside import Outside
from mockportal.wire.validation.runs import ENDS_OF_LINES
from mockportal.wire.validation.source import Omitted

_TEXT = {newer: re.compile(f"[^<&\\]{invalid(newer=newer)}]*") for newer in (False, True)}
_BEFORE_CONTENT = ENDS_OF_LINES + ">;"
_BRACKETS = re.compile(r"\]+")
_NAME = f"{PLAIN_NAME}(?::{PLAIN_NAME})?"
_PLAIN = re.compile(f"([ \t\n]*)<(?:({_NAME})>([^<&\\]{MAYBE_INVALID}]*)(</\\2>)?|/({_NAME})>)")
"""What most of a file is made of: ``<a>text</a>``, ``<a>text``, ``</a>``, after white space."""
_VALUE = f'[^"<&\t\n{MAYBE_INVALID}]*'
_NIL = re.compile(f'([ \t\n]*)<({_NAME}) +((?!xmlns){_NAME})="({_VALUE})" ?(/?)>')
"""A start tag with one attribute, as nil elements have."""
_DEEPEST = 10_000
"""How many elements may be open at once: Java has no limit but its memory."""
_DEEPEST_ALIKE = 500_000
"""The same, where most have the same names and declare nothing."""


class Reader(Outside):
    """Reads one document; tags and text go to the checker."""

    def __init__(
        self,
        pieces: Iterator[str | Omitted],
        place: tuple[int, int],
        checker: Checker,
        *,
        newer: bool = False,
    ) -> None:
        """Take the text and where it begins, and who is told."""
        super().__init__(pieces, place, newer=newer)
        self._checker = checker
        self._scope = outermost()
        self._scoped: list[int] = []
        """How many elements are open around each one that declares namespaces."""

    def document(self) -> None:
        """Read what follows the XML declaration; raises MalformedError where it is malformed."""
        self.prolog()
        self._start()
        while self._checker.open and not self._checker.stopped:
            if not self._plain():
                self.peek()
                self._count_omissions()
                self._odd()
            self._count_omissions()
            depth = len(self._checker.open)
            if depth > _DEEPEST_ALIKE or (depth > _DEEPEST and self._is_heavy(depth)):
                raw, limit = self._checker.open[-1].raw, str(_DEEPEST_ALIKE)
                self.fail(faults.TOO_DEEP, element=raw, depth=str(depth), limit=limit)
        if not self._checker.open:
            self.trailing()

    def _is_heavy(self, depth: int) -> bool:
        """Return whether the open elements take more memory than as many of one name may."""
        own = len(self._scoped) + len(self._checker.deep)
        return depth + own * (_DEEPEST_ALIKE // _DEEPEST) > _DEEPEST_ALIKE

    def _count_omissions(self) -> None:
        """Count what was left out before the place where reading stands."""
        elements = self.count_omissions()
        if elements:
            self._checker.passed_over(elements)

    def _plain(self) -> bool:  # noqa: C901  # the fast way through plain markup, kept in one loop
        """Read on as long as the text is made of plain tags; return whether anything was read."""
        checker, names, text = self._checker, self._scope.names, self.text
        start = at = self.pos
        # What follows a part that is left out waits until the part is counted.
        size = min([len(text), *(offset + 1 for offset, _ in self.omissions[:1])])
        while checker.open and not checker.stopped:
            match = _PLAIN.match(text, at)
            if match is None:
                if at >= size - 1 or not self._nil(at):
                    break
                at = self.pos
                continue
            end = match.end()
            if end >= size:
                break
            blank, raw, content, closing, closed = match.groups()
            here = checker.open[-1]
            if raw is None:
                if closed != here.raw:
                    break
                if blank and (checker.keeps or not here.saw_text):
                    checker.text(blank)
                self.pos = at = end
                self._end()
                names = self._scope.names
                continue
            name = names.get(raw)
            if name is None:
                break
            if blank and (checker.keeps or not here.saw_text):
                checker.text(blank)
            if closing is None or not checker.leaf(raw, name, content, end):
                checker.start(raw, name, [], self._scope, match.end(2) + 1)
                if content:
                    checker.text(content)
                if closing is not None:
                    checker.end(end)
            at = end
        self.pos = at
        return at > start

    def _nil(self, at: int) -> bool:
        match = _NIL.match(self.text, at)
        if match is None or match.end() == len(self.text):
            return False
        blank, raw, attribute, value, empty = match.groups()
        name = self._scope.names.get(raw)
        prefix, _, local = attribute.rpartition(":")
        space = self._scope.space(prefix) if prefix else ""
        if name is None or space is None:
            return False
        if blank:
            self._checker.text(blank)
        self.pos = match.end()
        attributes = [Attribute(attribute, space, local, value)]
        self._checker.start(raw, name, attributes, self._scope, self.pos)
        if empty:
            self._checker.end(self.pos)
        return True

    def _odd(self) -> None:
        """Read one thing of any kind, with all that can be wrong in it."""
        char = self.peek()
        if not char:
            self.cut()
        if char == "<":
            self.pos += 1
            self._markup()
        elif char == "&":
            self.pos += 1
            self._checker.text(self.reference())
        elif char == "]":
            self.look_ahead(_BEFORE_CONTENT)
            self._brackets()
        else:
            text = self.run(_TEXT[self.newer])
            if not text:
                self.fail_at(char, faults.CHARACTER_IN_TEXT)
            self._take(text)

    def _take(self, text: str) -> None:
        self._checker.text(text.replace("\r", "\n"))

    def _brackets(self) -> None:
        while self.peek() == "]":
            brackets = 0
            while self.peek() == "]":
                run = _BRACKETS.match(self.text, self.pos)
                end = run.end() if run else self.pos + 1
                self._checker.text(self.text[self.pos : end])
                brackets += end - self.pos
                self.pos = end
            if brackets > 1 and self.skip(">"):
                self.fail(faults.CDATA_END_IN_TEXT)
            self.look_ahead()
            self._take(self.run(_TEXT[self.newer]))

    def _markup(self) -> None:
        char = self.peek()
        if not char:
            self.cut()
        if char == "/":
            self.pos += 1
            self.end_tag(self._checker.open[-1].raw)
            self._end()
        elif char == "?":
            self.pos += 1
            self.instruction()
        elif char == "!":
            self.pos += 1
            self._declaration_in_content()
        elif self.starts_name(char):
            self._start()
        else:
            self.fail(faults.MARKUP_IN_CONTENT)

    def _declaration_in_content(self) -> None:
        if not self.peek():
            self.cut()
        if self.skip("-"):
            if not self.peek():
                self.cut()
            if not self.skip("-"):
                self.fail(faults.COMMENT_START)
            self.comment()
        elif self.skip("[CDATA["):
            self.take_until("]]>", faults.CHARACTER_IN_CDATA, self._take)
        elif self.skip("DOCTYPE"):
            self.fail(faults.DOCTYPE_IN_CONTENT)
        else:
            self.fail(faults.MARKUP_IN_CONTENT)

    def _start(self) -> None:
        tag, self._scope = self.start_tag(self._scope)
        if tag.declares:
            self._scoped.append(len(self._checker.open))
        self._checker.start(tag.raw, tag.name, tag.attributes, self._scope, self.pos)
        if tag.empty:
            self._end()

    def _end(self) -> None:
        self._checker.end(self.pos)
        if self._scoped and self._scoped[-1] == len(self._checker.open):
            self._scoped.pop()
            self._scope = self._scope.left()
