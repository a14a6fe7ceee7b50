"""The first tables, each row of a world from the start."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "worlds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("next_processing_id", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worlds")),
        sa.UniqueConstraint("name", name=op.f("uq_worlds_name")),
    )
    op.create_table(
        "certifications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("world_id", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=255), nullable=False),
        sa.Column("code", sa.String(length=100), nullable=False),
        sa.Column("label", sa.String(length=500), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("domain", sa.String(length=255), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["world_id"],
            ["worlds.id"],
            name=op.f("fk_certifications_world_id_worlds"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certifications")),
        sa.UniqueConstraint(
            "world_id", "type", "code", name=op.f("uq_certifications_world_id_type_code")
        ),
    )
    op.create_table(
        "holders",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("world_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("birth_name", sa.String(length=60), nullable=False),
        sa.Column("usage_name", sa.String(length=60), nullable=True),
        sa.Column("first_name", sa.String(length=60), nullable=False),
        sa.Column("second_name", sa.String(length=60), nullable=True),
        sa.Column("third_name", sa.String(length=60), nullable=True),
        sa.Column("birth_year", sa.SmallInteger(), nullable=False),
        sa.Column("birth_month", sa.SmallInteger(), nullable=True),
        sa.Column("birth_day", sa.SmallInteger(), nullable=True),
        sa.Column("sex", sa.String(length=1), nullable=False),
        sa.Column("commune", sa.String(length=5), nullable=True),
        sa.Column("commune_label", sa.String(length=60), nullable=True),
        sa.Column("country", sa.String(length=3), nullable=True),
        sa.Column("nir", sa.String(length=15), nullable=False),
        sa.Column("invented", sa.String(length=255), server_default=sa.text("''"), nullable=False),
        sa.Column("birth_key", sa.String(length=120), nullable=False),
        sa.Column("first_key", sa.String(length=120), nullable=False),
        sa.Column("usage_key", sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(
            ["world_id"], ["worlds.id"], name=op.f("fk_holders_world_id_worlds"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holders")),
    )
    op.create_index("ix_holders_birth_key", "holders", ["world_id", "birth_key"], unique=False)
    op.create_index(
        "ix_holders_born",
        "holders",
        ["world_id", "birth_year", "birth_month", "birth_day"],
        unique=False,
    )
    op.create_index(
        "ix_holders_first_key", "holders", ["world_id", "birth_year", "first_key"], unique=False
    )
    op.create_index(
        "ix_holders_level1", "holders", ["key", "birth_month", "birth_day"], unique=False
    )
    op.create_index("ix_holders_usage_key", "holders", ["world_id", "usage_key"], unique=False)
    op.create_index("uq_holders_nir", "holders", ["world_id", "nir"], unique=True)
    op.create_table(
        "organisations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("world_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("client_id", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(
            ["world_id"],
            ["worlds.id"],
            name=op.f("fk_organisations_world_id_worlds"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
        sa.UniqueConstraint(
            "world_id", "client_id", "kind", name=op.f("uq_organisations_world_id_client_id_kind")
        ),
    )
    op.create_table(
        "accounts",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=9), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("first_name", sa.String(length=100), nullable=False),
        sa.Column("last_name", sa.String(length=100), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=False),
        sa.Column("schema", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_accounts_organisation_id_organisations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_accounts")),
        sa.UniqueConstraint("id", name=op.f("uq_accounts_id")),
    )
    op.create_index(
        op.f("ix_accounts_organisation_id"), "accounts", ["organisation_id"], unique=False
    )
    op.create_table(
        "contracts",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_contracts_organisation_id_organisations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "number", name=op.f("pk_contracts")),
    )
    op.create_table(
        "mandates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("certifier_id", sa.Integer(), nullable=False),
        sa.Column("depositor_id", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["certifier_id"],
            ["organisations.id"],
            name=op.f("fk_mandates_certifier_id_organisations"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["depositor_id"],
            ["organisations.id"],
            name=op.f("fk_mandates_depositor_id_organisations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandates")),
    )
    op.create_index(op.f("ix_mandates_depositor_id"), "mandates", ["depositor_id"], unique=False)
    op.create_table(
        "training_files",
        sa.Column("world_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=13), nullable=False),
        sa.Column(
            "holder_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["holder_id"],
            ["holders.id"],
            name=op.f("fk_training_files_holder_id_holders"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["world_id"],
            ["worlds.id"],
            name=op.f("fk_training_files_world_id_worlds"),
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint(
            "world_id",
            "number",
            "holder_id",
            name=op.f("uq_training_files_world_id_number_holder_id"),
        ),
    )
    op.create_index(
        op.f("ix_training_files_holder_id"), "training_files", ["holder_id"], unique=False
    )
    op.create_table(
        "deposits",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("world_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.String(length=9), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("received_at", sa.String(length=40), nullable=False),
        sa.Column("treated_at", sa.String(length=40), nullable=True),
        sa.Column("processing_id", sa.Integer(), nullable=False),
        sa.Column("schema", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("flux_id", sa.String(length=50), nullable=True),
        sa.Column("timestamp", sa.String(length=40), nullable=True),
        sa.Column("sender", sa.String(length=8), nullable=True),
        sa.Column("certifier", sa.String(length=8), nullable=True),
        sa.Column("contract", sa.String(length=20), nullable=True),
        sa.Column("action", sa.String(length=20), nullable=True),
        sa.Column("passages", sa.Integer(), nullable=True),
        sa.Column("certifications", sa.Integer(), nullable=True),
        sa.Column("accepted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("rejected", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("late", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("flux_seen_before", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("regular_copy", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_deposits_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_deposits_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["world_id"],
            ["worlds.id"],
            name=op.f("fk_deposits_world_id_worlds"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deposits")),
        sa.UniqueConstraint("public_id", name=op.f("uq_deposits_public_id")),
        sa.UniqueConstraint(
            "world_id", "processing_id", name=op.f("uq_deposits_world_id_processing_id")
        ),
    )
    op.create_index("ix_deposits_flux_id", "deposits", ["organisation_id", "flux_id"], unique=False)
    op.create_index(
        "ix_deposits_for_certifier", "deposits", ["world_id", "certifier", "id"], unique=False
    )
    op.create_index(
        "ix_deposits_of_organisation", "deposits", ["organisation_id", "id"], unique=False
    )
    op.create_index("ix_deposits_status", "deposits", ["status", "id"], unique=False)
    op.create_table(
        "deposit_certifications",
        sa.Column(
            "deposit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=255), nullable=False),
        sa.Column("code", sa.String(length=100), nullable=False),
        sa.Column("depositor_nature", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["deposit_id"],
            ["deposits.id"],
            name=op.f("fk_deposit_certifications_deposit_id_deposits"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("deposit_id", "ordinal", name=op.f("pk_deposit_certifications")),
    )
    op.create_table(
        "file_errors",
        sa.Column(
            "deposit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("column", sa.Integer(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deposit_id"],
            ["deposits.id"],
            name=op.f("fk_file_errors_deposit_id_deposits"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("deposit_id", "position", name=op.f("pk_file_errors")),
    )
    op.create_table(
        "passages",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "deposit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("technical_id", sa.String(length=255), nullable=False),
        sa.Column("piece", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("certification", sa.Integer(), nullable=False),
        sa.Column("holder_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("levels", sa.String(length=60), nullable=False),
        sa.Column("suppresses", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("alive", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deposit_id"],
            ["deposits.id"],
            name=op.f("fk_passages_deposit_id_deposits"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passages")),
    )
    op.create_index(op.f("ix_passages_holder_id"), "passages", ["holder_id"], unique=False)
    op.create_index(
        "ix_passages_in_file", "passages", ["deposit_id", "piece", "position"], unique=False
    )
    op.create_index("ix_passages_key", "passages", ["key"], unique=False)
    op.create_table(
        "pieces",
        sa.Column(
            "deposit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("offset", sa.BigInteger(), nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("first_certification", sa.Integer(), nullable=False),
        sa.Column("passages", sa.Integer(), nullable=False),
        sa.Column("judged", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deposit_id"],
            ["deposits.id"],
            name=op.f("fk_pieces_deposit_id_deposits"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("deposit_id", "number", name=op.f("pk_pieces")),
    )
    op.create_table(
        "rejections",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "deposit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("technical_id", sa.String(length=255), nullable=False),
        sa.Column("piece", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("levels", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["deposit_id"],
            ["deposits.id"],
            name=op.f("fk_rejections_deposit_id_deposits"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rejections")),
    )
    op.create_index(
        "ix_rejections_by_code",
        "rejections",
        ["deposit_id", "code", "piece", "position"],
        unique=False,
    )
    op.create_index(
        "ix_rejections_in_file", "rejections", ["deposit_id", "piece", "position"], unique=False
    )
