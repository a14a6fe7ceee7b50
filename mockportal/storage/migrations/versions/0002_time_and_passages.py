"""What a service keeps: clocks, due times and leases, and passages that are found and change."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the columns and tables, and fill them from what is there."""
    for table, columns in _COLUMNS.items():
        for column in columns:
            op.add_column(table, column)
    _fill()
    for name, indexed in _INDEXES.items():
        op.create_index(name, "passages", ["certifier_id", indexed], unique=False)
    op.create_table(
        "passage_contents",
        sa.Column("passage_id", _Id, nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["passage_id"],
            ["passages.id"],
            name=op.f("fk_passage_contents_passage_id_passages"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("passage_id", name=op.f("pk_passage_contents")),
    )
    op.create_table(
        "passage_events",
        sa.Column("id", _Id, nullable=False),
        sa.Column("passage_id", _Id, nullable=False),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.String(length=9), nullable=True),
        sa.Column("deposit_id", _Id, nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("changes", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(
            ["passage_id"],
            ["passages.id"],
            name=op.f("fk_passage_events_passage_id_passages"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passage_events")),
    )
    op.create_index(
        op.f("ix_passage_events_passage_id"), "passage_events", ["passage_id"], unique=False
    )


def _zero(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), server_default=sa.text("0"), nullable=False)


_COLUMNS: dict[str, list[sa.Column[Any]]] = {
    "worlds": [
        sa.Column("clock_offset", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("clock_frozen", sa.BigInteger(), nullable=True),
        sa.Column("processing", sa.String(length=40), nullable=True),
        _zero("drawn"),
        sa.Column("origin", sa.String(), nullable=True),
    ],
    "accounts": [sa.Column("processing", sa.String(length=40), nullable=True)],
    "deposits": [
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("looks_left", sa.Integer(), nullable=True),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.Column("lease_owner", sa.String(length=80), nullable=True),
        _zero("alive"),
        sa.Column("packed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("removed_at", sa.String(length=40), nullable=True),
    ],
    "passages": [
        _zero("organisation_id"),
        _zero("certifier_id"),
        sa.Column("certification_id", sa.Integer(), nullable=True),
        sa.Column("name_key", sa.String(length=125), server_default=sa.text("''"), nullable=False),
        sa.Column("modified_at", sa.String(length=40), nullable=True),
    ],
}
_INDEXES = {
    "ix_passages_by_identifier": "technical_id",
    "ix_passages_by_name": "name_key",
    "ix_passages_by_date": "valid_from",
    "ix_passages_by_certification": "certification_id",
}


def _fill() -> None:
    """Give what is there the new columns' values.

    An interrupted deposit falls due at once; one that was being judged counts what is staged.
    """
    for statement in (
        """UPDATE deposits SET due_at = 0 WHERE status = 'processing' AND flux_id IS NOT NULL""",
        """UPDATE deposits SET
            accepted = (SELECT count(*) FROM passages p WHERE p.deposit_id = deposits.id),
            late = (SELECT count(*) FROM passages p WHERE p.deposit_id = deposits.id AND p.late),
            rejected = (SELECT count(*) FROM rejections r WHERE r.deposit_id = deposits.id)
        WHERE status = 'processing'""",
        """UPDATE deposits SET alive = (
            SELECT count(*) FROM passages p WHERE p.deposit_id = deposits.id AND p.alive
        )""",
        """UPDATE passages SET
            organisation_id = (SELECT d.organisation_id FROM deposits d WHERE d.id = deposit_id),
            certifier_id = coalesce((
                SELECT o.id FROM deposits d JOIN organisations o ON o.world_id = d.world_id
                    AND o.client_id = d.certifier AND o.kind = 'certifier'
                WHERE d.id = deposit_id
            ), 0),
            certification_id = (
                SELECT c.id FROM deposits d
                JOIN deposit_certifications a ON a.deposit_id = d.id
                JOIN certifications c ON c.world_id = d.world_id
                    AND c.type = a.type AND c.code = a.code
                WHERE d.id = passages.deposit_id AND a.ordinal = passages.certification
            ),
            name_key = coalesce((
                SELECT h.birth_key || ' ' || h.first_key FROM holders h WHERE h.id = holder_id
            ), '')""",
    ):
        op.execute(statement)
