"""ISO 2022: sequences of escape, and shifts, say which set of characters bytes mean."""

import re

from mockportal.wire.validation.charsets import NO_CHARACTER, charset_named, read_by, table_of
from mockportal.wire.validation.multibyte import SHIFT_IN, SHIFT_OUT, Stepwise

_ESCAPE = 0x1B
_HIGH = 0x80
_JAPANESE = {
    b"\x1b(B": "ascii", b"\x1b(J": "roman", b"\x1b(I": "katakana", b"\x1b$@": "pairs",
    b"\x1b$B": "pairs",
}  # fmt: skip
_DESIGNATIONS = {
    "jp-1": _JAPANESE,
    "jp-2": {**_JAPANESE, b"\x1b$(D": "supplement"},
    "kr": {b"\x1b$)C": "pairs"},
    "cn": {b"\x1b$A": "pairs", b"\x1b$)A": "pairs", b"\x1b$)G": "none", b"\x1b$*H": ""},
}
"""The sets of characters that sequences of escape call, in the families of ISO 2022."""
_NOT_PLAIN = re.compile(rb"[\x0e\x0f\x1b\x80-\xff]")
_ASCII = bytes(range(_HIGH)).decode()
_SETS_OF_ONE_BYTE = {
    "roman": _ASCII.replace("\\", "\xa5").replace("~", "\u203e"),
    "katakana": "\ufffd" * 0x21 + "".join(map(chr, range(0xFF61, 0xFFA0))) + "\ufffd" * 0x20,
}


class Iso2022(Stepwise):
    """The encodings of this kind for Japanese, Korean and Chinese.

    Taiwan's CNS 11643, which Python has not, is told as U+FFFD.
    """

    def __init__(self, family: str, pairs_of: str) -> None:
        self._designations = _DESIGNATIONS[family]
        self._longest = max(map(len, self._designations))
        self._pairs = table_of(charset_named(pairs_of))
        self._set = self._before = "ascii"
        self._is_korean = family == "kr"
        self._is_japanese = family.startswith("jp")
        self._shifted = "katakana" if self._is_japanese else "pairs"

    def _read(self, data: bytes, at: int) -> tuple[int, str]:
        byte = data[at]
        if byte == _ESCAPE:
            return self._designate(data[at : at + self._longest])
        if byte == SHIFT_OUT:
            self._before, self._set = self._set, self._shifted
            return 1, ""
        if byte == SHIFT_IN:
            self._set = self._before if self._is_japanese else "ascii"
            return 1, ""
        if byte >= _HIGH:
            return 1, NO_CHARACTER if self._is_japanese else chr(byte)
        if self._set == "ascii":
            other = _NOT_PLAIN.search(data, at)
            run = data[at : other.start() if other else len(data)]
            return len(run), run.decode("ascii")
        if self._set in _SETS_OF_ONE_BYTE:
            return 1, _SETS_OF_ONE_BYTE[self._set][byte]
        if len(data) < at + 2:
            return 0, ""
        return 2, self._pair(byte, data[at + 1])

    def _designate(self, sequence: bytes) -> tuple[int, str]:
        for escape, characters in self._designations.items():
            if sequence.startswith(escape):
                if self._is_japanese:
                    self._set = characters
                else:
                    self._shifted = characters or self._shifted
                return len(escape), ""
        if self._is_korean:
            return (2, NO_CHARACTER) if len(sequence) == self._longest else (0, "")
        if any(escape.startswith(sequence) for escape in self._designations):
            return 0, ""
        known = 1
        while any(escape.startswith(sequence[:known]) for escape in self._designations):
            known += 1
        return known, NO_CHARACTER

    def _pair(self, first: int, second: int) -> str:
        if self._set == "supplement":
            return read_by("euc_jp", bytes((0x8F, first | _HIGH, second | _HIGH)))
        if self._set == "none":
            return NO_CHARACTER
        if self._pairs.codec != "cp932":
            return self._pairs.read(bytes((first | _HIGH, second | _HIGH)))
        row, cell = divmod((first - 0x21) * 94 + second - 0x21, 188)
        lead, trail = row + (0x81 if row < 0x1F else 0xC1), cell + (0x40 if cell < 0x3F else 0x41)
        return self._pairs.read(bytes((lead & 0xFF, trail)))
