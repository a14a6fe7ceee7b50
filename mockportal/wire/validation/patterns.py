"""Patterns of a schema as regular expressions of Python."""

import re

from mockportal.wire.validation.components import SchemaNotSupportedError

_CLASSES = {
    "s": r" \t\n\r",
    "d": r"\d",
    "i": r"A-Za-z_:\u00c0-\u02ff\u0370-\u1fff",
    "c": r"A-Za-z0-9_:.\-\u00b7-\u036f\u0370-\u1fff",
}
_PLAIN_ESCAPES = r"\|.-^?*+{}()[]"


def compiled(pattern: str) -> re.Pattern[str]:  # noqa: C901  # a scanner, a case for each kind of sign
    """Return the expression that a whole value must match: patterns of schemas have no anchors."""
    parts: list[str] = []
    inside = 0
    at = 0
    while at < len(pattern):
        char = pattern[at]
        at += 1
        if char == "\\":
            parts.append(_escape(pattern[at : at + 1], inside=inside > 0))
            at += 1
        elif inside:
            if char == "]":
                inside -= 1
            elif char == "[":
                raise SchemaNotSupportedError(f"a class within a class in {pattern!r}")
            parts.append(char)
        elif char == "[":
            inside = 1
            parts.append("[")
            if pattern[at : at + 1] == "^":
                parts.append("^")
                at += 1
        elif char in "^$":
            parts.append("\\" + char)
        elif char == ".":
            parts.append(r"[^\n\r]")
        elif char == "(":
            parts.append("(?:")
        else:
            parts.append(char)
    return re.compile("".join(parts) + r"\Z")


def _escape(letter: str, *, inside: bool) -> str:
    if letter in ("n", "r", "t"):
        return "\\" + letter
    if letter and letter in _PLAIN_ESCAPES:
        return re.escape(letter)
    known = _CLASSES.get(letter.lower())
    if known is None or (inside and letter.isupper()):
        raise SchemaNotSupportedError(f"the escape \\{letter} in a pattern")
    if inside:
        return known
    return f"[{'^' if letter.isupper() else ''}{known}]"
