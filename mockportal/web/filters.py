"""What the address of a list asks for: a page; of the history, a status and days of receipt."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from mockportal.domain.deposits import DepositFilter, DepositPage, Status
from mockportal.domain.pages import Turn
from mockportal.domain.passages import PassagePage
from mockportal.journeys.passages import Listed

Page = TypeVar("Page", DepositPage, PassagePage[Listed])

_NUMBER = re.compile(r"[0-9]{1,18}")
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


def turned_to(arguments: Mapping[str, str], ask: Callable[[Turn | None], Page]) -> Page:
    """Return the page beside the item that a link names.

    Where the link is so old that nothing lies there any more, the page of its number.
    """
    turn = _turn(arguments)
    page = ask(turn)
    return page if page.items or turn is None else ask(None)


def _turn(arguments: Mapping[str, str]) -> Turn | None:
    for name in ("apres", "avant"):
        number = arguments.get(name, "")
        if _NUMBER.fullmatch(number):
            return Turn(int(number), back=name == "avant")
    return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
