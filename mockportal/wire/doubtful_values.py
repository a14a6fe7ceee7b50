"""Doubtful values of the passages of a kept file, found without a parser.

A few expressions lead to the passages that may hold one, and only those are read whole: time is
that of a search through the bytes, and of what is found.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from mockportal.domain.broken_text import broken_text
from mockportal.domain.places import Gazetteer
from mockportal.domain.value_warnings import (
    ABROAD,
    NO_VALUES,
    Doubtful,
    WarningKind,
    commune_code_doubt,
    commune_code_reason,
    is_france_as_foreign,
    is_no_value,
    postal_code_doubt,
    postal_code_reason,
)
from mockportal.wire.frames import Frame
from mockportal.wire.names import HOLDER_FIELDS
from mockportal.wire.passage_fields import PASSAGE_BRANCH, leaves_of

_AWARDED = "dateDebutValidite"
_POSTAL_CODE, _COMMUNE = HOLDER_FIELDS["postal_code"], HOLDER_FIELDS["commune"]
_COUNTRY, _COUNTRY_LABEL = HOLDER_FIELDS["country"], "libellePaysNaissance"
_EXAM_POSTAL_CODE = "codePostalCentreExamen"
_LEVELS = {
    WarningKind.LANGUAGE_LEVEL: ("presenceNiveauLangueEuro", "niveauLangueEuropeen"),
    WarningKind.NUMERIC_LEVEL: ("presenceNiveauNumeriqueEuro", "niveauNumeriqueEuropeen"),
}
"""By kind, the element that announces a level, and the one that holds it."""
_TRUE = ("true", "1")
_PEOPLES_NAMES = {
    HOLDER_FIELDS[name]
    for name in ("birth_name", "usage_name", "first_name", "second_name", "third_name")
} | {"nomTitulaire", "prenom1Titulaire"}
_BLANKS = " \t\n\r"
_NOWHERE = -1, -1
_LEAVES = {leaf.name: leaf for leaf in leaves_of(PASSAGE_BRANCH)}


def _values_of(name: str) -> re.Pattern[bytes]:
    """Return what matches an element and its text; of an end tag, the blanks after it."""
    return re.compile(name.encode() + rb"(?:\s[^<>]*+)?>([^<]*+)<")


_AWARDED_VALUES = _values_of(_AWARDED)
_POSTAL_CODE_VALUES = _values_of(_POSTAL_CODE)
_COMMUNE_VALUES = _values_of(_COMMUNE)
_EXAM_POSTAL_CODE_VALUES = _values_of(_EXAM_POSTAL_CODE)
_ANNOUNCED = {
    held.encode(): re.compile(announces.encode() + rb"(?:\s[^<>]*+)?>\s*+(?:true|1|&)")
    for announces, held in _LEVELS.values()
}
_NO_VALUE = re.compile(
    rb">\s*+(?:" + b"|".join(re.escape(one.encode()) for one in NO_VALUES) + rb")\s*+<"
)

_BROKEN = re.compile(
    b"&(?:amp;#?[0-9A-Za-z]|#)|\xc3[\x82\x83\xa2]|\xc2[\x80-\xa0\xad]|\xef\xbf\xbd"
    b"|\xe2\x80[\x80-\x8f\xaa-\xaf]|\xe2\x81[\xa0-\xa4]|\xe3\x80\x80|\xef\xbb\xbf"
)
"""What begins a reference that is escaped twice, what may be text in the wrong encoding, and signs
that nobody sees."""
_BROKEN_BYTES = (b"&", b"\xc2", b"\x82", b"\x83", b"\xa2", b"\xef", b"\xe2", b"\xe3")
"""One of these is in whatever the expression matches; a byte alone is found in no time."""
_QUESTIONED_NAMES = tuple(
    re.compile(name.encode() + rb"(?:\s[^<>]*+)?>[^<?]*+\?") for name in sorted(_PEOPLES_NAMES)
)


def _without_value(name: str) -> str:
    """Return how an element says that nothing is known."""
    leaf = _LEAVES.get(name)
    if leaf is None or leaf.optional:
        return f"Retirez toute la balise « {name} »."
    if leaf.nillable:
        return f'Écrivez {name} sans valeur, avec xsi:nil="true".'
    return "Cet élément est obligatoire : écrivez la vraie valeur."


class DoubtfulValues:
    """Finds the doubtful values in the pieces of one file."""

    def __init__(self, frame: Frame, received: date, places: Gazetteer) -> None:
        """Take what surrounds the passages, and the day of the deposit."""
        self._start, self._end = frame.start, frame.end
        self._received, self._places = received, places

    def passages(self, content: bytes) -> list[bytes]:
        """Return the passages of a piece that may hold a doubtful value, in order."""
        around = _Bounds(content, self._start, self._end).around
        bounds = {around(at) for at in self._hits(content)}
        return [content[begins:stops] for begins, stops in sorted(bounds - {_NOWHERE})]

    def doubtful(self, passage: bytes, values: Mapping[str, str]) -> Iterator[Doubtful]:
        """Yield what is doubtful in a passage; ``values`` are its leaves by local name."""
        values = {name: value.strip(_BLANKS) for name, value in values.items()}
        for kind, (announces, held) in _LEVELS.items():
            if values.get(announces) in _TRUE and held.encode() not in passage:
                yield Doubtful(kind, held, "")
        awarded = values.get(_AWARDED, "")
        if awarded and date.fromisoformat(awarded) > self._received:
            yield Doubtful(WarningKind.FUTURE_AWARD, _AWARDED, awarded)
        yield from self._of_places(values)
        for name, value in values.items():
            of_a_name = name in _PEOPLES_NAMES
            if is_no_value(value, of_a_name=of_a_name):
                yield Doubtful(WarningKind.NO_VALUE, name, value, reason=_without_value(name))
            elif broken := broken_text(value, of_a_name=of_a_name):
                reason = broken.why[0].upper() + broken.why[1:]
                yield Doubtful(WarningKind.BROKEN_TEXT, name, value, broken.meant, reason)

    def _of_places(self, values: Mapping[str, str]) -> Iterator[Doubtful]:
        country, label = values.get(_COUNTRY, ""), values.get(_COUNTRY_LABEL, "")
        for name in (_COMMUNE, _POSTAL_CODE):
            code = values.get(name, "")
            if is_france_as_foreign(code, country, label):
                yield Doubtful(WarningKind.FRANCE_AS_FOREIGN, name, code)
        code = values.get(_COMMUNE, "")
        meant = commune_code_doubt(code, self._places) if code else None
        if meant is not None and not is_no_value(code, of_a_name=False):
            reason = commune_code_reason(code, meant, self._places)
            yield Doubtful(WarningKind.COMMUNE_CODE, _COMMUNE, code, meant, reason)
        for name, of_an_exam in ((_POSTAL_CODE, False), (_EXAM_POSTAL_CODE, True)):
            code = values.get(name, "")
            abroad = not of_an_exam and bool(country)
            meant = postal_code_doubt(code, of_an_exam=of_an_exam) if code and not abroad else None
            if meant is not None and not is_no_value(code, of_a_name=False):
                reason = postal_code_reason(code, meant)
                yield Doubtful(WarningKind.POSTAL_CODE, name, code, meant, reason)

    def _hits(self, content: bytes) -> Iterator[int]:
        """Yield where something may be doubtful; whoever reads the passage has the last word."""
        today = self._received.isoformat()
        tests: tuple[tuple[re.Pattern[bytes], Callable[[str], bool]], ...] = (
            (_AWARDED_VALUES, lambda value: value > today),
            (_POSTAL_CODE_VALUES, lambda value: _may_be(postal_code_doubt(value), value)),
            (_COMMUNE_VALUES, lambda value: _may_be(self._commune_doubt(value), value)),
            (
                _EXAM_POSTAL_CODE_VALUES,
                lambda value: postal_code_doubt(value, of_an_exam=True) is not None,
            ),
        )
        for pattern, doubts in tests:
            doubtful = {raw for raw in set(pattern.findall(content)) if _doubts(raw, doubts)}
            if doubtful:
                yield from (one.start() for one in pattern.finditer(content) if one[1] in doubtful)
        around = _Bounds(content, self._start, self._end).around
        for held, announced in _ANNOUNCED.items():
            bounds = _NOWHERE
            for one in announced.finditer(content):
                before, bounds = bounds, around(one.start())
                if bounds != before and content.find(held, *bounds) < 0:
                    yield one.start()
        yield from (one.start() for one in _NO_VALUE.finditer(content))
        if any(byte in content for byte in _BROKEN_BYTES):
            yield from (one.start() for one in _BROKEN.finditer(content))
        if b"?" in content:
            for pattern in _QUESTIONED_NAMES:
                yield from (one.start() for one in pattern.finditer(content))

    def _commune_doubt(self, value: str) -> str | None:
        return commune_code_doubt(value, self._places)


class _Bounds:
    """Tells which passage is around a place: one pass over a piece for places that ascend.

    A place before the last one begins a new pass: each expression takes one.
    """

    def __init__(self, content: bytes, start: bytes, end: bytes) -> None:
        self._content, self._start, self._end = content, start, end
        self._begin()

    def _begin(self) -> None:
        self._at = 0
        self._last_start = self._last_end = -1
        self._next_start = self._content.find(self._start)
        self._next_end = self._content.find(self._end)

    def around(self, at: int) -> tuple[int, int]:
        """Return where the passage around a place begins and ends; nowhere between passages."""
        if at < self._at:
            self._begin()
        self._at = at
        while 0 <= self._next_start <= at - len(self._start):
            self._last_start = self._next_start
            self._next_start = self._content.find(self._start, self._next_start + 1)
        while 0 <= self._next_end < at:
            self._last_end = self._next_end
            self._next_end = self._content.find(self._end, self._next_end + 1)
        if self._next_end < 0 or self._last_start <= self._last_end:
            return _NOWHERE
        return self._last_start, self._next_end + len(self._end)


def _doubts(raw: bytes, doubts: Callable[[str], bool]) -> bool:
    """Tell whether a text may be doubtful; one with a reference is looked at in any case."""
    value = raw.decode(errors="replace").strip(_BLANKS)
    return bool(value) and ("&" in value or doubts(value))


def _may_be(doubt: str | None, value: str) -> bool:
    return doubt is not None or value.startswith(ABROAD)
