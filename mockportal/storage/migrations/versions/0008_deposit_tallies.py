"""Kept counters of deposits and their passages; the indexes of passages by who deposited them."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_LANE = ("certifier_id", "organisation_id")
_INDEXES = (
    (
        "ix_passages_in_file",
        ("deposit_id", "piece", "position"),
        ("deposit_id", "piece", "position", "alive", "suppresses"),
    ),
    (
        "ix_passages_by_identifier",
        ("certifier_id", "technical_id"),
        (*_LANE, "technical_id"),
    ),
    ("ix_passages_by_name", ("certifier_id", "name_key"), (*_LANE, "name_key")),
    ("ix_passages_by_date", ("certifier_id", "valid_from"), (*_LANE, "valid_from")),
    (
        "ix_passages_by_certification",
        ("certifier_id", "certification_id"),
        (*_LANE, "certification_id", "id"),
    ),
)
"""The columns of each before and after."""
_COUNTED = """
    INSERT INTO deposit_tallies
        (organisation_id, certifier, status, fruitful, world_id, deposits, alive, judged)
    SELECT organisation_id, coalesce(certifier, ''), status, accepted > 0, world_id,
        count(CASE WHEN removed_at IS NULL THEN 1 END), sum(alive), sum(accepted + rejected)
    FROM deposits WHERE status <> 'processing'
    GROUP BY organisation_id, coalesce(certifier, ''), status, accepted > 0, world_id
"""


def upgrade() -> None:
    """Add their table and count, and make the indexes anew."""
    op.create_table(
        "deposit_tallies",
        sa.Column("organisation_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("certifier", sa.String(8), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("fruitful", sa.Boolean(), nullable=False),
        sa.Column("world_id", sa.Integer(), nullable=False),
        sa.Column("deposits", sa.BigInteger(), nullable=False),
        sa.Column("alive", sa.BigInteger(), nullable=False),
        sa.Column("judged", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["world_id"],
            ["worlds.id"],
            name=op.f("fk_deposit_tallies_world_id_worlds"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "organisation_id", "certifier", "status", "fruitful", name=op.f("pk_deposit_tallies")
        ),
    )
    op.create_index(
        "ix_deposit_tallies_for_certifier", "deposit_tallies", ["world_id", "certifier"]
    )
    op.execute(_COUNTED)
    for name, _, columns in _INDEXES:
        op.drop_index(name, "passages")
        op.create_index(name, "passages", columns)


def downgrade() -> None:
    """Remove it, and make the indexes as they were."""
    for name, columns, _ in _INDEXES:
        op.drop_index(name, "passages")
        op.create_index(name, "passages", columns)
    op.drop_table("deposit_tallies")
