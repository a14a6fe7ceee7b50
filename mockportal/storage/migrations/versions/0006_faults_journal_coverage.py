"""What tests ask for: faults, the journal, and what was exercised."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables, and what holds a deposit."""
    op.add_column("deposits", sa.Column("held_by", sa.Integer(), nullable=True))
    op.add_column(
        "deposits",
        sa.Column("covered", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    _faults()
    _exercised()
    _journal()


def _faults() -> None:
    op.create_table(
        "faults",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("world_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.String(9), nullable=True),
        sa.Column("stage", sa.String(20), nullable=False),
        sa.Column("trouble", sa.String(20), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=True),
        sa.Column("probability", sa.Float(), nullable=True),
        sa.Column("seed", sa.BigInteger(), nullable=True),
        sa.Column("struck", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("turns", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(
            ["world_id"],
            ["worlds.id"],
            name=op.f("fk_faults_world_id_worlds"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_faults")),
    )
    op.create_index(op.f("ix_faults_world_id"), "faults", ["world_id"], unique=False)
    op.create_index("ix_faults_left", "faults", ["times", "struck"], unique=False)


def _exercised() -> None:
    op.create_table(
        "exercised",
        sa.Column("world_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(20), nullable=False),
        sa.Column("item", sa.String(500), nullable=False),
        sa.ForeignKeyConstraint(
            ["world_id"],
            ["worlds.id"],
            name=op.f("fk_exercised_world_id_worlds"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("world_id", "part", "item", name=op.f("pk_exercised")),
    )


def _journal() -> None:
    op.create_table(
        "journal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("world_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(10), nullable=False),
        sa.Column("method", sa.String(20), nullable=False),
        sa.Column("path", sa.String(1000), server_default=sa.text("''"), nullable=False),
        sa.Column("account_id", sa.String(9), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("milliseconds", sa.Float(), nullable=True),
        sa.Column("request_size", sa.BigInteger(), nullable=True),
        sa.Column("request_type", sa.String(100), server_default=sa.text("''"), nullable=False),
        sa.Column("response_size", sa.BigInteger(), nullable=True),
        sa.Column("response_type", sa.String(100), server_default=sa.text("''"), nullable=False),
        sa.Column("fault", sa.String(200), server_default=sa.text("''"), nullable=False),
        sa.Column("deposit_id", sa.String(40), nullable=True),
        sa.Column("shown_at", sa.String(40), nullable=True),
        sa.Column("content", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(
            ["world_id"],
            ["worlds.id"],
            name=op.f("fk_journal_world_id_worlds"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
    )
    op.create_index("ix_journal_of_world", "journal", ["world_id", "id"], unique=False)
    op.create_index("ix_journal_by_source", "journal", ["world_id", "source", "id"], unique=False)


def downgrade() -> None:
    """Remove them."""
    op.drop_table("journal")
    op.drop_table("exercised")
    op.drop_column("deposits", "covered")
    op.drop_table("faults")
    op.drop_column("deposits", "held_by")
