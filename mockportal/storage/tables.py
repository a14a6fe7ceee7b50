"""The tables. Each row belongs to a world, by itself or through what it hangs on."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
    false,
    text,
    true,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
_Id = BigInteger().with_variant(Integer, "sqlite")
"""SQLite numbers rows by itself only where the key is a plain INTEGER."""


def _searched(length: int) -> String:
    """Return the type of a text that is found by its beginning: bytes compare, not languages."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


def _of_world() -> Column[int]:
    return Column("world_id", Integer, ForeignKey("worlds.id", ondelete="CASCADE"), nullable=False)


def _of_deposit(*, key: bool = False) -> Column[int]:
    return Column(
        "deposit_id",
        _Id,
        ForeignKey("deposits.id", ondelete="CASCADE"),
        nullable=False,
        primary_key=key,
    )


worlds = Table(
    "worlds",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(100), nullable=False, unique=True),
    Column("next_processing_id", Integer, nullable=False, server_default=text("1")),
    Column("clock_offset", BigInteger, nullable=False, server_default=text("0")),
    Column("clock_frozen", BigInteger),
    Column("processing", String(40)),
    Column("drawn", Integer, nullable=False, server_default=text("0")),
    Column("origin", String),
)
organisations = Table(
    "organisations",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_world(),
    Column("kind", String(20), nullable=False),
    Column("name", String(255), nullable=False),
    Column("client_id", String(8), nullable=False),
    Column("trade_name", String(255), nullable=False, server_default=text("''")),
    UniqueConstraint("world_id", "client_id", "kind"),
)
contracts = Table(
    "contracts",
    metadata,
    Column(
        "organisation_id",
        Integer,
        ForeignKey("organisations.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("number", String(20), primary_key=True),
)
mandates = Table(
    "mandates",
    metadata,
    Column("id", Integer, primary_key=True),
    Column(
        "certifier_id", Integer, ForeignKey("organisations.id", ondelete="CASCADE"), nullable=False
    ),
    Column(
        "depositor_id",
        Integer,
        ForeignKey("organisations.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("ended_at", String(40)),
)
accounts = Table(
    "accounts",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String(9), nullable=False, unique=True),
    Column(
        "organisation_id",
        Integer,
        ForeignKey("organisations.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("role", String(20), nullable=False),
    Column("first_name", String(100), nullable=False),
    Column("last_name", String(100), nullable=False),
    Column("email", String(255), nullable=False),
    Column("password_hash", String(255), nullable=False),
    Column("schema", String(20)),
    Column("processing", String(40)),
    Column("active", Boolean, nullable=False, server_default=true()),
)
certifications = Table(
    "certifications",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_world(),
    Column("type", String(255), nullable=False),
    Column("code", String(100), nullable=False),
    Column("label", String(500), nullable=False),
    Column("level", String(20), nullable=False),
    Column("domain", String(255), nullable=False),
    Column("active", Boolean, nullable=False),
    UniqueConstraint("world_id", "type", "code"),
)
holders = Table(
    "holders",
    metadata,
    Column("id", _Id, primary_key=True),
    _of_world(),
    Column("key", BigInteger, nullable=False),
    Column("birth_name", String(60), nullable=False),
    Column("usage_name", String(60)),
    Column("first_name", String(60), nullable=False),
    Column("second_name", String(60)),
    Column("third_name", String(60)),
    Column("birth_year", SmallInteger, nullable=False),
    Column("birth_month", SmallInteger),
    Column("birth_day", SmallInteger),
    Column("sex", String(1), nullable=False),
    Column("commune", String(5)),
    Column("commune_label", String(60)),
    Column("country", String(3)),
    Column("nir", String(15), nullable=False),
    Column("invented", String(255), nullable=False, server_default=text("''")),
    Column("birth_key", String(120), nullable=False),
    Column("first_key", String(120), nullable=False),
    Column("usage_key", String(120)),
    Column("key_rest", BigInteger, nullable=False, server_default=text("0")),
    Index("ix_holders_level1", "key", "key_rest", "birth_month", "birth_day"),
    Index("ix_holders_birth_key", "world_id", "birth_key"),
    Index("ix_holders_first_key", "world_id", "birth_year", "first_key"),
    Index("ix_holders_usage_key", "world_id", "usage_key"),
    Index("ix_holders_born", "world_id", "birth_year", "birth_month", "birth_day"),
    Index("uq_holders_nir", "world_id", "nir", unique=True),
)
training_files = Table(
    "training_files",
    metadata,
    _of_world(),
    Column("number", String(13), nullable=False),
    Column(
        "holder_id", _Id, ForeignKey("holders.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    UniqueConstraint("world_id", "number", "holder_id"),
)
deposits = Table(
    "deposits",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("public_id", String(40), nullable=False, unique=True),
    _of_world(),
    Column("account_id", String(9), ForeignKey("accounts.id"), nullable=False),
    Column("organisation_id", Integer, ForeignKey("organisations.id"), nullable=False),
    Column("file_name", String(255), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("received_at", String(40), nullable=False),
    Column("treated_at", String(40)),
    Column("processing_id", Integer, nullable=False),
    Column("schema", String(20), nullable=False),
    Column("status", String(20), nullable=False),
    Column("flux_id", String(50)),
    Column("timestamp", String(40)),
    Column("sender", String(8)),
    Column("certifier", String(8)),
    Column("contract", String(20)),
    Column("action", String(20)),
    Column("passages", Integer),
    Column("certifications", Integer),
    Column("accepted", Integer, nullable=False, server_default=text("0")),
    Column("rejected", Integer, nullable=False, server_default=text("0")),
    Column("late", Integer, nullable=False, server_default=text("0")),
    Column("flux_seen_before", Boolean, nullable=False, server_default=false()),
    Column("regular_copy", Boolean, nullable=False, server_default=false()),
    Column("due_at", BigInteger),
    Column("looks_left", Integer),
    Column("lease_until", BigInteger),
    Column("lease_owner", String(80)),
    Column("alive", Integer, nullable=False, server_default=text("0")),
    Column("packed", Boolean, nullable=False, server_default=false()),
    Column("removed_at", String(40)),
    Column("held_by", Integer),
    Column("covered", Boolean, nullable=False, server_default=false()),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("interruptions", Integer, nullable=False, server_default=text("0")),
    Column("retry_at", BigInteger),
    Column("failure", String),
    Column("at_once", Boolean, nullable=False, server_default=false()),
    Column("lane", String(8)),
    UniqueConstraint("world_id", "processing_id"),
    Index("ix_deposits_of_organisation", "organisation_id", "id"),
    Index("ix_deposits_for_certifier", "world_id", "certifier", "id"),
    Index("ix_deposits_flux_id", "organisation_id", "flux_id"),
    Index("ix_deposits_by_certifier", "organisation_id", "certifier"),
    Index("ix_deposits_status", "status", "id"),
)
"""``held_by`` is the fault that keeps a deposit « en cours », as long as there is that fault.

``lane`` is the émetteur in whose turn it stands, NULL: that of its file; ``retry_at`` is real
time, and ``at_once`` says that ``due_at`` has come, wherever the world's clock is set to since."""
pieces = Table(
    "pieces",
    metadata,
    _of_deposit(key=True),
    Column("number", Integer, primary_key=True),
    Column("offset", BigInteger, nullable=False),
    Column("length", BigInteger, nullable=False),
    Column("first_certification", Integer, nullable=False),
    Column("passages", Integer, nullable=False),
    Column("judged", Boolean, nullable=False, server_default=false()),
)
deposit_certifications = Table(
    "deposit_certifications",
    metadata,
    _of_deposit(key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("type", String(255), nullable=False),
    Column("code", String(100), nullable=False),
    Column("depositor_nature", String(40)),
)
file_errors = Table(
    "file_errors",
    metadata,
    _of_deposit(key=True),
    Column("position", Integer, primary_key=True),
    Column("line", Integer, nullable=False),
    Column("column", Integer, nullable=False),
    Column("message", String, nullable=False),
)
_LANE = ("certifier_id", "organisation_id")
passages = Table(
    "passages",
    metadata,
    Column("id", _Id, primary_key=True),
    _of_deposit(),
    Column("sender_key", BigInteger, nullable=False),
    Column("technical_id", _searched(255), nullable=False),
    Column("piece", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("certification", Integer, nullable=False),
    Column("holder_id", _Id, index=True),
    Column("valid_from", Date, nullable=False),
    Column("late", Boolean, nullable=False),
    Column("levels", String(60), nullable=False),
    Column("suppresses", Boolean, nullable=False, server_default=false()),
    Column("alive", Boolean, nullable=False, server_default=true()),
    Column("organisation_id", Integer, nullable=False, server_default=text("0")),
    Column("certifier_id", Integer, nullable=False, server_default=text("0")),
    Column("certification_id", Integer),
    Column("name_key", _searched(125), nullable=False, server_default=text("''")),
    Column("modified_at", String(40)),
    Index("ix_passages_by_sender", "sender_key", "technical_id"),
    Index("ix_passages_in_file", "deposit_id", "piece", "position", "alive", "suppresses"),
    Index("ix_passages_by_identifier", *_LANE, "technical_id"),
    Index("ix_passages_by_name", *_LANE, "name_key"),
    Index("ix_passages_by_date", *_LANE, "valid_from"),
    Index("ix_passages_by_certification", *_LANE, "certification_id", "id"),
)
"""``organisation_id``, ``certifier_id`` and ``certification_id`` point at rows without a key that
would be checked for each passage; they go with their world."""
passage_contents = Table(
    "passage_contents",
    metadata,
    Column("passage_id", _Id, ForeignKey("passages.id", ondelete="CASCADE"), primary_key=True),
    Column("content", String, nullable=False),
)
"""What modified passages say now: the element, in place of the kept file's."""
passage_events = Table(
    "passage_events",
    metadata,
    Column("id", _Id, primary_key=True),
    Column(
        "passage_id",
        _Id,
        ForeignKey("passages.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("at", String(40), nullable=False),
    Column("account_id", String(9)),
    Column("deposit_id", _Id),
    Column("kind", String(20), nullable=False),
    Column("changes", String, nullable=False, server_default=text("''")),
)
"""What became of passages after their deposit: by an account, or by a deposit that deletes."""
rejections = Table(
    "rejections",
    metadata,
    Column("id", _Id, primary_key=True),
    _of_deposit(),
    Column("technical_id", String(255), nullable=False),
    Column("piece", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("code", String(40), nullable=False),
    Column("text", String, nullable=False),
    Column("levels", String(60), nullable=False),
    Index("ix_rejections_in_file", "deposit_id", "piece", "position"),
    Index("ix_rejections_by_code", "deposit_id", "code", "piece", "position"),
)
kept_figures = Table(
    "kept_figures",
    metadata,
    Column("world_id", Integer, ForeignKey("worlds.id", ondelete="CASCADE"), primary_key=True),
    Column("organisation_id", Integer, primary_key=True, autoincrement=False),
    Column("counted_at", String(40), nullable=False),
    Column("content", String, nullable=False),
)
"""The figures of large worlds, since counting them takes a while; ``organisation_id`` 0 is all."""
