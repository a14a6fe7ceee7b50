"""From the bytes of a file to its text, piece by piece, in the portions that Java reads."""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from mockportal.wire.validation import faults
from mockportal.wire.validation.source import UnreadableError

BLOCK = 1 << 17
PORTION = 8192
"""Bytes that Java's reader takes at once."""
FIRST_PORTION = 32
"""Bytes that it takes first of a file without XML declaration."""
_DETECTION = 5
"""Characters that it wants before it reports places."""
_OTHER_LINE_ENDS = re.compile("\r[\n\x85]|[\x85\u2028]")
_CONTINUATION, _CONTINUATION_MASK = 0x80, 0xC0
_HIGHEST_PLANE = 0x10


def pieces(codec: str, blocks: Iterator[bytes], *, newer: bool = False) -> Iterator[str]:
    """Yield the text of these bytes; raises UnreadableError where they are none.

    Lines end with a line feed, or with a carriage return that is alone. ``newer``: the file is
    XML 1.1, which knows more ends of lines.
    """
    text = rest = ""
    fault = None
    decoded = _decoded(codec, blocks)
    while True:
        try:
            piece = next(decoded)
        except StopIteration:
            break
        except UnreadableError as met:
            fault = met
            fault.follows_line = text.endswith("\r\n")
            break
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


def filled(file: BinaryIO, count: int) -> bytes:
    """Return this many bytes, fewer only at the end of the file."""
    block = file.read(count)
    while len(block) < count and (more := file.read(count - len(block))):
        block += more
    return block


def _decoded(codec: str, blocks: Iterator[bytes]) -> Iterator[str]:
    if codec == "utf-8":
        return _from_utf8(blocks)
    if codec == "ascii":
        return _from_ascii(blocks)
    if codec.startswith("utf-16"):
        return _from_utf16(codec, blocks)
    return _from_other(codec, blocks)


def _from_utf8(blocks: Iterator[bytes]) -> Iterator[str]:
    rest = b""
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
        rest = read[used:]
        yield text
    if rest:
        raise UnreadableError(_utf8_fault(rest)[1], placed=characters >= _DETECTION)


def _portions(block: bytes, fault: int) -> int:
    """Return how much of a block Java takes before the portion with the fault."""
    return min(fault // PORTION * PORTION, len(block))


def _utf8_fault(sequence: bytes) -> tuple[bool, str]:
    """Return whether Java takes what precedes bytes that begin no character, and its text."""
    first = sequence[0]
    if 0xC2 <= first <= 0xDF:
        length = 2
    elif 0xE0 <= first <= 0xEF:
        length = 3
    elif 0xF0 <= first <= 0xF7:
        length = 4
    else:
        return True, faults.BYTE_INVALID.format(position=1, length=1)
    for position in range(2, length + 1):
        if len(sequence) < position:
            return True, faults.BYTE_EXPECTED.format(position=position, length=length)
        if sequence[position - 1] & _CONTINUATION_MASK != _CONTINUATION:
            break
        if position == 2 and _is_too_early(first, sequence[1]):
            break
    else:
        plane = (first & 0x07) << 2 | (sequence[1] & 0x30) >> 4
        return False, faults.HIGH_SURROGATE.format(bits=f"{plane:x}")
    return True, faults.BYTE_INVALID.format(position=position, length=length)


def _is_too_early(first: int, second: int) -> bool:
    """Return whether the second byte makes an overlong form or half of a surrogate pair."""
    if first == 0xED:
        return second >= 0xA0
    return second < {0xE0: 0xA0, 0xF0: 0x90}.get(first, 0)


def _from_ascii(blocks: Iterator[bytes]) -> Iterator[str]:
    for block in blocks:
        if block.isascii():
            yield block.decode("ascii")
            continue
        at = next(at for at, byte in enumerate(block) if byte >= _CONTINUATION)
        yield block[: _portions(block, at)].decode("ascii")
        raise UnreadableError(faults.NOT_ASCII.format(byte=block[at]))


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
        raise UnreadableError(faults.BYTE_EXPECTED.format(position=2, length=2), placed=placed)
    yield decoder.decode(block)


def _from_other(codec: str, blocks: Iterator[bytes]) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(codec)("replace")
    for block in blocks:
        yield decoder.decode(block)
    yield decoder.decode(b"", final=True)
