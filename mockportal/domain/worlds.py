"""Worlds: portals within the portal, each for a test or a class."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from mockportal.domain.identifiers import AccountId

DEFAULT_WORLD = "default"
"""The world that is always there; the seeds live in it."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


class WorldRefusal(Enum):
    """Why a world is not made, reset or deleted; the value is what the operator reads."""

    BAD_NAME = (
        "a world's name is 1 to 100 letters, digits, dots, hyphens and underscores without "
        "accents, and begins with a letter or a digit"
    )
    NAME_TAKEN = "there is a world of that name already"
    UNKNOWN = "there is no world of that name"
    BUSY = "somebody else is still making, resetting or deleting this world: try again later"
    DEFAULT_STAYS = "the world 'default' cannot be deleted, only reset"


class Step(Enum):
    """What is being done to a world; one that was cut off is done again at the next start."""

    MAKING = "making"
    RESETTING = "resetting"
    DELETING = "deleting"


@dataclass(frozen=True, slots=True)
class Origin:
    """What a world was made from, so that it can be made again."""

    seeds: bool = False
    """It began as a copy of the seeds; else empty."""
    password_hash: str = ""
    """What is kept of the password of the seeds' accounts."""
    accounts: Mapping[str, AccountId] = field(default_factory=dict)
    """The identifiers of the seeds' accounts in this world, by those that the seeds give them."""
    drawn: int = 0
    """How many identifiers had been drawn once it was made."""
    step: Step | None = None
    """What is not finished; None for a world at rest."""
    until: datetime | None = None
    """Until when somebody is surely at it, in real time; after that, whoever comes finishes it."""
    emptied: int = 0
    """Another number whenever it is emptied: what was at work in it before is about nothing now."""


def is_world_name(name: str) -> bool:
    """Tell whether a world may have this name."""
    return _NAME.fullmatch(name) is not None
