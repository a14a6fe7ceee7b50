"""Changing published passages: modified or deleted, each with a trace."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Engine, delete, insert, select, update

from mockportal.domain.identifiers import PassageId
from mockportal.domain.passages import Author, Rewritten, What
from mockportal.storage.batches import rows_of
from mockportal.storage.levels import packed
from mockportal.storage.passage_rows import packed_changes, selected
from mockportal.storage.suppressing import fewer_alive
from mockportal.storage.tables import deposits, passage_contents, passage_events, passages
from mockportal.storage.tallies import Shift, tally


class PassageChanges:
    """What accounts do to passages, each time in one short transaction."""

    def __init__(self, engine: Engine) -> None:
        """Keep the engine."""
        self._engine = engine
        self._writer = engine.execution_options(writes=True)

    def change(self, passage: PassageId, version: int, new: Rewritten, author: Author) -> bool:
        """Keep what a passage says now; False, and nothing kept, when it is no longer as seen."""
        with self._writer.begin() as connection:
            lock = select(passages.c.id).where(passages.c.id == passage).with_for_update()
            connection.execute(lock)
            row = connection.execute(selected().where(passages.c.id == passage)).first()
            if row is None or not row.alive or row.version != version:
                return False
            connection.execute(
                update(passages)
                .where(passages.c.id == passage)
                .values(
                    holder_id=new.holder,
                    valid_from=new.valid_from,
                    late=new.late,
                    levels=packed(new.levels),
                    name_key=passages.c.name_key if new.name_key is None else new.name_key,
                    certification_id=new.certification_id,
                    modified_at=author.at.isoformat(),
                )
            )
            table = passage_contents
            connection.execute(delete(table).where(table.c.passage_id == passage))
            connection.execute(insert(table).values(passage_id=passage, content=new.content))
            connection.execute(
                insert(passage_events).values(
                    passage_id=passage,
                    at=author.at.isoformat(),
                    account_id=author.account,
                    kind=What.MODIFIED.value,
                    changes=packed_changes(new.changes),
                )
            )
            if new.late != row.late:
                connection.execute(
                    update(deposits)
                    .where(deposits.c.id == row.deposit_id)
                    .values(late=deposits.c.late + (1 if new.late else -1))
                )
            self._changed(connection, passage, new, author)
            return True

    def delete(self, ids: Sequence[PassageId], author: Author) -> int:
        """Delete passages and return how many were still there, for a batch of a few thousand."""
        with self._writer.begin() as connection:
            if connection.dialect.name == "postgresql":  # in one order, so that none waits for ever
                rows_of(
                    connection,
                    "SELECT id FROM passages WHERE id {wanted} ORDER BY id FOR UPDATE",
                    sorted(ids),
                )
            gone = rows_of(
                connection,
                "UPDATE passages SET alive = false WHERE id {wanted} AND alive "
                "RETURNING id, deposit_id",
                sorted(ids),
            )
            if not gone:
                return 0
            _note_deletions(connection, [row.id for row in gone], author.account, author.at)
            counts: dict[int, int] = {}
            for row in gone:
                counts[row.deposit_id] = counts.get(row.deposit_id, 0) + 1
            fewer_alive(connection, counts)
            tally(connection, {one: Shift(alive=-count) for one, count in counts.items()})
            self._deleted(connection, ids, author)
            return len(gone)

    def _changed(
        self, connection: Connection, passage: PassageId, new: Rewritten, author: Author
    ) -> None:
        """Do what else belongs into the transaction that changes a passage: nothing, here."""

    def _deleted(self, connection: Connection, ids: Sequence[PassageId], author: Author) -> None:
        """Do what else belongs into the transaction that deletes passages: nothing, here."""


def _note_deletions(
    connection: Connection, ids: Sequence[object], account: str, at: datetime
) -> None:
    connection.execute(
        insert(passage_events),
        [
            {
                "passage_id": one,
                "at": at.isoformat(),
                "account_id": account,
                "kind": What.DELETED.value,
                "changes": "",
            }
            for one in ids
        ],
    )
