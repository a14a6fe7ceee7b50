"""Long texts without their middle, for people: the first part, how much is left out, the last."""

_ROOM = 40
"""Characters for the words in the middle."""


def abridged(text: str, most: int) -> str:
    """Return a text of at most ``most`` characters (more than 40), with how many are left out."""
    if len(text) <= most:
        return text
    kept = most - _ROOM
    last = kept // 3
    left_out = f"{len(text) - kept:,}".replace(",", "\u202f")
    return f"{text[: kept - last]}… ({left_out} signes de plus) …{text[len(text) - last :]}"


def abridged_path(steps: list[str], first: int, left_out: int) -> str:
    """Return steps joined by ``/``; ``left_out`` says how many more lie after the ``first``."""
    if not left_out:
        return "/".join(steps)
    between = f"{left_out:,}".replace(",", "\u202f")
    return "/".join([*steps[:first], f"… ({between} éléments de plus) …", *steps[first:]])
