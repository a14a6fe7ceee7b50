"""The published passages."""

from collections.abc import Collection

from sqlalchemy import Engine

from mockportal.domain.comparing import duplicate_key
from mockportal.domain.identifiers import ClientId, TechnicalId, WorldId
from mockportal.storage.batches import rows_of


class PassageStore:
    """The published passages of each world."""

    def __init__(self, engine: Engine) -> None:
        """Keep the engine."""
        self._engine = engine

    def stored(
        self, world: WorldId, sender: ClientId, ids: Collection[TechnicalId]
    ) -> set[TechnicalId]:
        """Return those identifiers that this sender has in store; staged ones are not."""
        with self._engine.connect() as connection:
            rows = rows_of(
                connection,
                "SELECT p.technical_id FROM passages p JOIN deposits d ON d.id = p.deposit_id "
                "WHERE p.key {wanted} AND p.alive AND d.status <> 'processing' "
                "AND d.world_id = :world AND d.sender = :sender",
                [duplicate_key(world, sender, one) for one in ids],
                world=world,
                sender=sender,
            )
        # A hash may collide, a verdict may not rest on one.
        return {TechnicalId(row.technical_id) for row in rows} & set(ids)
