"""The figures of large worlds, kept for a while."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add their table; they are counted when someone asks."""
    op.create_table(
        "kept_figures",
        sa.Column("world_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("counted_at", sa.String(40), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["world_id"],
            ["worlds.id"],
            name=op.f("fk_kept_figures_world_id_worlds"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("world_id", "organisation_id", name=op.f("pk_kept_figures")),
    )


def downgrade() -> None:
    """Remove it."""
    op.drop_table("kept_figures")
