"""What the address of the history asks for: a status, a first and a last day of receipt."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mockportal.domain.deposits import DepositFilter, Status

_STATUSES = {one.value: one for one in Status}


@dataclass(frozen=True, slots=True)
class AskedFor:
    """A filter, the words that asked for it, and the fields whose day does not exist."""

    wanted: DepositFilter
    words: dict[str, str]
    wrong: list[str]

    @property
    def something(self) -> bool:
        """Tell whether anything was asked for."""
        return any(self.words.values())


def asked_for(arguments: Mapping[str, str]) -> AskedFor:
    """Return what the fields ``statut``, ``du`` and ``au`` say; what makes no sense is let be."""
    words = {name: arguments.get(name, "").strip() for name in ("statut", "du", "au")}
    days = {name: _day(words[name]) for name in ("du", "au")}
    return AskedFor(
        DepositFilter(_STATUSES.get(words["statut"]), days["du"], days["au"]),
        words,
        [name for name, day in days.items() if words[name] and day is None],
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
