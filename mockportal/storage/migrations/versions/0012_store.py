"""The database says which one it is, and keeps what is left of deposits that were cleaned away."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None
_Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "identity",
        sa.Column("value", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("value", name=op.f("pk_identity")),
    )
    op.create_table(
        "packed_pieces",
        sa.Column("deposit_id", _Id, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deposit_id"],
            ["deposits.id"],
            name=op.f("fk_packed_pieces_deposit_id_deposits"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("deposit_id", "number", name=op.f("pk_packed_pieces")),
    )


def downgrade() -> None:
    """Remove both tables."""
    op.drop_table("packed_pieces")
    op.drop_table("identity")
