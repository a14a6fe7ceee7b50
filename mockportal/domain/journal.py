"""The journal of a world: what was asked and answered, and what has changed in it, in order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from mockportal.domain.identifiers import AccountId, DepositId, WorldId

MOST_REQUESTS = 10_000
"""How many requests a world keeps."""
OLDEST_REQUEST = timedelta(days=30)
"""For how long they are kept, by real time."""


class Source(Enum):
    """Where an entry comes from; ``value`` is the API's word."""

    PAGE = "page"
    API = "api"
    MOCK = "mock"
    WORLD = "world"
    """Something changed, whoever asked for it: what a replay does again."""


class Change(Enum):
    """What changes in a world; ``value`` names it in the journal."""

    DEPOSITED = "deposited"
    TREATED = "treated"
    PEOPLE = "people"
    TRAINING_FILE = "training_file"
    CERTIFICATIONS = "certifications"
    ORGANISATION = "organisation"
    CONTRACT = "contract"
    MANDATE = "mandate"
    MANDATE_ENDED = "mandate_ended"
    MODIFIED = "modified"
    DELETED = "deleted"
    CLOCK = "clock"
    PROCESSING = "processing"
    MAIL = "mail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request and its answer; nothing secret is ever in it."""

    world: WorldId
    at: datetime
    """Real time."""
    source: Source
    method: str
    path: str
    account: AccountId | None
    status: int
    milliseconds: float
    request_size: int | None
    request_type: str
    response_size: int | None
    response_type: str
    fault: str = ""
    deposit: DepositId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """Something that changed in a world."""

    number: int
    what: Change
    at: datetime
    """By the world's clock."""
    account: AccountId | None = None
    deposit: DepositId | None = None
    content: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the journal as it is looked up: a request, or what changed."""

    number: int
    at: datetime
    """Real time."""
    source: Source
    method: str
    """Of what changed, the name of the change."""
    path: str
    account: AccountId | None
    status: int | None
    milliseconds: float | None
    request_size: int | None
    request_type: str
    response_size: int | None
    response_type: str
    fault: str
    deposit: DepositId | None
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class EntrySearch:
    """What is looked for in a journal; all that is given must agree."""

    text: str = ""
    """A part of the path."""
    account: str | None = None
    status: int | None = None
    since: datetime | None = None
