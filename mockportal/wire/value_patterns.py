"""Values as expressions: what such an expression matches is surely of the type, however it is read.

Each is narrower than its type: no reference, no control character, numbers without a sign. The
expressions are for texts in which one sign stands for each unit of UTF-16 (``text_units``).
"""

from mockportal.wire.validation.components import SimpleType

_SIGN = r"[^<&>\x00-\x1f]"
_DATE = (
    r"(?:[1-9][0-9]{3}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    r"|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8])))"
)
"""Days that every year has: the others are left to the calendar."""
_END = r"\Z"
_MOST_DIGITS = 9


class UnlikeAnyPatternError(ValueError):
    """No expression is known for it."""


def value_pattern(kind: SimpleType) -> str:
    """Return an expression without groups; raises UnlikeAnyPatternError where none is known."""
    return "".join(
        f"(?=(?:{pattern.pattern.removesuffix(_END)})<)" for _, pattern in kind.patterns
    ) + _form(kind)


def _form(kind: SimpleType) -> str:
    match kind.lexical:
        case "string" if not kind.collapses and not kind.replaces:
            return _text(kind)
        case "boolean":
            return "(?:true|false|1|0)"
        case "integer" if kind.enumeration is None:
            return _whole_number(kind)
        case "date" if not kind.enumeration:
            return _DATE
    raise UnlikeAnyPatternError(kind.label)


def _text(kind: SimpleType) -> str:
    if kind.enumeration is not None:
        if kind.length is not None or kind.min_length is not None or kind.max_length is not None:
            raise UnlikeAnyPatternError(kind.label)
        return f"(?:{'|'.join(map(_literal, kind.enumeration))})"
    least = max(1, kind.min_length or 0, kind.length or 0)
    most = min((n for n in (kind.max_length, kind.length) if n is not None), default=None)
    if kind.length == 0 or (most is not None and most < least):
        raise UnlikeAnyPatternError(kind.label)
    return f"{_SIGN}{{{least},{'' if most is None else most}}}+"


def _literal(value: str) -> str:
    if not value.isascii() or not value.replace("_", "").isalnum():
        raise UnlikeAnyPatternError(value)
    return value


def _whole_number(kind: SimpleType) -> str:
    least, most = 0, 10**_MOST_DIGITS - 1
    if kind.min_inclusive is not None:
        least = max(least, int(kind.min_inclusive.value))
    if kind.min_exclusive is not None:
        least = max(least, int(kind.min_exclusive.value) + 1)
    if kind.max_inclusive is not None:
        most = min(most, int(kind.max_inclusive.value))
    if kind.max_exclusive is not None:
        most = min(most, int(kind.max_exclusive.value) - 1)
    if most < least:
        raise UnlikeAnyPatternError(kind.label)
    runs = []
    for digits in range(len(str(least)), len(str(most)) + 1):
        lowest = max(least, 10 ** (digits - 1) if digits > 1 else 0)
        runs.append(_between(str(lowest), str(min(most, 10**digits - 1))))
    return f"0{{0,{_MOST_DIGITS}}}(?:{'|'.join(reversed(runs))})"


def _between(low: str, high: str) -> str:
    """Return what matches the numbers from ``low`` to ``high``, written with as many digits."""
    if not low:
        return ""
    rest = len(low) - 1
    if low[1:] == "0" * rest and high[1:] == "9" * rest:
        return f"[{low[0]}-{high[0]}]" + (f"[0-9]{{{rest}}}" if rest else "")
    if low[0] == high[0]:
        return low[0] + _between(low[1:], high[1:])
    parts = [low[0] + _between(low[1:], "9" * rest), high[0] + _between("0" * rest, high[1:])]
    if int(low[0]) + 1 < int(high[0]):
        middle = f"{int(low[0]) + 1}", f"{int(high[0]) - 1}"
        parts.insert(1, _between(middle[0] + "0" * rest, middle[1] + "9" * rest))
    return f"(?:{'|'.join(parts)})"
