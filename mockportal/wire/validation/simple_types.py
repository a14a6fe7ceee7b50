"""Checking the value of a simple type: the first facet that fails, in Java's order of checks."""

import re
from decimal import Decimal

from mockportal.wire.validation import messages
from mockportal.wire.validation.calendar_types import is_calendar_value
from mockportal.wire.validation.components import Bound, SimpleType

_BLANKS = re.compile("[ \t\n\r]+")
_LEXICAL = {
    "boolean": re.compile(r"(?:true|false|1|0)\Z"),
    "integer": re.compile(r"[+-]?[0-9]+\Z"),
    "decimal": re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\Z"),
    "anyURI": re.compile(r"(?:[^%\[\]]|%[0-9A-Fa-f]{2})*\Z"),
    "QName": re.compile(r"(?:[^\W\d][\w.\-]*:)?[^\W\d][\w.\-]*\Z"),
}
NUMBERS = ("integer", "decimal")
_TRIMMED = frozenset((*NUMBERS, "boolean", "date", "dateTime", "time"))
"""What Java trims where the schema says that white space collapses: no value has any inside."""
_FREE = frozenset(("string", "anySimpleType"))


def utf16_length(text: str) -> int:
    """Return the length that Java sees: characters beyond U+FFFF count twice."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def canonical(kind: SimpleType, value: str) -> str:
    """Return the one way to write a number that Java compares and prints; a text stays as it is."""
    if kind.lexical not in NUMBERS:
        return value
    number = Decimal(value)
    whole, _, fraction = f"{number or Decimal():f}".partition(".")
    return whole if kind.lexical == "integer" else f"{whole}.{fraction.rstrip('0') or '0'}"


def collapsed(text: str) -> str:
    """Return a text without leading, trailing and repeated white space."""
    return _BLANKS.sub(" ", text).strip(" ")


def fault_of(kind: SimpleType, text: str, beyond: int = 0) -> str | None:
    """Return the message of the first facet that ``text`` breaks, None when it is valid.

    ``beyond`` is the number of UTF-16 units that follow a text too long to be kept.
    """
    value = _normalised(kind, text)
    for pattern, expression in kind.patterns:
        if not expression.match(value):
            return messages.PATTERN.format(value=text, pattern=pattern, type=kind.label)
    lexical = kind.lexical
    if lexical not in _FREE:
        form = _LEXICAL.get(lexical)
        good = form.match(value) if form else is_calendar_value(lexical, value)
        if not good:
            return messages.DATATYPE.format(value=value, type=lexical)
    if lexical != "QName":
        fault = _length_fault(kind, value, beyond)
        if fault:
            return fault
    if kind.enumeration is not None and canonical(kind, value) not in kind.enumeration:
        return messages.ENUMERATION.format(value=value, values=", ".join(kind.enumeration))
    return _bound_fault(kind, value) if lexical in NUMBERS else None


def _normalised(kind: SimpleType, text: str) -> str:
    if kind.lexical in _TRIMMED:
        return text.strip(" \t\n\r")
    if kind.collapses:
        return collapsed(text)
    if kind.replaces:
        return _BLANKS.sub(lambda run: " " * len(run[0]), text)
    return text


def _length_fault(kind: SimpleType, value: str, beyond: int) -> str | None:
    if kind.max_length is None and kind.min_length is None and kind.length is None:
        return None
    length = utf16_length(value) + beyond
    if kind.max_length is not None and length > kind.max_length:
        return _length_message(kind, "maxLength", "maxLength", value, length, kind.max_length)
    if kind.min_length is not None and length < kind.min_length:
        return _length_message(kind, "minLength", "minLength", value, length, kind.min_length)
    if kind.length is not None and length != kind.length:
        return _length_message(kind, "length", "la longueur", value, length, kind.length)
    return None


def _length_message(
    kind: SimpleType, facet: str, limit_name: str, value: str, length: int, limit: int
) -> str:
    return messages.LENGTHS.format(
        facet=facet,
        limit_name=limit_name,
        value=value,
        length=length,
        limit=limit,
        type=kind.label,
    )


def _bound_fault(kind: SimpleType, value: str) -> str | None:
    number = Decimal(value)
    broken: list[tuple[str, Bound]] = []
    if kind.max_inclusive is not None and number > kind.max_inclusive.value:
        broken.append(("maxInclusive", kind.max_inclusive))
    if kind.max_exclusive is not None and number >= kind.max_exclusive.value:
        broken.append(("maxExclusive", kind.max_exclusive))
    if kind.min_inclusive is not None and number < kind.min_inclusive.value:
        broken.append(("minInclusive", kind.min_inclusive))
    if kind.min_exclusive is not None and number <= kind.min_exclusive.value:
        broken.append(("minExclusive", kind.min_exclusive))
    for facet, bound in broken:
        return messages.BOUNDS.format(
            facet=facet, value=value, limit=bound.written, type=kind.label
        )
    return None
