"""The index of level 1 holds the day of birth: level 2 then needs no other look at a person."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index anew."""
    op.drop_index("ix_holders_level1", "holders")
    op.create_index(
        "ix_holders_level1",
        "holders",
        ["key", "key_rest", "birth_month", "birth_day"],
        unique=False,
    )


def downgrade() -> None:
    """Make the index as it was."""
    op.drop_index("ix_holders_level1", "holders")
    op.create_index("ix_holders_level1", "holders", ["key", "key_rest"], unique=False)
