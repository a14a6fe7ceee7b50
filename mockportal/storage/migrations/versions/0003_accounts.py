"""What people do with their accounts: registrations, links, mails, failed logins, trade names."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and tables; accounts that are there are active, organisations go by name."""
    op.add_column(
        "organisations",
        sa.Column("trade_name", sa.String(255), server_default=sa.text("''"), nullable=False),
    )
    op.add_column(
        "accounts", sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False)
    )
    _mails()
    _registrations()
    _password_links()
    _failed_logins()


def _mails() -> None:
    op.create_table(
        "mails",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("world_id", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(255), nullable=False),
        sa.Column("subject", sa.String(255), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("links", sa.String(), nullable=False),
        sa.Column("made_at", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(
            ["world_id"], ["worlds.id"], name=op.f("fk_mails_world_id_worlds"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mails")),
    )
    op.create_index("ix_mails_of_world", "mails", ["world_id", "id"], unique=False)


def _registrations() -> None:
    op.create_table(
        "registrations",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("draft", sa.String(40), nullable=False),
        sa.Column("world_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("client_id", sa.String(8), nullable=False),
        sa.Column("contract", sa.String(20), nullable=False),
        sa.Column("certifier", sa.String(8), nullable=False),
        sa.Column("first_name", sa.String(100), nullable=False),
        sa.Column("last_name", sa.String(100), nullable=False),
        sa.Column("email", sa.String(255), nullable=False),
        sa.Column("password_hash", sa.String(255), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["world_id"],
            ["worlds.id"],
            name=op.f("fk_registrations_world_id_worlds"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_registrations")),
        sa.UniqueConstraint("draft", name=op.f("uq_registrations_draft")),
    )
    for column in ("world_id", "expires_at"):
        op.create_index(op.f(f"ix_registrations_{column}"), "registrations", [column], unique=False)


def _password_links() -> None:
    op.create_table(
        "password_links",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("account_id", sa.String(9), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_password_links_account_id_accounts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_password_links")),
    )
    for column in ("account_id", "expires_at"):
        op.create_index(
            op.f(f"ix_password_links_{column}"), "password_links", [column], unique=False
        )


def _failed_logins() -> None:
    op.create_table(
        "failed_logins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.String(255), nullable=False),
        sa.Column("source", sa.String(100), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failed_logins")),
    )
    op.create_index("ix_failed_logins_at", "failed_logins", ["at"], unique=False)
    op.create_index(
        "ix_failed_logins_of", "failed_logins", ["account_id", "source", "at"], unique=False
    )
