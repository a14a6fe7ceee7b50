"""The tables of what tests ask for: faults, the journal, what was exercised."""

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    text,
)

from mockportal.storage.tables import metadata

faults = Table(
    "faults",
    metadata,
    Column("id", Integer, primary_key=True),
    Column(
        "world_id", Integer, ForeignKey("worlds.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("account_id", String(9)),
    Column("stage", String(20), nullable=False),
    Column("trouble", String(20), nullable=False),
    Column("name", String(100), nullable=False),
    Column("status", Integer, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("times", Integer),
    Column("probability", Float),
    Column("seed", BigInteger),
    Column("struck", Integer, nullable=False, server_default=text("0")),
    Column("turns", Integer, nullable=False, server_default=text("0")),
    Index("ix_faults_left", "times", "struck"),
)
"""``turns`` counts how often one that leaves something to chance could have struck."""
exercised = Table(
    "exercised",
    metadata,
    Column("world_id", Integer, ForeignKey("worlds.id", ondelete="CASCADE"), primary_key=True),
    Column("part", String(20), primary_key=True),
    Column("item", String(500), primary_key=True),
)
"""What the deposits of a world have exercised; ``deposits.covered`` says which are in it."""
journal = Table(
    "journal",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("world_id", Integer, ForeignKey("worlds.id", ondelete="CASCADE"), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("source", String(10), nullable=False),
    Column("method", String(20), nullable=False),
    Column("path", String(1000), nullable=False, server_default=text("''")),
    Column("account_id", String(9)),
    Column("status", Integer),
    Column("milliseconds", Float),
    Column("request_size", BigInteger),
    Column("request_type", String(100), nullable=False, server_default=text("''")),
    Column("response_size", BigInteger),
    Column("response_type", String(100), nullable=False, server_default=text("''")),
    Column("fault", String(200), nullable=False, server_default=text("''")),
    Column("deposit_id", String(40)),
    Column("shown_at", String(40)),
    Column("content", String, nullable=False, server_default=text("''")),
    Index("ix_journal_of_world", "world_id", "id"),
    Index("ix_journal_by_source", "world_id", "source", "id"),
)
"""Requests (which go when there are too many, or they are too old), and what changed in a world
(``source`` ``world``: it stays as long as the world). ``at`` is real time, ``shown_at`` what the
world's clock showed."""
identity = Table("identity", metadata, Column("value", String(32), primary_key=True))
"""One row: which database this is, as the mark of its data folder says too."""
packed_pieces = Table(
    "packed_pieces",
    metadata,
    Column(
        "deposit_id",
        BigInteger().with_variant(Integer, "sqlite"),
        ForeignKey("deposits.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
)
"""What is left of the files of deposits that were cleaned away, compressed piece by piece; number
-1 is what surrounds the passages, and comes last: where it is, all is."""
