"""The people to try: what to write in a flux, and what it brings."""

from collections.abc import Mapping
from dataclasses import dataclass

from mockportal.domain.messages import Code


@dataclass(frozen=True, slots=True)
class Case:
    """One line of the table of cases."""

    id: str
    whole_file: bool
    """It is about the head of a file, not about one of its passages."""
    schema: str
    deposit_as: str
    """The account to deposit with."""
    write: Mapping[str, str | None]
    """What to write, by the flux's own names; None is nil."""
    code: Code | None
    """The message that it brings; None when the passage is accepted."""
    why: str
    """The reason, in French."""
    technical_id: str | None
    """The identifier under which a demonstration flux holds it; None when none does."""
