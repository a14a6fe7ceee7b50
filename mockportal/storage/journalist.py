"""Who notes in the journal what the stores change."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from mockportal.domain.deposits import Deposit
from mockportal.domain.identifiers import (
    AccountId,
    DepositId,
    WorldId,
)
from mockportal.domain.journal import Change
from mockportal.storage.journal import JournalStore

Now = Callable[[WorldId], datetime]


class Journalist:
    """Notes what changes, at the time that the world's clock shows unless another is said."""

    def __init__(self, journal: JournalStore, now: Now) -> None:
        """Keep the journal, and what tells the time of a world."""
        self._journal = journal
        self._now = now

    def note(
        self,
        world: WorldId,
        what: Change,
        at: datetime | None = None,
        account: AccountId | None = None,
        deposit: DepositId | None = None,
        **content: Any,
    ) -> None:
        """Note a change."""
        shown = self._now(world) if at is None else at
        self._journal.note(world, what, shown, account=account, deposit=deposit, content=content)

    def note_within(
        self, connection: Connection, deposit: Deposit, what: Change, at: datetime, **content: Any
    ) -> None:
        """Note what has become of a deposit, in the transaction in which it does."""
        self._journal.note_within(connection, deposit, what, at, content)
