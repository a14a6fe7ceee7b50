"""Decoders that go by a table: one byte a character, or several."""

import codecs
import re

from mockportal.wire.validation.charsets import NO_CHARACTER, Table

SHIFT_OUT, SHIFT_IN = 0x0E, 0x0F
_GB18030_LEADS, _DIGITS = range(0x81, 0xFF), b"0123456789"
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_SHIFT = re.compile(rb"[\x0e\x0f]")


class OneByte:
    """Each byte is a character."""

    def __init__(self, table: Table) -> None:
        self._singles = table.singles

    def decode(self, data: bytes, final: bool = False) -> str:  # noqa: ARG002
        """Return the text of these bytes."""
        return codecs.charmap_decode(data, "strict", self._singles)[0]


class Stepwise:
    """Keeps the bytes of which no more can be read until others follow."""

    _rest = b""

    def decode(self, data: bytes, final: bool = False) -> str:
        """Return the text of what can be read so far; ``final``: nothing follows."""
        data = self._rest + data
        parts: list[str] = []
        at = 0
        while at < len(data):
            length, text = self._read(data, at)
            if not length:
                break
            parts.append(text)
            at += length
        self._rest = b"" if final else data[at:]
        if final and at < len(data):
            parts.append(NO_CHARACTER)
        return "".join(parts)

    def _read(self, data: bytes, at: int) -> tuple[int, str]:
        """Return how many bytes come next, none if some are not there yet, and their text."""
        raise NotImplementedError


class Sequences(Stepwise):
    """Bytes that stand alone, and those that begin a sequence."""

    def __init__(self, table: Table, *, anew: bool) -> None:
        self._table = table
        self._anew = anew
        """The second byte of what is no sequence may begin the next character."""
        firsts = "".join(f"\\x{first:02x}" for first in table.lengths)
        self._alone = re.compile(f"[^{firsts}]+".encode())

    def _read(self, data: bytes, at: int) -> tuple[int, str]:
        alone = self._alone.match(data, at)
        if alone:
            return len(alone[0]), codecs.charmap_decode(alone[0], "strict", self._table.singles)[0]
        sequence = data[at : at + self._table.lengths[data[at]]]
        if len(sequence) < self._table.lengths[data[at]]:
            return 0, ""
        text = self._table.read(sequence)
        if text == NO_CHARACTER and self._anew and self._may_begin(sequence[1]):
            return 1, text
        return len(sequence), text

    def _may_begin(self, byte: int) -> bool:
        return byte in self._table.lengths or self._table.singles[byte] != NO_CHARACTER


class Gb18030(Stepwise):
    """One byte, two or four: a digit as the second one makes them four."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def _read(self, data: bytes, at: int) -> tuple[int, str]:
        if data[at] not in _GB18030_LEADS:
            other = _NOT_ASCII.search(data, at)
            run = data[at : other.start() if other else len(data)] or data[at : at + 1]
            return len(run), run.decode("ascii", "replace")
        sequence = data[at : at + 4]
        if len(sequence) > 1 and sequence[1] not in _DIGITS:
            is_pair = sequence[1] >= _DIGITS[0]
            return (2, self._table.read(sequence[:2])) if is_pair else (1, NO_CHARACTER)
        if len(sequence) > 2 and sequence[2] not in _GB18030_LEADS:
            return 3, NO_CHARACTER
        return (4, self._table.read(sequence)) if len(sequence) > 3 else (0, "")


class Shifts(Stepwise):
    """One byte a character, and two after a « shift out »: EBCDIC for East Asia.

    Python has no codec for the pairs: they are told as U+FFFD.
    """

    def __init__(self, table: Table) -> None:
        self._singles = table.singles
        self._shifted = False

    def _read(self, data: bytes, at: int) -> tuple[int, str]:
        byte = data[at]
        if byte in (SHIFT_OUT, SHIFT_IN):
            fits = self._shifted == (byte == SHIFT_IN)
            self._shifted = byte == SHIFT_OUT if fits else self._shifted
            return 1, "" if fits else NO_CHARACTER
        if not self._shifted:
            shift = _SHIFT.search(data, at)
            run = data[at : shift.start() if shift else len(data)]
            return len(run), codecs.charmap_decode(run, "strict", self._singles)[0]
        return (2, NO_CHARACTER) if len(data) > at + 1 else (0, "")
