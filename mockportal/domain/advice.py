"""The shape of the catalogue of advice on errors of the first control."""

from collections.abc import Callable
from dataclasses import dataclass

from mockportal.domain.changes import Change
from mockportal.domain.file_errors import Facts, Place
from mockportal.domain.finding import Finding
from mockportal.domain.messages import Basis


@dataclass(frozen=True, slots=True)
class Advice:
    """What an error means, and how to mend it, in French."""

    happened: str
    mend: str
    basis: Basis
    """How sure we are that the real portal refuses the same; the advice is ours."""
    change: Change | None = None
    """What ``mend`` says, for a program; None where it leaves the choice, or is about the file."""


def always(_facts: Facts, _place: Place) -> bool:
    """Return True: the case that is left when no other fits."""
    return True


@dataclass(frozen=True, slots=True)
class Case:
    """One cause of an error, with the sentences for it; ``{…}`` are filled with its facts."""

    happened: str
    mend: str
    fits: Callable[[Facts, Place], bool] = always
    basis: Basis = Basis.OBSERVED
    change: Callable[[Finding], Change | None] | None = None
    """What ``mend`` says, for a program."""
