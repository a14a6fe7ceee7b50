"""What the check knows of the elements that are open, and of the one that an error is about."""

from dataclasses import dataclass
from typing import NamedTuple

from mockportal.wire.validation.components import (
    ComplexType,
    ContentModel,
    ElementDecl,
    SimpleType,
)

FAILED = -1
"""The state of a content in which a child has come that may not."""


@dataclass(slots=True)
class Open:
    """An element that has begun and not ended."""

    raw: str
    decl: ElementDecl | None
    type: SimpleType | ComplexType
    model: ContentModel | None
    index: int = 0
    """Which of its kind it is, from 1; 0 where the schema lets it come once."""
    children: int = 0
    """Children that may come again and again, so far."""
    identifier: str | None = None
    """The text of the child that identifies it, once it has come."""
    state: int = 0
    nil: bool = False
    saw_child: bool = False
    saw_text: bool = False
    saw_characters: bool = False
    words: str = ""
    """The start of its text, where that is not checked as a value."""
    lacking: tuple[str, ...] = ()
    """Once it has failed: the mandatory children that have not come, later ones counted."""
    either: bool = False
    """One of those that it lacks is enough."""
    stranger: "Open | None" = None
    """The child that made it fail."""

    @property
    def failed(self) -> bool:
        """Return whether a child has come that may not: the others are not counted any more."""
        return self.state == FAILED


def lacking(model: ContentModel, state: int) -> tuple[tuple[str, ...], bool]:
    """Return the local names of what must still come, and whether one of them is enough."""
    if model.complete(state):
        return (), False
    missing = model.missing(state)
    either = not missing
    return tuple(local for _, local in (model.expected(state) if either else missing)), either


class Subject(NamedTuple):
    """The element that an error is about; the open ones are around it."""

    raw: str
    decl: ElementDecl | None
    ordinal: int = 0
    """Which of its kind it is, as ``Open.index``."""
    here: Open | None = None
    """The element itself, where it has begun."""
    parent: Open | None = None
    """What it stands in, where it may not."""
