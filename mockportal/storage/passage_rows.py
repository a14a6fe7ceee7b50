"""A stored passage as rows of its tables, and back."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, select

from mockportal.domain.identifiers import (
    AccountId,
    ClientId,
    DepositId,
    HolderId,
    PassageId,
    TechnicalId,
    WorldId,
)
from mockportal.domain.passages import Change, Happening, StoredPassage, What
from mockportal.storage.levels import levels_of
from mockportal.storage.tables import deposits, passage_events, passages

_VERSION = (
    select(func.coalesce(func.max(passage_events.c.id), 0))
    .where(passage_events.c.passage_id == passages.c.id)
    .scalar_subquery()
)
PUBLISHED = passages.c.suppresses.is_(False) & (deposits.c.status != "processing")
"""What tells a passage from one that is staged, and from a line of a SUPPRESSION."""


def selected() -> Select[Any]:
    """Return the query of whole passages, to narrow down; those that are staged left out."""
    return (
        select(
            passages,
            deposits.c.public_id,
            deposits.c.world_id,
            deposits.c.sender,
            deposits.c.certifier,
            _VERSION.label("version"),
        )
        .join(deposits, deposits.c.id == passages.c.deposit_id)
        .where(PUBLISHED)
    )


def passages_by_number(connection: Connection, ids: Sequence[int]) -> list[StoredPassage]:
    """Return these passages in the order of their numbers as given."""
    if not ids:
        return []
    rows = connection.execute(selected().where(passages.c.id.in_(ids)))
    found = {row.id: passage_of(row) for row in rows}
    return [found[one] for one in ids if one in found]


def passage_of(row: Any) -> StoredPassage:
    """Return the passage that a row of ``selected`` holds."""
    return StoredPassage(
        id=PassageId(row.id),
        world=WorldId(row.world_id),
        technical_id=TechnicalId(row.technical_id),
        deposit=DepositId(row.public_id),
        organisation=row.organisation_id,
        certifier=row.certifier_id,
        certifier_client=ClientId(row.certifier),
        sender=ClientId(row.sender),
        piece=row.piece,
        position=row.position,
        certification=row.certification,
        certification_id=row.certification_id,
        holder=None if row.holder_id is None else HolderId(row.holder_id),
        valid_from=row.valid_from,
        late=row.late,
        alive=row.alive,
        levels=levels_of(row.levels),
        modified_at=datetime.fromisoformat(row.modified_at) if row.modified_at else None,
        version=row.version,
    )


def packed_changes(changes: Sequence[Change]) -> str:
    """Return changes as their column holds them."""
    return json.dumps([[one.field, one.before, one.after] for one in changes])


def happening_of(row: Any, deposit: str | None) -> Happening:
    """Return the line of history that a row holds."""
    return Happening(
        at=datetime.fromisoformat(row.at),
        what=What(row.kind),
        account=AccountId(row.account_id) if row.account_id else None,
        deposit=DepositId(deposit) if deposit else None,
        changes=tuple(Change(*one) for one in json.loads(row.changes or "[]")),
    )
