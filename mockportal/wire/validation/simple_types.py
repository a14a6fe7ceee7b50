"""Checking the value of a simple type: the first facet that fails, in Java's order of checks."""

import re
from decimal import Decimal

from mockportal.wire.validation import messages
from mockportal.wire.validation.calendar_types import is_calendar_value
from mockportal.wire.validation.characters import utf16_length
from mockportal.wire.validation.components import Bound, SimpleType
from mockportal.wire.validation.messages import Message, worded

_BLANKS = re.compile("[ \t\n\r]+")
_ZEROS = re.compile("\\A( ?[+-]?)0+(?=[0-9])")
_LEXICAL = {
    "boolean": re.compile(r"(?:true|false|1|0)\Z"),
    "integer": re.compile(r"[+-]?[0-9]+\Z"),
    "decimal": re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\Z"),
    "QName": re.compile(r"(?:[^\W\d][\w.\-]*:)?[^\W\d][\w.\-]*\Z"),
}
_NO_URI = re.compile(r"[\[\]]|%(?![0-9A-Fa-f]{2})")
NUMBERS = ("integer", "decimal")
_TRIMMED = frozenset((*NUMBERS, "boolean", "date", "dateTime", "time"))
"""What Java trims where the schema says that white space collapses: no value has any inside."""
_FREE = frozenset(("string", "anySimpleType"))


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


def fault_of(kind: SimpleType, text: str, beyond: int = 0) -> Message | None:
    """Return the message of the first facet that ``text`` breaks, None when it is valid.

    ``beyond`` is the number of UTF-16 units that follow a text too long to be kept.
    """
    value = _normalised(kind, text)
    for pattern, expression in kind.patterns:
        if not expression.match(value):
            return worded(messages.PATTERN, value=text, pattern=pattern, type=kind.label)
    lexical = kind.lexical
    if lexical not in _FREE and not _is_written_as(lexical, value):
        return worded(messages.DATATYPE, value=value, type=lexical)
    if lexical != "QName":
        fault = _length_fault(kind, value, beyond)
        if fault:
            return fault
    if kind.enumeration is not None and canonical(kind, value) not in kind.enumeration:
        return worded(
            messages.ENUMERATION, kind.enumeration, value=value, values=", ".join(kind.enumeration)
        )
    return _bound_fault(kind, value) if lexical in NUMBERS else None


def _is_written_as(lexical: str, value: str) -> bool:
    if lexical == "anyURI":
        return _NO_URI.search(value) is None
    form = _LEXICAL.get(lexical)
    return form.match(value) is not None if form else is_calendar_value(lexical, value)


def squeezed(kind: SimpleType, text: str) -> str:
    """Return a text that says the same to a type, without most of what says nothing.

    A valid number or date may have any run of white space around it, and any zeros before it.
    """
    if kind.lexical not in _TRIMMED:
        return text
    short = _BLANKS.sub(" ", text)
    return _ZEROS.sub(r"\1", short, count=1) if kind.lexical in NUMBERS else short


def _normalised(kind: SimpleType, text: str) -> str:
    if kind.lexical in _TRIMMED:
        return text.strip(" \t\n\r")
    if kind.collapses:
        return collapsed(text)
    if kind.replaces:
        return _BLANKS.sub(lambda run: " " * len(run[0]), text)
    return text


def _length_fault(kind: SimpleType, value: str, beyond: int) -> Message | None:
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
) -> Message:
    return worded(
        messages.LENGTHS,
        facet=facet,
        limit_name=limit_name,
        value=value,
        length=str(length),
        limit=str(limit),
        type=kind.label,
    )


def _bound_fault(kind: SimpleType, value: str) -> Message | None:
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
        return worded(
            messages.BOUNDS, facet=facet, value=value, limit=bound.written, type=kind.label
        )
    return None
