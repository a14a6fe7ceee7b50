"""Faults: the trouble that a test asks a portal for. Off by default, never at random by itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from hashlib import blake2b
from typing import NewType

from mockportal.domain.identifiers import AccountId, WorldId

FaultId = NewType("FaultId", int)
LONGEST_SECONDS = 60.0
"""For how long an answer is held back at most."""
_DIGEST = 8


class Stage(Enum):
    """Where a fault strikes; ``value`` is the API's word."""

    LOGIN = "login"
    """The form of the login page is sent."""
    UPLOAD = "upload"
    """A file comes in, by page or by program."""
    FIRST_CONTROL = "first_control"
    """The file is kept and recorded: whatever the sender reads, the deposit is there."""
    SECOND_CONTROL = "second_control"
    RECEIPT = "receipt"
    """The accusé de traitement is asked for."""
    PAGE = "page"
    """Anything is asked for, by page or by program, what is above included."""


class Trouble(Enum):
    """What a fault does; ``value`` is the API's word."""

    STATUS = "status"
    """The answer is an HTTP error."""
    DROP = "drop"
    """The connection closes without an answer, and nothing was done."""
    SLOW = "slow"
    """The answer takes so many real seconds longer."""
    CUT = "cut"
    """The connection closes in the middle of the answer."""
    SESSION = "session_expired"
    """Whoever asks is not logged in any more."""
    MAINTENANCE = "maintenance"
    """The portal is closed for a while: 503, in French on pages."""
    STUCK = "stuck"
    """The deposit stays « en cours » until the fault is removed."""
    LATE = "late"
    """The receipt is not available yet, though the deposit is treated."""
    EMPTY = "empty"
    """The receipt has no bytes."""
    TRUNCATED = "truncated"
    """The receipt is whole as an answer, and holds the first half of its bytes."""
    OTHER_NAME = "other_name"
    """The receipt names another file than the one deposited, inside and as a file."""
    ANSWER_LOST = "answer_lost"
    """The file is taken, and the connection closes without an answer."""


_ANSWERS = frozenset({Trouble.STATUS, Trouble.DROP, Trouble.SLOW, Trouble.CUT, Trouble.MAINTENANCE})
POSSIBLE: Mapping[Stage, frozenset[Trouble]] = {
    Stage.LOGIN: _ANSWERS,
    Stage.UPLOAD: _ANSWERS | {Trouble.SESSION, Trouble.ANSWER_LOST},
    Stage.FIRST_CONTROL: _ANSWERS | {Trouble.STUCK},
    Stage.SECOND_CONTROL: frozenset({Trouble.STUCK}),
    Stage.RECEIPT: _ANSWERS
    | {Trouble.SESSION, Trouble.LATE, Trouble.EMPTY, Trouble.TRUNCATED, Trouble.OTHER_NAME},
    Stage.PAGE: _ANSWERS | {Trouble.SESSION},
}
"""Which trouble there can be at which stage."""
_AFTERWARDS = frozenset(
    {
        Trouble.CUT,
        Trouble.EMPTY,
        Trouble.TRUNCATED,
        Trouble.OTHER_NAME,
        Trouble.ANSWER_LOST,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A fault as it is asked for."""

    stage: Stage
    trouble: Trouble
    name: str = ""
    """How answers and logs call it; empty: by its trouble and its stage."""
    account: AccountId | None = None
    """Whom it strikes; None: everybody in its world."""
    status: int = 500
    """The HTTP error of ``STATUS``."""
    seconds: float = 1.0
    """How much longer ``SLOW`` takes; after how long ``MAINTENANCE`` asks to come back."""
    times: int | None = None
    """How often it strikes; None: as long as it is there."""
    probability: float | None = None
    """How often it strikes of the times that it could; None: each time."""
    seed: int | None = None
    """What its chance follows from."""

    @property
    def title(self) -> str:
        """Return what answers and logs call it."""
        return self.name or f"{self.stage.value}-{self.trouble.value}"

    @property
    def spoils_answers(self) -> bool:
        """Tell whether what was asked for is done, and only its answer suffers."""
        if self.stage is Stage.FIRST_CONTROL:
            return self.trouble is not Trouble.STUCK
        return self.trouble in _AFTERWARDS

    def flaw(self) -> str | None:
        """Return why there can be no such fault, for whoever asks for it, or None."""
        if self.trouble not in POSSIBLE[self.stage]:
            able = ", ".join(sorted(one.value for one in POSSIBLE[self.stage]))
            return f"{self.trouble.value} cannot strike at {self.stage.value}, only: {able}"
        if (self.probability is None) != (self.seed is None):
            return "a probability needs a seed, and a seed a probability: nothing is left to chance"
        return None


@dataclass(frozen=True, slots=True)
class SetFault:
    """A fault that is set in a world, and what it has done so far."""

    id: FaultId
    world: WorldId
    fault: Fault
    left: int | None
    """How often it still strikes; None: as long as it is there."""
    struck: int = 0


def falls(seed: int, world: str, turn: int, probability: float) -> bool:
    """Tell whether a fault strikes at its so-manieth turn in a world: always the same."""
    said = "\x1f".join([str(seed), world, str(turn)]).encode()
    drawn = int.from_bytes(blake2b(said, digest_size=_DIGEST).digest(), "big")
    return drawn < int(probability * 2 ** (8 * _DIGEST))
