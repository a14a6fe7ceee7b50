"""The XML declaration at the start of a file."""

import re
from dataclasses import dataclass

from mockportal.wire.validation import faults
from mockportal.wire.validation.characters import INVALID
from mockportal.wire.validation.markup import Markup

_VERSION_LENGTH = len("1.0")
OPENING = "<?xml"
_PARTS = ("version", "encoding", "standalone")
_VERSIONS = ("1.0", "1.1")
_VALUE = {quote: re.compile(f"[^{quote}{INVALID}]*") for quote in "\"'"}
_ENCODING_NAME = re.compile(r"[A-Za-z][A-Za-z0-9._\-]*")


@dataclass(slots=True)
class Declaration:
    """What an XML declaration says."""

    version: str = "1.0"
    encoding: str | None = None


class DeclarationReader(Markup):
    """Reads the declaration; faults are those of Java, at its places."""

    def is_there(self) -> bool:
        """Return whether the file begins with a declaration."""
        return self.has(len(OPENING)) and self.text.startswith(OPENING) and self._is_no_name()

    def _is_no_name(self) -> bool:
        if not self.has(len(OPENING) + 1):
            self.pos = len(self.text)
            self.fail(faults.PREMATURE_END)
        return self.text[len(OPENING)] in " \t\n\r"

    def read(self) -> Declaration:
        """Read the declaration; leaves ``pos`` after it."""
        said = Declaration()
        self.pos = len(OPENING)
        awaited = "version"
        spaced = self.skip_spaces()
        while (char := self.peek()) != "?":
            if not char:
                self.fail(faults.PREMATURE_END if awaited == "version" else faults.CUT_SHORT)
            awaited = self._part(said, awaited, spaced=spaced)
            spaced = self.skip_spaces()
        if awaited == "version":
            self.fail(faults.VERSION_REQUIRED)
        self.pos += 1
        if not self.skip(">"):
            if not self.peek():
                self.cut()
            self.fail(faults.DECLARATION_UNTERMINATED)
        return said

    def _part(self, said: Declaration, awaited: str, *, spaced: bool) -> str:
        """Read one pseudo-attribute; return the name of the one that may come next."""
        part = next((part for part in _PARTS if self.skip(part)), None)
        if part is None:
            self.fail(faults.PART_EXPECTED)
        value = self._value(part)
        if awaited == "version":
            if part != "version":
                self.fail(faults.VERSION_REQUIRED)
            if value not in _VERSIONS:
                self.fail(faults.VERSION_UNKNOWN.format(version=value))
            said.version = value
            return "encoding"
        if not awaited:
            self.fail(faults.NO_MORE_PARTS)
        if part == "version" or (part == "encoding" and awaited == "standalone"):
            wrong = faults.ENCODING_REQUIRED
            self.fail(wrong if awaited == "encoding" else faults.STANDALONE_MISSPELT)
        if not spaced:
            self.fail(faults.SPACE_BEFORE_PART.format(part="encoding"))
        if part == "encoding":
            said.encoding = value
            return "standalone"
        if value not in ("yes", "no"):
            self.fail(faults.STANDALONE_INVALID.format(value=value))
        return ""

    def _value(self, part: str) -> str:
        self.skip_spaces()
        if not self.skip("="):
            self._require_more()
            self.fail(faults.EQUALS_IN_DECLARATION.format(part=part))
        self.skip_spaces()
        quote = self.peek()
        self._require_more()
        if quote not in ('"', "'"):
            self.fail(faults.QUOTE_IN_DECLARATION.format(part=part))
        self.pos += 1
        # Java looks at the version alone, before it reads the declaration.
        if part == "version" and not self.has(_VERSION_LENGTH + 1):
            self.pos = len(self.text)
            self._require_more()
        parts = []
        while (char := self.peek()) != quote:
            if not char:
                self.cut()
            parts.append(self.run(_VALUE[quote]))
            if not parts[-1]:
                self.fail(faults.CHARACTER_IN_DECLARATION.format(code=f"{ord(char):x}"))
        self.pos += 1
        return "".join(parts)

    def _require_more(self) -> None:
        if not self.peek():
            self.fail(faults.PREMATURE_END)


def is_encoding_name(name: str) -> bool:
    """Return whether a declared encoding is written as one."""
    return _ENCODING_NAME.fullmatch(name) is not None
