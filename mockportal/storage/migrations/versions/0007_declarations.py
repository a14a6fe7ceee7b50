"""The forms that declare one passage."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_OWNERS = (("world_id", "worlds"), ("account_id", "accounts"))


def upgrade() -> None:
    """Add their table."""
    op.create_table(
        "declarations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("world_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.String(9), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("begun_at", sa.String(40), nullable=False),
        sa.Column("claimed_at", sa.BigInteger(), nullable=True),
        sa.Column("corrects", sa.String(40), nullable=True),
        sa.Column("deposit", sa.String(40), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [column],
                [f"{owner}.id"],
                name=op.f(f"fk_declarations_{column}_{owner}"),
                ondelete="CASCADE",
            )
            for column, owner in _OWNERS
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declarations")),
        sa.UniqueConstraint("number", name=op.f("uq_declarations_number")),
    )
    for column in ("world_id", "account_id", "deposit"):
        op.create_index(op.f(f"ix_declarations_{column}"), "declarations", [column], unique=False)


def downgrade() -> None:
    """Remove it."""
    op.drop_table("declarations")
