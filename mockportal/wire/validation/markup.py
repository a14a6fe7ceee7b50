"""Reading names, references, comments, CDATA sections and processing instructions."""

import re

from mockportal.wire.validation import faults
from mockportal.wire.validation.characters import is_valid_code, name_end, starts_name
from mockportal.wire.validation.runs import Runs

SPACES = re.compile("[ \t\n\r]*")
_DIGITS = re.compile("[0-9]*")
_HEX_DIGITS = re.compile("[0-9A-Fa-f]*")
LONGEST_NAME = 1000
"""The longest name that Java takes."""
_MOST_DIGITS = 1 << 17
"""Digits of a reference that are kept, for a message."""
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


class Markup(Runs):
    """A source that knows XML's smaller constructs; faults are those of Java, at its places."""

    def skip_spaces(self) -> bool:
        """Pass over white space; return whether there was any."""
        seen = False
        while self.peek():
            match = SPACES.match(self.text, self.pos)
            assert match is not None  # noqa: S101  # for mypy: a form that ends in * matches anywhere
            if match.end() == self.pos:
                break
            seen = True
            self.pos = match.end()
            if "\r" in match[0] or "\n" in match[0]:
                self.spaces_end = self.pos
        return seen

    def skip_string(self, wanted: str) -> bool:
        """Pass over ``wanted`` as ``skip`` does.

        In XML 1.1, something must come next, and Java reads no further than to what differs.
        """
        if self.newer:
            if not self.peek():
                self.cut()
            if not wanted.startswith(self.text[self.pos : self.pos + len(wanted)]):
                return False
        return self.skip(wanted)

    def starts_name(self, char: str) -> bool:
        """Return whether a name may begin with this character."""
        return starts_name(char, newer=self.newer)

    def name(self) -> str:
        """Read a name, colons and all; an empty string when none comes next."""
        if not self.peek():
            return ""
        end = name_end(self.text, self.pos, newer=self.newer)
        while end == len(self.text) and end - self.pos <= LONGEST_NAME and self.more():
            end = name_end(self.text, self.pos, newer=self.newer)
        start = self.pos
        self.check_length(end - start, end)
        self.pos = end
        return self.text[start:end]

    def check_length(self, length: int, end: int) -> None:
        """Fail when a name is longer than Java allows; ``end`` is where reading stands then."""
        if length > LONGEST_NAME:
            if end < len(self.text):
                self.pos = end
            self.fail(faults.NAME_TOO_LONG, length=f"{length:,}".replace(",", "\u202f"))

    def comment(self) -> None:
        """Read a comment after its ``<!--``."""
        self.take_until("--", faults.CHARACTER_IN_COMMENT)
        if not self.skip(">"):
            if not self.peek():
                self.cut()
            self.fail(faults.DASHES_IN_COMMENT)

    def instruction(self) -> None:
        """Read a processing instruction after its ``<?``."""
        target = self.name()
        if not target:
            if not self.peek():
                self.cut()
            self.fail(faults.INSTRUCTION_TARGET)
        if target.lower() == "xml":
            self.fail(faults.RESERVED_TARGET)
        if not self.skip_spaces():
            if not self.peek():
                self.cut()
            if self.skip("?>"):
                return
            self.fail(faults.INSTRUCTION_SPACE)
        self.take_until("?>", faults.CHARACTER_IN_INSTRUCTION)

    def reference(self) -> str:
        """Read a reference after its ``&``; return the text that it stands for."""
        if self.skip("#"):
            return self._character_reference()
        name = self.name()
        if not name:
            if not self.peek():
                self.cut()
            self.fail(faults.REFERENCE_NAME)
        if not self.skip(";"):
            if not self.peek():
                self.cut()
            self.fail(faults.REFERENCE_UNTERMINATED, entity=name)
        if name not in _ENTITIES:
            self.fail(faults.ENTITY_UNKNOWN, entity=name)
        return _ENTITIES[name]

    def _character_reference(self) -> str:
        prefix = "x" if self.skip("x") else ""
        written = self._digits(_HEX_DIGITS if prefix else _DIGITS)
        if not written:
            if not self.peek():
                self.cut()
            self.fail(faults.HEX_DIGIT_REQUIRED if prefix else faults.DIGIT_REQUIRED)
        if not self.skip(";"):
            if not self.peek():
                self.cut()
            self.fail(faults.CHARACTER_UNTERMINATED)
        significant = written.lstrip("0")
        code = int(significant or "0", 16 if prefix else 10) if len(significant) < 10 else -1
        if not is_valid_code(code, newer=self.newer):
            self.fail(faults.CHARACTER_INVALID, code=prefix + written)
        return chr(code)

    def _digits(self, form: re.Pattern[str]) -> str:
        parts, room = [], _MOST_DIGITS
        while self.peek():
            match = form.match(self.text, self.pos)
            assert match is not None  # noqa: S101  # for mypy: a form that ends in * matches anywhere
            if not match[0]:
                break
            # Zeros say nothing: what follows very many of them must not be lost.
            digits = match[0] if len(match[0]) < room else match[0].lstrip("0") or "0"
            parts.append(digits[:room])
            room -= len(parts[-1])
            self.pos = match.end()
        return "".join(parts)
