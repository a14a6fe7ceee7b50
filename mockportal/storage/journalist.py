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
from mockportal.domain.passages import Author
from mockportal.storage.journal import JournalStore

Now = Callable[[WorldId], datetime]


class Journalist:
    """Notes what changes, at the time that the world's clock shows unless another is given."""

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
        """Note a change, in the transaction in which it takes place."""
        shown = self._now(world) if at is None else at
        self._journal.note(world, what, shown, account=account, deposit=deposit, content=content)

    def note_within(
        self, connection: Connection, deposit: Deposit, what: Change, at: datetime, **content: Any
    ) -> None:
        """Note what has become of a deposit, in the transaction in which it does."""
        self._journal.note_within(connection, deposit, what, at, content)

    def note_of_passages(
        self, connection: Connection, world: WorldId, what: Change, author: Author, **content: Any
    ) -> None:
        """Note what an account does to passages, in the transaction in which it does."""
        self._journal.note_by(connection, world, what, author, content)
