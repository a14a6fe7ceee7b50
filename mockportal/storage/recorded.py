"""Stores that note in the journal what they change: what a replay does again.

Each is the store that it is named after, and changes nothing of what that does. A change and its
note are one transaction: either both are kept, or neither.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine

from mockportal.domain.clocks import WorldClock
from mockportal.domain.deposits import Deposit
from mockportal.domain.identifiers import (
    PassageId,
    WorldId,
)
from mockportal.domain.journal import Change
from mockportal.domain.mails import Letter, Mail
from mockportal.domain.passages import Author, Rewritten, StoredPassage
from mockportal.domain.processing import Processing
from mockportal.storage.deposits import DepositStore
from mockportal.storage.journalist import Journalist
from mockportal.storage.outbox import OutboxStore
from mockportal.storage.passage_rows import passages_by_number
from mockportal.storage.passages import PassageStore
from mockportal.storage.worlds import WorldStore


class RecordedWorlds(WorldStore):
    """The clocks of worlds, and their processing."""

    def __init__(self, engine: Engine, journalist: Journalist) -> None:
        """Keep the engine and who notes."""
        super().__init__(engine)
        self._journalist = journalist

    def set_clock(self, world: WorldId, clock: WorldClock) -> None:
        """Set a clock, and note what it shows from now on."""
        with self._writer.begin():
            super().set_clock(world, clock)
            self._journalist.note(world, Change.CLOCK, frozen=clock.frozen is not None)

    def set_processing(self, world: WorldId, processing: Processing | None) -> None:
        """Set the processing, and note it."""
        words = None if processing is None else str(processing)
        with self._writer.begin():
            super().set_processing(world, processing)
            self._journalist.note(world, Change.PROCESSING, processing=words)


class RecordedDeposits(DepositStore):
    """Deposits: that they came in, and that they were treated."""

    def __init__(self, engine: Engine, journalist: Journalist, *, any_sender: bool = False) -> None:
        """Keep the engine and who notes."""
        super().__init__(engine, any_sender=any_sender)
        self._journalist = journalist

    def _recorded(self, connection: Connection, deposit: Deposit) -> None:
        self._journalist.note_within(
            connection, deposit, Change.DEPOSITED, deposit.received_at,
            file_name=deposit.file_name, schema=deposit.schema,
            processing_id=deposit.processing_id,
        )  # fmt: skip

    def _published(self, connection: Connection, deposit: Deposit) -> None:
        at = deposit.treated_at or deposit.received_at
        self._journalist.note_within(connection, deposit, Change.TREATED, at)


class RecordedPassages(PassageStore):
    """Passages that are modified or deleted."""

    def __init__(self, engine: Engine, journalist: Journalist) -> None:
        """Keep the engine and who notes."""
        super().__init__(engine)
        self._journalist = journalist

    def _changed(
        self, connection: Connection, passage: PassageId, new: Rewritten, author: Author
    ) -> None:
        changes = {one.field: one.after for one in new.changes}
        self._note(connection, Change.MODIFIED, author, [passage], changes=changes)

    def _deleted(self, connection: Connection, ids: Sequence[PassageId], author: Author) -> None:
        """Note those given; who was gone already is gone again."""
        self._note(connection, Change.DELETED, author, ids)

    def _note(
        self,
        connection: Connection,
        what: Change,
        author: Author,
        ids: Sequence[PassageId],
        **content: Any,
    ) -> None:
        found = passages_by_number(connection, ids)
        if found:
            self._journalist.note_of_passages(
                connection, found[0].world, what, author,
                passages=[_place(one) for one in found], **content,
            )  # fmt: skip


class RecordedOutbox(OutboxStore):
    """The mails of all worlds."""

    def __init__(self, engine: Engine, journalist: Journalist) -> None:
        """Keep the engine and who notes."""
        super().__init__(engine)
        self._journalist = journalist

    def add(self, world: WorldId, to: str, letter: Letter, made_at: datetime) -> Mail:
        """Put a mail into a world's outbox, and note it; its text holds links, and stays there."""
        with self._writer.begin():
            mail = super().add(world, to, letter, made_at)
            self._journalist.note(
                world, Change.MAIL, made_at, mail=mail.id, to=to, subject=letter.subject
            )
        return mail


def _place(passage: StoredPassage) -> dict[str, Any]:
    return {
        "deposit": passage.deposit,
        "technical_id": passage.technical_id,
        "piece": passage.piece,
        "position": passage.position,
    }
