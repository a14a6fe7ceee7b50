"""Passages and people filed such that a file is judged by their indexes, and fast.

Passages are filed by their émetteur and their identifier, in the order in which files give them:
a hash of both scattered what comes together over the whole index. People are filed by a key of
level 1 that is long enough for nobody to be looked at.
"""

import sqlalchemy as sa
from alembic import op

from mockportal.domain.comparing import level1_key, sender_key

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


_AT_ONCE = 5_000


def upgrade() -> None:
    """File what is there anew."""
    _passages()
    _people()


def _passages() -> None:
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


def _people() -> None:
    op.drop_index("ix_holders_level1", "holders")
    op.add_column(
        "holders",
        sa.Column("key_rest", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
    )
    connection, after = op.get_bind(), 0
    some = sa.text(
        "SELECT id, world_id, birth_name, first_name, sex, birth_year FROM holders "
        "WHERE id > :after ORDER BY id LIMIT :most"
    )
    filing = sa.text("UPDATE holders SET key = :key, key_rest = :rest WHERE id = :id")
    while people := connection.execute(some, {"after": after, "most": _AT_ONCE}).all():
        keys = [level1_key(*level1) for _, *level1 in people]
        connection.execute(
            filing,
            [
                {"id": one.id, "key": key, "rest": rest}
                for one, (key, rest) in zip(people, keys, strict=True)
            ],
        )
        after = people[-1].id
    op.create_index("ix_holders_level1", "holders", ["key", "key_rest"], unique=False)


def downgrade() -> None:
    """Make the columns and indexes as they were; the keys stay those of the upgrade."""
    op.drop_index("ix_holders_level1", "holders")
    op.drop_column("holders", "key_rest")
    op.create_index("ix_holders_level1", "holders", ["key", "birth_month", "birth_day"])
    op.drop_index("ix_passages_by_sender", "passages")
    op.alter_column("passages", "sender_key", new_column_name="key")
    op.create_index("ix_passages_key", "passages", ["key"])
