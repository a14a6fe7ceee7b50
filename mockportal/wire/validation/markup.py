"""Reading names, references, comments, CDATA sections and processing instructions."""

import re
from collections.abc import Callable
from typing import NoReturn

from mockportal.wire.validation import faults
from mockportal.wire.validation.characters import INVALID, is_valid_code, name_end
from mockportal.wire.validation.source import Source

SPACES = re.compile("[ \t\n\r]*")
_DIGITS = re.compile("[0-9]*")
_HEX_DIGITS = re.compile("[0-9A-Fa-f]*")
LONGEST_NAME = 1000
"""The longest name that Java takes."""
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_UNTIL: dict[str, re.Pattern[str]] = {}


def _ignore(_: str) -> None:
    return


class Markup(Source):
    """A source that knows XML's smaller constructs; faults are those of Java, at its places."""

    def cut(self) -> NoReturn:
        """Fail since the file ends within something."""
        self.fail(faults.CUT_SHORT)

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

    def name(self, *, colons: bool = True) -> str:
        """Read a name; an empty string when none comes next."""
        if not self.peek():
            return ""
        end = name_end(self.text, self.pos, colons=colons)
        while end == len(self.text) and end - self.pos <= LONGEST_NAME and self.more():
            end = name_end(self.text, self.pos, colons=colons)
        start = self.pos
        self.pass_name(end)
        return self.text[start:end]

    def pass_name(self, end: int) -> None:
        """Pass over a name; fail when it is longer than Java allows."""
        length = end - self.pos
        if length > LONGEST_NAME:
            if end < len(self.text):
                self.pos = end
            self.fail(faults.NAME_TOO_LONG.format(length=f"{length:,}".replace(",", "\u202f")))
        self.pos = end

    def take_until(self, end: str, invalid: str, take: Callable[[str], None] = _ignore) -> None:
        """Read up to and with ``end``; ``invalid`` is the fault for a character of no document."""
        within = _UNTIL.setdefault(end[0], re.compile(f"[^{re.escape(end[0])}{INVALID}]*"))
        while True:
            if not self.has(len(end)):
                while self.has(1):
                    self._require_valid(invalid)
                    self.pos += 1
                self.cut()
            match = within.match(self.text, self.pos)
            assert match is not None  # noqa: S101  # for mypy: a form that ends in * matches anywhere
            if match.end() > self.pos:
                take(match[0])
                self.pos = match.end()
            elif self.text.startswith(end, self.pos):
                self.pos += len(end)
                return
            else:
                self._require_valid(invalid)
                take(self.text[self.pos])
                self.pos += 1

    def run(self, characters: re.Pattern[str]) -> str:
        """Read a run of characters, or a part of it; an empty string when another one comes.

        Where bytes that are no text follow, Java stands before the last character of the run
        when that one is alone on its line, or ends the line; else after it.
        """
        match = characters.match(self.text, self.pos)
        assert match is not None  # noqa: S101  # for mypy: a form that ends in * matches anywhere
        start, end = match.span()
        if end == len(self.text) and end > start:
            last_line = max(self.text.rfind(newline, start, end) for newline in "\n\r") + 1
            if end - max(last_line, start) <= 1:
                end -= 1
            if end == start:
                if self.text[start - 1 : start] == "\r":
                    self.spaces_end = start  # there, Java counts the column right
                if self.more():
                    return self.run(characters)
                end = len(self.text)
                if self.text.endswith("\r"):
                    self.spaces_end = end
        start, self.pos = self.pos, end
        return self.text[start:end]

    def _require_valid(self, fault: str) -> None:
        char = self.text[self.pos]
        if re.match(f"[{INVALID}]", char):
            self.fail(fault.format(code=f"{ord(char):x}"))

    def comment(self) -> None:
        """Read a comment after its ``<!--``."""
        self.take_until("--", faults.CHARACTER_IN_COMMENT)
        if not self.skip(">"):
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
            if self.skip("?>"):
                return
            if not self.peek():
                self.cut()
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
            self.fail(faults.REFERENCE_UNTERMINATED.format(entity=name))
        if name not in _ENTITIES:
            self.fail(faults.ENTITY_UNKNOWN.format(entity=name))
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
        code = int(written, 16 if prefix else 10) if len(written.lstrip("0")) < 10 else -1
        if not is_valid_code(code):
            self.fail(faults.CHARACTER_INVALID.format(code=prefix + written))
        return chr(code)

    def _digits(self, form: re.Pattern[str]) -> str:
        written = ""
        while self.peek():
            match = form.match(self.text, self.pos)
            assert match is not None  # noqa: S101  # for mypy: a form that ends in * matches anywhere
            if not match[0]:
                break
            written = (written + match[0])[-100:]
            self.pos = match.end()
        return written
