"""The levels of the search that were tried on a passage, as their column holds them."""

from functools import lru_cache

from mockportal.domain.verdicts import Level


@lru_cache(maxsize=1024)
def packed(levels: tuple[Level, ...]) -> str:
    """Return the levels that were tried as their column holds them."""
    return " ".join(f"{one.level}:{one.matches}" for one in levels)


def levels_of(column: str) -> tuple[Level, ...]:
    """Return the levels that a column holds."""
    pairs = (one.split(":") for one in column.split())
    return tuple(Level(int(level), int(matches)) for level, matches in pairs)
