"""What was asked of a portal, as a test reads it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self, cast

from mockportal.domain.journal import Entry
from mockportal.testing.types import RequestSource


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Request:
    """A request and how it was answered; passwords and contents are not kept."""

    at: datetime
    """Real time, whatever the clock of the world shows."""
    source: RequestSource
    """``page``, ``api``, or ``mock`` for what a test asks of ``/_mock``."""
    method: str
    path: str
    """With the query, as far as it is no secret."""
    account: str | None
    """The identifier of whoever asked; None where nobody was logged in."""
    status: int | None
    """The HTTP status of the answer."""
    size: int | None
    """The bytes of what was sent."""
    content_type: str
    """The type of what was sent."""
    fault: str
    """The fault that struck; empty for none."""
    deposit_id: str | None
    """The deposit that was made or asked for."""

    def __repr__(self) -> str:
        """Return the method, the path, the status and who asked."""
        return f"<{self.method} {self.path} {self.status} by {self.account or 'nobody'}>"

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """Return a request of the journal."""
        return cls(
            at=entry.at,
            source=cast("RequestSource", entry.source.value),
            method=entry.method,
            path=entry.path,
            account=entry.account,
            status=entry.status,
            size=entry.request_size,
            content_type=entry.request_type,
            fault=entry.fault,
            deposit_id=entry.deposit,
        )
