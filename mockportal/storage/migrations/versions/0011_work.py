"""Deposits count their attempts, say why they failed, and keep their turn from the beginning."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_COLUMNS = ("attempts", "interruptions", "retry_at", "failure", "at_once", "lane")


def upgrade() -> None:
    """Add the columns; nothing has been tried yet."""
    op.add_column(
        "deposits", sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False)
    )
    op.add_column(
        "deposits",
        sa.Column("interruptions", sa.Integer(), server_default=sa.text("0"), nullable=False),
    )
    op.add_column("deposits", sa.Column("retry_at", sa.BigInteger(), nullable=True))
    op.add_column("deposits", sa.Column("failure", sa.String(), nullable=True))
    op.add_column(
        "deposits", sa.Column("at_once", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column("deposits", sa.Column("lane", sa.String(8), nullable=True))


def downgrade() -> None:
    """Remove them: a deposit that failed is « en cours » again."""
    op.execute(
        "UPDATE deposits SET status = 'processing', treated_at = NULL WHERE status = 'failed'"
    )
    for column in reversed(_COLUMNS):
        op.drop_column("deposits", column)
