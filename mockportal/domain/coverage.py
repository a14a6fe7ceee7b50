"""Coverage: what the deposits of a world have exercised of all that the portal knows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from mockportal.domain.messages import Code
from mockportal.domain.verdicts import Level


class Part(Enum):
    """What kind of thing is exercised; ``value`` is the API's word."""

    ELEMENTS = "elements"
    """The elements of the schema, by their paths."""
    BRANCHES = "branches"
    """Of what is optional, that it is there and that it is not; of choices, each; nil and not."""
    VALUES = "values"
    """The values of enumerations, and both truths."""
    MESSAGES = "messages"
    """The codes of the second control's messages."""
    FILE_ERRORS = "file_errors"
    """The codes of the first control's messages."""
    LEVELS = "levels"
    """The levels of the search for the holder, by how many people each left."""


Items = Mapping[Part, Sequence[str]]
"""What there is, or was found, of each part."""
ACCEPTED = "ACCEPTED"
"""What stands among the messages for a passage without one."""
NOT_WELL_FORMED = "not well-formed"
"""What stands among the codes of file errors for those that have none."""
_LEFT = ("nobody", "one", "several")


@dataclass(frozen=True, slots=True)
class PartCoverage:
    """What was exercised of a part, and what was not, both in the order of what there is."""

    part: Part
    exercised: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def total(self) -> int:
        """Return how many there are."""
        return len(self.exercised) + len(self.missing)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the deposits of a world have exercised, measured on a schema."""

    schema: str
    deposits: int
    parts: tuple[PartCoverage, ...]

    @property
    def percent(self) -> float:
        """Return how much of all was exercised, in percent to one decimal, rounded down."""
        total = sum(one.total for one in self.parts)
        return percent(sum(len(one.exercised) for one in self.parts), total)


def percent(exercised: int, total: int) -> float:
    """Return a share in percent to one decimal, rounded down: 100 is all."""
    return exercised * 1_000 // total / 10 if total else 100.0


def covered(there_is: Items, found: Mapping[Part, Collection[str]]) -> tuple[PartCoverage, ...]:
    """Return what of all there is was found; what was found beyond that does not count."""
    return tuple(
        PartCoverage(
            part,
            tuple(one for one in items if one in found.get(part, ())),
            tuple(one for one in items if one not in found.get(part, ())),
        )
        for part, items in there_is.items()
    )


def messages_there_are() -> tuple[str, ...]:
    """Return the codes of verdicts."""
    return (ACCEPTED, *(code.value for code in Code))


def levels_there_are() -> tuple[str, ...]:
    """Return what each level of the search may leave."""
    return tuple(_level(Level(number, left)) for number in (1, 2, 3) for left in range(len(_LEFT)))


def levels_exercised(tried: Sequence[Level]) -> set[str]:
    """Return what a search has exercised of them."""
    return {_level(one) for one in tried}


def _level(level: Level) -> str:
    return f"level {level.level}: {_LEFT[min(level.matches, len(_LEFT) - 1)]}"
