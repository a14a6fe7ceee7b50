"""A page of a list that a database has to walk along to: from the nearer of its ends."""

from typing import NamedTuple


class Stretch(NamedTuple):
    """So many items beyond so many others, counted with ``back`` from the end."""

    beyond: int
    many: int
    back: bool


def stretch(total: int, start: int, size: int) -> Stretch:
    """Return where to find the items from ``start`` on, at most ``size``, of ``total``."""
    many = max(0, min(size, total - start))
    after = total - start - many
    back = after < start
    return Stretch(after if back else start, many, back)
