"""Why the errors of a file are there: what the whole file is, or the mistake behind each of them.

Java says where reading stops; the mistake is looked for in the text around that place, in the
beginning of the file and in its bytes. What no form of mistake fits is left without a cause.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import BinaryIO, NamedTuple

from mockportal.domain.deposits import FileError
from mockportal.domain.fault_causes import Cause
from mockportal.domain.file_errors import Facts, Fault, Place
from mockportal.wire.diagnosis.beginnings import after_root, before_root
from mockportal.wire.diagnosis.documents import Document, document_of, is_of_html, root_of
from mockportal.wire.diagnosis.endings import declaration_inside, end_cause
from mockportal.wire.diagnosis.lost_signs import lost_sign
from mockportal.wire.diagnosis.namespaces import namespace_cause, nil_cause
from mockportal.wire.diagnosis.nesting import nesting_cause
from mockportal.wire.diagnosis.roots import list_cause, prefix_cause, root_cause
from mockportal.wire.diagnosis.signs import sign_cause
from mockportal.wire.diagnosis.stray_text import stray_text
from mockportal.wire.diagnosis.tags import tag_cause
from mockportal.wire.diagnosis.texts import EBCDIC
from mockportal.wire.diagnosis.true_encodings import Encodings, encoding_cause, encodings_of
from mockportal.wire.diagnosis.view import Diagnosis, View

__all__ = ["NO_NAMES", "Around", "FileText", "Names", "diagnosed"]

_START = 1 << 17
_OF_SCHEMA = frozenset(list(Fault)[: list(Fault).index(Fault.NOTHING)])


class Around(NamedTuple):
    """An error with the text before and after it."""

    error: FileError
    before: str
    after: str
    at_end: bool
    """The file ends with ``after``."""


class Names(NamedTuple):
    """The names of the schema's elements."""

    all: frozenset[str] = frozenset()
    containers: frozenset[str] = frozenset()
    """Those of the elements that hold others."""


NO_NAMES = Names()


class FileText(NamedTuple):
    """A file, and the ways to its text."""

    file: BinaryIO
    head: str
    """Its beginning, without its byte-order mark."""
    pieces: Callable[[], Iterator[str]]
    """All of it, from the beginning."""


def diagnosed(text: FileText, errors: Sequence[Around], names: Names) -> list[Place]:
    """Return the place of each error with its cause."""
    root = root_of(text.head)
    views = [_view(text, around, root, names) for around in errors]
    diagnoses = _Diagnoses(text, views)
    return [diagnoses.place(around.error, view) for around, view in zip(errors, views, strict=True)]


def _view(text: FileText, around: Around, root: tuple[str, str], names: Names) -> View:
    error = around.error
    return View(
        error.facts or Facts(Fault.OTHER),
        error.place or Place(),
        error.line,
        around.before,
        around.after,
        around.at_end,
        text.head,
        root,
        names.all,
        names.containers,
        text.pieces,
    )


class _Diagnoses:
    """The causes of the errors of one file, in their order."""

    def __init__(self, text: FileText, views: list[View]) -> None:
        self._text = text
        self._views = views
        self._document: Document | None = None
        self._root: Diagnosis | None = None
        """The cause of the root's error, on which those that follow depend."""
        self._nil: tuple[tuple[int, int], Diagnosis] | None = None
        """The place of a nil that is badly written: other errors follow there."""

    @cached_property
    def _start(self) -> bytes:
        self._text.file.seek(0)
        return self._text.file.read(_START)

    @cached_property
    def _encodings(self) -> Encodings:
        return encodings_of(self._text.file)

    def place(self, error: FileError, view: View) -> Place:
        place, facts = view.place, view.facts
        if error.facts is None or self._start.startswith(EBCDIC):
            return place
        outermost = facts.fault is Fault.ROOT or (
            facts.fault not in _OF_SCHEMA and not place.path
        )  # fmt: skip
        if outermost and self._document is None:
            self._document = document_of(self._start)
        if self._document:
            return replace(place, resembles=self._document[0], words=self._document[1])
        diagnosis = self._root or self._diagnosis(view, (error.line, error.column))
        if facts.fault is Fault.ROOT:
            self._root = diagnosis
        if diagnosis is None:
            return place
        return replace(place, cause=diagnosis.cause, words=diagnosis.words)

    def _diagnosis(self, view: View, at: tuple[int, int]) -> Diagnosis | None:
        fault = view.facts.fault
        if fault is Fault.ROOT:
            return self._of_root(view)
        if fault in _OF_SCHEMA:
            return self._of_schema(view, at)
        diagnosis = (
            lost_sign(view)
            or end_cause(view, damaged_at_end=self._damaged_at_end(fault))
            or encoding_cause(self._encodings, fault)
        )
        if diagnosis:
            return diagnosis
        if not view.place.path:
            around = after_root(view) or before_root(view, self._start, self._encodings)
            if around:
                return around
        if fault is Fault.INSTRUCTION:
            return declaration_inside(view)
        if fault in (Fault.PREFIX, Fault.NAMESPACE):
            return prefix_cause(view)
        return (
            sign_cause(view, self._encodings.label)
            or nesting_cause(view, self._views)
            or tag_cause(view)
        )

    def _damaged_at_end(self, fault: Fault) -> bool:
        if fault is not Fault.NO_TEXT:
            return False
        damage = self._encodings.damage
        return damage is not None and damage.at_end

    def _of_root(self, view: View) -> Diagnosis | None:
        root, _ = view.root
        if is_of_html(root):
            diagnosis = before_root(view, self._start, self._encodings)
            if diagnosis and diagnosis.cause in (Cause.NOTICE_BEFORE, Cause.NOTICE_INSIDE):
                return diagnosis
        return root_cause(view)

    def _of_schema(self, view: View, at: tuple[int, int]) -> Diagnosis | None:
        """Return the cause of an error of the schema's; those at one place share that of nil."""
        if view.facts.fault is Fault.SAME_AS_BEFORE:
            return None
        diagnosis = nil_cause(view)
        if diagnosis:
            self._nil = (at, diagnosis)
            return diagnosis
        if self._nil and self._nil[0] == at:
            return self._nil[1]
        return (
            namespace_cause(view)
            or nesting_cause(view, self._views)
            or list_cause(view)
            or stray_text(view)
        )
