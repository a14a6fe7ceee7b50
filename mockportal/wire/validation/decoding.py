"""From the bytes of a file to its text, piece by piece, in the portions that Java reads."""

import codecs
import re
from collections.abc import Generator, Iterator
from typing import BinaryIO, NamedTuple

from mockportal.wire.validation import faults
from mockportal.wire.validation.encodings import decoder_for
from mockportal.wire.validation.messages import Message, worded
from mockportal.wire.validation.source import UnreadableError

BLOCK = 1 << 17
_TAIL = 8
"""Characters of the end of a text that tell where Java stands there."""
PORTION = 8192
"""Bytes that Java's reader takes at once."""
FIRST_PORTION = 32
"""Bytes that it takes first of a file without XML declaration."""
_LONGEST_START = 1000
"""Bytes of the beginning of a portion that may be asked for: no name is longer."""
_DETECTION = 5
"""Characters that it wants before it reports places."""
_NAME_BEFORE = re.compile(r"<(?:[^<>]*\s)?([^\s<>/!?='\"]+)\Z")
_OTHER_LINE_ENDS = re.compile("\r[\n\x85]|[\x85\u2028]")
_CONTINUATION, _CONTINUATION_MASK = 0x80, 0xC0
_HIGHEST_PLANE = 0x10


class Ending(NamedTuple):
    """How a text ends."""

    tail: str
    """Its last few characters, their ends of lines as they are."""
    portion: str
    """The beginning of the last portion that Java has read; empty where nobody knows."""


def pieces(
    codec: str, blocks: Iterator[bytes], *, newer: bool = False
) -> Generator[str, None, Ending]:
    """Yield the text of these bytes; raises UnreadableError where they are none.

    Lines end with a line feed, or with a carriage return that is alone. ``newer``: the file is
    XML 1.1, which knows more ends of lines. The generator returns how the text ends.
    """
    return with_line_feeds(decoded(codec, blocks), newer=newer)


def with_line_feeds(texts: Iterator[str], *, newer: bool) -> Generator[str, None, Ending]:
    """Yield the texts with the ends of lines that ``pieces`` gives, and return what it returns."""
    tail = rest = portion = ""
    fault = None
    while True:
        try:
            piece = next(texts)
        except StopIteration as end:
            portion = end.value or ""
            break
        except UnreadableError as met:
            fault = met
            fault.tail = tail
            break
        tail = piece[-_TAIL:] if len(piece) >= _TAIL else (tail + piece)[-_TAIL:]
        text = rest + piece
        rest = "\r" if text.endswith("\r") else ""
        lines = text[:-1] if rest else text
        lines = _OTHER_LINE_ENDS.sub("\n", lines) if newer else lines.replace("\r\n", "\n")
        if lines:
            yield lines
    if rest:
        yield rest
    if fault:
        raise fault
    return Ending(tail, portion)


def blocks_of(start: bytes, file: BinaryIO, first: int = PORTION) -> Iterator[bytes]:
    """Yield ``start``, which is no longer than a block, and the rest of the file.

    The first block has the length of Java's first portion, all but the last are whole portions.
    """
    if start:
        yield start[:first]
    rest = start[first:]
    while block := rest + filled(file, BLOCK - len(rest)):
        rest = b""
        yield block


def rest_of_portion(start: int, at: int | None = None) -> int:
    """Return how much of the portion that Java reads there is left at an offset of the file.

    ``start`` is the offset of the text after the XML declaration, and the default for ``at``.
    """
    at = start if at is None else at
    if at < FIRST_PORTION:
        return FIRST_PORTION - at
    return PORTION - (at - max(start, FIRST_PORTION)) % PORTION


def filled(file: BinaryIO, count: int) -> bytes:
    """Return this many bytes, fewer only at the end of the file."""
    block = file.read(count)
    while len(block) < count and (more := file.read(count - len(block))):
        block += more
    return block


def decoded(codec: str, blocks: Iterator[bytes]) -> Iterator[str]:
    """Yield the text of these bytes as it is; raises UnreadableError where they are none."""
    if codec == "utf-8":
        return _from_utf8(blocks)
    if codec == "ascii":
        return _from_ascii(blocks)
    if codec.startswith("utf-16"):
        return _from_utf16(codec, blocks)
    return _from_other(codec, blocks)


