"""Publishing a SUPPRESSION: the passages that it names are deleted, each with a trace."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, text, update

from mockportal.storage.tables import deposits

_GONE = """
    SELECT old.id, old.deposit_id FROM passages gone
    JOIN deposits by_ ON by_.id = gone.deposit_id
    JOIN passages old ON old.sender_key = gone.sender_key AND old.technical_id = gone.technical_id
    JOIN deposits of_ ON of_.id = old.deposit_id
        AND of_.world_id = by_.world_id AND of_.sender = by_.sender
        AND of_.status <> 'processing'
    WHERE gone.deposit_id = :deposit AND gone.suppresses AND old.alive AND NOT old.suppresses
"""
_HOLD = f"""SELECT count(*) FROM (
    SELECT id FROM passages WHERE id IN (SELECT gone.id FROM ({_GONE}) gone)
    ORDER BY id FOR UPDATE
) held"""  # noqa: S608  # our own words
"""Accounts delete too: what they have deleted when it is our turn must not be counted twice."""
_STEPS = (
    f"""INSERT INTO passage_events (passage_id, at, account_id, deposit_id, kind)
    SELECT gone.id, :at, by_.account_id, by_.id, 'deleted'
    FROM ({_GONE}) gone JOIN deposits by_ ON by_.id = :deposit""",  # noqa: S608  # our own words
    f"UPDATE passages SET alive = false WHERE id IN (SELECT gone.id FROM ({_GONE}) gone)",  # noqa: S608  # likewise
)
_COUNTED = f"SELECT gone.deposit_id, count(*) AS gone FROM ({_GONE}) gone GROUP BY gone.deposit_id"  # noqa: S608  # likewise


def suppress(connection: Connection, deposit: int, at: datetime) -> dict[int, int]:
    """Delete what the accepted passages of a deposit name, within the transaction at hand.

    Returns how many passages of which deposits went, for their counters.
    """
    given = {"deposit": deposit, "at": at.isoformat()}
    if connection.dialect.name == "postgresql":  # SQLite has one writer
        connection.execute(text(_HOLD), given)
    counts = {row.deposit_id: row.gone for row in connection.execute(text(_COUNTED), given)}
    for step in _STEPS:
        connection.execute(text(step), given)
    return counts


def fewer_alive(connection: Connection, counts: Mapping[int, int]) -> None:
    """Take so many deleted passages from the counters of these deposits."""
    for deposit, count in sorted(counts.items()):
        connection.execute(
            update(deposits).where(deposits.c.id == deposit).values(alive=deposits.c.alive - count)
        )
