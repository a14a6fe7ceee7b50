"""What is at hand around an error, for whoever looks for its cause."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from mockportal.domain.fault_causes import Cause
from mockportal.domain.file_errors import Facts, Place
from mockportal.wire.diagnosis.scanning import opened_line, text_from

LONGEST = 160
"""Characters of what a file writes that a sentence repeats."""

_INVISIBLE = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u200b\ufeff\ufffe\uffff]")


class Diagnosis(NamedTuple):
    """A cause, and the words of the advice on it."""

    cause: Cause
    words: dict[str, str]


@dataclass(frozen=True, slots=True)
class View:
    """The text around an error, and what is known of it."""

    facts: Facts
    place: Place
    line: int
    before: str
    after: str
    at_end: bool
    """The file ends with ``after``."""
    head: str
    """The beginning of the file, without its byte-order mark."""
    root: tuple[str, str]
    """The name of the root as it is written, and what follows it in its tag."""
    names: frozenset[str]
    """The schema's elements."""
    containers: frozenset[str]
    """Those that hold others."""
    pieces: Callable[[], Iterator[str]]
    """The text of the whole file, from its beginning."""

    @property
    def parents(self) -> list[str]:
        """Return the local names of the open elements, the innermost last."""
        return [step.partition("[")[0] for step in self.place.path.split("/") if step]

    def opened_line(self, raw: str) -> int:
        """Return the line where the innermost open element of a name begins."""
        starts = list(re.finditer(rf"<{re.escape(raw)}(?=[\s/>])", self.before))
        if starts and f"</{raw}>" not in self.before[starts[-1].end() :]:
            return self.line - self.before.count("\n", starts[-1].start())
        return opened_line(self.pieces(), raw, self.line)

    def text_from(self, line: int) -> str:
        """Return a little of the text that begins with a line."""
        return text_from(self.pieces(), line)


def misspelt(written: str, instead: str, line: int) -> Diagnosis:
    """Return the cause of a tag that is written otherwise than it ought to be."""
    words = {"written": quoted(written), "instead": quoted(instead), "line": str(line)}
    return Diagnosis(Cause.TAG_MISSPELT, words)


def local(raw: str) -> str:
    """Return a name without its prefix."""
    return raw.rpartition(":")[2]


def quoted(text: str) -> str:
    """Return a piece of a file for a sentence: on one line, not too long, all of it visible."""
    flat = " ".join(re.sub(r"\s", " ", text.strip()).split(" "))
    shown = _INVISIBLE.sub(_number, flat)
    return shown if len(shown) <= LONGEST else shown[:LONGEST] + "…"


def visible(text: str) -> str:
    """Return a short piece of a file, with spaces that are none to XML by their number."""
    return quoted(re.sub(r"[^\S \t\n\r]", _number, text))


def _number(match: re.Match[str]) -> str:
    return f"U+{ord(match[0]):04X}"
