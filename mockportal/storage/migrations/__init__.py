"""The migrations, run from the program itself; each revision is a file of ``versions``.

A new database is not migrated through all of them: its tables are made as the code has them, and
it is marked as of the newest revision. So a start that needs no migration does not load Alembic.
"""

from pathlib import Path

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    insert,
    inspect,
    select,
)

from mockportal.storage import account_tables, program_tables, tallies

NEWEST = "0013"
(_metadata,) = {
    one.metadata for one in (account_tables.mails, program_tables.faults, tallies.tallies)
}
"""All tables: each module of them hangs its own on it when it is imported."""
_version = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
"""Alembic's own table, as it makes it."""


class NewerDatabaseError(OSError):
    """The data was written by a newer version of the program."""


def revision_of(engine: Engine) -> str | None:
    """Return the revision of a database, None for an empty one."""
    with engine.connect() as connection:
        return _revision_in(connection)


def refuse_newer(revision: str | None) -> None:
    """Raise NewerDatabaseError for a revision that this program does not know yet."""
    if revision is not None and revision > NEWEST:
        raise NewerDatabaseError(
            f"the data folder has revision {revision}, this version of mockportal knows "
            f"{NEWEST} at most: use a newer one"
        )


def upgrade(engine: Engine) -> None:
    """Bring a database to the newest revision."""
    revision = revision_of(engine)
    if revision == NEWEST:
        return
    refuse_newer(revision)
    with engine.execution_options(writes=True).begin() as connection:
        # Nobody else writes from here on; another process may have done the work just before.
        if _revision_in(connection) is None:
            _make(connection)
        else:
            migrate(connection)


def migrate(connection: Connection) -> None:
    """Run, in a transaction, the revisions that a database lacks: all, for an empty one."""
    from alembic import command  # noqa: PLC0415  # a start that migrates nothing does not pay for it
    from alembic.config import Config  # noqa: PLC0415  # likewise

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _make(connection: Connection) -> None:
    _metadata.create_all(connection, checkfirst=False)
    _version.create(connection)
    connection.execute(insert(_version).values(version_num=NEWEST))


def _revision_in(connection: Connection) -> str | None:
    if not inspect(connection).has_table(_version.name):
        return None
    return connection.scalar(select(_version.c.version_num))
