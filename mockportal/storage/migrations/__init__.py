"""The migrations, run from the program itself; each revision is a file of ``versions``."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine

NEWEST = "0005"


class NewerDatabaseError(OSError):
    """The data was written by a newer version of the program."""


def revision_of(engine: Engine) -> str | None:
    """Return the revision of a database, None for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


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
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    with engine.execution_options(writes=True).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
