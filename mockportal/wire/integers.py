"""Integers as the schema takes them: with a sign, white space around, and any number of zeros."""

_BLANKS = "\t\n\r "
_MOST_DIGITS = 100


def integer_of(text: str) -> int:
    """Return the number that a valid ``xs:int`` says.

    Python alone refuses more than 4 300 digits, most of which are zeros here. Raises ValueError for
    what is no such number.
    """
    if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS:  # as most are
        return int(text)
    bare = text.strip(_BLANKS)
    digits = bare[1:] if bare.startswith(("+", "-")) else bare
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError("no integer")
    significant = digits.lstrip("0")
    if len(significant) > _MOST_DIGITS:
        raise ValueError("an integer beyond all that a schema takes")
    number = int(significant or "0")
    return -number if bare.startswith("-") else number
