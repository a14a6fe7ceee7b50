"""Passages filed by their émetteur and their identifier, as files give them: in an order.

A hash of both scattered what comes together over the whole index.
"""

import sqlalchemy as sa
from alembic import op

from mockportal.domain.comparing import sender_key

revision = "0009"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Give each passage the key of its émetteur, and file it by that and its identifier."""
    op.drop_index("ix_passages_key", "passages")
    op.alter_column("passages", "key", new_column_name="sender_key")
    connection = op.get_bind()
    senders = connection.execute(
        sa.text("SELECT DISTINCT world_id, sender FROM deposits WHERE sender IS NOT NULL")
    ).all()
    for world, sender in senders:
        connection.execute(
            sa.text(
                "UPDATE passages SET sender_key = :key WHERE deposit_id IN "
                "(SELECT id FROM deposits WHERE world_id = :world AND sender = :sender)"
            ),
            {"key": sender_key(world, sender), "world": world, "sender": sender},
        )
    op.create_index(
        "ix_passages_by_sender", "passages", ["sender_key", "technical_id"], unique=False
    )
