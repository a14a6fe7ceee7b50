"""Searching passages: for whom an organisation has deposited, and prefixes on PostgreSQL."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index; compare byte by byte what is searched by its beginning, as SQLite does."""
    op.create_index(
        "ix_deposits_by_certifier", "deposits", ["organisation_id", "certifier"], unique=False
    )
    if op.get_bind().dialect.name == "postgresql":
        for column, length in (("technical_id", 255), ("name_key", 125)):
            op.execute(
                f'ALTER TABLE passages ALTER COLUMN {column} TYPE varchar({length}) COLLATE "C"'
            )