def _from_utf8(blocks: Iterator[bytes]) -> Generator[str, None, str]:
    rest = last = before = b""
    characters = 0
    for block in blocks:
        read = rest + block
        try:
            text, used = codecs.utf_8_decode(read, "strict", False)
        except UnicodeDecodeError as fault:
            following = read[fault.start :] + next(blocks, b"")
            stop, message = _utf8_fault(following[:4])
            good = fault.start if stop else _portions(read, fault.start)
            text = read[:good].decode("utf-8", "ignore")
            yield text
            raise UnreadableError(message, placed=characters + len(text) >= _DETECTION) from None
        characters += len(text)
        before = last[-_LONGEST_START:]
        rest, last = read[used:], block
        yield text
    if rest:
        raise UnreadableError(_utf8_fault(rest)[1], placed=characters >= _DETECTION)
    return _last_portion_of(before, last)


def _last_portion_of(before: bytes, block: bytes) -> str:
    """Return how the last portion of a file in UTF-8 begins, which may be at the end of a block."""
    start = _portions(block, max(len(block) - 1, 0))
    read = (before + block[:start])[-_LONGEST_START:]
    portion = block[start : start + _LONGEST_START]
    return _last_portion(read.decode("utf-8", "ignore"), portion.decode("utf-8", "ignore"))


def _last_portion(before: str, portion: str) -> str:
    """Return how the last portion begins: with the name in a tag that began before it."""
    name = _NAME_BEFORE.search(before)
    return (name[1] if name else "") + portion[:_LONGEST_START]


def _portions(block: bytes, fault: int) -> int:
    """Return how much of a block Java takes before the portion with the fault."""
    return min(fault // PORTION * PORTION, len(block))


def _utf8_fault(sequence: bytes) -> tuple[bool, Message]:
    """Return whether Java takes what precedes bytes that begin no character, and its text."""
    first = sequence[0]
    if 0xC2 <= first <= 0xDF:
        length = 2
    elif 0xE0 <= first <= 0xEF:
        length = 3
    elif 0xF0 <= first <= 0xF7:
        length = 4
    else:
        return True, worded(faults.BYTE_INVALID, position="1", length="1")
    for position in range(2, length + 1):
        if len(sequence) < position:
            return True, worded(faults.BYTE_EXPECTED, position=str(position), length=str(length))
        if sequence[position - 1] & _CONTINUATION_MASK != _CONTINUATION:
            break
        if position == 2 and _is_too_early(first, sequence[1]):
            break
    else:
        plane = (first & 0x07) << 2 | (sequence[1] & 0x30) >> 4
        return False, worded(faults.HIGH_SURROGATE, bits=f"{plane:x}")
    return True, worded(faults.BYTE_INVALID, position=str(position), length=str(length))


def _is_too_early(first: int, second: int) -> bool:
    """Return whether the second byte makes an overlong form or half of a surrogate pair."""
    if first == 0xED:
        return second >= 0xA0
    return second < {0xE0: 0xA0, 0xF0: 0x90}.get(first, 0)


def _from_ascii(blocks: Iterator[bytes]) -> Generator[str, None, str]:
    last = before = b""
    for block in blocks:
        if block.isascii():
            before, last = last[-_LONGEST_START:], block
            yield block.decode("ascii")
            continue
        at = next(at for at, byte in enumerate(block) if byte >= _CONTINUATION)
        yield block[: _portions(block, at)].decode("ascii")
        raise UnreadableError(worded(faults.NOT_ASCII, byte=str(block[at])))
    return _last_portion_of(before, last)


def _from_utf16(codec: str, blocks: Iterator[bytes]) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(codec)("surrogatepass")
    block = next(blocks, b"")
    placed = False
    while following := next(blocks, b""):
        text = decoder.decode(block)
        placed = placed or len(text) >= _DETECTION
        yield text
        block = following
    if len(block) % 2:
        yield decoder.decode(block[: _portions(block, len(block) - 1)])
        raise UnreadableError(worded(faults.BYTE_EXPECTED, position="2", length="2"), placed=placed)
    yield decoder.decode(block, final=True)


def _from_other(codec: str, blocks: Iterator[bytes]) -> Generator[str, None, str]:
    decoder = decoder_for(codec)
    before = portion = ""
    for block in blocks:
        start = _portions(block, max(len(block) - 1, 0))
        text = decoder.decode(block[:start])
        before = (portion + text)[-_LONGEST_START:]
        portion = decoder.decode(block[start:])
        yield text + portion
    yield decoder.decode(b"", final=True)
    return _last_portion(before, portion)
