"""A few lines around each error of a kept file, with the fault marked, in one pass over it."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from io import BytesIO
from typing import BinaryIO

from mockportal.domain.deposits import FileError
from mockportal.domain.file_errors import ContextLine
from mockportal.wire.diagnosis import NO_NAMES, Around, FileText, Names, diagnosed
from mockportal.wire.validation.encodings import (
    EncodingError,
    declared_codec,
    decoder_for,
    detected,
)

_BLOCK = 1 << 17
_AROUND = 2
"""Lines shown before and after that of the fault."""
_NEAR = 2000
"""Characters at hand before and after a fault: lines are as long as the file may be."""
_LEFT, _RIGHT = 90, 60
"""Characters shown of a long line, before and after the fault."""
_UNPRINTABLE = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f]")
"""Signs that would do something to a terminal; none of them is of use to a reader."""
_LINE_END = re.compile("[\n\r]")
_ENCODING = re.compile(r"""\A\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']""")


def with_contexts(
    file: BinaryIO, errors: Sequence[FileError], names: Names = NO_NAMES
) -> tuple[FileError, ...]:
    """Return the errors with the lines around each, and its cause where that shows.

    ``errors`` are in the order of the file.
    """
    file.seek(0)
    start = file.read(_BLOCK)
    near = _Near(_text(start, file))
    around = []
    for error in errors:
        before, after = near.around(error.line, error.column)
        around.append(Around(error, before, after, near.ends(after)))
    head = next(_text(start, BytesIO(start)), "")
    text = FileText(file, head, lambda: _text(start, file))
    placed = []
    for (error, before, after, _), place in zip(
        around, diagnosed(text, around, names), strict=True
    ):
        context = _lines(before, after, error.line, place.tag)
        placed.append(replace(error, place=replace(place, context=context)))
    return tuple(placed)


def _text(start: bytes, file: BinaryIO) -> Iterator[str]:
    """Yield the text of a file, lines ended as Java counts them; what is no text is replaced."""
    shown = detected(start)
    declared = _ENCODING.match(decoder_for(shown.codec).decode(start[shown.mark :]))
    codec = shown.codec
    if declared:
        with suppress(EncodingError):
            codec = declared_codec(declared[1], shown.codec)
    decoder = decoder_for(codec)
    file.seek(shown.mark)
    rest = ""
    while block := file.read(_BLOCK):
        text = rest + decoder.decode(block)
        rest = "\r" if text.endswith("\r") else ""
        yield _with_line_feeds(text.removesuffix("\r"))
    yield _with_line_feeds(rest + decoder.decode(b"", final=True))


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


@dataclass(slots=True)
class _Near:
    """The text near the places that are asked for, one after the other."""

    _pieces: Iterator[str]
    _text: str = ""
    _begun: int = 0
    """Characters of the text that are kept only to be shown: they come before the place.

    Each search begins where the last one has ended: lines are counted once for all errors.
    """
    _line: int = 1
    """The line and the column, in UTF-16 units less one, where the rest of the text begins."""
    _units: int = 0
    _ended: bool = False

    def around(self, line: int, column: int) -> tuple[str, str]:
        """Return the text before and after a place, as much of either as is kept."""
        at = self._offset(line, column)
        while not self._ended and len(self._text) - at < _NEAR:
            self._more()
        return self._text[max(0, at - _NEAR) : at], self._text[at : at + _NEAR]

    def ends(self, after: str) -> bool:
        """Tell whether the file ends with what was last returned as the text after a place."""
        return self._ended and len(after) < _NEAR

    def _offset(self, line: int, column: int) -> int:
        """Return where a place is in the text at hand, after reading as far as it."""
        while True:
            at = self._found(line, column - 1)
            if at is not None or self._ended:
                return len(self._text) if at is None else at
            self._pass_over()

    def _found(self, line: int, units: int) -> int | None:
        at, here, passed = self._begun, self._line, self._units
        ends = self._text.count("\n", at) + self._text.count("\r", at)
        if here + ends < line:
            return None
        while here < line:
            end = _LINE_END.search(self._text, at)
            if end is None:
                return None
            at, here, passed = end.end(), here + 1, 0
        end = _LINE_END.search(self._text, at)
        limit = end.start() if end else len(self._text)
        offset = at + _characters(self._text[at:limit], units - passed)
        if end is None and offset == limit:
            return None
        self._line, self._units = here, passed
        return self._forget(at, offset)

    def _forget(self, start: int, offset: int) -> int:
        """Forget what is far before a place on a line that begins at ``start``; return the place.

        The next one is looked for from shortly before it.
        """
        begun = max(start, offset - _NEAR)
        self._units += _units(self._text[start:begun])
        too_far = max(begun - _NEAR, 0)
        self._text = self._text[too_far:]
        self._begun = begun - too_far
        return offset - too_far

    def _pass_over(self) -> None:
        """Read on, with a little kept of what is before."""
        rest = self._text[self._begun :]
        ends = rest.count("\n") + rest.count("\r")
        self._line += ends
        last = max(rest.rfind("\n"), rest.rfind("\r")) + 1
        self._units = (0 if ends else self._units) + _units(rest[last:])
        self._text = self._text[-_NEAR:]
        self._begun = len(self._text)
        self._more()

    def _more(self) -> None:
        piece = next(self._pieces, None)
        if piece is None:
            self._ended = True
        else:
            self._text += piece


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _characters(text: str, units: int) -> int:
    """Return how many characters make that many UTF-16 units, at most all of them."""
    if units >= _units(text) or text.isascii():
        return min(max(units, 0), len(text))
    encoded = text.encode("utf-16-le", "surrogatepass")[: 2 * units]
    return len(encoded.decode("utf-16-le", "ignore"))


def _printable(text: str) -> str:
    return _UNPRINTABLE.sub("\ufffd", text)


def _lines(before: str, after: str, number: int, tag: str) -> tuple[ContextLine, ...]:
    return _shown(_LINE_END.split(before), _LINE_END.split(after), number, tag)


def _shown(before: list[str], after: list[str], number: int, tag: str) -> tuple[ContextLine, ...]:
    first = max(0, len(before) - 1 - _AROUND)
    lines = [
        _around(text, number - len(before) + 1 + at)
        for at, text in enumerate(before[:-1])
        if at >= first
    ]
    lines.append(_faulty(before[-1], after[0], number, tag))
    return (
        *lines,
        *(_around(text, number + 1 + at) for at, text in enumerate(after[1:][:_AROUND])),
    )


def _around(text: str, number: int) -> ContextLine:
    shown = text[: _LEFT + _RIGHT]
    return ContextLine(number, _printable(shown), cut_after=len(shown) < len(text))


def _faulty(before: str, after: str, number: int, tag: str) -> ContextLine:
    left, right = before[-_LEFT:], after[:_RIGHT]
    starts = [left.rfind(f"<{tag}"), left.rfind(f"</{tag}")] if tag else []
    start = next((at for at in starts if at >= 0), max(len(left) - 1, 0))
    return ContextLine(
        number,
        _printable(left + right),
        mark=(start, len(left)),
        cut_before=len(left) < len(before),
        cut_after=len(right) < len(after),
    )
