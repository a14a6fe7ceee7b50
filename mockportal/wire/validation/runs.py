"""Reading runs of characters, and text that ends with a delimiter, as far as Java reads them."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NoReturn

from mockportal.wire.validation import faults
from mockportal.wire.validation.characters import invalid
from mockportal.wire.validation.messages import worded
from mockportal.wire.validation.source import MalformedError, Source, UnreadableError
from mockportal.wire.validation.unread import skips_bracket, unread, with_line_ends

ENDS_OF_LINES = "\n\r"
_LAST_OF_BMP = "\uffff"
_KEPT = 8
"""Characters that are read and kept at hand: Java may not have read them."""


def _ignore(_: str) -> None:
    return


@cache
def _within(sign: str, *, newer: bool) -> re.Pattern[str]:
    return re.compile(f"[^{re.escape(sign)}{invalid(newer=newer)}]*")


def _failing(fault: UnreadableError) -> Iterator[str]:
    """Yield nothing: here the text cannot be read."""
    yield from ()
    raise fault


class Runs(Source):
    """A source that reads many characters at once; faults are those of Java, at its places."""

    def cut(self) -> NoReturn:
        """Fail since the file ends within something."""
        self.fail(faults.CUT_SHORT)

    def fail_at(self, char: str, template: str, **facts: str) -> NoReturn:
        """Fail since the next character, ``char``, may not be there; the facts do not name it.

        The first half of a surrogate pair is read before what follows it is missed.
        """
        if "\ud800" <= char <= "\udbff":
            self.pos += 1
            if not self.peek():
                self.cut()
            template, facts = faults.CHARACTER_IN_TEXT, {}
        self.fail(template, code=f"{ord(char):x}", **facts)

    def run(self, characters: re.Pattern[str], stops: str = ENDS_OF_LINES) -> str:
        """Read a run of characters, or a part of it; an empty string when another one comes.

        Where bytes that are no text follow, Java stands before the last character of the run
        when it is one of ``stops`` or the first after one; else after it.
        """
        match = characters.match(self.text, self.pos)
        assert match is not None  # noqa: S101  # for mypy: a form that ends in * matches anywhere
        start, end = match.span()
        if end == len(self.text) and end > start:
            end -= self._is_held(start, end, stops)
            if end == start:
                if self.more():
                    return self.run(characters, stops)
                end = len(self.text)
                if self.text.endswith("\r"):
                    self.spaces_end = end
        start, self.pos = self.pos, end
        return self.text[start:end]

    def _is_held(self, start: int, end: int, stops: str) -> bool:
        """Return whether Java reads on before it takes the last character of a run."""
        last = self.text[end - 1]
        # What has just been read, and all before it, is taken; a carriage return waits apart.
        if last > _LAST_OF_BMP or (end == 1 and last != "\r"):
            return False
        return last in ENDS_OF_LINES or end - start == 1 or self._begins_anew(end - 1, stops)

    def _begins_anew(self, at: int, stops: str) -> bool:
        """Return whether Java begins to read anew after the character before ``at``."""
        before = self.text[at - 1 : at]
        return bool(before) and (before in stops or before > _LAST_OF_BMP)

    def look_ahead(self, stops: str = "") -> None:
        """Read on when only one character is at hand, as Java does before it reads a run.

        ``stops``: only after one of these characters, or one beyond U+FFFF.
        """
        alone = 0 < self.pos == len(self.text) - 1 and self.text[self.pos] <= _LAST_OF_BMP
        if alone and (not stops or self._begins_anew(self.pos, stops)):
            self.more()

    def _require_valid(self, fault: str) -> None:
        char = self.text[self.pos]
        if re.match(f"[{invalid(newer=self.newer)}]", char):
            self.fail_at(char, fault)

    def take_until(self, end: str, invalid: str, take: Callable[[str], None] = _ignore) -> None:
        """Read up to and with ``end``; ``invalid`` is the fault for a character of no document."""
        within = _within(end[0], newer=self.newer)
        seen = 0
        """Characters read so far: a few are enough to know."""
        while True:
            while len(self.text) - self.pos < len(end):
                self._extend_within(end, seen, invalid)
            match = within.match(self.text, self.pos)
            assert match is not None  # noqa: S101  # for mypy: a form that ends in * matches anywhere
            part = match[0]
            if not part:
                if self.text.startswith(end, self.pos):
                    break
                two = skips_bracket(self.text, self.pos, end, newer=self.newer)
                part = self.text[self.pos : self.pos + 1 + two]
                self._require_valid(invalid)
            take(part)
            self.pos += len(part)
            seen += len(part)
        if self.newer and len(self.text) - self.pos == len(end):
            self._require_read(end, seen)
        self.pos += len(end)

    def _extend_within(self, end: str, seen: int, invalid: str) -> None:
        """Add a piece to the text that ``end`` ends; fail where there is none."""
        fault = None
        kept = min(self.pos, _KEPT)
        self.pos -= kept
        try:
            if self.extend():
                return
        except UnreadableError as met:
            fault = met
        finally:
            self.pos += kept
        left = self._left(fault.tail if fault else self.tail, end, seen)
        stop = len(self.text) - len(with_line_ends(left))
        begin = self.pos - seen
        while self.pos < stop:
            self._require_valid(invalid)
            self.pos += 1
        if len(left) == 1 and stop > begin and self.text[stop - 1] in ENDS_OF_LINES:
            self.pos = stop  # there, Java looks at what comes next
            self._require_valid(invalid)
        line, column = self.place(stop)
        if fault is None:
            raise MalformedError(line, column + len(left), worded(faults.CUT_SHORT))
        raise MalformedError(line, column, fault.message)

    def _require_read(self, end: str, seen: int) -> None:
        """Fail where Java leaves even the delimiter unread: for XML 1.1 that happens."""
        try:
            if self.extend():
                return
        except UnreadableError as fault:
            if self._left(fault.tail, end, seen):
                raise self.unreadable(fault) from None
            self._pieces = _failing(fault)
            return
        left = self._left(self.tail, end, seen)
        if left:
            line, column = self.place(self.pos + len(end) - len(with_line_ends(left)))
            raise MalformedError(line, column + len(left), worded(faults.CUT_SHORT))

    def _left(self, tail: str, end: str, seen: int) -> str:
        """Return what stays unread of the text that ``end`` ends."""
        seen += len(self.text) - self.pos
        begins = False
        while len(with_line_ends(tail)) > seen:
            tail, begins = tail[1:], True
        return unread(tail, end, begins=begins, newer=self.newer)
