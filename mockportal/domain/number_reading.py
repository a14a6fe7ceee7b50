"""How a number that the schema does not take was probably meant."""

import re

from mockportal.domain.comparing import normalised
from mockportal.domain.stray_signs import tidy

_WORDS = {
    "UN": 1, "UNE": 1, "DEUX": 2, "TROIS": 3, "QUATRE": 4, "CINQ": 5, "SIX": 6, "SEPT": 7,
    "HUIT": 8, "NEUF": 9, "DIX": 10,
}  # fmt: skip


def read_number(text: str, minimum: str | None, maximum: str | None) -> str:
    """Return the whole number within the limits that a text means; empty where nobody knows.

    Decimals are rounded; of a text with one number in it, that one is taken.
    """
    bare = normalised(tidy(text))
    low, high = int(minimum or 0), int(maximum or 2**31 - 1)
    if bare in _WORDS:
        number = _WORDS[bare]
    elif match := re.fullmatch(r"\+?(\d[\d ]*)(?:[.,](\d+))?", bare):
        number = int(match[1].replace(" ", "")) + ((match[2] or "0")[0] >= "5")
    elif match := re.fullmatch(r"(\d+)(?:[.,]\d+)? ?(?:/|SUR) ?\d+", bare):
        number = int(match[1])
    elif len(numbers := re.findall(r"\d+", bare)) == 1 and "-" not in bare:
        number = int(numbers[0])
    else:
        return ""
    return str(number) if low <= number <= high else ""
