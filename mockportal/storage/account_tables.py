"""The tables of people's comings and goings: mails, registrations, links, failed logins."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
)

from mockportal.storage.tables import metadata


def _of_account() -> Column[str]:
    return Column(
        "account_id",
        String(9),
        ForeignKey("accounts.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    )


mails = Table(
    "mails",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("world_id", Integer, ForeignKey("worlds.id", ondelete="CASCADE"), nullable=False),
    Column("recipient", String(255), nullable=False),
    Column("subject", String(255), nullable=False),
    Column("text", String, nullable=False),
    Column("links", String, nullable=False),
    Column("made_at", String(40), nullable=False),
    Index("ix_mails_of_world", "world_id", "id"),
)
"""``links`` holds one address of the portal a line."""
registrations = Table(
    "registrations",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("draft", String(40), nullable=False, unique=True),
    Column(
        "world_id", Integer, ForeignKey("worlds.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("kind", String(20), nullable=False),
    Column("client_id", String(8), nullable=False),
    Column("contract", String(20), nullable=False),
    Column("certifier", String(8), nullable=False),
    Column("first_name", String(100), nullable=False),
    Column("last_name", String(100), nullable=False),
    Column("email", String(255), nullable=False),
    Column("password_hash", String(255), nullable=False),
    Column("expires_at", BigInteger, nullable=False, index=True),
)
"""Those who have filled in the form and not confirmed their e-mail yet.

``digest`` is all that is kept of the link's secret; ``draft`` is the form's own number, so that one
that is sent twice counts once."""
password_links = Table(
    "password_links",
    metadata,
    Column("digest", String(64), primary_key=True),
    _of_account(),
    Column("expires_at", BigInteger, nullable=False, index=True),
)
failed_logins = Table(
    "failed_logins",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account_id", String(255), nullable=False),
    Column("source", String(100), nullable=False),
    Column("at", BigInteger, nullable=False, index=True),
    Index("ix_failed_logins_of", "account_id", "source", "at"),
)
"""``account_id`` is what was typed, whether or not there is such an account."""
sessions = Table(
    "sessions",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("account_id", String(9), index=True),
    Column("data", String, nullable=False),
    Column("begun_at", BigInteger, nullable=False, index=True),
    Column("seen_at", BigInteger, nullable=False, index=True),
)
"""``digest`` is all that is kept of a cookie's secret. No foreign key: an account that goes leaves
sessions that nothing opens, until they are swept."""
declarations = Table(
    "declarations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", String(40), nullable=False, unique=True),
    Column(
        "world_id", Integer, ForeignKey("worlds.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    _of_account(),
    Column("content", String, nullable=False),
    Column("begun_at", String(40), nullable=False),
    Column("claimed_at", BigInteger),
    Column("corrects", String(40)),
    Column("deposit", String(40), index=True),
)
"""Forms that declare one passage. ``number`` is the form's own, ``content`` what was typed as JSON;
``deposit`` and ``corrects`` name deposits, which may have been cleaned away since."""
