"""What ``/_mock`` takes and answers about clocks, processing and what there is."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, Discriminator, Field, RootModel, Tag

from mockportal.web.mock.shapes import InWorld
from mockportal.web.programs.shapes import ListShape, Shape

FIRST, LAST = datetime(1971, 1, 1, tzinfo=UTC), datetime(2199, 12, 31, tzinfo=UTC)
Moment = Annotated[AwareDatetime, Field(ge=FIRST, le=LAST)]
Amount = Annotated[int, Field(strict=True, ge=1, le=999_999_999)]


class ClockGiven(Shape):
    """How a world's clock goes from now on."""

    now: Moment | None = Field(default=None, description="What it shows; null: real time.")
    frozen: bool = Field(default=False, description="It stands still.")


class ClockShape(Shape):
    """What a world's clock shows."""

    now: AwareDatetime
    frozen: bool


class BySeconds(Shape):
    """On by so many seconds."""

    seconds: float = Field(ge=0, le=3_000_000_000)


class ToMoment(Shape):
    """On to a moment."""

    to: Moment


class ToNext(Shape):
    """On to the next due time; nothing moves when nothing waits for the clock."""

    next: Literal[True]


def _how(given: object) -> str:
    """Return the way of moving on that was meant, so that errors are about it alone."""
    keys = given if isinstance(given, dict) else {}
    return "(to)" if "to" in keys else "(next)" if "next" in keys else "(seconds)"


class Advance(
    RootModel[
        Annotated[
            Annotated[BySeconds, Tag("(seconds)")]
            | Annotated[ToMoment, Tag("(to)")]
            | Annotated[ToNext, Tag("(next)")],
            Discriminator(_how),
        ]
    ]
):
    """How far to move a clock on."""


class Advanced(ClockShape):
    """What a world's clock shows now."""

    settled: bool = Field(description="All that fell due on the way has run.")


class Simply(Shape):
    """At once, or when told (POST process)."""

    mode: Literal["immediate", "manual"]


class AfterSeconds(Shape):
    """So many seconds after the deposit, by the world's clock."""

    mode: Literal["delay"]
    seconds: int = Field(strict=True, ge=0, le=999_999_999)


class AfterWorkingDays(Shape):
    """So many working days after the deposit, by the world's clock."""

    mode: Literal["delay"]
    working_days: int = Field(strict=True, ge=1, le=999)


class AfterLooks(Shape):
    """After so many looks at the deposit."""

    mode: Literal["polls"]
    polls: Amount


class AsAbove(Shape):
    """As the world says (for an account), or as the portal was started (for a world)."""

    mode: None


def _mode(given: object) -> str:
    """Return the mode that was meant, so that errors are about it alone."""
    keys = given if isinstance(given, dict) else {}
    if keys.get("mode") == "delay":
        return "(working_days)" if "working_days" in keys else "(seconds)"
    if "mode" in keys and keys["mode"] is None:
        return "(as above)"
    return "(polls)" if keys.get("mode") == "polls" else "(simply)"


class ProcessingGiven(
    RootModel[
        Annotated[
            Annotated[Simply, Tag("(simply)")]
            | Annotated[AfterSeconds, Tag("(seconds)")]
            | Annotated[AfterWorkingDays, Tag("(working_days)")]
            | Annotated[AfterLooks, Tag("(polls)")]
            | Annotated[AsAbove, Tag("(as above)")],
            Discriminator(_mode),
        ]
    ]
):
    """When the second control of deposits runs that come in from now on."""


class ProcessingShape(RootModel[Simply | AfterSeconds | AfterWorkingDays | AfterLooks]):
    """When the second control of deposits runs."""


class Whose(InWorld):
    """Whose processing: the world's, or one account's."""

    account: str | None = Field(default=None, description="An account of the world.")


class Processed(Shape):
    """What was let go."""

    released: int = Field(
        description="How many deposits had been waiting: to be told, for looks, or for their time."
    )
    settled: bool = Field(description="All that is due has run.")


class MailShape(Shape):
    """A mail that the portal would have sent."""

    id: int
    to: str
    subject: str
    text: str
    links: list[str]
    made_at: AwareDatetime


class Outbox(ListShape):
    """A page of mails, the newest first."""

    items: list[MailShape]


class AccountState(Shape):
    """An account of a world."""

    account_id: str
    kind: Literal["certifier", "depositor"]
    name: str
    client_id: str
    contracts: list[str]
    mandated_by: list[str]


class DepositCounts(Shape):
    """How many deposits of each status."""

    processing: int
    refused: int
    accepted: int
    partly_rejected: int
    failed: int


class FailedDeposit(Shape):
    """A deposit that the portal could not treat."""

    id: str
    processing_id: int
    file_name: str
    account_id: str
    reason: str = Field(description="Why the last attempt failed; empty where it is not known.")


class Retried(Shape):
    """What became of a deposit that was tried again."""

    status: Literal["processing", "accepted", "partly_rejected", "refused", "failed"]
    reason: str | None = Field(description="Why it failed once more.")


class StateShape(Shape):
    """What a world holds and how it is set."""

    world: str
    clock: ClockShape
    processing: ProcessingShape
    accounts: list[AccountState] = Field(description="The first hundred.")
    people: int
    certifications: int
    deposits: DepositCounts
    failed: list[FailedDeposit] = Field(description="Those not treated, the newest hundred.")
    passages: int
