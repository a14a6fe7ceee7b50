"""Turning the pages of long lists: by the item beside, which costs no more the deeper one is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Turn:
    """Where a page begins, or with ``back`` ends: beside this item, which is not on it."""

    beside: int
    """Its number: that of a passage, or the idTraitement of a deposit."""
    back: bool = False
